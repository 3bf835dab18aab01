//! A matter as a whole: `what is your return policy`. What a shopper has to know of it, part by part, each by the first
//! sentence that says it to everybody.

use super::matter::Scope;
use super::{Inquiry, Matter};
use crate::bearing::{Scored, is_stated};
use crate::lexicon::concepts::{self, Concept};
use crate::lexicon::has_phrase;
use crate::request::Form;

/// Sentences told at most.
const MAX_SENTENCES: usize = 4;

/// The sentences that tell it, in the order of the document; none where something else is asked.
pub(super) fn read<'a>(inquiry: &Inquiry<'a>) -> Vec<&'a Scored> {
    let Some(matter) = inquiry.matter.filter(|matter| is_asked(inquiry, matter)) else { return Vec::new() };
    let mut ruling: Vec<&Scored> = inquiry.rows.iter().filter(|scored| matter.rules(&scored.row)).collect();
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

/// Whether a question asks for the matter as a whole: nothing else decides it that the shop's documents speak of.
fn is_asked(inquiry: &Inquiry<'_>, matter: &Matter) -> bool {
    let Inquiry { snapshot, request, .. } = *inquiry;
    let is_open = request.focus.form != Form::YesNo;
    let is_of_goods = |stem: &String| snapshot.documents.lacks(stem) || snapshot.vocabulary.count(stem) > 0;
    let mut words = request.focus.terms.iter().filter(|term| term.concept.is_none());
    is_open
        && matter.part.is_none()
        && !matter.has_place()
        && words.all(|term| term.stems.iter().all(is_of_goods))
}

/// Whether a row says what a shopper asks about a part of the matter.
fn states(part: &'static Concept, scored: &Scored) -> bool {
    is_stated(part, &scored.row, &scored.stems, &scored.context)
        || part.measured.is_empty() && part.told.iter().any(|told| has_phrase(&scored.stems, told))
}

fn is_headed(part: &Concept, scored: &Scored) -> bool {
    part.headed.iter().any(|phrase| has_phrase(&scored.context, phrase))
}
