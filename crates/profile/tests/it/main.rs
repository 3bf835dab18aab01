//! What is read from messages, as data.

mod broken;
mod reading;
