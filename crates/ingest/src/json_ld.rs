//! schema.org data as JSON-LD.
