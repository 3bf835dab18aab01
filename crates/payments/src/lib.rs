//! Asking payment providers what the books want asked, and recording what they answer.
//!
//! **Invariant**: a provider is asked after the decision was committed, always under the same key for the same thing, so that
//! asking twice does it once; an answer that was lost is asked for by its key; money moves in the books by answers only.

mod provider;
mod signature;
mod test_provider;
mod till;

pub use provider::{Provider, Unheard};
pub use signature::{sign, verify};
pub use test_provider::TestProvider;
pub use till::{Settled, Till, Webhook};
