//! The catalog's own words: which phrase of a shopper names which value of which field.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use commerce::{Availability, Currency, Dimension};

use crate::analyse::{each_word, phrase_key};
use crate::denials::denied;
use crate::language::Head;
use crate::lexicon::Lexicon;
use crate::{Field, Index, Language, SearchError, Term};

mod ages;
mod grades;
mod words;

use ages::{Ages, is_of_ages};
pub(crate) use grades::Grades;
pub(crate) use words::Words;

/// What joins the parts of a name such as `Hoodies & Sweatshirts`.
const NAME_PARTS: [char; 7] = ['&', '/', ',', '|', '+', '(', ')'];
/// Values of more words than this are sentences, not names.
const MAX_PHRASE_WORDS: usize = 4;

/// What the words of a shopper can mean in one catalog. Built from the index's terms and words; immutable.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    phrases: HashMap<String, Vec<Meaning>>,
    keys: HashMap<String, String>,
    numeric: Vec<NumericField>,
    /// Dimensions that titles and descriptions give measures of.
    text_dimensions: HashSet<Dimension>,
    /// By the stem of the word that says what a category holds, the fields that its products state.
    kinds: HashMap<String, HashSet<Field>>,
    /// By part of a name, the yes-or-no attributes that have it, such as `battery_included` of `batteri`.
    flags: HashMap<String, Vec<String>>,
    /// By field, the values that suit everybody, such as `Unisex`.
    anyone: HashMap<Field, Vec<String>>,
    /// What the variants of one product differ by.
    options: BTreeSet<Field>,
    /// By field and number, the values that are words before this number: `EU 38` of `38`.
    numbered: HashMap<(Field, String), Vec<String>>,
    /// Attributes that say of some goods that they lack them, such as `Hood: None`.
    parts: HashMap<String, Part>,
    pub(crate) grades: Grades,
    pub(crate) ages: Ages,
    /// Stems of texts.
    pub(crate) words: Words,
    /// Words as they are spelled.
    pub(crate) spellings: Words,
    pub(crate) lexicon: Lexicon,
    pub(crate) currency: Option<Currency>,
    /// Whether offers have sale prices.
    pub(crate) has_sales: bool,
    /// Whether any offer says if it can be had.
    states_stock: bool,
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

