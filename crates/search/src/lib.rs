//! Finding products and evidence: what a query means in the catalog's own words, the two indexes, retrieval, fusion,
//! ranking and facets.
//!
//! **Invariant**: a search reads one immutable [`Index`] from beginning to end; the same index and query give the same
//! hits in the same order.

mod evidence;
mod query;

pub use evidence::{EvidenceKind, EvidenceRow};
pub use query::{Alternative, Constraint, Field, Query, Sort, Term, Test};
