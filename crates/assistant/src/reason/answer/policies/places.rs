//! Rules for places: `do you ship to Canada`, `how long does it take to Germany`. A rule that names the place comes first,
//! then one for all other places; a list that leaves the place out denies it.

use search::analyse;

use super::matter::{Matter, Place, Scope};
use crate::Request;
use crate::bearing::Scored;
use crate::claim::{Polarity, Support};
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::request::{Form, Term};
use crate::stance;

/// Points that a parcel can be sent to, which a rule on countries does not speak of.
const POINTS: &[&str] = &[
    "locker",
    "lockers",
    "parcel shop",
    "parcel shops",
    "packstation",
    "pick up point",
    "pickup point",
    "pick up station",
    "pickup station",
    "collection point",
    "drop off point",
    "post office",
    "po box",
    "p o box",
    "post box",
    "postbox",
    "hotel",
    "campsite",
    "military address",
    "forwarding address",
    "freight forwarder",
    "neighbour",
    "neighbor",
    "work address",
    "office address",
    "relay point",
    "service point",
    "access point",
];

/// Verbs of rules on delivery.
const VERBS: &[&str] = &[
    "is", "are", "go", "goes", "ship", "ships", "can", "cannot", "cant", "may", "must", "will", "do", "does",
    "travel", "take", "takes", "cost", "costs",
];
/// Stems of what any order is.
const OF_ALL: &[&str] = &[
    "order", "parcel", "packag", "item", "good", "product", "deliveri", "ship", "shipment", "everyth",
    "anyth", "all", "standard", "express", "post", "we", "it",
];

/// The rows that answer for the places in the question, of those that bear on its matter.
pub(super) fn bearing<'a>(
    request: &Request,
    matter: &Matter,
    rows: Vec<&'a Scored>,
    answers: &dyn Fn(&&Scored) -> bool,
) -> Vec<&'a Scored> {
    let is_open = request.focus.form != Form::YesNo;
    let of = |place: Place| rows.iter().copied().filter(move |scored| matter.place(scored) == place);
    let holds = |scored: &&Scored| !is_open || answers(scored);
    let mut found: Vec<&Scored> = of(Place::Named).filter(holds).collect();
    // Where a rule serves the place, one that does not is for some goods only.
    if !is_open && found.iter().any(|scored| !matter.is_denied(scored)) {
        found.retain(|scored| !matter.is_denied(scored));
    }
    if found.is_empty() || matter.asks_abroad() {
        found.extend(of(Place::Elsewhere).filter(holds));
    }
    if found.is_empty() {
        found.extend(of(Place::Named));
    }
    if found.is_empty() {
        found.extend(of(Place::Elsewhere).filter(|scored| stance::denies(&scored.stems)));
    }
    if found.is_empty() {
        found.extend(of(if is_open { Place::Unsaid } else { Place::Listed }).filter(holds));
    }
    found
}

/// Yes or no: what names the place and denies nothing says yes, as far as it goes.
pub(super) fn side(matter: &Matter, request: &Request, scored: &Scored) -> (Polarity, Support) {
    let is_denied = stance::denies(&scored.stems);
    if is_denied && is_of_other_goods(matter, request, scored) {
        return (Polarity::Neutral, Support::Stated);
    }
    // `No freight goods`, under the name of the place, denies what it names and nothing else.
    let is_of_goods = is_denied && !matter.is_named_in(&scored.stems);
    match matter.place(scored) {
        // A rule for a case that the question does not name: `we cannot send them to …`.
        _ if matter.scope(scored) == Scope::Special => (Polarity::Neutral, Support::Stated),
        Place::Named if is_of_goods => {
            let names = |term: &Term| term.stems.iter().any(|stem| scored.stems.contains(stem));
            let is_asked = request.focus.terms.iter().any(|term| term.concept.is_none() && names(term));
            (if is_asked { Polarity::Negative } else { Polarity::Neutral }, Support::Stated)
        }
        Place::Named if matter.is_denied(scored) => (Polarity::Negative, Support::Stated),
        // That the country is served says nothing of a locker in it.
        Place::Named if asks_for_point(matter, scored) => (Polarity::Neutral, Support::Stated),
        Place::Named => (Polarity::Positive, Support::Stated),
        Place::Listed => (Polarity::Negative, Support::Derived),
        Place::Elsewhere if is_denied && !matter.asks_abroad() => (Polarity::Negative, Support::Derived),
        _ => (Polarity::Neutral, Support::Stated),
    }
}

/// Whether a sentence says before its verb what goods it is of, and the question names none of them: `Lithium batteries are not sent to
/// Hawaii`.
fn is_of_other_goods(matter: &Matter, request: &Request, scored: &Scored) -> bool {
    let words = analyse::words(&scored.row.quote);
    let Some(verb) = words.iter().position(|word| VERBS.contains(&word.text.as_str())) else { return false };
    let goods = request.products.iter().flat_map(|product| {
        let categories = product.categories.iter().flat_map(|path| path.names());
        categories.chain([&product.title]).flat_map(|name| stem_list(name))
    });
    let asked: Vec<String> = stem_list(&request.text).into_iter().chain(goods).collect();
    let mut subject = words[..verb].iter().filter(|word| !analyse::is_stop_word(&word.text)).peekable();
    let is_general = |word: &analyse::Word| {
        OF_ALL.contains(&word.stem.as_str()) || asked.contains(&word.stem) || matter.asks(&word.stem)
    };
    subject.peek().is_some() && !subject.any(is_general)
}

/// Whether a point of delivery is asked about that a sentence does not name.
fn asks_for_point(matter: &Matter, scored: &Scored) -> bool {
    let mut asked = POINTS.iter().map(|point| stems(point)).filter(|point| matter.asks(point)).peekable();
    let is_named = |point: &String| has_phrase(&scored.stems, point) || has_phrase(&scored.context, point);
    asked.peek().is_some() && !asked.any(|point| is_named(&point))
}
