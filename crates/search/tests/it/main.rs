//! The search crate at its boundary: catalogs go in, searches come out.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop")]

mod evidence;
mod fixture;
mod incremental;
mod meaning;
mod model;
mod needs;
mod paging;
mod products;
mod reading;
