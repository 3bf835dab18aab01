//! What it costs and whether it can be had, of the variants that the question names: facts of the snapshot.

use std::collections::BTreeSet;

use commerce::{Availability, Locale, Money, Product, Variant};
use search::{EvidenceKind, EvidenceRow};

use super::Case;
use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Lead, Polarity, Predicate, Support, VariantLine};
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::reason::{comparison, left, render};
use crate::voice::{Line, Voice};

/// Variants listed at most.
const MAX_LINES: usize = 24;
/// Sizes by letter with their names.
const SIZES: &[(&str, &str)] = &[
    ("xs", "extra small"),
    ("s", "small"),
    ("m", "medium"),
    ("l", "large"),
    ("xl", "extra large"),
    ("xxl", "double extra large"),
];
/// Words that ask whether it cannot be had.
const GONE: &[&str] = &["out of stock", "sold out", "unavailable"];

/// States the price.
pub(super) fn price(answer: &mut Answer, case: &Case<'_>) {
    let mut product = case.product.clone();
    product.variants = chosen(case).into_iter().cloned().collect();
    let Some(price) = render::price(&product, case.ask) else { return };
    let regular = render::regular_price(&product, case.ask);
    state(answer, case, Predicate::Price { price, regular }, Polarity::Neutral);
}

/// Whether an answer says that a product is sold out, and nothing else of it can be had either.
pub(super) fn is_gone(answer: &Answer, product: &Product, locale: &Locale) -> bool {
    if product.variants.iter().any(|variant| variant.offer.availability.is_buyable()) {
        return false;
    }
    let gone = render::availability(Availability::OutOfStock, locale);
    answer
        .claims
        .iter()
        .any(|claim| matches!(&claim.predicate, Predicate::Availability { state } if *state == gone))
}

/// States the stock: as a whole, or by name where only some variants can be had.
pub(super) fn availability(answer: &mut Answer, case: &Case<'_>) {
    let variants = chosen(case);
    let Some(best) = variants.iter().map(|variant| variant.offer.availability).min() else { return };
    if best == Availability::Unknown {
        return;
    }
    let missing: Vec<String> =
        variants.iter().filter(|v| !v.offer.availability.is_buyable()).map(|v| left::name(v)).collect();
    let voice = Voice::of(&case.ask.locale);
    let told = |state| render::availability(state, &case.ask.locale);
    let state_text = match missing.len() {
        few if few < variants.len() && left::is_asked(&case.request.text) => {
            left::told(voice, &told(best), &variants)
        }
        0 => told(best),
        count if count == variants.len() => told(Availability::OutOfStock),
        _ => voice.say(Line::ButFor, &[&told(best), &voice.list(&missing)]),
    };
    let wanted = left::wanted(&case.request.text);
    if let Some(wanted) = wanted.filter(|_| best.is_buyable()) {
        let polarity = match left::counted(&variants) {
            Some(count) if count >= u64::from(wanted) => Polarity::Positive,
            Some(_) => Polarity::Negative,
            None => Polarity::Neutral,
        };
        let counted = left::told(voice, &told(best), &variants);
        return state(answer, case, Predicate::Availability { state: counted }, polarity);
    }
    let asks_if_gone = GONE.iter().any(|gone| has_phrase(&stem_list(&case.request.text), &stems(gone)));
    let polarity = match best {
        // What is made or sent later can be bought and is not in stock.
        Availability::Backorder | Availability::Preorder => Polarity::Neutral,
        _ if best.is_buyable() == asks_if_gone => Polarity::Negative,
        _ => Polarity::Positive,
    };
    state(answer, case, Predicate::Availability { state: state_text }, polarity);
}

/// States which of two choices that the question names costs more or less: `is the fern one more expensive than the grey one`. Whether
/// it could.
pub(super) fn between_choices(answer: &mut Answer, case: &Case<'_>) -> bool {
    let Some(asked) = comparison::asked(&case.request.text).filter(|asked| asked.concept.is_none()) else {
        return false;
    };
    let text = stem_list(&case.request.text);
    let keys: BTreeSet<&String> =
        case.product.variants.iter().flat_map(|variant| variant.options.keys()).collect();
    let Some([one, other]) = keys.into_iter().find_map(|key| two_named(case, key, &text)) else {
        return false;
    };
    let voice = Voice::of(&case.ask.locale);
    let (first, next) = match (is_below(&one, &other), is_below(&other, &one)) {
        (true, true) => (&one, &other),
        (is_less, is_more) if is_less != is_more => {
            if is_less == asked.wants_most {
                (&other, &one)
            } else {
                (&one, &other)
            }
        }
        _ => (&one, &other),
    };
    let lead = match (first.least, first.most) {
        span if span == (next.least, next.most) => Lead::Alike,
        _ if is_below(first, next) || is_below(next, first) => Lead::Clear,
        _ => Lead::Overlaps,
    };
    let polarity = match lead {
        Lead::Overlaps => Polarity::Neutral,
        Lead::Clear if first.choice == one.choice => Polarity::Positive,
        Lead::Clear | Lead::Alike => Polarity::Negative,
    };
    let told = |choice: &Choice| (choice.choice.clone(), choice.told(voice));
    let order = vec![told(first), told(next)];
    state(answer, case, Predicate::Ranked { asked: voice.word(asked.told), order, lead }, polarity);
    true
}

/// Whether no variant of a choice costs more than one of another.
fn is_below(one: &Choice, other: &Choice) -> bool {
    one.most.amount_minor <= other.least.amount_minor
}

