//! Typed attributes: by the name or kind that was asked for, by a value that was asked for, compared with a measure.

use commerce::{Attribute, Dimension, Quantity, Value};
use search::{EvidenceKind, EvidenceRow, analyse};

use super::Case;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::opposites::stems;
use crate::reason::render;
use crate::request::{Asked, Form};
use crate::retrieve::has_phrase;

/// Attributes stated at most.
const MAX_ATTRIBUTES: usize = 3;
/// An attribute answers only if it bears on at least this share of the deciding words.
const MIN_SHARE: f32 = 0.5;

/// A value decides a yes-or-no question only if it bears on nearly all of the deciding words.
const CERTAIN: f32 = 0.8;

/// An attribute with how well it answers.
struct Match<'a> {
    attribute: &'a Attribute,
    share: f32,
    /// Whether a value, and not only the name, was asked for.
    names_value: bool,
}

/// States the attributes that answer.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let all = of_product(case);
    let mut matches: Vec<Match<'_>> = all.iter().filter_map(|attribute| matched(case, attribute)).collect();
    matches.sort_by(|a, b| b.share.total_cmp(&a.share));
    if let Some(best) = matches.first().map(|best| best.share) {
        matches.retain(|found| found.share >= best - 0.15);
    }
    for found in matches.into_iter().take(MAX_ATTRIBUTES) {
        state(answer, case, &found);
    }
}

/// Attributes of the product and its variants, and options as attributes.
fn of_product(case: &Case<'_>) -> Vec<Attribute> {
    let mut all: Vec<Attribute> = case.product.attributes.iter().cloned().collect();
    let mut join = |attribute: Attribute| match all.iter_mut().find(|known| known.key == attribute.key) {
        Some(known) => {
            let new: Vec<Value> =
                attribute.values.into_iter().filter(|v| !known.values.contains(v)).collect();
            known.values.extend(new);
        }
        None => all.push(attribute),
    };
    for variant in &case.product.variants {
        variant.attributes.iter().cloned().for_each(&mut join);
        for (key, choice) in &variant.options {
            let values = vec![Value::parse(choice).unwrap_or_else(|| Value::Text(choice.clone()))];
            join(Attribute { key: key.clone(), label: Attribute::label(key), values });
        }
    }
    let brand = &case.product.brand;
    if !brand.is_empty() {
        join(Attribute {
            key: "brand".to_owned(),
            label: "Brand".to_owned(),
            values: vec![Value::Text(brand.clone())],
        });
    }
    all
}

/// How well an attribute answers the question.
fn matched<'a>(case: &Case<'_>, attribute: &'a Attribute) -> Option<Match<'a>> {
    let focus = &case.request.focus;
    let label: Vec<String> = analyse::words(&attribute.label).into_iter().map(|word| word.stem).collect();
    let values: Vec<Vec<String>> = attribute
        .values
        .iter()
        .filter(|value| !matches!(value, Value::Flag(_)))
        .map(|value| analyse::words(&value.display()).into_iter().map(|word| word.stem).collect())
        .collect();
    let whole: f32 = focus.words.iter().map(|word| word.weight).sum();
    let (mut by_name, mut by_value) = (0.0, 0.0);
    for word in &focus.words {
        let is_in = |stems: &[String]| -> f32 {
            let near =
                word.others.iter().filter(|(other, _)| has_phrase(stems, other)).map(|(_, weight)| *weight);
            if stems.contains(&word.stem) { 1.0 } else { near.fold(0.0, f32::max) }
        };
        let in_value = values.iter().map(|value| is_in(value)).fold(0.0, f32::max);
        let in_name = is_in(&label);
        by_value += word.weight * in_value;
        by_name += word.weight * if in_value > in_name { 0.0 } else { in_name };
    }
    let is_asked = focus.asked.iter().any(|asked| asks_for(asked, attribute));
    let share = if whole > 0.0 { (by_name + by_value) / whole } else { 0.0 };
    let name_share = by_name / whole.max(f32::EPSILON);
    let label_weight = label.len().max(1) as f32;
    let label_matched =
        label.iter().filter(|stem| focus.words.iter().any(|word| word.stem == **stem)).count() as f32;
    let is_named = name_share >= MIN_SHARE && label_matched / label_weight >= 0.5;
    let is_valued = by_value > 0.0 && share >= MIN_SHARE + 0.05;
    let share = if is_asked { (share + 0.6).min(1.5) } else { share };
    let is_measured =
        attribute.values.iter().any(|value| matches!(value, Value::Number(_)) || dimension(value).is_some());
    if focus.form == Form::HowMuch && !is_measured {
        return None;
    }
    (is_asked || is_named || is_valued).then_some(Match {
        attribute,
        share,
        names_value: is_valued && by_value > by_name,
    })
}

