//! Sizes, colours and other options: what there is to choose, and whether a choice that was asked for is among them.

use std::collections::BTreeSet;

use commerce::{Attribute, Variant};
use search::analyse::Word;
use search::{EvidenceKind, EvidenceRow, Field, analyse};

use super::Case;
use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::{stem_list, stems};
use crate::reason::render;
use crate::request::Form;
use crate::voice::Voice;

/// States whether the product comes in what was asked for.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let mut keys: Vec<&String> = Vec::new();
    for key in case.product.variants.iter().flat_map(|variant| variant.options.keys()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let Some(asked) = &case.request.focus.choice else { return };
    let wanted = stems(asked);
    let (picks, rest) = picks(case, &keys, asked);
    let own: BTreeSet<&String> = picks.iter().map(|(key, _)| *key).collect();
    match &picks[..] {
        [(key, _), ..] if rest.is_empty() && own.len() == 1 => {
            state(answer, case, key, asked, render::choices(case.product, key), Polarity::Positive);
            return;
        }
        [.., (key, _)] if rest.is_empty() && own.len() == picks.len() => {
            together(answer, case, (key, asked), &picks);
            return;
        }
        // Blue and red, each in M and in L, are more than one thing.
        [_, ..] if rest.is_empty() => return,
        _ => {}
    }
    if case.request.focus.form != Form::YesNo {
        return;
    }
    let (asked, wanted) = match picks.is_empty() {
        true => (asked.clone(), wanted),
        false => (rest.clone(), stems(&rest)),
    };
    let open: Vec<&String> =
        keys.iter().copied().filter(|key| !picks.iter().any(|(own, _)| own == key)).collect();
    let likely = open
        .iter()
        .find(|key| is_kind_of(case, key) || has_elsewhere(case, key, &wanted))
        .or(open.first().filter(|_| open.len() == 1));
    for key in likely.map_or(open.clone(), |key| vec![*key]) {
        let choices = render::choices(case.product, key);
        state(answer, case, key, &asked, choices, Polarity::Negative);
    }
}

/// The choices that words name, of each option, and the words that are left: `navy size L` is a colour and a size.
fn picks<'a>(case: &Case<'_>, keys: &[&'a String], asked: &str) -> (Vec<(&'a String, String)>, String) {
    let mut rest = analyse::words(asked);
    let mut picks = Vec::new();
    for key in keys {
        for choice in render::choices(case.product, key) {
            let own = stem_list(&choice);
            let whole = rest.windows(own.len()).position(|part| part.iter().map(|word| &word.stem).eq(&own));
            // `Ocean Blue` is a blue.
            let last = || rest.iter().position(|word| Some(&word.stem) == own.last()).map(|at| (at, 1));
            if let Some((at, count)) = whole.map(|at| (at, own.len())).or_else(last) {
                rest.drain(at..at + count);
                picks.push((*key, choice));
            }
        }
    }
    let names_option =
        |word: &Word| keys.iter().any(|key| key.split('_').any(|part| stems(part) == word.stem));
    rest.retain(|word| !names_option(word) && !analyse::is_stop_word(&word.text));
    (picks, rest.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
}

/// States whether a variant has all of several choices, with what there is of the last of them beside the others.
fn together(answer: &mut Answer, case: &Case<'_>, (key, asked): (&str, &str), picks: &[(&String, String)]) {
    let has = |variant: &Variant, (key, choice): &(&String, String)| {
        variant.options.get(*key).is_some_and(|own| stems(own) == stems(choice))
    };
    let variants = case.product.variants.iter();
    let beside: Vec<&Variant> = variants
        .filter(|variant| picks.iter().filter(|(own, _)| own.as_str() != key).all(|pick| has(variant, pick)))
        .collect();
    let is_there = beside.iter().any(|variant| picks.iter().all(|pick| has(variant, pick)));
    let polarity = if is_there { Polarity::Positive } else { Polarity::Negative };
    let mut values: Vec<String> = Vec::new();
    for value in beside.iter().filter_map(|variant| variant.options.get(key)) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    state(answer, case, key, asked, values, polarity);
}

/// Whether the question names the option, as in `in size 12` or `in the colour green`.
fn is_kind_of(case: &Case<'_>, key: &str) -> bool {
    case.request.focus.terms.iter().any(|term| key.split('_').any(|part| term.stems.contains(&stems(part))))
}

/// Whether other products of the catalog have the choice for this option: then it is a colour, say, and no size.
fn has_elsewhere(case: &Case<'_>, key: &str, wanted: &str) -> bool {
    let meanings = case.snapshot.vocabulary.meanings(wanted);
    meanings.iter().any(|meaning| matches!(&meaning.field, Field::Attribute(field) if field == key))
}

fn state(
    answer: &mut Answer,
    case: &Case<'_>,
    key: &str,
    asked: &str,
    values: Vec<String>,
    polarity: Polarity,
) {
    let is_row = |row: &&EvidenceRow| row.kind == EvidenceKind::Attribute && row.source == key;
    let rows: Vec<&EvidenceRow> = case.rows.iter().map(Scored::origin).filter(is_row).collect();
    let voice = Voice::of(&case.ask.locale);
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate: Predicate::Offered {
            asked: voice.value(asked),
            label: Attribute::label(key),
            values: values.iter().map(|value| voice.value(value)).collect(),
        },
        polarity,
        support: Support::Derived,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 0.95,
    };
    answer.state(claim, &rows);
}
