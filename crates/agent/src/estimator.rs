//! How many tokens a text will be, near enough to keep within a window.

use serde::{Deserialize, Serialize};

/// An estimate by length. It is a value of the session, so the same journal gives the same contexts under any model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimator {
    /// Bytes per hundred tokens: 350 means that a token is three and a half bytes.
    pub bytes_per_100_tokens: u32,
    /// What each item costs beside its text, for roles and separators.
    pub tokens_per_item: u32,
}

impl Default for Estimator {
    /// Errs on the side of too many for English; about right for other European languages.
    fn default() -> Self {
        Self { bytes_per_100_tokens: 350, tokens_per_item: 4 }
    }
}

impl Estimator {
    /// The tokens of a text as one item.
    pub fn tokens(&self, text: &str) -> u32 {
        let bytes = text.len() as u64;
        let tokens = (bytes * 100).div_ceil(u64::from(self.bytes_per_100_tokens.max(1)));
        u32::try_from(tokens).unwrap_or(u32::MAX).saturating_add(self.tokens_per_item)
    }
}
