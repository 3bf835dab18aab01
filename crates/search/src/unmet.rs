//! What was asked for and does not hold for what is shown, though nothing was given up to find it: what is only liked, and the
//! name of the goods where there are none of that name.

use crate::analyse::words_in;
use crate::filter::{Documents, Filter};
use crate::kinds::{documents_with, phrases};
use crate::rank::Signals;
use crate::schema::SHOP_TEXTS;
use crate::snapshot::Snapshot;
use crate::{Alternative, Constraint, Field, Query, SearchError, Sort, Test};

/// What the hits lack, the first of which stands at this place among all documents.
pub(crate) fn unmet(
    snapshot: &Snapshot,
    query: &Query,
    signals: &Signals,
    first: Option<u32>,
) -> Result<Vec<Constraint>, SearchError> {
    let Some(first) = first.filter(|_| query.sort == Sort::Relevance && query.cursor.is_none()) else {
        return Ok(Vec::new());
    };
    let mut unmet = Vec::new();
    unmet.extend(missing_kind(snapshot, query)?);
    let (part, doc) = snapshot.locate(first);
    for (place, liked) in query.preferences.iter().enumerate() {
        let is_new = query.preferences[..place].iter().all(|other| other.words != liked.words);
        if is_new
            && is_wanted(snapshot, query, liked)
            && !is_held(snapshot, query, &signals.preferences, &liked.words, part, doc)?
        {
            unmet.push(liked.clone());
        }
    }
    Ok(unmet)
}

/// The name of the goods, where something else was asked of them and no title and no category has it. Where nothing else was
/// asked, the hits are there for their words.
fn missing_kind(snapshot: &Snapshot, query: &Query) -> Result<Option<Constraint>, SearchError> {
    let is_said = |constraint: &Constraint| !constraint.words.is_empty() && !constraint.is_negated;
    if query.named.is_empty() || !query.constraints.iter().any(is_said) {
        return Ok(None);
    }
    for phrase in phrases(snapshot, query, &query.named) {
        for part in snapshot.parts.iter() {
            if documents_with(snapshot, part, &phrase)?.iter().any(|doc| part.is_alive(doc)) {
                return Ok(None);
            }
        }
    }
    let test = Test::AnyOf(vec![query.named.clone()]);
    Ok(Some(Constraint::read(Field::Category, test, query.named.clone())))
}

/// Whether a liking is a value that stands in the text as it is: not the kind of goods, no measure, no word of every
/// day.
fn is_wanted(snapshot: &Snapshot, query: &Query, liked: &Constraint) -> bool {
    let grammar = snapshot.state.language.grammar();
    let words = words_in(snapshot.state.language, &liked.words);
    let has = |list: &[String]| words.iter().any(|word| list.contains(&word.text));
    let is_said_otherwise = query.constraints.iter().any(|constraint| constraint.words == liked.words);
    matches!((&liked.field, &liked.test), (Field::Attribute(_), Test::AnyOf(_)))
        && !words.is_empty()
        && !is_said_otherwise
        && !has(&query.context)
        && !has(&[query.head.clone(), query.named.clone()])
        && !words.iter().any(|word| grammar.is_weak(&word.text) || grammar.is_for_whom(&word.text))
}

/// Whether a document holds a liking of these words, or its text says them or others that stand for them.
fn is_held(
    snapshot: &Snapshot,
    query: &Query,
    preferences: &Filter,
    words: &str,
    part: usize,
    doc: u32,
) -> Result<bool, SearchError> {
    let mut held = 0;
    preferences.each_variant(snapshot, part, doc, |_, holding| held |= holding);
    let of_words = query.preferences.iter().enumerate().filter(|(_, liked)| liked.words == words);
    if of_words.map(|(place, _)| place).any(|place| held & 1 << place != 0) {
        return Ok(true);
    }
    let own: Vec<String> =
        words_in(snapshot.state.language, words).into_iter().map(|word| word.text).collect();
    let stands = |other: &&Alternative| own.iter().any(|own| other.word.split(' ').any(|word| word == own));
    let others = query.alternatives.iter().filter(stands).flat_map(|other| &other.others);
    for phrase in std::iter::once(words).chain(others.map(String::as_str)) {
        let said = Documents::saying_one(snapshot, &snapshot.parts[part], phrase, 0..SHOP_TEXTS)?;
        if said.is_none_or(|said| said.has(doc)) {
            return Ok(true);
        }
    }
    Ok(false)
}
