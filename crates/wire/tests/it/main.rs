//! The contract that other programs rely on, held as text.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod contract;
mod errors;
mod schemas;
mod values;
