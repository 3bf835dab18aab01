//! Query understanding from the catalog's own words, the product and evidence indexes, retrieval and facets.
