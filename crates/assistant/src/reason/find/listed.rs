//! All goods of the shop in a state that is asked for: `which products are sold out`, `what is on sale`.

use search::{Constraint, Field, analyse};

use crate::voice::{Line, Voice};
use crate::{Ask, Request};

/// Words that ask for all there is, in the languages of the shop.
const ALL: &[&str] = &[
    "all",
    "everything",
    "every",
    "list",
    "alle",
    "alles",
    "sämtliche",
    "tous",
    "toutes",
    "tout",
    "todo",
    "todos",
    "todas",
];

/// Whether all that is of a kind, of a brand or in a state is asked for, and not what fits best.
pub(super) fn wants_all(request: &Request) -> bool {
    let says_all = analyse::words(&request.text).iter().any(|word| ALL.contains(&word.text.as_str()));
    is_asked(request) || says_all && request.products.is_empty()
}

/// Whether a need is of all goods in a state, and of no kind of them.
pub(crate) fn is_asked(request: &Request) -> bool {
    let need = &request.need;
    let is_of_state = |own: &Constraint| matches!(own.field, Field::Availability | Field::Saving);
    need.text.is_empty()
        && request.products.is_empty()
        && !need.constraints.is_empty()
        && need.constraints.iter().all(is_of_state)
}

/// Says how many there are where not all of them are shown.
pub(super) fn more(ask: &Ask, request: &Request, shown: usize, total: u64) -> Option<String> {
    let is_part = wants_all(request) && shown > 0 && total > shown as u64;
    let line = || Voice::of(&ask.locale).say(Line::FirstOf, &[&total.to_string(), &shown.to_string()]);
    is_part.then(line)
}
