//! What the shop's policies, guides and pages say.
//!
//! Sentences are ranked by what they are worth as answers ([`worth`]); how much is told of where the best one stands is
//! decided by its section ([`extent`]).

use std::collections::BTreeSet;

use search::{EvidenceRow, analyse};

use super::sentences::distinct;
use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Predicate};
use crate::lexicon::has_phrase;
use crate::request::Form;
use crate::{Request, Snapshot};

mod extent;
mod goods;
mod hours;
mod matter;
mod overview;
mod places;
mod side;
mod worth;

use goods::Goods;
pub(crate) use matter::Matter;

/// Sentences quoted at most.
const MAX_SENTENCES: usize = 2;
/// Sentences of the ruling document whose worth differs by less answer alike.
const ALIKE: f32 = 0.12;
/// A second sentence must be worth nearly as much as the first.
const NEAR_BEST: f32 = 0.05;

/// What the parts of this reader look at.
pub(super) struct Inquiry<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) request: &'a Request,
    /// The matter that the question is about, where it is about one.
    pub(super) matter: Option<&'a Matter>,
    /// The rows of documents, scored.
    pub(super) rows: &'a [Scored],
    /// The goods that the question is about.
    goods: Goods,
}

/// States the sentences that answer, those of one document together and in its order.
pub(super) fn read(answer: &mut Answer, inquiry: &Inquiry<'_>) {
    if inquiry.request.focus.terms.is_empty() {
        return;
    }
    let told = overview::read(inquiry);
    let found = if told.is_empty() { inquiry.sentences() } else { told };
    for scored in found {
        inquiry.state(answer, scored);
    }
}

/// The stems of a question that are no small words.
fn content(text: &str) -> BTreeSet<String> {
    let words = analyse::words(text).into_iter();
    words.filter(|word| !analyse::is_stop_word(&word.text)).map(|word| word.stem).collect()
}

impl<'a> Inquiry<'a> {
    /// An inquiry of these rows.
    pub(super) fn new(
        snapshot: &'a Snapshot,
        request: &'a Request,
        matter: Option<&'a Matter>,
        rows: &'a [Scored],
    ) -> Self {
        let goods = Goods::of(snapshot, &request.text, &request.products);
        Self { snapshot, request, matter, rows, goods }
    }

    /// Whether a sentence is a rule for the goods of the question; `None` where it names none.
    fn is_for_goods(&self, scored: &Scored) -> Option<bool> {
        self.goods.are_meant(&self.snapshot.vocabulary, &scored.row.quote)
    }

    /// What stands under the very question, where a page asks it: nothing else answers it as well.
    fn under_question(&self) -> Vec<&'a Scored> {
        let asked = content(&self.request.text);
        let is_same = |scored: &&Scored| {
            let heading = scored.row.context.rsplit(" > ").next().unwrap_or_default();
            heading.trim_end().ends_with('?') && content(heading) == asked
        };
        let mut found: Vec<&Scored> =
            self.rows.iter().filter(|_| !asked.is_empty()).filter(is_same).collect();
        found.sort_by_key(|scored| (scored.row.source.clone(), scored.row.position));
        let source = found.first().map(|first| first.row.source.clone());
        found.retain(|scored| Some(&scored.row.source) == source.as_ref());
        found.truncate(MAX_SENTENCES);
        found
    }

    /// The sentences that answer best, with what belongs to the first.
    fn sentences(&self) -> Vec<&'a Scored> {
        let own = self.under_question();
        if !own.is_empty() {
            return own;
        }
        let ranked = self.ranked();
        let Some((best, first)) = ranked.first().copied() else { return Vec::new() };
        if let Some(whole) = extent::of(self, first) {
            return whole;
        }
        let near: Vec<&Scored> =
            ranked.iter().filter(|(rank, _)| *rank >= best - NEAR_BEST).map(|(_, scored)| *scored).collect();
        let mut found: Vec<&Scored> = distinct(&near).into_iter().take(MAX_SENTENCES).collect();
        if found.len() < MAX_SENTENCES && self.request.focus.form == Form::YesNo {
            found.extend(extent::exception(self.rows, first));
        }
        found.sort_by_key(|scored| {
            (scored.row.source != first.row.source, scored.row.source.clone(), scored.row.position)
        });
        found
    }

    /// The sentences that answer, best first. Of those of a rule that answer alike, the one that holds for most comes
    /// first, and that is the one it opens with.
    fn ranked(&self) -> Vec<(f32, &'a Scored)> {
        let asked = hours::Asked::of(self.request);
        let is_cut_off = |scored: &Scored| asked.is_some_and(|asked| asked.is_cut_off(&scored.row.quote));
        let answers = |scored: &&Scored| {
            scored.answers() && scored.states || self.is_excluded(scored) || is_cut_off(scored)
        };
        let is_on_rule =
            |scored: &&Scored| self.is_ruling(scored) || self.names_rule(scored) || is_cut_off(scored);
        let on_rule: Vec<&Scored> = self.rows.iter().filter(is_on_rule).collect();
        let answering = match self.matter.filter(|matter| matter.has_place()) {
            Some(matter) => places::bearing(self.request, matter, on_rule, &answers),
            None => on_rule.into_iter().filter(answers).collect(),
        };
        let mut ranked: Vec<(f32, &Scored)> =
            answering.into_iter().map(|scored| (worth::of(self, scored), scored)).collect();
        let best = ranked.iter().fold(0.0f32, |best, (worth, _)| best.max(*worth));
        for (worth, scored) in &mut ranked {
            if self.is_ruling(scored) && *worth >= best - ALIKE {
                *worth = best;
            }
        }
        // A row that says when the shop is open on the day that is asked about comes before one on other days.
        let decides =
            |scored: &Scored| asked.as_ref().is_some_and(|asked| asked.side(&scored.row.quote).is_some());
        ranked.sort_by(|(a, first), (b, second)| {
            decides(second)
                .cmp(&decides(first))
                .then_with(|| b.total_cmp(a))
                .then_with(|| first.row.position.cmp(&second.row.position))
        });
        ranked
    }

    fn state(&self, answer: &mut Answer, scored: &Scored) {
        let row: &EvidenceRow = &scored.row;
        let (polarity, support) = side::of(self, scored);
        let claim = Claim {
            subject: None,
            predicate: Predicate::quoting(row),
            polarity,
            support,
            evidence: vec![row.id.clone()],
            confidence: scored.score,
        };
        answer.state(claim, &[row]);
    }

    /// Whether a sentence stands in a document that rules the matter.
    fn is_ruling(&self, scored: &Scored) -> bool {
        self.matter.is_some_and(|matter| matter.rules(&scored.row))
    }

    /// Whether a sentence names what is asked about among what the rule leaves out.
    fn is_excluded(&self, scored: &Scored) -> bool {
        self.matter.is_some_and(|matter| matter.excludes(scored, &self.request.focus))
    }

    /// Whether a sentence or what it stands under names the rule that was asked about.
    fn names_rule(&self, scored: &Scored) -> bool {
        let mut rules = self.rules().peekable();
        let names = |rule: &String| has_phrase(&scored.stems, rule) || has_phrase(&scored.context, rule);
        rules.peek().is_none() || rules.any(names)
    }

    /// What the rules that are asked about are called, as stems.
    fn rules(&self) -> impl Iterator<Item = &'a String> + use<'a> {
        self.request.focus.concepts().flat_map(|concept| &concept.rule)
    }
}