/// The values of an attribute that is named like a part of goods.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// Those that say that goods have it.
    pub(crate) having: Vec<String>,
    /// Those that say that they lack it.
    pub(crate) lacking: Vec<String>,
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
    /// the currency of its prices. The language is that of the lexicon.
    pub fn new(
        terms: &[Term],
        words: impl IntoIterator<Item = (String, u64)>,
        currency: Option<Currency>,
        lexicon: Lexicon,
    ) -> Self {
        let words = Words::new(words, lexicon.language());
        let mut vocabulary = Self { words, currency, lexicon, ..Self::default() };
        terms.iter().for_each(|term| vocabulary.add_any(term));
        vocabulary.add_parts(terms);
        vocabulary.widen_whole_values();
        for meanings in vocabulary.phrases.values_mut() {
            meanings.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.field.cmp(&b.field)));
        }
        vocabulary.numeric.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        vocabulary.grades.sort();
        vocabulary
    }

    /// The vocabulary of an index with the words of shoppers beside it; the lexicon has to be in the language of the index.
    pub fn of(index: &Index, lexicon: Lexicon) -> Result<Self, SearchError> {
        let vocabulary = Self::new(&index.terms(), index.words()?, index.currency(), lexicon);
        let vocabulary = Self { has_sales: index.has_sales(), options: index.options(), ..vocabulary };
        Ok(vocabulary.with_fields(&index.fields_of_categories()).with_spellings(index.spellings()?))
    }

    /// Adds which fields the products of a category state.
    fn with_fields(mut self, stated: &BTreeMap<String, BTreeSet<Field>>) -> Self {
        for (category, fields) in stated {
            let parts = category.split(NAME_PARTS).map(|part| self.key(part));
            let keys: Vec<String> = parts.chain([self.key(category)]).collect();
            for key in keys {
                let head = self.head_of(&key).unwrap_or(key);
                if let Some(known) = self.kinds.get_mut(&head) {
                    known.extend(fields.iter().cloned());
                }
            }
        }
        self
    }

    /// Adds words as they are spelled, with how many products have them: what a mistyped word may have been meant to be.
    pub fn with_spellings(self, spellings: impl IntoIterator<Item = (String, u64)>) -> Self {
        Self { spellings: Words::new(spellings, Language::default()), ..self }
    }

    /// The language that its stems are those of.
    pub fn language(&self) -> Language {
        self.lexicon.language()
    }

    /// The key that a phrase is looked up by: its stems joined by spaces.
    pub fn key(&self, phrase: &str) -> String {
        phrase_key(self.language(), phrase)
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
        self.numeric.iter().filter(|field| field.dimension == dimension).collect()
    }

    /// The attributes that hold numbers, the commonest first.
    pub(crate) fn numeric(&self) -> impl Iterator<Item = &NumericField> {
        self.numeric.iter()
    }

    /// The attribute that says for which ages goods are, in measures of time.
    pub(crate) fn measured_ages(&self) -> Option<&NumericField> {
        let is_age = |field: &&NumericField| is_of_ages(&Field::Attribute(field.key.clone()));
        self.numeric.iter().filter(|field| field.dimension == Some(Dimension::Time)).find(is_age)
    }

    /// Whether the catalog says which goods suit somebody of so many years.
    pub fn states_age(&self, years: f64) -> bool {
        self.ages.of(years).is_some() || self.measured_ages().is_some()
    }

    /// Whether titles or descriptions give measures of this dimension.
    pub(crate) fn text_measures(&self, dimension: Dimension) -> bool {
        self.text_dimensions.contains(&dimension)
    }

    /// How many products have this stem in their text.
    pub fn count(&self, stem: &str) -> u64 {
        self.words.count(stem)
    }

    /// How many products say in their text that they do not have it: `no nuts`, `gluten-free`.
    pub(crate) fn denials(&self, stem: &str) -> u64 {
        self.words.count(&denied(stem))
    }

    /// Whether the catalog has this stem anywhere: in a text or in a value.
    pub fn knows(&self, stem: &str) -> bool {
        self.count(stem) > 0 || self.phrases.contains_key(stem) || self.keys.contains_key(stem)
    }

    /// Whether any offer says if it can be had.
    pub(crate) fn states_stock(&self) -> bool {
        self.states_stock
    }

    /// Whether this stem says what a category holds.
    pub fn is_kind(&self, stem: &str) -> bool {
        self.kinds.contains_key(stem)
    }

    /// Whether the catalog writes this word, in small letters, just so.
    pub fn spells(&self, word: &str) -> bool {
        self.spellings.count(word) > 0
    }

    /// Whether products of this kind state a field; `true` where that is not known.
    pub fn is_stated_of(&self, kind: &str, field: &Field) -> bool {
        let is_everywhere = !matches!(field, Field::Attribute(_));
        is_everywhere || self.kinds.get(kind).is_none_or(|fields| fields.is_empty() || fields.contains(field))
    }

    /// The yes-or-no attributes whose name is these stems, or these and one more word.
    pub(crate) fn flags(&self, key: &str) -> &[String] {
        self.flags.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether the variants of one product differ by a field.
    pub fn is_option(&self, field: &Field) -> bool {
        self.options.contains(field)
    }

    /// The values of a field that end in this number, with words before it.
    pub(crate) fn numbered(&self, field: &Field, number: &str) -> &[String] {
        self.numbered.get(&(field.clone(), number.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The attribute that these stems are the name of, where it says of some goods that they lack it.
    pub(crate) fn part(&self, key: &str) -> Option<(&str, &Part)> {
        let key = self.attribute_named(key)?;
        self.parts.get(key).map(|part| (key, part))
    }

    /// The values of a field that suit everybody.
    pub(crate) fn for_anyone(&self, field: &Field) -> &[String] {
        self.anyone.get(field).map_or(&[], Vec::as_slice)
    }

    /// The words of shoppers beside those of the catalog.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    fn add_any(&mut self, term: &Term) {
        self.add_key(term);
        match (&term.field, term.is_numeric) {
            (Field::Attribute(key), true) => self.numeric.push(NumericField {
                key: key.clone(),
                dimension: term.dimension,
                count: term.count,
            }),
            (Field::Text, true) => self.text_dimensions.extend(term.dimension),
            (Field::Availability, false) => {
                self.states_stock |= term.value != Availability::Unknown.as_str();
            }
            (Field::Brand | Field::Category | Field::Attribute(_), false) => self.add_term(term),
            _ => {}
        }
    }

    fn add_key(&mut self, term: &Term) {
        if let Field::Attribute(key) = &term.field {
            let stems = self.key(&key.replace('_', " "));
            self.keys.entry(stems).or_insert_with(|| key.clone());
        }
    }

    /// A value names itself, its parts (`Hoodies & Sweatshirts`), and its last word (`Ocean Blue` is a blue); the
    /// name of a yes-or-no attribute stands for its yes.
    fn add_term(&mut self, term: &Term) {
        if let (Field::Attribute(key), "Yes" | "No") = (&term.field, term.value.as_str()) {
            self.add_flag(key, term);
            return;
        }
        // `Gluten free: yes, certified` is a yes with more behind it.
        if let Field::Attribute(key) = &term.field
            && affirms(&term.value)
        {
            let name = self.key(&key.replace('_', " "));
            self.add(&name, term, true);
        }
        if self.language().grammar().suits_anyone(&term.value) {
            self.anyone.entry(term.field.clone()).or_default().push(term.value.clone());
        }
        let whole = self.key(&term.value);
        self.add(&whole, term, true);
        self.add_kind(&whole, term);
        let parts: Vec<&str> = term.value.split(NAME_PARTS).collect();
        for part in &parts {
            let part = self.key(part);
            if parts.len() > 1 && part != whole {
                self.add(&part, term, matches!(term.field, Field::Category));
                self.add_kind(&part, term);
            }
        }
        if let Some(number) = number_of(&whole) {
            self.numbered.entry((term.field.clone(), number)).or_default().push(term.value.clone());
        }
        self.grades.add(&term.field, &term.value);
        self.ages.add(&term.field, &term.value);
        if let Some(head) = self.head_of(&whole)
            && head.len() > 2
            && whole.split(' ').count() <= 3
        {
            self.add(&head, term, false);
        }
    }

    /// Notes the attributes some values of which begin with a denial, with their other values.
    fn add_parts(&mut self, terms: &[Term]) {
        let grammar = self.language().grammar();
        let lacks = |value: &str| {
            let mut words = Vec::new();
            each_word(value, |word, _, _| words.push(word));
            grammar.denial(|at| words.get(at).map(String::as_str)) > 0
                || words.first().is_some_and(|first| grammar.is_none(first))
        };
        let mut parts: HashMap<String, Part> = HashMap::new();
        for term in
            terms.iter().filter(|term| !term.is_numeric && !matches!(term.value.as_str(), "Yes" | "No"))
        {
            let Field::Attribute(key) = &term.field else { continue };
            if lacks(&term.value) {
                parts.entry(key.clone()).or_default().lacking.push(term.value.clone());
            }
        }
        for term in terms.iter().filter(|term| !term.is_numeric && term.value != "No") {
            if let Field::Attribute(key) = &term.field
                && let Some(part) = parts.get_mut(key)
                && !part.lacking.contains(&term.value)
            {
                part.having.push(term.value.clone());
            }
        }
        self.parts = parts;
    }

    fn add_flag(&mut self, key: &str, term: &Term) {
        let name = self.key(&key.replace('_', " "));
        let words: Vec<&str> = name.split(' ').collect();
        let parts = [words.join(" "), words[1..].join(" "), words[..words.len() - 1].join(" ")];
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let flags = self.flags.entry(part).or_default();
            if !flags.iter().any(|known| known == key) {
                flags.push(key.to_owned());
            }
        }
        if term.value == "Yes" {
            self.add(&name, term, true);
        }
    }

    /// The word of a longer phrase that says what it is a kind of.
    fn head_of(&self, key: &str) -> Option<String> {
        let (first, last) = (key.split_once(' ')?.0, key.rsplit_once(' ')?.1);
        Some(match self.language().grammar().head() {
            Head::Last => last.to_owned(),
            Head::First => first.to_owned(),
        })
    }

    fn add_kind(&mut self, key: &str, term: &Term) {
        if term.field == Field::Category && !key.is_empty() {
            let head = self.head_of(key).unwrap_or_else(|| key.to_owned());
            self.kinds.entry(head).or_default();
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

/// The number that a value ends in, where words stand before it and nothing else does.
fn number_of(key: &str) -> Option<String> {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let words: Vec<&str> = key.split(' ').collect();
    let start = words.iter().position(&is_number).filter(|start| *start > 0)?;
    words[start..].iter().all(is_number).then(|| words[start..].join(" "))
}

/// Whether a value says yes and then more.
fn affirms(value: &str) -> bool {
    let first = value.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_yes = matches!(first.to_lowercase().as_str(), "yes" | "ja" | "oui" | "sí");
    is_yes && first.len() < value.len()
}
