//! The most or the least of a measure: `the highest refresh rate`, `which bar has the least sugar per 100 g`, `lightest tent`.
//!
//! It is an order where the catalog has numbers for it, of the goods that are looked for if their kind is known. What no
//! attribute measures stays in the text.

use std::ops::Range;

use commerce::{Dimension, Quantity};

use super::{Reading, Token, measures};
use crate::language::{Extreme, MeasureName};
use crate::{Field, NumericField, Sort};

/// Words that name one measure, at most.
const MAX_WORDS: usize = 3;
/// A word and the part of a name that it stands for differ by so many letters at most: `speeds` is the speed, `comfortable` no
/// measure of comfort.
const ENDING: usize = 2;

/// Reads the order; the first phrase that names a measure of the catalog counts.
pub(super) fn read(reading: &mut Reading<'_>) {
    let grammar = reading.grammar;
    for start in 0..reading.tokens.len() {
        let spelled = grammar.extremes().iter().find(|extreme| reading.spells(start, &extreme.phrase));
        let Some(extreme) = spelled else { continue };
        let end = start + extreme.phrase.len();
        let Some((keys, end)) = measured(reading, extreme, end) else { continue };
        reading.found.sort = Sort::Attribute { keys, is_descending: extreme.is_most };
        reading.spend(start..end);
        if let Some((_, tokens)) = so_much(reading) {
            reading.spend(tokens);
        }
        return;
    }
}

/// Reads that a price is that of so much: `per kilo`.
pub(super) fn per(reading: &mut Reading<'_>) {
    if let Some((dimension, tokens)) = so_much(reading) {
        reading.found.per = Some(dimension);
        reading.spend(tokens);
    }
}

/// `per kilo`, `per 100 g`.
fn so_much(reading: &Reading<'_>) -> Option<(Dimension, Range<usize>)> {
    let is_per = |at: &usize| reading.text(*at).is_some_and(|word| reading.grammar.is_per(word));
    let at = (0..reading.tokens.len()).find(is_per)?;
    (1..=2).rev().find_map(|count| {
        let tokens = at + 1..at + 1 + count;
        let said: Vec<&str> = tokens.clone().map(|at| reading.text(at)).collect::<Option<_>>()?;
        let said = said.join(" ");
        let quantity = Quantity::parse(&said).or_else(|| Quantity::parse(&format!("1 {said}")))?;
        Some((quantity.dimension(), at..tokens.end))
    })
}

/// The attributes that are meant, the telling one first, and where their name ends.
fn measured(reading: &Reading<'_>, extreme: &Extreme, end: usize) -> Option<(Vec<String>, usize)> {
    if let Some((dimension, name)) = &extreme.of {
        let mut names = reading.grammar.names(*dimension);
        let fields = of_name(reading, names.find(|known| known.name == *name)?);
        return keys(reading, fields).map(|keys| (keys, end));
    }
    let is_filler = |at: usize| reading.text(at).is_some_and(|word| reading.grammar.is_of_amount(word));
    let first = (end..).find(|at| !is_filler(*at))?;
    (1..=MAX_WORDS).rev().find_map(|count| {
        let name = reading.tokens.get(first..first + count)?;
        let keys = keys(reading, named(reading, name))?;
        let mut last = first + count;
        while is_filler(last) {
            last += 1;
        }
        Some((keys, last))
    })
}

/// The attributes of whose names these words are parts; else those that they mean, such as the storage of `memory`.
fn named<'a>(reading: &Reading<'a>, name: &[Token]) -> Vec<&'a NumericField> {
    let is_free = |token: &Token| !token.is_spent && !reading.grammar.is_stop(&token.word.text);
    // The largest tent is large itself, whatever a `tent_weight` is.
    if !name.iter().all(is_free) || name.iter().all(|token| reading.names_category(token)) {
        return Vec::new();
    }
    let names = |field: &&NumericField| {
        name.iter().all(|token| field.key.split('_').any(|part| is_said(part, token)))
    };
    let found: Vec<&NumericField> = reading.vocabulary.numeric().filter(names).collect();
    match name {
        [word] if found.is_empty() => {
            let means = |known: &&MeasureName| known.words.contains(&word.word.text);
            let meant = reading.grammar.all_names().filter(means);
            meant.flat_map(|known| of_name(reading, known)).collect()
        }
        _ => found,
    }
}

impl Reading<'_> {
    fn names_category(&self, token: &Token) -> bool {
        !token.is_spent && self.vocabulary.is_kind(&token.word.stem)
    }
}

/// Whether a word is this part of a name, or a form of it.
fn is_said(part: &str, token: &Token) -> bool {
    let word = &token.word;
    let is_near = word.text.chars().count().abs_diff(part.chars().count()) <= ENDING;
    word.text == part || is_near && crate::analyse::stem(part) == word.stem
}

/// The attributes that hold a measure of this name.
fn of_name<'a>(reading: &Reading<'a>, name: &MeasureName) -> Vec<&'a NumericField> {
    let mut fields = reading.vocabulary.measuring(Some(name.dimension));
    fields.retain(|field| measures::is_named(field, &name.name, &name.words));
    fields
}

/// The keys of those that goods of the kind state, that of the shortest name first; all of one dimension.
fn keys(reading: &Reading<'_>, mut fields: Vec<&NumericField>) -> Option<Vec<String>> {
    let kinds: Vec<&Token> = reading.tokens.iter().filter(|token| reading.names_category(token)).collect();
    fields.retain(|field| {
        let field = Field::Attribute(field.key.clone());
        let states = |kind: &&Token| reading.vocabulary.is_stated_of(&kind.word.stem, &field);
        kinds.is_empty() || kinds.iter().any(states)
    });
    fields.sort_by_key(|field| (field.key.split('_').count(), std::cmp::Reverse(field.count)));
    let dimension = fields.first()?.dimension;
    let of_one = fields.iter().filter(|field| field.dimension == dimension);
    let mut keys: Vec<String> = of_one.map(|field| field.key.clone()).collect();
    keys.truncate(measures::MAX_FIELDS);
    Some(keys)
}
