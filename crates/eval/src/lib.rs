//! Quality suites over judged searches and questions.
//!
//! **Invariant**: what is judged was written by hand from the data alone (see `judged/README.md`), and nothing that is
//! measured can read it.

pub mod annotated;
pub mod catalog;
pub mod command;
pub mod conversations;
pub mod injections;
pub mod judged;
pub mod metric;
pub mod report;
pub mod reviewed;
pub mod shop;
pub mod suite;
pub mod tau_retail;
pub mod verdict;

mod meaning;
