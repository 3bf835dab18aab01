//! The runtime at its boundary: events in, effects and journal out.
#![expect(clippy::unwrap_used, reason = "what fails in a scene fails its test")]

mod approvals;
mod budgets;
mod calls;
mod consulted;
mod context;
mod devices;
mod handed_over;
mod journal;
mod memory;
mod properties;
mod scene;
mod settings;
mod simulation;
mod tools;
mod trace;
