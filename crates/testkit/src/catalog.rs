//! Catalogs from a seed.
