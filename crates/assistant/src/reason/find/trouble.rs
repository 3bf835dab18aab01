//! Goods for a trouble that somebody tells: those of which a sentence of the shop, or of a content reviewer, speaks of the same
//! things and of what helps. It is a guess, and is told as one.

use std::collections::{BTreeMap, BTreeSet};

use commerce::{EvidenceId, ProductId};
use search::analyse;
use search::{EvidenceKind, EvidenceQuery, EvidenceRow};

use super::shown::Shown;
use super::stated::offer_of;
use super::{DEFAULT_LIMIT, MAX_LIMIT};
use crate::claim::{Answer, Support};
use crate::directive::is_quotable;
use crate::lexicon::{everyday, has_phrase, stem_list, troubles};
use crate::relevance::denies;
use crate::stance;
use crate::understand::rarity;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Words of the trouble that are looked up, and the rows of the catalog that are looked at for each.
const MAX_SEARCHES: usize = 5;
const MAX_ROWS: usize = 150;
/// What a word of help counts beside the word of the trouble itself.
const HELP: f32 = 0.9;
/// The share of the trouble's words that the best sentence on a product has to have, and the sentences about it together.
const MIN_SHARE: f32 = 0.34;
/// Beside the best product, one has to come up to this share of it.
const MIN_OF_BEST: f32 = 0.7;
/// Words of the trouble that a sentence has to have at least.
const MIN_WORDS: usize = 2;
/// What it is worth that the goods are what helps, by their own name: a lamp against the dark.
const BY_NAME: f32 = 0.3;
/// A reviewer who rates lower than this does not say that it helps.
const MIN_RATING: f32 = 0.7;
/// What it is worth that a sentence only names the trouble, and what a further sentence on the same product adds.
const NAMED: f32 = 0.6;
const FURTHER: f32 = 0.05;
/// What nearness in meaning adds at most, and from which cosine on.
const MEANING: f32 = 0.6;
const FROM_COSINE: f32 = 0.45;

/// The source of a row that is the name of the goods.
const TITLE: &str = "title";

/// A word of the trouble.
struct Word {
    stem: String,
    weight: f32,
    /// Whether a trouble is told by it, so that goods help against it.
    is_trouble: bool,
    others: Vec<(String, f32)>,
}

/// A product with the sentence that speaks for it.
struct Guess {
    worth: f32,
    row: EvidenceRow,
}

