//! Fixtures, fakes and test servers: what the tests and benchmarks of other crates build on.

pub mod catalog;
pub mod fixtures;
mod postgres;
mod program;

pub use postgres::Postgres;
