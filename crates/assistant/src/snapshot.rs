//! What one turn reads: an index and the vocabulary of its catalog, from beginning to end the same.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use commerce::DocumentKind;
use jiff::Timestamp;
use search::{EvidenceRow, Index, Language, Lexicon, Vocabulary, analyse};

use crate::{AskError, gloss};

/// Sentences of a kind of document that are held for questions about its matter.
const MAX_RULING_ROWS: usize = 600;

/// Letters of each part of a compound at least.
const LEAST_PART: usize = 4;

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
    ruling: HashMap<DocumentKind, Vec<EvidenceRow>>,
}

impl Snapshot {
    /// The view of this index, with the built-in lexicon and the shop's own lines of it.
    pub fn new(index: Index, lexicon: Lexicon) -> Result<Self, AskError> {
        let vocabulary = Vocabulary::of(&index, lexicon)?;
        let language = vocabulary.language();
        let documents = Documents::count(language, &index.shop_rows()?);
        Ok(Self { index, vocabulary: Arc::new(vocabulary), documents: Arc::new(documents) })
    }

    /// The same view with the prices of this time.
    pub(crate) fn at(&self, now: Timestamp) -> Self {
        Self { index: self.index.at(now), ..self.clone() }
    }
}

impl Documents {
    /// Counts the words of these rows, in English.
    fn count(language: Language, rows: &[EvidenceRow]) -> Self {
        let sources: BTreeSet<&str> = rows.iter().map(|row| row.source.as_str()).collect();
        let mut stems: HashMap<String, usize> = HashMap::new();
        for row in rows {
            let read = |text: &str| match language {
                Language::English => analyse::words(text),
                other => analyse::words(&gloss::statement(other, text)),
            };
            let words = read(&row.quote).into_iter().chain(read(&row.context));
            for stem in words.map(|word| word.stem).collect::<BTreeSet<_>>() {
                *stems.entry(stem).or_default() += 1;
            }
        }
        let mut ruling: HashMap<DocumentKind, Vec<EvidenceRow>> = HashMap::new();
        for row in rows {
            let Some(kind) = row.document.filter(|kind| kind.is_policy()) else { continue };
            let of_kind = ruling.entry(kind).or_default();
            if of_kind.len() < MAX_RULING_ROWS {
                of_kind.push(row.clone());
            }
        }
        Self { count: sources.len(), rows: rows.len(), stems, ruling }
    }

    /// The sentences of the documents of a kind.
    pub(crate) fn ruling(&self, kind: DocumentKind) -> &[EvidenceRow] {
        self.ruling.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Whether no document has a word, nor the two that it is made of: `powerbank`.
    pub(crate) fn lacks(&self, stem: &str) -> bool {
        let is_two_words = |split: usize| {
            stem.is_char_boundary(split)
                && self.stems.contains_key(&stem[..split])
                && self.stems.contains_key(&stem[split..])
        };
        let splits = LEAST_PART..=stem.len().saturating_sub(LEAST_PART);
        !self.stems.contains_key(stem) && !splits.into_iter().any(is_two_words)
    }

    /// How much a word tells one sentence of the documents from the others, in nats.
    pub(crate) fn rarity(&self, stem: &str) -> f32 {
        let count = self.stems.get(stem).copied().unwrap_or(0);
        (1.0 + self.rows as f32 / (1.0 + count as f32)).ln()
    }
}