/// What the variants of one choice cost.
struct Choice {
    choice: String,
    least: Money,
    most: Money,
}

impl Choice {
    fn told(&self, voice: Voice) -> String {
        let (least, most) = (voice.money(self.least), voice.money(self.most));
        if self.least == self.most { least } else { voice.say(Line::Span, &[&least, &most]) }
    }
}

/// The two choices of an option that a text names, in its order; `None` where it names fewer or more.
fn two_named(case: &Case<'_>, key: &str, text: &[String]) -> Option<[Choice; 2]> {
    let mut named: Vec<(usize, String)> = Vec::new();
    for choice in render::choices(case.product, key) {
        let own = stem_list(&choice);
        // `Pebble Grey` is a grey.
        let at = text.windows(own.len().max(1)).position(|part| part == own);
        let at = at.or_else(|| text.iter().position(|stem| Some(stem) == own.last()));
        named.extend(at.map(|at| (at, choice)));
    }
    named.sort();
    let [(_, one), (_, other)] = &named[..] else { return None };
    let cost = |choice: &String| {
        let own = case.product.variants.iter().filter(|variant| variant.options.get(key) == Some(choice));
        let prices: Vec<Money> = own.filter_map(|variant| variant.offer.price_at(case.ask.now)).collect();
        let least = *prices.iter().min_by_key(|price| price.amount_minor)?;
        let most = *prices.iter().max_by_key(|price| price.amount_minor)?;
        Some(Choice { choice: choice.clone(), least, most })
    };
    Some([cost(one)?, cost(other)?])
}

/// Lists all that there is to buy, each with its price and stock.
pub(super) fn variants(answer: &mut Answer, case: &Case<'_>) {
    let variants = chosen(case);
    let voice = Voice::of(&case.ask.locale);
    let line = |variant: &&Variant| VariantLine {
        title: Some(left::name(variant))
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| case.product.title.clone()),
        price: variant.offer.price_at(case.ask.now).map(|price| voice.money(price)).unwrap_or_default(),
        regular: render::regular_of(variant, case.ask.now).map(|price| voice.money(price)),
        state: match variant.offer.availability {
            Availability::Unknown => String::new(),
            known => render::availability(known, &case.ask.locale),
        },
    };
    let lines: Vec<VariantLine> = variants.iter().take(MAX_LINES).map(line).collect();
    let more = variants.len().saturating_sub(MAX_LINES);
    state(answer, case, Predicate::Variants { lines, more }, Polarity::Neutral);
}

/// The variants that the question names by the most of their options; all where it names none.
pub(super) fn chosen<'a>(case: &Case<'a>) -> Vec<&'a Variant> {
    let text = stem_list(&case.request.text);
    let named =
        |variant: &Variant| variant.options.values().filter(|choice| names_choice(&text, choice)).count();
    let most = case.product.variants.iter().map(named).max().unwrap_or(0);
    case.product.variants.iter().filter(|variant| named(variant) == most).collect()
}

/// Whether all that a question says of a product tells some of its variants apart: `the red one`.
pub(super) fn names_variants(case: &Case<'_>) -> bool {
    let variants = chosen(case);
    let is_choice = |stem: &String| {
        variants.iter().any(|own| own.options.values().any(|choice| stem_list(choice).contains(stem)))
    };
    variants.len() < case.product.variants.len()
        && case.request.focus.terms.iter().all(|term| term.stems.iter().all(is_choice))
}

/// Whether a text has a choice, a size by its letter or its name.
fn names_choice(text: &[String], choice: &str) -> bool {
    let letter = choice.trim().to_lowercase();
    let size = SIZES.iter().find(|(short, _)| *short == letter).map(|(_, name)| stems(name));
    has_phrase(text, &stems(choice)) || size.is_some_and(|name| has_phrase(text, &name))
}

/// Says of a variant that the question names and that cannot be had, that it cannot: that the shop knows it is no yes.
pub(super) fn correct_stock(answer: &mut Answer, case: &Case<'_>, from: usize) {
    let variants = chosen(case);
    let is_named = variants.len() < case.product.variants.len();
    let is_gone = |variant: &&Variant| {
        let state = variant.offer.availability;
        state != Availability::Unknown && !state.is_buyable()
    };
    let is_yes = answer.claims[from..].iter().any(|claim| claim.polarity == Polarity::Positive);
    if !is_named || !is_yes || !variants.iter().all(is_gone) {
        return;
    }
    // That it comes in the choice is true and no longer the answer.
    let told = answer.claims.split_off(from);
    let is_offered = |claim: &Claim| matches!(claim.predicate, Predicate::Offered { .. });
    answer.claims.extend(told.into_iter().filter(|claim| !is_offered(claim)));
    let before = answer.claims.len();
    availability(answer, case);
    answer.claims[from..before].iter_mut().for_each(|claim| claim.polarity = Polarity::Neutral);
    let stated = answer.claims.len() - before;
    answer.claims[from..].rotate_right(stated);
}

fn state(answer: &mut Answer, case: &Case<'_>, predicate: Predicate, polarity: Polarity) {
    let rows: Vec<&EvidenceRow> =
        case.rows.iter().map(Scored::origin).filter(|row| row.kind == EvidenceKind::Offer).collect();
    let names: Vec<String> = chosen(case).into_iter().map(left::name).collect();
    let own: Vec<&EvidenceRow> = rows.iter().copied().filter(|row| names.contains(&row.context)).collect();
    let is_part = names.len() < case.product.variants.len() && !own.is_empty();
    let rows = if is_part { own } else { rows };
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate,
        polarity,
        support: Support::Stated,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &rows);
}
