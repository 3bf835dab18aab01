//! The crate at its boundary: questions to small shops of several trades, as data.

mod answers;
mod shop;
