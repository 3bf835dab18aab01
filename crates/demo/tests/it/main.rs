//! What the built-in store holds.

mod reviews;
mod shop;
