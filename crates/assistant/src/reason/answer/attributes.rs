//! Typed attributes: those whose rows answer, told in the shopper's units, compared with a measure that was asked for.

use commerce::{Attribute, Dimension, Quantity, Value};
use search::{EvidenceKind, EvidenceRow, analyse};

use super::praise::{self, Praise};
use super::{Case, offers, opinions};
use crate::bearing::{Scored, Values, is_key_of};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::hazard;
use crate::lexicon::{concepts, has_phrase, kinds, stem_list, stems};
use crate::reason::{left, render};
use crate::request::{Expected, Focus, Form, Term};
use crate::stance::{self, Stance};
use crate::voice::{Line, Voice};

/// Attributes that say where the goods stand in the shop and nothing of them, unless that is asked for.
pub(in crate::reason) const PLACES: &[&str] = &["category", "tags", "type", "product_type"];
/// Attributes stated at most.
const MAX_ATTRIBUTES: usize = 2;
/// Others are stated only if they answer nearly as well as the best.
const NEAR_BEST: f32 = 0.05;
/// A value takes a side only if it bears on nearly all of the question.
const CERTAIN: f32 = 0.8;
/// The share of an attribute's name that must be asked for where none of its values is.
const MIN_SHARE_OF_NAME: f32 = 0.5;

/// Values of variants that are told apart where not a yes or no is asked for, and names told of each.
const MAX_TOLD_APART: usize = 4;
const MAX_NAMES: usize = 4;

/// The concept of what comes with a product.
const CONTENTS: &str = "contents";

/// States the attributes that answer.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let is_attribute = |scored: &&Scored| {
        let is_place = PLACES.contains(&scored.row.source.as_str()) && own_name(case, scored) == 0.0;
        scored.row.kind == EvidenceKind::Attribute && !is_place
    };
    let mut found: Vec<&Scored> = case
        .rows
        .iter()
        .filter(is_attribute)
        .filter(|scored| {
            scored.answers() && (scored.states && states_concept(case, scored) || is_asked(case, scored))
        })
        .collect();
    let own = |scored: &Scored| own_name(case, scored);
    found.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| own(b).total_cmp(&own(a)))
            .then_with(|| a.row.position.cmp(&b.row.position))
    });
    let Some(first) = found.first() else { return };
    let best = (first.score, own(first));
    found.retain(|scored| scored.score >= best.0 - NEAR_BEST && own(scored) >= best.1 - NEAR_BEST);
    for scored in found.into_iter().take(MAX_ATTRIBUTES) {
        if let Some(attribute) = attribute(case, &scored.origin().source) {
            state(answer, case, scored, &attribute);
        }
    }
}

/// States the first details of a product, in the order in which the shop gives them.
pub(super) fn first(answer: &mut Answer, case: &Case<'_>, most: usize) {
    let mut own: Vec<&Scored> =
        case.rows.iter().filter(|scored| scored.row.kind == EvidenceKind::Attribute).collect();
    own.retain(|scored| !PLACES.contains(&scored.row.source.as_str()));
    own.sort_by_key(|scored| scored.row.position);
    for scored in own.into_iter().take(most) {
        let Some(attribute) = attribute(case, &scored.origin().source) else { continue };
        let claim = Claim {
            subject: Some(case.product.id.clone()),
            predicate: plain(case, &attribute),
            polarity: Polarity::Neutral,
            support: Support::Stated,
            evidence: vec![scored.row.id.clone()],
            confidence: 1.0,
        };
        answer.state(claim, &[&scored.row]);
    }
}

/// Whether the row states the concept that is expected.
fn states_concept(case: &Case<'_>, scored: &Scored) -> bool {
    matches!(case.request.focus.expected, Expected::Concept(_) | Expected::Count(_) | Expected::Measured(_))
        || scored.values != Values::NotAsked
        || case
            .request
            .focus
            .concepts()
            .any(|concept| crate::bearing::is_stated(concept, &scored.row, &scored.stems, &scored.context))
}

/// How much of an attribute's name stands in the question: `total weight` answers it better than `weight of the lid`.
fn own_name(case: &Case<'_>, scored: &Scored) -> f32 {
    let asked = |stem: &&String| case.request.focus.terms.iter().any(|term| term.stems.contains(*stem));
    scored.context.iter().filter(asked).count() as f32 / scored.context.len().max(1) as f32
}

