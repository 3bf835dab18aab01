//! The program as people and other programs run it, on data folders of their own.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod answers;
mod approvals;
mod by_words;
mod changes;
mod conversations;
mod failover;
mod identity;
mod imports;
mod killed;
mod killed_server;
mod killed_under_load;
mod memory;
mod notices;
mod open_questions;
mod payments;
mod policy;
mod program;
mod reader;
mod searches;
mod server;
mod serving;
mod sign_in;
mod staff;
mod unsettled;
mod wishes;
