//! A matter as a whole: `what is your return policy`. What a shopper has to know of it, part by part, each by the first
//! sentence that says it to everybody.

use super::matter::{Matter, Scope};
use crate::bearing::{Scored, is_stated};
use crate::lexicon::concepts::{self, Concept};
use crate::lexicon::has_phrase;
use crate::request::Form;
use crate::{Request, Snapshot};

/// Sentences told at most.
const MAX_SENTENCES: usize = 4;

/// Whether a question asks for the matter as a whole: nothing else decides it that the shop's documents speak of.
pub(super) fn is_asked(snapshot: &Snapshot, request: &Request, matter: &Matter) -> bool {
    let is_open = request.focus.form != Form::YesNo;
    let words = request.focus.terms.iter().filter(|term| term.concept.is_none());
    let is_of_goods = |stem: &String| snapshot.documents.lacks(stem) || snapshot.vocabulary.count(stem) > 0;
    let mut others = words.filter(|term| !term.stems.iter().all(is_of_goods));
    is_open && matter.part.is_none() && !matter.has_place() && others.next().is_none()
}

/// The sentences that tell it, in the order of the document that says most.
pub(super) fn read<'a>(matter: &Matter, rows: &'a [Scored]) -> Vec<&'a Scored> {
    let mut ruling: Vec<&Scored> = rows.iter().filter(|scored| matter.rules(&scored.row)).collect();
    ruling.sort_by(|a, b| (&a.row.source, a.row.position).cmp(&(&b.row.source, b.row.position)));
    let mut told: Vec<&Scored> = Vec::new();
    for part in matter.whole.parts.iter().filter_map(|part| concepts::by_name(part)) {
        if told.len() == MAX_SENTENCES || told.iter().any(|scored| states(part, scored)) {
            continue;
        }
        let stating = ruling.iter().copied().filter(|scored| states(part, scored));
        told.extend(stating.min_by_key(|scored| {
            (matter.scope(scored) == Scope::Special, !is_headed(part, scored), scored.row.position)
        }));
    }
    if told.is_empty() {
        let general = ruling.iter().filter(|scored| matter.scope(scored) == Scope::General);
        told.extend(general.take(2));
    }
    told.sort_by(|a, b| (&a.row.source, a.row.position).cmp(&(&b.row.source, b.row.position)));
    told
}

/// Whether a row says what a shopper asks about a part of the matter.
fn states(part: &'static Concept, scored: &Scored) -> bool {
    is_stated(part, &scored.row, &scored.stems, &scored.context)
        || part.measured.is_empty() && part.told.iter().any(|told| has_phrase(&scored.stems, told))
}

fn is_headed(part: &Concept, scored: &Scored) -> bool {
    part.headed.iter().any(|phrase| has_phrase(&scored.context, phrase))
}
