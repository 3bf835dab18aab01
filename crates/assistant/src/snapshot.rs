//! What one turn reads: an index and the vocabulary of its catalog, from beginning to end the same.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use search::{EvidenceRow, Index, Lexicon, Vocabulary, analyse};

use crate::AskError;

/// An immutable view of the shop.
#[derive(Clone)]
pub struct Snapshot {
    /// Products and evidence.
    pub index: Index,
    /// The catalog's own words.
    pub vocabulary: Arc<Vocabulary>,
    /// What the shop's documents say, as numbers.
    pub documents: Arc<Documents>,
}

/// The documents that are about the whole shop or a category, counted.
#[derive(Debug, Default)]
pub struct Documents {
    /// How many there are.
    pub count: usize,
    rows: usize,
    stems: HashMap<String, usize>,
}

impl Snapshot {
    /// The view of this index, with the built-in lexicon and the shop's own lines of it.
    pub fn new(index: Index, lexicon: Lexicon) -> Result<Self, AskError> {
        let vocabulary = Vocabulary::of(&index, lexicon)?;
        let documents = Documents::count(&index.shop_rows()?);
        Ok(Self { index, vocabulary: Arc::new(vocabulary), documents: Arc::new(documents) })
    }

    /// The same view with the prices of this time.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        Self { index: self.index.at(now), ..self.clone() }
    }
}

impl Documents {
    fn count(rows: &[EvidenceRow]) -> Self {
        let sources: BTreeSet<&str> = rows.iter().map(|row| row.source.as_str()).collect();
        let mut stems: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let words = analyse::words(&row.quote).into_iter().chain(analyse::words(&row.context));
            for stem in words.map(|word| word.stem).collect::<BTreeSet<_>>() {
                *stems.entry(stem).or_default() += 1;
            }
        }
        Self { count: sources.len(), rows: rows.len(), stems }
    }

    /// Whether no document has a word.
    pub(crate) fn lacks(&self, stem: &str) -> bool {
        !self.stems.contains_key(stem)
    }

    /// How much a word tells one sentence of the documents from the others, in nats.
    pub(crate) fn rarity(&self, stem: &str) -> f32 {
        let count = self.stems.get(stem).copied().unwrap_or(0);
        (1.0 + self.rows as f32 / (1.0 + count as f32)).ln()
    }
}