fn asks_for(asked: &Asked, attribute: &Attribute) -> bool {
    match asked {
        Asked::Brand => attribute.key == "brand",
        Asked::Attribute { keys, dimensions, .. } => {
            attribute.key.split('_').any(|part| keys.iter().any(|key| key == part))
                || attribute
                    .values
                    .iter()
                    .any(|value| dimension(value).is_some_and(|d| dimensions.contains(&d)))
        }
        _ => false,
    }
}

fn dimension(value: &Value) -> Option<Dimension> {
    match value {
        Value::Quantity(quantity) => Some(quantity.dimension()),
        Value::Range(range) => Some(range.high.dimension()),
        _ => None,
    }
}

fn state(answer: &mut Answer, case: &Case<'_>, found: &Match<'_>) {
    let attribute = found.attribute;
    let is_row = |row: &&EvidenceRow| row.kind == EvidenceKind::Attribute && row.source == attribute.key;
    let rows: Vec<&EvidenceRow> = case.rows.iter().map(|scored| &scored.row).filter(is_row).collect();
    let compared = compare(case, attribute);
    let support = if compared.is_some() { Support::Derived } else { Support::Stated };
    let (predicate, polarity) = compared.unwrap_or_else(|| (plain(case, attribute), polarity(case, found)));
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate,
        polarity,
        support,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: found.share.min(1.0),
    };
    answer.state(claim, &rows);
}

fn plain(case: &Case<'_>, attribute: &Attribute) -> Predicate {
    let values = attribute.values.iter().map(|value| render::value(value, &case.ask.locale)).collect();
    Predicate::Attribute { label: attribute.label.clone(), values }
}

/// A yes-or-no question is answered by a flag, or by a value that was asked for and is there.
fn polarity(case: &Case<'_>, found: &Match<'_>) -> Polarity {
    match (case.request.focus.form, found.attribute.values.as_slice()) {
        (Form::YesNo, [Value::Flag(true)]) => Polarity::Positive,
        (Form::YesNo, [Value::Flag(false)]) => Polarity::Negative,
        (Form::YesNo, values) if found.names_value && found.share >= CERTAIN => {
            let text: Vec<String> = values.iter().map(|v| v.display().to_lowercase()).collect();
            let is_denied = text.iter().any(|v| v.starts_with("not ") || v.starts_with("no ") || v == "none");
            if is_denied { Polarity::Negative } else { Polarity::Positive }
        }
        _ => Polarity::Neutral,
    }
}

/// A measure in a yes-or-no question set against the attribute.
fn compare(case: &Case<'_>, attribute: &Attribute) -> Option<(Predicate, Polarity)> {
    if case.request.focus.form != Form::YesNo {
        return None;
    }
    let asked = case
        .request
        .focus
        .measures
        .iter()
        .find(|asked| attribute.values.iter().any(|value| dimension(value) == Some(asked.dimension())))?;
    let value = attribute.values.iter().find(|value| dimension(value) == Some(asked.dimension()))?;
    let (low, high) = match value {
        Value::Quantity(quantity) => (*quantity, *quantity),
        Value::Range(range) => (range.low, range.high),
        _ => return None,
    };
    let is_yes = holds(&case.request.text, low, high, *asked);
    let predicate = Predicate::Compared {
        label: attribute.label.clone(),
        value: render::value(value, &case.ask.locale),
        asked: asked.shown_in(case.ask.locale.units).to_string(),
    };
    Some((predicate, if is_yes { Polarity::Positive } else { Polarity::Negative }))
}

/// Whether the stated range bears out the measure, in the sense of the question's words.
fn holds(text: &str, low: Quantity, high: Quantity, asked: Quantity) -> bool {
    const SMALLER: &[&str] =
        &["under", "below", "less", "lighter", "smaller", "shorter", "within", "at most"];
    const LARGER: &[&str] = &[
        "over", "above", "more", "least", "heavier", "larger", "longer", "fit", "hold", "up to", "carry",
        "support", "down to",
    ];
    let text = stems(text);
    let has =
        |words: &[&str]| words.iter().any(|word| format!(" {text} ").contains(&format!(" {} ", stems(word))));
    let slack = asked.base().abs() * 1e-6;
    if has(SMALLER) {
        high.base() <= asked.base() + slack
    } else if has(LARGER) {
        high.base() + slack >= asked.base()
    } else {
        low.base() - slack <= asked.base() && asked.base() <= high.base() + slack
    }
}
