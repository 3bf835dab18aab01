//! Which attribute a measure is a measure of: the one that the text names, else the one that such a measure usually is of,
//! else any that holds such measures. An attribute whose name does not tell what it measures, such as `size`, decides for
//! goods that do not state the one that is meant.

use std::ops::Range;

use commerce::{Dimension, Quantity};

use super::Reading;
use crate::language::MeasureName;
use crate::{Constraint, Field, NumericField, Test};

/// Attributes that are looked at for one measure, the commonest first.
pub(super) const MAX_FIELDS: usize = 12;
/// The name of what goods bear, in the grammar.
const LOAD: &str = "load";
/// A word further away than this names no measure by its meaning.
const NEAR: usize = 3;

/// A test of a measure that stands in these tokens; `None` where the catalog measures no such thing.
pub(super) fn constraint(
    reading: &Reading<'_>,
    quantity: Quantity,
    test: Test,
    tokens: &Range<usize>,
) -> Option<Constraint> {
    let dimension = quantity.dimension();
    let (fields, others) = fields(reading, quantity, tokens);
    let is_measured = fields.iter().any(|field| field.dimension.is_some());
    let in_text = reading.vocabulary.text_measures(dimension).then_some(Field::Text);
    let field_of = |field: &NumericField| Field::Attribute(field.key.clone());
    let mut fields = fields.into_iter().map(field_of);
    let field = fields.next().or(in_text)?;
    Some(Constraint {
        or_fields: fields.collect(),
        else_fields: others.into_iter().map(field_of).collect(),
        dimension: (is_measured || field == Field::Text).then_some(dimension),
        ..Constraint::read(field, test, reading.words(tokens.clone()))
    })
}

/// What goods have to bear, where those of the kind that is looked for state how much they do: a ladder for 140 kg is one whose load is
/// as much or more, and its own weight does not matter.
pub(super) fn bears(reading: &Reading<'_>, quantity: Quantity, tokens: &Range<usize>) -> Option<Constraint> {
    let dimension = quantity.dimension();
    if dimension != Dimension::Mass {
        return None;
    }
    let load = reading.grammar.names(dimension).find(|name| name.name == LOAD)?;
    let fields = reading.vocabulary.measuring(Some(dimension));
    let is_load = |field: &&NumericField| {
        is_named(field, &load.name, &load.words)
            && reading.is_stated_of_head(&Field::Attribute(field.key.clone()))
    };
    let mut fields =
        fields.into_iter().filter(is_load).take(MAX_FIELDS).map(|field| Field::Attribute(field.key.clone()));
    let first = fields.next()?;
    Some(Constraint {
        or_fields: fields.collect(),
        dimension: Some(dimension),
        ..Constraint::read(first, Test::AtLeast(quantity.base()), reading.words(tokens.clone()))
    })
}

/// The attributes that decide, and those that do for goods that state none of these.
fn fields<'a>(
    reading: &Reading<'a>,
    quantity: Quantity,
    tokens: &Range<usize>,
) -> (Vec<&'a NumericField>, Vec<&'a NumericField>) {
    let dimension = quantity.dimension();
    let mut all = reading.vocabulary.measuring(Some(dimension));
    if matches!(dimension, Dimension::Pieces | Dimension::People) {
        all.extend(counting(reading, dimension));
    }
    all.retain(|field| !is_only_of_sale(reading, field));
    let of_goods: Vec<&NumericField> =
        all.iter().filter(|field| !is_of_part(reading, field)).copied().collect();
    if !of_goods.is_empty() {
        all = of_goods;
    }
    let is_stated = |field: &&&NumericField| reading.is_stated_of_head(&Field::Attribute(field.key.clone()));
    let stated: Vec<&NumericField> = all.iter().filter(is_stated).copied().collect();
    let all = if stated.is_empty() { all } else { stated };
    let mut best = named_by_key(reading, &all);
    for narrower in [named_by_meaning(reading, &all, dimension, tokens), usual(reading, &all, quantity)] {
        best = if best.is_empty() { narrower } else { best };
    }
    let is_of_nothing = |field: &&&NumericField| {
        let names = |name: &MeasureName| is_named(field, &name.name, &name.words);
        !best.contains(*field) && !reading.grammar.names(dimension).any(names)
    };
    let mut unnamed: Vec<&NumericField> = all.iter().filter(is_of_nothing).copied().collect();
    if best.is_empty() {
        (best, unnamed) = (all, Vec::new());
    }
    best.truncate(MAX_FIELDS);
    unnamed.truncate(MAX_FIELDS);
    (best, unnamed)
}