/// Whether a value is asked for, or at least half of the name.
fn is_asked(case: &Case<'_>, scored: &Scored) -> bool {
    let values = &scored.stems[scored.context.len().min(scored.stems.len())..];
    let in_values = |term: &Term| {
        term.stems.iter().any(|stem| values.contains(stem))
            || term.others.iter().any(|(other, _)| has_phrase(values, other))
            || term.opposites.iter().any(|other| has_phrase(values, other))
    };
    own_name(case, scored) >= MIN_SHARE_OF_NAME || case.request.focus.terms.iter().any(in_values)
}

/// The attribute of a key, of the product or its variants, or an option as an attribute.
fn attribute(case: &Case<'_>, key: &str) -> Option<Attribute> {
    let product = case.product;
    let mut values: Vec<Value> = Vec::new();
    let mut label = None;
    let variants = product.variants.iter().flat_map(|variant| variant.attributes.find(key));
    for attribute in product.attributes.find(key).into_iter().chain(variants) {
        label.get_or_insert_with(|| attribute.label.clone());
        values.extend(attribute.values.iter().cloned());
    }
    for choice in product.variants.iter().filter_map(|variant| variant.options.get(key)) {
        values.push(Value::parse(choice).unwrap_or_else(|| Value::Text(choice.clone())));
    }
    if key == "brand" && values.is_empty() && !product.brand.is_empty() {
        values.push(Value::Text(product.brand.clone()));
    }
    let mut distinct: Vec<Value> = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    let label = label.unwrap_or_else(|| Attribute::label(key));
    (!distinct.is_empty()).then(|| Attribute { key: key.to_owned(), label, values: distinct })
}

/// What a value measures.
fn dimension(value: &Value) -> Option<Dimension> {
    match value {
        Value::Quantity(quantity) => Some(quantity.dimension()),
        Value::Range(range) => Some(range.high.dimension()),
        _ => None,
    }
}

fn state(answer: &mut Answer, case: &Case<'_>, scored: &Scored, attribute: &Attribute) {
    let row: &EvidenceRow = &scored.row;
    let own = of_chosen(case, attribute);
    let (attribute, is_split) =
        (own.as_ref().unwrap_or(attribute), own.is_none() && is_split(case, &attribute.key));
    let is_told_apart = case.request.focus.form == Form::YesNo || attribute.values.len() <= MAX_TOLD_APART;
    if let Some(named) = naming(case).filter(|_| is_split && is_told_apart) {
        return apart(answer, case, scored, attribute, &named);
    }
    let compared = compare(case, attribute);
    let is_said = compared.is_some() || polarity(case, scored, attribute) != Polarity::Neutral;
    if case.request.focus.form == Form::YesNo && !is_said && own_name(case, scored) < MIN_SHARE_OF_NAME {
        return;
    }
    let is_converted =
        |unit| attribute.values.iter().any(|value| render::in_unit(value, unit, &case.ask.locale).is_some());
    let is_derived = compared.is_some()
        || scored.values == Values::Lacks
        || case.request.focus.unit.is_some_and(is_converted);
    let (predicate, polarity) =
        compared.unwrap_or_else(|| (plain(case, attribute), polarity(case, scored, attribute)));
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate,
        polarity,
        support: if is_derived { Support::Derived } else { Support::Stated },
        evidence: vec![row.id.clone()],
        confidence: scored.score.min(1.0),
    };
    answer.state(claim, &[row]);
}

/// Whether only variants state an attribute, and not all of them the same: what one of them has is none of all.
fn is_split(case: &Case<'_>, key: &str) -> bool {
    let variants = &case.product.variants;
    let stated = || variants.iter().map(|variant| variant.attributes.find(key).map(|own| &own.values));
    case.product.attributes.find(key).is_none()
        && variants.len() > 1
        && stated().any(|own| own.is_some())
        && stated().any(|own| Some(own) != stated().next())
}

/// An attribute as the variants state it that the question names, where they agree: the decoder of the digital one.
fn of_chosen(case: &Case<'_>, attribute: &Attribute) -> Option<Attribute> {
    let chosen = offers::chosen(case);
    let mut stated = chosen.iter().map(|variant| variant.attributes.find(&attribute.key));
    let first = stated.next()??;
    let is_one = chosen.len() < case.product.variants.len() && is_split(case, &attribute.key);
    (is_one && stated.all(|own| own.is_some_and(|own| own.values == first.values))).then(|| first.clone())
}

