//! What reviewers say: counted per review, with the sentences of both sides.

use std::collections::BTreeMap;

use search::{EvidenceKind, EvidenceRow};

use super::{Case, praise, says};
use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::harm;
use crate::request::{Asked, Form};
use crate::stance::{self, Stance};

/// Sentences shown of each side.
const QUOTES_PER_SIDE: usize = 2;
/// Rows shown for the reviews as a whole.
const TYPICAL: usize = 3;

/// A sentence takes a side in a question of yes or no only if one clause of it speaks of half of the question.
const CERTAIN: f32 = 0.5;

/// From which rating on a reviewer is content, and up to which not, from 0 to 1.
const CONTENT: f32 = 0.7;
const DISCONTENT: f32 = 0.4;

/// From which sum of its judging words on a sentence faults.
const FAULTS: f32 = -1.0;
/// Words of questions after what is wrong.
const COMPLAINTS: &[&str] = &["complain", "dislike", "problem", "issue", "downside", "bad ", "worst"];

/// What one review says on the matter.
struct Voice<'a> {
    stance: Stance,
    scored: &'a Scored,
}

/// Counts the reviews that speak of what was asked.
pub(super) fn read(answer: &mut Answer, case: &Case<'_>) {
    let rows: Vec<&EvidenceRow> = case.rows.iter().map(|scored| &scored.row).collect();
    if case.request.focus.terms.is_empty() || harm::is_grave(case.ask, case.request, &rows) {
        return;
    }
    let mut voices: BTreeMap<&str, Voice<'_>> = BTreeMap::new();
    let speaks = |scored: &&Scored| {
        scored.row.kind == EvidenceKind::Review
            && scored.answers()
            && is_said(&scored.row.quote)
            && case.is_on_rule(scored)
    };
    let speaking: Vec<&Scored> = case.rows.iter().filter(speaks).collect();
    let is_yes_no = case.request.focus.form == Form::YesNo;
    let praise = praise::asked(&case.request.text).filter(|_| is_yes_no);
    // Who is asked whether it works, and writes that it ripped, says no; whether it rips is asked with a word that faults.
    let is_open = is_yes_no && praise::is_hopeful(&case.request.text);
    let words = if praise.is_some() || is_open { praise::judged(&rows_of(&speaking)) } else { Vec::new() };
    let judged = if praise.is_some() { words.as_slice() } else { &[] };
    let faults = |place: usize| is_open && words.get(place).is_some_and(|judged| *judged <= FAULTS);
    for (place, scored) in speaking.into_iter().enumerate() {
        let reading = stance::of_row(&scored.row, &case.request.focus);
        // That it holds well says nothing of twenty kilos.
        let measures = &case.request.focus.measures;
        let says_measures = measures.iter().all(|asked| says(&scored.row.quote, asked));
        let is_aside = is_yes_no && (reading.coverage < CERTAIN || !says_measures);
        let stance = match judged.get(place) {
            _ if is_aside => Stance::Silent,
            Some(judged) if *judged > 0.0 => Stance::For,
            Some(judged) if *judged < 0.0 => Stance::Against,
            Some(_) if is_judged(case) => by_rating(scored, reading.stance),
            // A name without a word that judges is no praise.
            Some(_) if reading.stance == Stance::For => Stance::Silent,
            _ if is_yes_no && is_judged(case) => by_rating(scored, reading.stance),
            None if reading.stance == Stance::For && faults(place) => Stance::Against,
            _ => reading.stance,
        };
        let voice = Voice { stance, scored };
        let known = voices.entry(&scored.row.source).or_insert(Voice { ..voice });
        if known.stance == Stance::Silent || scored.score > known.scored.score && stance != Stance::Silent {
            *known = Voice { stance, scored };
        }
    }
    let side = |wanted: Stance| -> Vec<&Scored> {
        let mut side: Vec<&Scored> =
            voices.values().filter(|voice| voice.stance == wanted).map(|voice| voice.scored).collect();
        side.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.row.id.cmp(&b.row.id)));
        side
    };
    let (agree, disagree) = (side(Stance::For), side(Stance::Against));
    match (agree.is_empty() && disagree.is_empty(), case.request.focus.asked.contains(&Asked::Opinion)) {
        (false, _) => state(answer, case, &agree, &disagree),
        (true, true) => quote(
            answer,
            case,
            side(Stance::Silent).into_iter().map(|scored| &scored.row).take(QUOTES_PER_SIDE),
        ),
        (true, false) => {}
    }
}

/// Whether a question asks for a judgement, `is the wax any good`, to which a mention is no yes.
pub(super) fn is_judged(case: &Case<'_>) -> bool {
    case.request.focus.asked.iter().any(|asked| matches!(asked, Asked::Opinion | Asked::Rating))
}

