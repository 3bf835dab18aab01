//! Goods that state for whom they are: those that serve the measures and the persons of the request come first, those that state
//! others are left out.

use search::EvidenceRow;

use super::Found;
use crate::reason::suit::{Serving, serving};
use crate::request::CircumstanceKind;
use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// Goods that are named as left out at most.
const MAX_NAMED: usize = 3;

/// Whether goods have to serve somebody.
pub(super) fn is_asked(request: &Request) -> bool {
    let is_person = |kind: CircumstanceKind| kind == CircumstanceKind::Person;
    let persons = request.context.circumstances.iter().any(|own| is_person(own.kind));
    persons || !request.context.sizes.is_empty()
}

/// Puts those first that state that they serve, and takes out those that state that they do not; says which.
pub(super) fn put(ask: &Ask, request: &Request, found: &mut Vec<Found>) -> Option<String> {
    if !is_asked(request) {
        return None;
    }
    let judged: Vec<(Found, Vec<Serving>)> = found
        .drain(..)
        .map(|own| {
            let stated = serving(ask, &request.context, &own.rows);
            (own, stated)
        })
        .collect();
    let is_against = |stated: &[Serving]| stated.iter().any(|own| !own.is_served);
    let (against, mut rest): (Vec<_>, Vec<_>) =
        judged.into_iter().partition(|(_, stated)| is_against(stated));
    rest.sort_by_key(|(_, stated)| stated.is_empty());
    found.extend(rest.into_iter().map(|(own, _)| own));
    let label = against.iter().flat_map(|(_, stated)| stated).find(|own| !own.is_served)?.label.clone();
    let titles: Vec<String> = against.into_iter().take(MAX_NAMED).map(|(own, _)| own.product.title).collect();
    let voice = Voice::of(&ask.locale);
    Some(voice.say(Line::NotServing, &[&voice.term(&label), &voice.list(&titles)]))
}

/// What a product states of those whom it has to serve, with the rows that state it.
pub(super) fn reasons(ask: &Ask, request: &Request, rows: &[EvidenceRow]) -> Vec<(String, EvidenceRow)> {
    if !is_asked(request) {
        return Vec::new();
    }
    let voice = Voice::of(&ask.locale);
    let stated = serving(ask, &request.context, rows).into_iter();
    stated.map(|own| (crate::compose::reason(voice, &own.label, &own.row), own.row)).collect()
}