/// States what each of the variants has, without a yes or no of all.
fn apart(
    answer: &mut Answer,
    case: &Case<'_>,
    scored: &Scored,
    attribute: &Attribute,
    named: &[&EvidenceRow],
) {
    let voice = Voice::of(&case.ask.locale);
    let told = |value: &Value| {
        let having = |own: &Attribute| own.values.contains(value);
        let variants = case.product.variants.iter();
        let names: Vec<String> = variants
            .filter(|variant| variant.attributes.find(&attribute.key).is_some_and(having))
            .map(left::name)
            .collect();
        let shown = names[..names.len().min(MAX_NAMES)].join(", ");
        let names = match names.len().saturating_sub(MAX_NAMES) {
            0 => shown,
            more => voice.say(Line::AndMore, &[&shown, &more.to_string()]),
        };
        voice.say(Line::PartsOfSum, &[&render::value_of(&attribute.key, value, &case.ask.locale), &names])
    };
    let values = attribute.values.iter().map(told).collect();
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate: Predicate::Attribute { label: attribute.label.clone(), values },
        polarity: Polarity::Neutral,
        support: Support::Stated,
        evidence: std::iter::once(&scored.row)
            .chain(named.iter().copied())
            .map(|row| row.id.clone())
            .collect(),
        confidence: scored.score.min(1.0),
    };
    let rows: Vec<&EvidenceRow> = std::iter::once(&scored.row).chain(named.iter().copied()).collect();
    answer.state(claim, &rows);
}

/// The rows in which the variants are named; `None` where one is in none.
fn naming<'a>(case: &'a Case<'_>) -> Option<Vec<&'a EvidenceRow>> {
    let variants = &case.product.variants;
    let is_option = |key: &str| variants.iter().any(|variant| variant.options.contains_key(key));
    let rows: Vec<&EvidenceRow> = case
        .rows
        .iter()
        .map(|scored| &scored.row)
        .filter(|row| row.kind == EvidenceKind::Attribute && is_option(&row.source))
        .collect();
    let is_said = |part: &str| rows.iter().any(|row| row.quote.contains(part));
    let is_named = |name: String| name.split(" / ").flat_map(|part| part.split(", ")).all(is_said);
    variants.iter().map(left::name).all(is_named).then_some(rows)
}

/// The values; where one concept is asked for and has its own way to be told, in that way.
fn plain(case: &Case<'_>, attribute: &Attribute) -> Predicate {
    let told = |value: &Value| {
        let converted =
            case.request.focus.unit.and_then(|unit| render::in_unit(value, unit, &case.ask.locale));
        converted.unwrap_or_else(|| render::value_of(&attribute.key, value, &case.ask.locale))
    };
    let values = attribute.values.iter().map(told).collect();
    Predicate::Attribute { label: attribute.label.clone(), values }
}

/// A question of yes or no is answered by a flag, by a value that was asked for and is there, and by a list without it.
fn polarity(case: &Case<'_>, scored: &Scored, attribute: &Attribute) -> Polarity {
    // That there is a screen is no praise of it.
    let is_praise = praise::asked(&case.request.text) == Some(Praise::Plain);
    if case.request.focus.form != Form::YesNo || opinions::is_judged(case) || is_praise {
        return Polarity::Neutral;
    }
    hedged(side(case, scored, attribute), &scored.stems, &case.request.focus)
}

/// What a row that only says that something may be there comes to: to somebody who must do without it that is a no, to others neither. What
/// is of a way to eat and no allergen, as in `is it vegan`, is not decided by traces.
pub(super) fn hedged(side: Polarity, said: &[String], focus: &Focus) -> Polarity {
    let allergens = kinds::values(kinds::ALLERGEN);
    let is_of_allergen = || focus.absent.iter().any(|absent| allergens.contains(absent));
    match side {
        Polarity::Negative if hazard::hedges(said) && !focus.absent.is_empty() && !is_of_allergen() => {
            Polarity::Neutral
        }
        Polarity::Positive if hazard::hedges(said) && !focus.absent.is_empty() => Polarity::Negative,
        Polarity::Positive if hazard::hedges(said) => Polarity::Neutral,
        side => side,
    }
}

