//! Whether goods can be had, where that is asked: which of their variants are in the state that was asked for, and how many pieces the
//! shop says are left.

use commerce::{Availability, Product, Variant};
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Query, Test, analyse};

use crate::reason::{left, render};
use crate::request::{Form, Intent};
use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// Variants that are named at most.
const MAX_NAMED: usize = 6;

/// The states of stock that are asked for, in the words of the catalog; `None` where none is.
fn asked(request: &Request) -> Option<&[String]> {
    let of_stock = |own: &&Constraint| own.field == Field::Availability && !own.words.is_empty();
    let constraint = request.need.constraints.iter().find(of_stock)?;
    match &constraint.test {
        Test::AnyOf(states) => Some(states),
        _ => None,
    }
}

/// Takes the state of stock out of a search that asks about goods of a name, `are the blue tents in stock`: those that are gone are an
/// answer as well.
pub(super) fn open(request: &Request, query: &mut Query) {
    let words = analyse::words(&request.text);
    let is_of_known = words.iter().any(|word| matches!(word.text.as_str(), "the" | "your"));
    let is_about_known = request.focus.form == Form::YesNo && is_of_known && !query.text.is_empty();
    if is_about_known
        || left::is_asked(&request.text) && request.intent == Intent::Find && !query.text.is_empty()
    {
        query.constraints.retain(|own| own.field != Field::Availability || own.words.is_empty());
    }
}

/// Puts goods all of which are in the state that is asked for before those that have some.
pub(super) fn put(request: &Request, found: &mut [super::Found]) {
    let Some(states) = asked(request) else { return };
    let is_whole = |product: &Product| product.variants.iter().all(|variant| is_in(variant, states));
    found.sort_by_key(|found| !is_whole(&found.product));
}

/// What a product has of the state that is asked for, with the rows of the offers that say so; `None` where nothing is asked.
pub(super) fn reason<'a>(
    request: &Request,
    ask: &Ask,
    product: &Product,
    hit: &Hit,
    rows: &'a [EvidenceRow],
) -> Option<(String, Vec<&'a EvidenceRow>)> {
    let is_counted = left::is_asked(&request.text);
    let states = asked(request);
    if states.is_none() && !is_counted {
        return None;
    }
    let states = states.unwrap_or_default();
    let voice = Voice::of(&ask.locale);
    let fitting: Vec<&Variant> = product.variants.iter().filter(|variant| is_in(variant, states)).collect();
    let offers = rows.iter().filter(|row| row.kind == EvidenceKind::Offer);
    let told = |state: Availability| render::availability(state, &ask.locale);
    // What was asked for was given up, and the variant that is shown is in another state.
    let is_other = !states.iter().any(|state| state == hit.availability.as_str());
    if is_other && hit.variant.is_some() && !is_counted && !states.is_empty() {
        return Some((told(hit.availability), offers.collect()));
    }
    if fitting.is_empty() || fitting.len() == product.variants.len() || is_counted {
        let state = match fitting.first() {
            Some(first) => first.offer.availability,
            // The product can be shown for something else that it has.
            None => hit.availability,
        };
        let state = match is_counted {
            true => left::told(voice, &told(state), &product.variants.iter().collect::<Vec<_>>()),
            false => told(state),
        };
        return Some((state, offers.collect()));
    }
    let names: Vec<String> = fitting.iter().map(|variant| left::name(variant)).collect();
    let named = voice.list(&names[..names.len().min(MAX_NAMED)]);
    let named = match names.len().saturating_sub(MAX_NAMED) {
        0 => named,
        more => voice.say(Line::AndMore, &[&named, &more.to_string()]),
    };
    let reason = voice.say(Line::Reason, &[&told(fitting[0].offer.availability), &named]);
    Some((reason, offers.filter(|row| names.contains(&row.context)).collect()))
}

fn is_in(variant: &Variant, states: &[String]) -> bool {
    states.iter().any(|state| state == variant.offer.availability.as_str())
}
