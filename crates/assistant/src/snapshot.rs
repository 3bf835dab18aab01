//! What one turn reads: an index and the vocabulary of its catalog, from beginning to end the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use search::{Index, Lexicon, Vocabulary};

use crate::AskError;

/// An immutable view of the shop.
#[derive(Clone)]
pub struct Snapshot {
    /// Products and evidence.
    pub index: Index,
    /// The catalog's own words.
    pub vocabulary: Arc<Vocabulary>,
    /// How many documents are about the whole shop or a category.
    pub documents: usize,
}

impl Snapshot {
    /// The view of this index, with the built-in lexicon and the shop's own lines of it.
    pub fn new(index: Index, lexicon: Lexicon) -> Result<Self, AskError> {
        let vocabulary = Vocabulary::new(&index.terms(), index.words()?, index.currency(), lexicon);
        let sources: BTreeSet<String> = index.shop_rows()?.into_iter().map(|row| row.source).collect();
        Ok(Self { index, vocabulary: Arc::new(vocabulary), documents: sources.len() })
    }

    /// The same view with the prices of this time.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        Self { index: self.index.at(now), ..self.clone() }
    }
}
