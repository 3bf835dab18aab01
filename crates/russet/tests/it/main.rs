//! The program as people and other programs run it, on data folders of their own.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod answers;
mod imports;
mod killed;
mod program;
mod searches;
mod serving;
