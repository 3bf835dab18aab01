//! The catalog's own words: which phrase of a shopper names which value of which field.

use std::collections::{BTreeMap, HashMap};

use commerce::{Currency, Dimension};

use crate::lexicon::{Lexicon, phrase_key};
use crate::{Field, Term};

/// Values of more words than this are sentences, not names.
const MAX_PHRASE_WORDS: usize = 4;

/// What the words of a shopper can mean in one catalog. Built from the index's terms and words; immutable.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    phrases: HashMap<String, Vec<Meaning>>,
    keys: HashMap<String, String>,
    numeric: Vec<NumericField>,
    words: HashMap<String, u64>,
    pub(crate) lexicon: Lexicon,
    pub(crate) currency: Option<Currency>,
}

/// One field that a phrase can name a value of.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// The field.
    pub field: Field,
    /// The catalog's spellings that the phrase covers.
    pub values: Vec<String>,
    /// How many products state one of them, at most.
    pub count: u64,
    /// Whether the phrase is a whole value, and not a part of longer ones.
    pub is_whole: bool,
}

/// An attribute that holds numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct NumericField {
    /// The attribute's key.
    pub key: String,
    /// What is measured; `None` for plain numbers.
    pub dimension: Option<Dimension>,
    /// How many products state it.
    pub count: u64,
}

impl Vocabulary {
    /// The vocabulary of a catalog: its terms, the stems of its texts with the number of products that have them, and
    /// the currency of its prices.
    pub fn new(
        terms: &[Term],
        words: impl IntoIterator<Item = (String, u64)>,
        currency: Option<Currency>,
        lexicon: Lexicon,
    ) -> Self {
        let mut vocabulary =
            Self { words: words.into_iter().collect(), currency, lexicon, ..Self::default() };
        for term in terms {
            vocabulary.add_key(term);
            match (&term.field, term.is_numeric) {
                (Field::Attribute(key), true) => vocabulary.numeric.push(NumericField {
                    key: key.clone(),
                    dimension: term.dimension,
                    count: term.count,
                }),
                (Field::Brand | Field::Category | Field::Attribute(_), false) => vocabulary.add_term(term),
                _ => {}
            }
        }
        vocabulary.widen_whole_values();
        for meanings in vocabulary.phrases.values_mut() {
            meanings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.field.cmp(&b.field)));
        }
        vocabulary
    }

    /// What a phrase can mean, the commonest first; `key` is its stems joined by spaces.
    pub fn meanings(&self, key: &str) -> &[Meaning] {
        self.phrases.get(key).map_or(&[], Vec::as_slice)
    }

    /// The attribute that these stems are the name of.
    pub fn attribute_named(&self, key: &str) -> Option<&str> {
        self.keys.get(key).map(String::as_str)
    }

    /// The attributes that hold numbers of this dimension, the commonest first.
    pub fn measuring(&self, dimension: Option<Dimension>) -> Vec<&NumericField> {
        let mut fields: Vec<_> = self.numeric.iter().filter(|field| field.dimension == dimension).collect();
        fields.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        fields
    }

    /// How many products have this stem in their text.
    pub fn count(&self, stem: &str) -> u64 {
        self.words.get(stem).copied().unwrap_or(0)
    }

    /// Whether the catalog has this stem anywhere: in a text or in a value.
    pub fn knows(&self, stem: &str) -> bool {
        self.words.contains_key(stem) || self.phrases.contains_key(stem) || self.keys.contains_key(stem)
    }

    /// The words of shoppers beside those of the catalog.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// All stems of texts with their counts, in no order.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, u64)> {
        self.words.iter().map(|(word, count)| (word.as_str(), *count))
    }

    fn add_key(&mut self, term: &Term) {
        if let Field::Attribute(key) = &term.field {
            self.keys.entry(phrase_key(&key.replace('_', " "))).or_insert_with(|| key.clone());
        }
    }

    /// A value names itself, its parts (`Hoodies & Sweatshirts`), and its last word (`Ocean Blue` is a blue); the
    /// name of a yes-or-no attribute stands for its yes.
    fn add_term(&mut self, term: &Term) {
        if let (Field::Attribute(key), "Yes" | "No") = (&term.field, term.value.as_str()) {
            if term.value == "Yes" {
                self.add(&phrase_key(&key.replace('_', " ")), term, true);
            }
            return;
        }
        let whole = phrase_key(&term.value);
        self.add(&whole, term, true);
        let parts: Vec<&str> = term.value.split(['&', '/', ',', '|', '+', '(', ')']).collect();
        for part in &parts {
            let part = phrase_key(part);
            if parts.len() > 1 && part != whole {
                self.add(&part, term, matches!(term.field, Field::Category));
            }
        }
        if let Some((_, last)) = whole.rsplit_once(' ')
            && last.len() > 2
            && whole.split(' ').count() <= 3
        {
            self.add(last, term, false);
        }
    }

    fn add(&mut self, phrase: &str, term: &Term, is_whole: bool) {
        let words = phrase.split(' ').count();
        if phrase.is_empty() || words > MAX_PHRASE_WORDS {
            return;
        }
        let meanings = self.phrases.entry(phrase.to_owned()).or_default();
        match meanings.iter_mut().find(|known| known.field == term.field && known.is_whole == is_whole) {
            Some(known) => {
                if !known.values.contains(&term.value) {
                    known.values.push(term.value.clone());
                    known.count += term.count;
                }
            }
            None => meanings.push(Meaning {
                field: term.field.clone(),
                values: vec![term.value.clone()],
                count: term.count,
                is_whole,
            }),
        }
    }

    /// Where `blue` is a value, `Ocean Blue` belongs to it as well.
    fn widen_whole_values(&mut self) {
        for meanings in self.phrases.values_mut() {
            let partial: BTreeMap<Field, Meaning> =
                meanings.iter().filter(|m| !m.is_whole).map(|m| (m.field.clone(), m.clone())).collect();
            for whole in meanings.iter_mut().filter(|m| m.is_whole) {
                if let Some(partial) = partial.get(&whole.field) {
                    whole.values.extend(partial.values.iter().cloned());
                    whole.values.dedup();
                    whole.count += partial.count;
                }
            }
            let wholes: Vec<Field> =
                meanings.iter().filter(|m| m.is_whole).map(|m| m.field.clone()).collect();
            meanings.retain(|m| m.is_whole || !wholes.contains(&m.field));
        }
    }
}
