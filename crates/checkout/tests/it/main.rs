//! The state machines at the boundary of the crate.

mod policy_file;
