//! What the tokens of a language model cost.

use crate::Usage;

/// Tokens of a [`Rate`].
const TOKENS: u128 = 1_000_000;

/// Millionths of the shop's currency for a million tokens. A model on the shop's own machine costs nothing, which is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// For a million that it reads.
    pub input_micros: u64,
    /// For a million that it writes.
    pub output_micros: u64,
}

impl Rate {
    /// What so many tokens come to, in millionths of the shop's currency, rounded up: what is used up costs something.
    pub fn usage(self, input_tokens: u64, output_tokens: u64) -> Usage {
        let parts = [(self.input_micros, input_tokens), (self.output_micros, output_tokens)];
        let cost: u128 = parts.iter().map(|(micros, tokens)| u128::from(*micros) * u128::from(*tokens)).sum();
        let money_micros = u64::try_from(cost.div_ceil(TOKENS)).unwrap_or(u64::MAX);
        Usage { input_tokens, output_tokens, money_micros }
    }
}
