//! Texts as token ids, cut to what the network takes.

use std::path::Path;

use tokenizers::{Tokenizer, TruncationParams};

use crate::InferError;

/// The window of the sentence-transformers models: what they were trained on, shorter than what they could take.
const MAX_TOKENS: usize = 256;

/// A tokenizer that truncates and never pads.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
}

impl Tokens {
    /// Reads `tokenizer.json`. Blocks.
    pub(super) fn load(path: &Path) -> Result<Tokens, InferError> {
        let damaged =
            |e: tokenizers::Error| InferError::Damaged { path: path.to_owned(), reason: e.to_string() };
        let mut tokenizer = Tokenizer::from_file(path).map_err(damaged)?;
        // The file of a published model carries the settings of its training: fixed padding and a shorter window.
        tokenizer.with_padding(None);
        let truncation = TruncationParams { max_length: MAX_TOKENS, ..TruncationParams::default() };
        tokenizer.with_truncation(Some(truncation)).map_err(damaged)?;
        Ok(Tokens { tokenizer })
    }

    /// The ids of a text, special tokens included.
    pub(super) fn encode(&self, text: &str) -> Result<Vec<i32>, InferError> {
        let encoding = self.tokenizer.encode_fast(text, true).map_err(InferError::failed)?;
        Ok(encoding.get_ids().iter().map(|&id| id as i32).collect())
    }
}
