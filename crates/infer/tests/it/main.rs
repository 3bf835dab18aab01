//! The crate at its boundary: pulling, embedding, generating, remote servers.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up should stop at once")]

mod embedding;
mod generation;
mod multilingual;
mod pull;
mod remote;
mod weights;
