//! The crate at its boundary: reviews go in, aspects with votes come out.

mod mining;
mod opinions;
