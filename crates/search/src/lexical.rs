//! Words of a query against the texts of products: BM25F (Robertson, Zaragoza and Taylor, 2004) over weighted texts,
//! and which of the words each product has.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;

use crate::analyse::{Word, phrase_key, words_in};
use crate::product_document::word_key;
use crate::schema::TEXTS;
use crate::snapshot::Snapshot;
use crate::{Query, SearchError};

/// Words of a query; later ones are left out.
const MAX_WORDS: usize = 24;
/// How soon more of the same word stops to count.
const K1: f32 = 1.2;
/// What a word is worth in each text of [`TEXTS`].
const WEIGHTS: [f32; TEXTS.len()] = [3.0, 1.6, 2.4, 1.4, 0.8, 0.3];
/// How much a long text is held against a word in it.
const LENGTHS: [f32; TEXTS.len()] = [0.4, 0.2, 0.2, 0.5, 0.7, 0.75];
/// What a stop word counts beside a word.
const STOP_WORD_WEIGHT: f32 = 0.05;
/// What the word counts that says what is looked for.
const HEAD_WEIGHT: f32 = 1.5;
/// What a word counts that only says what the goods are for.
const CONTEXT_WEIGHT: f32 = 0.6;

/// The products that have words of a query.
pub(crate) struct Lexical {
    /// For each place among all documents, how well the words fit; 0 where none does.
    pub(crate) scores: Vec<f32>,
    /// For each place the words that it has.
    masks: Vec<u32>,
    /// The places that have any.
    pub(crate) found: Vec<u32>,
    /// What each word is worth for the question whether a product has them all.
    worth: Vec<f32>,
    /// The words as titles are compared with them.
    pub(crate) keys: Vec<u32>,
}

/// A word with what counts for it: lists of stems of which a product needs all, and what they are worth.
struct Sought {
    weight: f32,
    stems: Vec<(Vec<String>, f32)>,
}

impl Lexical {
    /// Looks the words of a query up; `None` when it has none.
    pub(crate) fn new(snapshot: &Snapshot, query: &Query) -> Result<Option<Self>, SearchError> {
        let words = words_in(snapshot.state.language, &query.text);
        let words: Vec<Word> = words.into_iter().take(MAX_WORDS).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let width = snapshot.width();
        let mut lexical = Self {
            scores: vec![0.0; width],
            masks: vec![0; width],
            found: Vec::new(),
            worth: Vec::new(),
            keys: words.iter().map(|word| word_key(&word.stem)).collect(),
        };
        let mut lookup = Lookup::new(snapshot, width);
        for (place, sought) in sought(snapshot, query, &words)?.into_iter().enumerate() {
            lookup.find(&sought)?;
            lexical.take(&mut lookup, place, sought.weight);
        }
        Ok(Some(lexical))
    }

    /// The share of the query's words, by what they are worth, that a product has; words that no product has count
    /// for nothing.
    pub(crate) fn coverage(&self, place: u32) -> f32 {
        let mask = self.masks[place as usize];
        let has = |(place, worth): (usize, &f32)| if mask & 1 << place != 0 { *worth } else { 0.0 };
        let total: f32 = self.worth.iter().sum();
        if total > 0.0 { self.worth.iter().enumerate().map(has).sum::<f32>() / total } else { 0.0 }
    }

    /// Adds what one word found. A word in few products says more (inverse document frequency).
    fn take(&mut self, lookup: &mut Lookup<'_>, place: usize, weight: f32) {
        let count = lookup.found.len() as f32;
        let all = lookup.snapshot.len as f32;
        let rarity = (1.0 + (all - count + 0.5).max(0.0) / (count + 0.5)).ln();
        for doc in lookup.found.drain(..) {
            let frequency = std::mem::take(&mut lookup.frequencies[doc as usize]);
            let score = &mut self.scores[doc as usize];
            if self.masks[doc as usize] == 0 {
                self.found.push(doc);
            }
            *score += weight * rarity * frequency * (K1 + 1.0) / (frequency + K1);
            self.masks[doc as usize] |= 1 << place;
        }
        self.worth.push(if count > 0.0 { weight * rarity } else { 0.0 });
    }
}

