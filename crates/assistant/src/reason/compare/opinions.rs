//! What buyers think, counted: ratings, and what reviews say on words of the need.
//!
//! [`aspects`] is the seam for aspects that are found without being asked for: its lines are of the kind
//! [`RowKind::Aspect`], each cell with counts and the rows that were counted.

use std::collections::BTreeMap;

use search::{EvidenceKind, EvidenceRow};

use super::side::Side;
use super::{Line, Need, needed};
use crate::bearing::presence;
use crate::lexicon::stem_list;
use crate::reason::answer::praise;
use crate::request::{Focus, Form, Term};
use crate::stance::{self, Stance};
use crate::table::{Better, Cell, RowKind};
use crate::voice::{self, Voice};
use crate::{AskError, Request, Snapshot};

/// Rows of reviews that a cell cites at most; the count is of all.
const MAX_CITED: usize = 12;
/// Aspects shown at most.
const MAX_ASPECTS: usize = 4;
/// What an aspect of reviews counts beside a price of 1.
const ASPECT_WEIGHT: f64 = 0.5;

/// The line of ratings, where at least one product has any.
pub(super) fn rating(snapshot: &Snapshot, voice: Voice, sides: &[Side]) -> Result<Option<Line>, AskError> {
    let mut cells = Vec::new();
    let mut counts = Vec::new();
    for side in sides {
        let rating = snapshot.index.rating(&side.product.id)?.filter(|(_, count)| *count > 0);
        let evidence = rated(side);
        let cell = rating.filter(|_| !evidence.is_empty()).map(|(mean, count)| Cell {
            text: Some(
                voice
                    .say(voice::Line::RatingOf, &[&voice.figures(&format!("{mean:.1}")), &count.to_string()]),
            ),
            value: Some((f64::from(mean) * 10.0).round() / 10.0),
            unit: None,
            evidence,
        });
        counts.push(rating.map_or(0, |(_, count)| count));
        cells.push(cell.unwrap_or_default());
    }
    let has_any = cells.iter().any(|cell| cell.text.is_some());
    let line = Line::plain("rating", "Rating", RowKind::Rating, cells);
    let mut line = line.toward(Better::More, &voice.word("rated lower"), &voice.word("rated higher"), 1.0);
    line.counts = counts;
    Ok(has_any.then_some(line))
}

/// The first row of each review with a rating.
fn rated(side: &Side) -> Vec<commerce::EvidenceId> {
    let mut firsts: BTreeMap<&str, &EvidenceRow> = BTreeMap::new();
    for row in side.rows.iter().filter(|row| row.kind == EvidenceKind::Review && row.rating.is_some()) {
        firsts.entry(&row.source).or_insert(row);
    }
    firsts.values().take(MAX_CITED).map(|row| row.id.clone()).collect()
}

/// Lines on what reviews say of the words of the need.
pub(super) fn aspects(request: &Request, voice: Voice, need: &Need, sides: &[Side]) -> Vec<Line> {
    let lines = needed::terms(request, need)
        .into_iter()
        .filter_map(|term| aspect(voice, &request.own_words(&term.text), &term, sides));
    lines.take(MAX_ASPECTS).collect()
}

fn aspect(voice: Voice, name: &str, term: &Term, sides: &[Side]) -> Option<Line> {
    let voices: Vec<Voices<'_>> = sides.iter().map(|side| voices(term, side)).collect();
    if voices.iter().all(|voices| voices.agree.is_empty() && voices.disagree.is_empty()) {
        return None;
    }
    let cells = voices.iter().map(|voices| voices.cell(voice)).collect();
    let label = voice.say(voice::Line::ReviewersOn, &[name]);
    let line = Line::plain(&format!("aspect:{}", term.text), &label, RowKind::Aspect, cells);
    let mut line =
        line.toward(Better::More, &voice.word("praised less"), &voice.word("praised more"), ASPECT_WEIGHT);
    line.counts = voices.iter().map(|voices| voices.count()).collect();
    line.row.is_needed = true;
    Some(line)
}

/// How much of a word a review has to have.
const PRESENT: f32 = 0.9;

/// Reviews that take a side, one row for each.
struct Voices<'a> {
    agree: Vec<&'a EvidenceRow>,
    disagree: Vec<&'a EvidenceRow>,
}

impl Voices<'_> {
    fn count(&self) -> u32 {
        (self.agree.len() + self.disagree.len()) as u32
    }

    fn cell(&self, voice: Voice) -> Cell {
        let text = match (self.agree.len(), self.disagree.len()) {
            (0, 0) => return Cell::default(),
            (agree, 0) => voice.say(voice::Line::ForIt, &[&agree.to_string()]),
            (0, against) => voice.say(voice::Line::AgainstIt, &[&against.to_string()]),
            (agree, against) => {
                voice.say(voice::Line::ForAndAgainst, &[&agree.to_string(), &against.to_string()])
            }
        };
        let rows = self.agree.iter().chain(&self.disagree).take(MAX_CITED);
        Cell {
            text: Some(text),
            value: Some(self.agree.len() as f64 / f64::from(self.count())),
            unit: None,
            evidence: rows.map(|row| row.id.clone()).collect(),
        }
    }
}

fn voices<'a>(term: &Term, side: &'a Side) -> Voices<'a> {
    let focus = Focus { terms: vec![term.clone()], form: Form::YesNo, ..Focus::default() };
    let mut voices: BTreeMap<&str, (Stance, &EvidenceRow)> = BTreeMap::new();
    let speaks = |row: &&EvidenceRow| {
        let (said, context) = (stem_list(&row.quote), stem_list(&row.context));
        row.kind == EvidenceKind::Review && presence(term, row, &said, &context) >= PRESENT
    };
    let speaking: Vec<&EvidenceRow> = side.read().iter().filter(speaks).collect();
    let judged = praise::judged(&speaking);
    for (place, row) in speaking.into_iter().enumerate() {
        // Who only names it, or faults what they name, does not speak for it.
        let stance = match (judged.get(place), stance::read(&row.quote, &focus).stance) {
            (Some(judged), Stance::For) if *judged < 0.0 => Stance::Against,
            (Some(judged), Stance::For) if *judged == 0.0 => Stance::Silent,
            (_, stance) => stance,
        };
        if stance != Stance::Silent {
            voices.entry(&row.source).or_insert((stance, row));
        }
    }
    let of = |wanted: Stance| {
        voices.values().filter(|(stance, _)| *stance == wanted).map(|(_, row)| *row).collect()
    };
    Voices { agree: of(Stance::For), disagree: of(Stance::Against) }
}