/// Attributes whose plain numbers are counted people or pieces, by their names.
fn counting<'a>(reading: &Reading<'a>, dimension: Dimension) -> Vec<&'a NumericField> {
    let words: Vec<&String> = reading.grammar.names(dimension).flat_map(|name| &name.words).collect();
    let is_named = |field: &&NumericField| parts(field).any(|part| words.iter().any(|word| *word == part));
    reading.vocabulary.measuring(None).into_iter().filter(is_named).collect()
}

/// Whether an attribute measures a part of goods that the text does not speak of: the cable of a monitor.
fn is_of_part(reading: &Reading<'_>, field: &NumericField) -> bool {
    let is_said = |part: &str| reading.tokens.iter().any(|token| token.word.text == part);
    parts(field).any(|part| reading.grammar.is_part(part) && !is_said(part))
}

/// Whether an attribute measures the sale and not the goods, such as a warranty, and the text does not speak of it.
fn is_only_of_sale(reading: &Reading<'_>, field: &NumericField) -> bool {
    let is_said = |part: &str| reading.tokens.iter().any(|token| token.word.text == part);
    parts(field).any(|part| reading.grammar.is_of_sale(part) && !is_said(part))
}

fn parts(field: &NumericField) -> impl Iterator<Item = &str> {
    field.key.split('_')
}

/// The attributes of whose name most words stand in the text: `battery life` in `20 hours battery life`. A kind of goods
/// names no attribute: `covers_backpack` is not what the litres of a backpack are.
fn named_by_key<'a>(reading: &Reading<'a>, fields: &[&'a NumericField]) -> Vec<&'a NumericField> {
    let stands = |part: &str| {
        let is_same = |token: &super::Token| token.word.text == part || token.word.stem == part;
        let is_kind = |token: &super::Token| reading.vocabulary.is_kind(&token.word.stem);
        let mut tokens = reading.tokens.iter().filter(|token| !token.is_stop && !is_kind(token));
        part.len() > 2 && tokens.any(is_same)
    };
    let matched = |field: &NumericField| parts(field).filter(|part| stands(part)).count();
    let most = fields.iter().map(|field| matched(field)).max().filter(|most| *most > 0);
    most.map_or(Vec::new(), |most| fields.iter().copied().filter(|field| matched(field) == most).collect())
}

/// The attributes that a word near the number means: `wide` in `60 cm wide`, `lighter` in `lighter than 2 kg`; those of
/// just that name, else those that have it in theirs.
fn named_by_meaning<'a>(
    reading: &Reading<'a>,
    fields: &[&'a NumericField],
    dimension: Dimension,
    tokens: &Range<usize>,
) -> Vec<&'a NumericField> {
    let near = tokens.start.saturating_sub(NEAR)..(tokens.end + NEAR).min(reading.tokens.len());
    let stands = |word: &String| reading.tokens[near.clone()].iter().any(|token| token.word.text == *word);
    let meant = reading.grammar.names(dimension).filter(|name| name.words.iter().any(stands));
    let mut found: Vec<&NumericField> = Vec::new();
    for name in meant {
        let named: Vec<&NumericField> =
            fields.iter().copied().filter(|field| is_named(field, &name.name, &name.words)).collect();
        let is_exact = |field: &&NumericField| field.key == name.name || name.words.contains(&field.key);
        let exact: Vec<&NumericField> = named.iter().copied().filter(is_exact).collect();
        found.extend(if exact.is_empty() { named } else { exact });
    }
    found.dedup();
    found
}

/// The attributes that measures of this unit usually are of: those of just this name, else those that have it in theirs.
fn usual<'a>(
    reading: &Reading<'a>,
    fields: &[&'a NumericField],
    quantity: Quantity,
) -> Vec<&'a NumericField> {
    let dimension = quantity.dimension();
    for wanted in reading.grammar.usual(quantity.unit.symbol(), dimension) {
        let exact = fields.iter().copied().find(|field| field.key == *wanted);
        let words =
            reading.grammar.names(dimension).find(|name| name.name == *wanted || name.words.contains(wanted));
        let words = words.map_or(&[][..], |name| &name.words);
        let named =
            || fields.iter().copied().filter(|field| is_named(field, wanted, words)).collect::<Vec<_>>();
        let found = exact.map_or_else(named, |exact| vec![exact]);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether the name of an attribute is this one, or has it or one of these words in it.
pub(super) fn is_named(field: &NumericField, name: &str, words: &[String]) -> bool {
    field.key == name || parts(field).any(|part| part == name || words.iter().any(|word| word == part))
}
