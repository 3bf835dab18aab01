//! Sets as bits: documents of a part, places in a table.

use tantivy::Term;

use crate::analyse::{is_stop_word, stem, words};
use crate::field_key::{NUMBER, SEPARATOR, of_field, term};
use crate::part::Part;
use crate::schema::SHOP_TEXTS;
use crate::snapshot::Snapshot;
use crate::{Field, SearchError};

/// Words of a negation that say nothing about the product.
const NEGATIONS: &[&str] = &["not", "no", "non", "without", "except", "never"];

/// A set of places in a table.
pub(crate) struct PlaceSet(Vec<u64>);

/// A set of documents of one part.
pub(crate) struct Documents(Vec<u64>);

impl PlaceSet {
    /// The places at which this is true.
    pub(crate) fn of(holds: impl ExactSizeIterator<Item = bool>) -> Self {
        let mut words = vec![0; holds.len().div_ceil(64)];
        for (place, holds) in holds.enumerate() {
            words[place / 64] |= u64::from(holds) << (place % 64);
        }
        Self(words)
    }

    /// Whether it is in the set.
    pub(crate) fn has(&self, place: u32) -> bool {
        self.0[place as usize / 64] & 1 << (place % 64) != 0
    }
}

impl Documents {
    fn none(part: &Part) -> Self {
        Self(vec![0; part.columns.len().div_ceil(64)])
    }

    /// Whether it is in the set.
    pub(crate) fn has(&self, doc: u32) -> bool {
        self.0[doc as usize / 64] & 1 << (doc % 64) != 0
    }

    /// The documents that state one of these values, or a variant of which does.
    pub(crate) fn stating(
        snapshot: &Snapshot,
        part: &Part,
        field: &Field,
        values: &[String],
    ) -> Result<Self, SearchError> {
        let mut documents = Self::none(part);
        let Some(field) = of_field(field) else { return Ok(documents) };
        for value in values {
            for separator in [SEPARATOR, NUMBER] {
                let word = term(&field, separator, value.trim());
                let stated = Term::from_field_text(snapshot.fields.term, &word);
                part.each_stating(&stated, |docs| docs.iter().for_each(|doc| documents.insert(*doc)))?;
            }
        }
        Ok(documents)
    }

    fn insert(&mut self, doc: u32) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    /// Takes those of another set in.
    pub(crate) fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own |= other);
    }

    /// Leaves out those that are not in another set.
    pub(crate) fn meet(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, other)| *own &= other);
    }

    /// In order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        let of_word = |(place, word): (usize, &u64)| {
            let (mut rest, first) = (*word, place as u32 * 64);
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(first + bit)
            })
        };
        self.0.iter().enumerate().flat_map(of_word)
    }

    /// The documents whose shop texts have this stem.
    pub(crate) fn with_stem(snapshot: &Snapshot, part: &Part, stem: &str) -> Result<Self, SearchError> {
        let mut documents = Self::none(part);
        for text in 0..SHOP_TEXTS {
            let stem = Term::from_field_text(snapshot.fields.texts[text], stem);
            part.each_posting(text, &stem, |docs, _| {
                docs.iter().for_each(|doc| documents.insert(*doc));
            })?;
        }
        Ok(documents)
    }

    /// The documents whose shop texts have all words of a phrase; `None` when no word of it counts.
    pub(crate) fn with_all(
        snapshot: &Snapshot,
        part: &Part,
        phrase: &str,
    ) -> Result<Option<Self>, SearchError> {
        let mut all: Option<Self> = None;
        for word in words(phrase) {
            if is_stop_word(&word.text) || NEGATIONS.contains(&word.text.as_str()) {
                continue;
            }
            let found = Self::with_stem(snapshot, part, &word.stem)?;
            match &mut all {
                Some(all) => all.meet(&found),
                None => all = Some(found),
            }
        }
        Ok(all)
    }

    /// The documents whose shop texts have all words of one of these phrases.
    pub(crate) fn with_any(
        snapshot: &Snapshot,
        part: &Part,
        phrases: &[String],
    ) -> Result<Self, SearchError> {
        let mut any = Self::none(part);
        for phrase in phrases {
            let found = match Self::with_all(snapshot, part, phrase)? {
                Some(found) => found,
                None => Self::with_stem(snapshot, part, &stem(phrase))?,
            };
            any.join(&found);
        }
        Ok(any)
    }
}
