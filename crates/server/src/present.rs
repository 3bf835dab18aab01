//! Types of the domain as types of the wire.

mod constraint;
mod facet;
mod hit;
mod product;

pub(crate) use constraint::{constraint, field_name};
pub(crate) use facet::facets;
pub(crate) use hit::hit;
pub(crate) use product::product;