/// Guesses at goods for the trouble of a request; `None` where nothing speaks of it.
pub(crate) fn relieve(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Option<Answer>, AskError> {
    let words = words(snapshot, &request.text);
    if words.len() < MIN_WORDS || !words.iter().any(|word| word.is_trouble) {
        return Ok(None);
    }
    let guesses = guesses(snapshot, ask, &words)?;
    let voice = Voice::of(&ask.locale);
    let mut answer = Answer::default();
    let limit = if ask.limit == 0 { DEFAULT_LIMIT } else { ask.limit.min(MAX_LIMIT) };
    for (product, guess) in guesses {
        let Some(hit) = snapshot.index.hit(&product)? else { continue };
        if answer.products.len() == limit || ask.thread.has_dismissed(&hit.source_id) {
            continue;
        }
        let rows = snapshot.index.evidence_of(&product)?;
        let quote = match guess.row.kind {
            EvidenceKind::Review => voice.say(Line::ReviewerWrites, &[&guess.row.quote]),
            EvidenceKind::Attribute => guess.row.quote.clone(),
            _ => voice.quote(&guess.row.quote),
        };
        let shown =
            Shown { support: Support::Derived, confidence: 0.5, ..Shown::derived(hit.clone(), vec![quote]) };
        let cited: Vec<&EvidenceRow> = offer_of(&hit, &rows).into_iter().chain([&guess.row]).collect();
        shown.state(&mut answer, voice, &cited);
    }
    if answer.claims.is_empty() {
        return Ok(None);
    }
    answer.notes.push(voice.say(Line::OnlyGuess, &[]));
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(Some(answer))
}

/// The words that tell the trouble, with what speaks of the same and what helps against it.
fn words(snapshot: &Snapshot, text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for word in analyse::words(text) {
        let is_known = words.iter().any(|known| known.stem == word.stem);
        if is_known || analyse::is_stop_word(&word.text) || troubles::is_idle(&word.stem) {
            continue;
        }
        let help = troubles::help(&word.stem);
        let mut others: Vec<(String, f32)> = help.iter().map(|phrase| (phrase.clone(), HELP)).collect();
        others.extend(everyday::of(&word.stem).iter().cloned());
        let weight = rarity(snapshot, &word.stem);
        words.push(Word { weight, is_trouble: !help.is_empty(), others, stem: word.stem });
    }
    words
}

/// Products of which a sentence speaks of the trouble, best first.
fn guesses(snapshot: &Snapshot, ask: &Ask, words: &[Word]) -> Result<Vec<(ProductId, Guess)>, AskError> {
    let rows = rows_on(snapshot, ask, words)?;
    let cosines = match &ask.vector {
        Some(vector) => snapshot.index.similarities(&rows, vector)?,
        None => vec![None; rows.len()],
    };
    let mut best: BTreeMap<ProductId, Guess> = BTreeMap::new();
    let mut by_name: BTreeSet<ProductId> = BTreeSet::new();
    for (row, cosine) in rows.into_iter().zip(cosines) {
        let (Some(product), Some(share)) = (row.product.clone(), share(words, &row)) else { continue };
        if row.source == TITLE && helps(words, &stem_list(&row.quote)) {
            by_name.insert(product.clone());
        }
        let near = cosine.map_or(0.0, |cosine| MEANING * (cosine - FROM_COSINE).max(0.0));
        let guess = Guess { worth: share + near, row };
        match best.get_mut(&product) {
            // Each further sentence adds a little, so that many voices count more than one.
            // A name is no reason where a sentence gives one.
            Some(known) if known.worth >= guess.worth && known.row.source != TITLE => {
                known.worth += guess.worth * FURTHER;
            }
            Some(known) => *known = Guess { worth: guess.worth + known.worth * FURTHER, ..guess },
            None => {
                best.insert(product, guess);
            }
        }
    }
    for product in &by_name {
        best.entry(product.clone()).and_modify(|guess| guess.worth += BY_NAME);
    }
    let mut found: Vec<(ProductId, Guess)> = best.into_iter().collect();
    found.sort_by(|(a, first), (b, second)| second.worth.total_cmp(&first.worth).then_with(|| a.cmp(b)));
    let most = found.first().map_or(0.0, |(_, guess)| guess.worth);
    // A name alone says nothing: a mask that repairs hair is no help against a bottle that leaks.
    found.retain(|(_, guess)| {
        guess.row.source != TITLE && guess.worth >= MIN_SHARE && guess.worth >= MIN_OF_BEST * most
    });
    Ok(found)
}

/// Rows of the catalog that speak of one of the words, each once. Each word is looked up by itself, for a search reads only so many
/// words and there is much that helps.
fn rows_on(snapshot: &Snapshot, ask: &Ask, words: &[Word]) -> Result<Vec<EvidenceRow>, AskError> {
    let mut rows: BTreeMap<EvidenceId, EvidenceRow> = BTreeMap::new();
    let mut by_weight: Vec<&Word> = words.iter().collect();
    by_weight.sort_by(|a, b| b.is_trouble.cmp(&a.is_trouble).then_with(|| b.weight.total_cmp(&a.weight)));
    for (place, word) in by_weight.into_iter().take(MAX_SEARCHES).enumerate() {
        let others = word.others.iter().map(|(other, _)| other.as_str());
        let query = EvidenceQuery {
            text: std::iter::once(word.stem.as_str()).chain(others).collect::<Vec<_>>().join(" "),
            vector: ask.vector.clone().filter(|_| place == 0),
            products: Vec::new(),
            kinds: vec![
                EvidenceKind::Attribute,
                EvidenceKind::Description,
                EvidenceKind::Question,
                EvidenceKind::Review,
            ],
            limit: MAX_ROWS,
        };
        let found = snapshot.index.evidence(&query)?.into_iter().map(|hit| hit.row).filter(may_speak);
        rows.extend(found.map(|row| (row.id.clone(), row)));
    }
    Ok(rows.into_values().collect())
}

/// Whether a row may say that something helps.
fn may_speak(row: &EvidenceRow) -> bool {
    let is_content =
        row.kind != EvidenceKind::Review || row.rating.is_some_and(|rating| rating >= MIN_RATING);
    is_content && !denies(row) && !row.quote.trim_end().ends_with('?') && is_quotable(row)
}

/// The share of the trouble that a row speaks of; `None` where it has too few of the words, or says nothing that helps.
fn share(words: &[Word], row: &EvidenceRow) -> Option<f32> {
    let mut said = stem_list(&row.quote);
    if row.kind == EvidenceKind::Question {
        said.extend(stem_list(&row.context));
    }
    let whole: f32 = words.iter().map(|word| word.weight).sum();
    let worth: Vec<f32> = words.iter().map(|word| word.stands_in(&said)).collect();
    let count = worth.iter().filter(|worth| **worth > 0.0).count();
    let least = if row.source == TITLE { 1 } else { MIN_WORDS };
    let is_on_trouble = words.iter().zip(&worth).any(|(word, worth)| word.is_trouble && *worth > 0.0);
    let of_own: f32 = words.iter().zip(&worth).map(|(word, worth)| word.weight * worth).sum();
    (count >= least && is_on_trouble && whole > 0.0).then_some(of_own / whole)
}

/// Whether a name says that the goods help.
fn helps(words: &[Word], said: &[String]) -> bool {
    let is_help = |word: &Word| troubles::help(&word.stem).iter().any(|help| has_phrase(said, help));
    words.iter().filter(|word| word.is_trouble).any(is_help)
}

impl Word {
    /// How well a sentence of these stems has the word: help counts only where it is not denied.
    fn stands_in(&self, said: &[String]) -> f32 {
        let is_said = said.contains(&self.stem);
        let is_there = |phrase: &str| {
            let first = phrase.split(' ').next().unwrap_or_default();
            let place = said.iter().position(|stem| stem == first);
            has_phrase(said, phrase) && !place.is_some_and(|place| stance::is_negated(said, place))
        };
        let near = self.others.iter().filter(|(other, _)| is_there(other)).map(|(_, worth)| *worth);
        let near = near.fold(0.0, f32::max);
        match (is_said, self.is_trouble) {
            // Who only names the trouble may complain of it.
            (true, true) => near.max(NAMED),
            (true, false) => 1.0,
            (false, _) => near,
        }
    }
}
