//! Sets as bits: documents of a part, places in a table.

use std::ops::Range;

use tantivy::Term;

use super::TITLE;
use crate::analyse::words_in;
use crate::denials::{denied, denied_stem};
use crate::field_key::{NUMBER, SEPARATOR, of_field, term};
use crate::part::Part;
use crate::schema::SHOP_TEXTS;
use crate::snapshot::Snapshot;
use crate::{Constraint, SearchError};

/// A set of places in a table.
pub(crate) struct PlaceSet(Vec<u64>);

/// A set of documents of one part.
#[derive(Clone)]
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
    /// The empty set.
    pub(crate) fn none(part: &Part) -> Self {
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
        constraint: &Constraint,
        values: &[String],
    ) -> Result<Self, SearchError> {
        let mut documents = Self::none(part);
        for field in constraint.fields().filter_map(of_field) {
            for word in values
                .iter()
                .flat_map(|value| [SEPARATOR, NUMBER].map(|separator| term(&field, separator, value.trim())))
            {
                let stated = Term::from_field_text(snapshot.fields.term, &word);
                part.each_stating(&stated, |docs| docs.iter().for_each(|doc| documents.insert(*doc)))?;
            }
        }
        Ok(documents)
    }

    /// Takes a document in.
    pub(crate) fn insert(&mut self, doc: u32) {
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

    /// Leaves out those for which this is false.
    pub(crate) fn retain(&mut self, mut keeps: impl FnMut(u32) -> bool) {
        let lost: Vec<u32> = self.iter().filter(|doc| !keeps(*doc)).collect();
        lost.into_iter().for_each(|doc| self.0[doc as usize / 64] &= !(1 << (doc % 64)));
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

    /// The documents that have this term in one of these texts.
    pub(crate) fn having(
        snapshot: &Snapshot,
        part: &Part,
        term: &str,
        texts: impl IntoIterator<Item = usize>,
    ) -> Result<Self, SearchError> {
        let mut documents = Self::none(part);
        for text in texts {
            let term = Term::from_field_text(snapshot.fields.texts[text], term);
            part.each_posting(text, &term, |docs, _| {
                docs.iter().for_each(|doc| documents.insert(*doc));
            })?;
        }
        Ok(documents)
    }

    /// The documents that have this stem in one of these texts and do not deny it.
    fn saying(
        snapshot: &Snapshot,
        part: &Part,
        stem: &str,
        texts: Range<usize>,
    ) -> Result<Self, SearchError> {
        let mut documents = Self::having(snapshot, part, stem, texts)?;
        let denying = Self::having(snapshot, part, &denied(stem), TITLE..SHOP_TEXTS)?;
        documents.0.iter_mut().zip(&denying.0).for_each(|(says, denies)| *says &= !denies);
        Ok(documents)
    }

    /// The documents that say all words of one of these phrases, which commas part; `None` when no word counts.
    pub(crate) fn saying_one(
        snapshot: &Snapshot,
        part: &Part,
        phrases: &str,
        texts: Range<usize>,
    ) -> Result<Option<Self>, SearchError> {
        let mut one: Option<Self> = None;
        for phrase in phrases.split(", ") {
            let Some(found) = Self::saying_all(snapshot, part, phrase, texts.clone())? else { continue };
            match &mut one {
                Some(one) => one.join(&found),
                None => one = Some(found),
            }
        }
        Ok(one)
    }

    fn saying_all(
        snapshot: &Snapshot,
        part: &Part,
        phrase: &str,
        texts: Range<usize>,
    ) -> Result<Option<Self>, SearchError> {
        let grammar = snapshot.state.language.grammar();
        let mut all: Option<Self> = None;
        for word in words_in(snapshot.state.language, phrase) {
            if grammar.is_stop(&word.text) || grammar.may_deny(&word.text) {
                continue;
            }
            let found = Self::saying(snapshot, part, &word.stem, texts.clone())?;
            match &mut all {
                Some(all) => all.meet(&found),
                None => all = Some(found),
            }
        }
        Ok(all)
    }

    /// The documents whose shop texts say one of these phrases, or have to deny it where a minus stands before it.
    pub(crate) fn with_any(
        snapshot: &Snapshot,
        part: &Part,
        phrases: &[String],
    ) -> Result<Self, SearchError> {
        let shop = TITLE..SHOP_TEXTS;
        let mut any = Self::none(part);
        for phrase in phrases {
            let found = match denied_stem(phrase) {
                Some(_) => Self::having(snapshot, part, phrase, shop.clone())?,
                None => match Self::saying_one(snapshot, part, phrase, shop.clone())? {
                    Some(found) => found,
                    None => Self::saying(snapshot, part, phrase, shop.clone())?,
                },
            };
            any.join(&found);
        }
        Ok(any)
    }
}
