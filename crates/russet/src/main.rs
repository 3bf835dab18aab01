//! The russet command.
fn main() {}
