//! From a request to an answer: one file for each kind of request.

pub(crate) mod answer;
mod comparison;
pub(crate) mod find;
mod follow_ups;
mod render;
pub(crate) mod reviews;

pub(crate) use render::list;
