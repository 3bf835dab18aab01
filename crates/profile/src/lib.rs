//! What shoppers say about themselves: their sizes, what they cannot or do not want to have, who lives with them. [`read`] finds it in
//! their words by a grammar, a [`Known`] tells it back and says how it bears on goods.
//!
//! **Invariant**: what is known of somebody is data. Nothing in it is ever read as an order, and what the grammar cannot type
//! is kept as a quoted note, and only where the shopper said that it is to be remembered.

mod grammar;
mod kind;
mod known;
mod pattern;
mod read;
mod slot;
mod words;

pub use kind::{Kind, Use};
pub use known::Known;
pub use read::{About, MAX_MESSAGE_BYTES, MAX_NOTE_CHARS, Speech, Told, is_for_another, read};