/// The words of a query with what may stand for them: synonyms, and the joined form of two neighbours (`rain coat`,
/// `raincoat`).
fn sought(snapshot: &Snapshot, query: &Query, words: &[Word]) -> Result<Vec<Sought>, SearchError> {
    let language = snapshot.state.language;
    let is_stop = |word: &Word| language.grammar().is_stop(&word.text);
    let says_something = words.iter().any(|word| !is_stop(word));
    let head = phrase_key(language, &query.head);
    let weight = |word: &Word| match says_something && is_stop(word) {
        true => STOP_WORD_WEIGHT,
        false if word.stem == head => HEAD_WEIGHT,
        false if query.context.contains(&word.text) => CONTEXT_WEIGHT,
        false => 1.0,
    };
    let own = |word: &Word| Sought { weight: weight(word), stems: vec![(vec![word.stem.clone()], 1.0)] };
    let mut all: Vec<Sought> = words.iter().map(own).collect();
    for alternative in &query.alternatives {
        let stems =
            |phrase: &str| words_in(language, phrase).into_iter().map(|word| word.stem).collect::<Vec<_>>();
        let key = stems(&alternative.word);
        let others: Vec<(Vec<String>, f32)> =
            alternative.others.iter().map(|other| (stems(other), alternative.weight)).collect();
        for start in 0..(words.len() + 1).saturating_sub(key.len()) {
            if words[start..start + key.len()].iter().map(|word| &word.stem).eq(&key) {
                all[start..start + key.len()]
                    .iter_mut()
                    .for_each(|sought| sought.stems.extend(others.clone()));
            }
        }
    }
    for (first, pair) in words.windows(2).enumerate() {
        let joined = phrase_key(language, &format!("{}{}", pair[0].text, pair[1].text));
        if is_known(snapshot, &joined)? {
            all[first].stems.push((vec![joined.clone()], 1.0));
            all[first + 1].stems.push((vec![joined], 1.0));
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|sought| seen.insert(sought.stems[0].0.clone()));
    Ok(all)
}

/// Whether any title, attribute or description has the stem.
fn is_known(snapshot: &Snapshot, stem: &str) -> Result<bool, SearchError> {
    for part in snapshot.parts.iter() {
        for text in [0, 3, 4] {
            let term = Term::from_field_text(snapshot.fields.texts[text], stem);
            if part.text(text).get_term_info(&term)?.is_some() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Looks up one word at a time.
struct Lookup<'a> {
    snapshot: &'a Snapshot,
    /// For each place the weighted frequency of the word.
    frequencies: Vec<f32>,
    /// The places where it is above 0.
    found: Vec<u32>,
    /// For each text and length of text what one occurrence is worth.
    worth: Vec<[f32; 256]>,
}

impl<'a> Lookup<'a> {
    fn new(snapshot: &'a Snapshot, width: usize) -> Self {
        let worth = |text: usize| {
            std::array::from_fn(|norm| {
                let length = FieldNormReader::id_to_fieldnorm(norm as u8) as f32 / snapshot.averages[text];
                WEIGHTS[text] / (1.0 - LENGTHS[text] + LENGTHS[text] * length)
            })
        };
        let worth = (0..TEXTS.len()).map(worth).collect();
        Self { snapshot, frequencies: vec![0.0; width], found: Vec::new(), worth }
    }

    fn find(&mut self, sought: &Sought) -> Result<(), SearchError> {
        for (stems, weight) in &sought.stems {
            let mut all: Option<BTreeMap<u32, f32>> = None;
            for stem in stems {
                let own = self.frequencies_of(stem)?;
                all = Some(match all {
                    None => own,
                    Some(all) => {
                        own.into_iter().filter_map(|(doc, f)| Some((doc, all.get(&doc)?.min(f)))).collect()
                    }
                });
            }
            for (doc, frequency) in all.into_iter().flatten() {
                if self.frequencies[doc as usize] == 0.0 {
                    self.found.push(doc);
                }
                self.frequencies[doc as usize] += weight * frequency;
            }
        }
        Ok(())
    }

    /// How often the living products have a stem, each text with its worth.
    fn frequencies_of(&self, stem: &str) -> Result<BTreeMap<u32, f32>, SearchError> {
        let mut frequencies = BTreeMap::new();
        for text in 0..TEXTS.len() {
            let term = Term::from_field_text(self.snapshot.fields.texts[text], stem);
            self.find_in(text, &term, &mut frequencies)?;
        }
        Ok(frequencies)
    }

    fn find_in(
        &self,
        text: usize,
        term: &Term,
        frequencies: &mut BTreeMap<u32, f32>,
    ) -> Result<(), SearchError> {
        let worth = &self.worth[text];
        for part in self.snapshot.parts.iter() {
            let norms = part.norms(text);
            part.each_posting(text, term, |docs, counts| {
                for (doc, count) in docs.iter().zip(counts) {
                    if !part.is_alive(*doc) {
                        continue;
                    }
                    let frequency = *count as f32 * worth[norms.fieldnorm_id(*doc) as usize];
                    *frequencies.entry(part.base + doc).or_default() += frequency;
                }
            })?;
        }
        Ok(())
    }
}
