//! Sizes, colours and other options: what there is to choose, and whether a choice that was asked for is among them.

use commerce::Attribute;
use search::{EvidenceKind, EvidenceRow, Field};

use super::Case;
use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::stems;
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
    for key in &keys {
        let choices = render::choices(case.product, key);
        if choices.iter().any(|choice| stems(choice) == wanted || last_word(choice) == wanted) {
            state(answer, case, key, asked, choices, Polarity::Positive);
            return;
        }
    }
    if case.request.focus.form != Form::YesNo {
        return;
    }
    let likely = keys
        .iter()
        .find(|key| is_kind_of(case, key) || has_elsewhere(case, key, &wanted))
        .or(keys.first().filter(|_| keys.len() == 1));
    for key in likely.map_or(keys.clone(), |key| vec![*key]) {
        let choices = render::choices(case.product, key);
        state(answer, case, key, asked, choices, Polarity::Negative);
    }
}

/// The stem of a choice's last word: `Ocean Blue` is a blue.
fn last_word(choice: &str) -> String {
    stems(choice).rsplit(' ').next().unwrap_or_default().to_owned()
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
