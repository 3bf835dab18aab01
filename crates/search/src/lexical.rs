//! Words of a query against the texts of products: BM25F (Robertson, Zaragoza and Taylor, 2004) over weighted texts,
//! and which of the words each product has.

mod scan;
mod window;

use tantivy::Term;
use tantivy::fieldnorm::FieldNormReader;

use self::scan::Scan;
use self::window::{WINDOW, Window};
use crate::analyse::{Word, phrase_key, words_in};
use crate::part::Part;
use crate::product_document::word_key;
use crate::schema::TEXTS;
use crate::snapshot::Snapshot;
use crate::{Query, SearchError};

/// Words of a query; later ones are left out.
const MAX_WORDS: usize = 24;
/// For more words than this the worth of their sets is not kept in a table.
const MAX_TABLE_WORDS: usize = 10;
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
    /// In the order of their places.
    pub(crate) found: Vec<Found>,
    /// What each word is worth for the question whether a product has them all.
    worth: Vec<f32>,
    /// The words as titles are compared with them.
    pub(crate) keys: Vec<u32>,
}

/// A product that has a word of a query.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// The place among all documents.
    pub(crate) place: u32,
    /// How well the words fit.
    pub(crate) score: f32,
    /// The words that it has.
    words: u32,
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
        let mut lexical = Self {
            found: Vec::new(),
            worth: Vec::new(),
            keys: words.iter().map(|word| word_key(&word.stem)).collect(),
        };
        let worth = occurrence_worth(snapshot);
        let mut lists = Vec::new();
        for sought in sought(snapshot, query, &words)? {
            let occurrences = occurrences(snapshot, &sought, &worth)?;
            // A word in few products says more (inverse document frequency).
            let (count, all) = (occurrences.len() as f32, snapshot.len as f32);
            let rarity = (1.0 + (all - count + 0.5).max(0.0) / (count + 0.5)).ln();
            lexical.worth.push(if count > 0.0 { sought.weight * rarity } else { 0.0 });
            lists.push((sought.weight * rarity, occurrences));
        }
        lexical.found = join(&lists);
        Ok(Some(lexical))
    }

    /// The share of the query's words, by what they are worth, that each product has; words that no product has count
    /// for nothing.
    pub(crate) fn coverage(&self) -> Coverage<'_> {
        let mut coverage = Coverage { worth: &self.worth, known: Vec::new() };
        if self.worth.len() <= MAX_TABLE_WORDS {
            coverage.known = (0..1 << self.worth.len()).map(|words| coverage.sum(words)).collect();
        }
        coverage
    }
}

/// What sets of words are worth, as shares of all words.
pub(crate) struct Coverage<'a> {
    worth: &'a [f32],
    /// By the bits of the set; empty where there are too many.
    known: Vec<f32>,
}

impl Coverage<'_> {
    /// The share that a product has.
    pub(crate) fn of(&self, found: &Found) -> f32 {
        self.known.get(found.words as usize).copied().unwrap_or_else(|| self.sum(found.words))
    }

    fn sum(&self, words: u32) -> f32 {
        let has = |(place, worth): (usize, &f32)| if words & 1 << place != 0 { *worth } else { 0.0 };
        let total: f32 = self.worth.iter().sum();
        if total > 0.0 { self.worth.iter().enumerate().map(has).sum::<f32>() / total } else { 0.0 }
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

/// For each text and length of text what one occurrence is worth.
fn occurrence_worth(snapshot: &Snapshot) -> Vec<[f32; 256]> {
    let worth = |text: usize| {
        std::array::from_fn(|norm| {
            let length = FieldNormReader::id_to_fieldnorm(norm as u8) as f32 / snapshot.averages[text];
            WEIGHTS[text] / (1.0 - LENGTHS[text] + LENGTHS[text] * length)
        })
    };
    (0..TEXTS.len()).map(worth).collect()
}

/// The living products that have a word, in the order of their places, each with the weighted frequency.
fn occurrences(
    snapshot: &Snapshot,
    sought: &Sought,
    worth: &[[f32; 256]],
) -> Result<Vec<(u32, f32)>, SearchError> {
    let mut occurrences = Vec::new();
    let (mut sums, mut phrase, mut one) = (Window::default(), Window::default(), Window::default());
    for part in snapshot.parts.iter() {
        let mut phrases = Vec::new();
        for (stems, weight) in &sought.stems {
            let scans = stems.iter().map(|stem| scans(snapshot, part, stem, worth));
            phrases.push((*weight, scans.collect::<Result<Vec<_>, _>>()?));
        }
        while let Some(first) = first(&phrases) {
            let start = first - first % WINDOW;
            for (weight, words) in &mut phrases {
                for (place, scans) in words.iter_mut().enumerate() {
                    let sums = if place == 0 { &mut phrase } else { &mut one };
                    for scan in scans {
                        scan.run(start + WINDOW, |doc, worth| sums.add(doc - start, worth));
                    }
                    if place > 0 {
                        phrase.meet(&mut one);
                    }
                }
                phrase.drain(|offset, frequency, _| sums.add(offset, *weight * frequency));
            }
            sums.drain(|offset, frequency, _| {
                if part.is_alive(start + offset) {
                    occurrences.push((part.base + start + offset, frequency));
                }
            });
        }
    }
    Ok(occurrences)
}

/// A list of postings for each text that has a stem.
fn scans<'a>(
    snapshot: &Snapshot,
    part: &'a Part,
    stem: &str,
    worth: &'a [[f32; 256]],
) -> Result<Vec<Scan<'a>>, SearchError> {
    let mut scans = Vec::new();
    for (text, worth) in worth.iter().enumerate() {
        let term = Term::from_field_text(snapshot.fields.texts[text], stem);
        if let Some(postings) = part.postings(text, &term)? {
            scans.push(Scan::new(postings, part.norms(text), worth));
        }
    }
    Ok(scans)
}

/// The document that comes next in any list.
fn first(phrases: &[(f32, Vec<Vec<Scan<'_>>>)]) -> Option<u32> {
    phrases.iter().flat_map(|(_, words)| words.iter().flatten()).filter_map(Scan::doc).min()
}

/// The lists of all words as one, each word with what it is worth.
fn join(lists: &[(f32, Vec<(u32, f32)>)]) -> Vec<Found> {
    let mut found = Vec::with_capacity(lists.iter().map(|(_, list)| list.len()).max().unwrap_or(0));
    let mut window = Window::default();
    let mut rest: Vec<&[(u32, f32)]> = lists.iter().map(|(_, list)| list.as_slice()).collect();
    while let Some(first) = rest.iter().filter_map(|list| list.first()).map(|(place, _)| *place).min() {
        let start = first - first % WINDOW;
        for (word, (list, (worth, _))) in rest.iter_mut().zip(lists).enumerate() {
            let count = list.partition_point(|(place, _)| *place - start < WINDOW);
            for (place, frequency) in &list[..count] {
                window.add(place - start, worth * frequency * (K1 + 1.0) / (frequency + K1));
                window.mark(place - start, word);
            }
            *list = &list[count..];
        }
        window.drain(|offset, score, words| found.push(Found { place: start + offset, score, words }));
    }
    found
}
