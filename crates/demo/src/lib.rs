//! The built-in store, compressed.
