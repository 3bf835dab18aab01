//! The search crate at its boundary: catalogs go in, searches come out.

mod evidence;
mod fixture;
mod incremental;
mod model;
mod paging;
mod products;