/// The side that the reviewer takes by the rating, where there is one.
fn by_rating(scored: &Scored, otherwise: Stance) -> Stance {
    match scored.row.rating {
        Some(rating) if rating >= CONTENT => Stance::For,
        Some(rating) if rating <= DISCONTENT => Stance::Against,
        Some(_) => Stance::Silent,
        None => otherwise,
    }
}

fn rows_of<'a>(scored: &[&'a Scored]) -> Vec<&'a EvidenceRow> {
    scored.iter().map(|scored| &scored.row).collect()
}

/// Whether a sentence says something: a question does not, nor does a single word such as a title.
fn is_said(quote: &str) -> bool {
    !quote.trim_end().ends_with('?') && quote.split_whitespace().nth(1).is_some()
}

fn state(answer: &mut Answer, case: &Case<'_>, agree: &[&Scored], disagree: &[&Scored]) {
    let polarity = match (agree.len(), disagree.len()) {
        (_, 0) => Polarity::Positive,
        (0, _) => Polarity::Negative,
        _ => Polarity::Mixed,
    };
    let shown = agree.iter().take(QUOTES_PER_SIDE).chain(disagree.iter().take(QUOTES_PER_SIDE));
    let quotes = shown.map(|scored| scored.row.quote.clone()).collect();
    let rows: Vec<&EvidenceRow> = agree.iter().chain(disagree).map(|scored| &scored.row).collect();
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate: Predicate::Counted {
            is_asked: case.request.focus.form == Form::YesNo && !case.request.focus.is_denied,
            agree: agree.len() as u32,
            disagree: disagree.len() as u32,
            quotes,
        },
        polarity,
        support: Support::Counted,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: rows.len() as f32 / (rows.len() as f32 + 1.0),
    };
    answer.state(claim, &rows);
}

/// The ratings as a whole and, where opinions were asked for without a topic, what the best and the worst review say.
pub(super) fn rating(answer: &mut Answer, case: &Case<'_>) {
    let mut ratings: BTreeMap<&str, (f32, &EvidenceRow)> = BTreeMap::new();
    for row in case.rows.iter().map(|scored| &scored.row).filter(|row| row.kind == EvidenceKind::Review) {
        if let Some(rating) = row.rating {
            ratings.entry(&row.source).or_insert((rating, row));
        }
    }
    if ratings.is_empty() {
        return;
    }
    let mean = 1.0 + 4.0 * ratings.values().map(|(rating, _)| rating).sum::<f32>() / ratings.len() as f32;
    let mut rows: Vec<&EvidenceRow> = ratings.values().map(|(_, row)| *row).collect();
    rows.sort_by(|a, b| {
        b.rating.partial_cmp(&a.rating).unwrap_or(std::cmp::Ordering::Equal).then_with(|| a.id.cmp(&b.id))
    });
    let claim = Claim {
        subject: Some(case.product.id.clone()),
        predicate: Predicate::Rating { mean: format!("{mean:.1}"), count: ratings.len() as u32 },
        polarity: if mean >= 3.5 { Polarity::Positive } else { Polarity::Mixed },
        support: Support::Counted,
        evidence: rows.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &rows);
    let has_topic = !case.request.focus.terms.is_empty();
    if case.request.focus.asked.contains(&Asked::Opinion) && !has_topic {
        quote_ends(answer, case, &rows);
    }
}

/// Quotes the best and the worst review; the worst alone where complaints are asked for.
fn quote_ends(answer: &mut Answer, case: &Case<'_>, rows: &[&EvidenceRow]) {
    let wants_faults = COMPLAINTS.iter().any(|word| case.request.text.to_lowercase().contains(word));
    let is_fault = |row: &&&EvidenceRow| row.rating.is_some_and(|rating| rating < 0.5);
    if wants_faults {
        quote(answer, case, rows.iter().rev().filter(is_fault).take(TYPICAL).copied());
    } else {
        let worst = rows.last().filter(|_| rows.len() >= TYPICAL);
        quote(answer, case, rows.iter().take(TYPICAL - 1).chain(worst).copied());
    }
}

fn quote<'a>(answer: &mut Answer, case: &Case<'_>, rows: impl Iterator<Item = &'a EvidenceRow>) {
    for row in rows {
        let is_content = row.rating.is_some_and(|rating| rating >= 0.5);
        let claim = Claim {
            subject: Some(case.product.id.clone()),
            predicate: Predicate::quoting(row),
            polarity: if is_content { Polarity::Positive } else { Polarity::Negative },
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: 0.6,
        };
        answer.state(claim, &[row]);
    }
}