fn side(case: &Case<'_>, scored: &Scored, attribute: &Attribute) -> Polarity {
    if asks_contents(case) && !says_contents(scored) {
        return Polarity::Neutral;
    }
    // `Gluten free: yes` says no to whether there is gluten in it.
    let [yes, no] = match stance::tells_other_way(&stem_list(&attribute.label), &case.request.focus) {
        true => [Polarity::Negative, Polarity::Positive],
        false => [Polarity::Positive, Polarity::Negative],
    };
    let focus = &case.request.focus;
    let is_absent =
        |value: &String| value.split(' ').any(|part| focus.absent.iter().any(|absent| absent == part));
    let asks_for_absence = focus.values.iter().any(is_absent);
    match (attribute.values.as_slice(), scored.values) {
        ([Value::Flag(false)], _) if is_of_part(attribute, focus) => Polarity::Neutral,
        ([Value::Flag(true)], _) => yes,
        ([Value::Flag(false)], _) => no,
        ([Value::Flag(_), ..], _) => Polarity::Mixed,
        // `Sugars: 0 g` is a no to whether there is any.
        (values, _) if !values.is_empty() && values.iter().all(is_zero) => no,
        // `Is it free of leather`: a material that is leather says no, one that is not says yes.
        (_, Values::Has) if asks_for_absence => Polarity::Negative,
        (_, Values::Lacks) if asks_for_absence => Polarity::Positive,
        (_, Values::Lacks) => Polarity::Negative,
        (values, side) if scored.coverage >= CERTAIN => {
            let said = |value: &Value| value.display().to_lowercase();
            let first = read_value(scored).to_lowercase();
            let is_none = |value: &Value| is_zero(value) || denies(&said(value));
            let is_denied = values.iter().all(is_none) || denies(&first);
            let is_affirmed = opening(&first) == "yes";
            match stance::of_row(&scored.row, &case.request.focus).stance {
                _ if is_denied => no,
                _ if is_affirmed => yes,
                Stance::For => Polarity::Positive,
                Stance::Against => Polarity::Negative,
                Stance::Silent if side == Values::Has => Polarity::Positive,
                Stance::Silent => Polarity::Neutral,
            }
        }
        _ => Polarity::Neutral,
    }
}

/// Whether an attribute is named after a part of what is asked only: `Removable hood: no` says nothing of a hood.
fn is_of_part(attribute: &Attribute, focus: &Focus) -> bool {
    let label = stem_list(&attribute.label);
    label.len() > 1 && stance::narrows(&label, &(1..2), focus)
}

/// Whether a value is nothing: `0 g`.
fn is_zero(value: &Value) -> bool {
    match value {
        Value::Quantity(quantity) => quantity.base() == 0.0 && quantity.dimension() != Dimension::Temperature,
        Value::Number(number) => *number == 0.0,
        // `0.0 % vol`
        Value::Text(text) => {
            let number = text.trim_start().split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
            number
                .into_iter()
                .next()
                .is_some_and(|n| !n.is_empty() && n.chars().all(|c| matches!(c, '0' | '.' | ',')))
        }
        _ => false,
    }
}

/// Whether a value opens by saying that it is not so: `no, optional module`.
fn denies(value: &str) -> bool {
    matches!(opening(value), "no" | "not" | "none" | "without")
}

fn opening(value: &str) -> &str {
    value.split([' ', ',', ';', '(', '.']).next().unwrap_or_default()
}

/// Whether a question asks what comes with a product. The size of a mattress says nothing of one in the box.
pub(super) fn asks_contents(case: &Case<'_>) -> bool {
    case.request.focus.concepts().any(|concept| concept.name == CONTENTS)
}

/// Whether a row says what comes with a product.
pub(super) fn says_contents(scored: &Scored) -> bool {
    let Some(contents) = concepts::by_name(CONTENTS) else { return false };
    let says = |phrase: &String| has_phrase(&scored.stems, phrase);
    contents.told.iter().chain(&contents.against).any(says) || is_key_of(contents, &scored.row.source)
}

/// The value of the row, in English.
fn read_value(scored: &Scored) -> &str {
    let row = &scored.row;
    row.quote.strip_prefix(&row.context).map_or("", |rest| rest.trim_start_matches(':').trim())
}

/// A measure in a question of yes or no set against the attribute.
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
    // The age of a child is set beside an age, not beside years of a warranty.
    if asked.dimension() == Dimension::Time && is_age(&case.request.text) && !is_of_age(attribute) {
        return None;
    }
    let value = attribute.values.iter().find(|value| dimension(value) == Some(asked.dimension()))?;
    let (low, high) = match value {
        Value::Quantity(quantity) => (*quantity, *quantity),
        Value::Range(range) => (range.low, range.high),
        _ => return None,
    };
    let is_yes = holds(&case.request.text, low, high, *asked);
    let predicate = Predicate::Compared {
        label: attribute.label.clone(),
        value: render::value_of(&attribute.key, value, &case.ask.locale),
        asked: Voice::of(&case.ask.locale).figures(&asked.shown_in(case.ask.locale.units).to_string()),
    };
    Some((predicate, if is_yes { Polarity::Positive } else { Polarity::Negative }))
}

/// Whether the time in a question is how old somebody is.
fn is_age(text: &str) -> bool {
    analyse::words(text).iter().any(|word| matches!(word.text.as_str(), "old" | "aged" | "olds"))
}

fn is_of_age(attribute: &Attribute) -> bool {
    concepts::by_name("age").is_some_and(|age| is_key_of(age, &attribute.key))
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
