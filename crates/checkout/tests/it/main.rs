//! The state machines at the boundary of the crate.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod charges;
mod identity;
mod mandates;
mod market;
mod moods;
mod part;
mod payments;
mod policy_file;
mod price_rules;
mod rush;
mod shop;
mod sign_in;
mod simulation;
mod stages;
mod together;
mod tools;
mod totals;
mod worlds;
