//! A comparison in three sentences: who is ahead in what, and whether anybody is ahead in all.

use commerce::EvidenceId;

use super::verdicts::gains;
use super::{Emphasis, Gain, Line, Sheet};
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::table::{RowKind, Table};

/// Products whose lead is told.
const MAX_LEADERS: usize = 2;
/// Leads told of one product.
const MAX_GAINS: usize = 4;
/// Differences told that nobody leads in.
const MAX_DIFFERENCES: usize = 4;
/// From so many products on it is said which ones are compared.
const SEVERAL: usize = 3;

/// States the summary.
pub(super) fn state(answer: &mut Answer, sheet: &Sheet) {
    answer.notes.extend(compared(sheet));
    let count = sheet.sides.len();
    let others = |one: usize| (0..count).filter(|other| *other != one).collect::<Vec<_>>();
    let mut leaders: Vec<(usize, Vec<Gain>)> = (0..count)
        .map(|one| {
            let mut gains = gains(sheet.voice, &sheet.lines, one, &others(one));
            gains.retain(|gain| counts(sheet, gain.line));
            (one, gains)
        })
        .filter(|(_, gains)| !gains.is_empty())
        .collect();
    leaders.sort_by_key(|(_, gains)| std::cmp::Reverse(gains.len()));
    for (one, gains) in leaders.iter().take(MAX_LEADERS) {
        lead(answer, sheet, *one, gains);
    }
    if leaders.len() < MAX_LEADERS {
        differences(answer, sheet);
    }
    balance(answer, sheet, &leaders);
    answer.missing.extend(sheet.unmet.iter().cloned());
}

/// Which products are compared, where they are more than the two that each sentence names.
pub(in crate::reason) fn compared(sheet: &Sheet) -> Option<String> {
    let titles: Vec<String> = sheet.sides.iter().map(|side| side.product.title.clone()).collect();
    (titles.len() >= SEVERAL)
        .then(|| sheet.voice.say(crate::voice::Line::SideBySide, &[&sheet.voice.list(&titles)]))
}

/// Whether a row counts by the shopper's words: where only some things do, no other; else all that they do not take out.
fn counts(sheet: &Sheet, line: usize) -> bool {
    let emphasis = sheet.emphasis(&sheet.lines[line]);
    match sheet.lines.iter().any(|line| sheet.emphasis(line) == Some(Emphasis::Only)) {
        true => !matches!(emphasis, None | Some(Emphasis::No)),
        false => emphasis != Some(Emphasis::No),
    }
}

fn lead(answer: &mut Answer, sheet: &Sheet, one: usize, gains: &[Gain]) {
    let shown = &gains[..gains.len().min(MAX_GAINS)];
    let evidence = cited(sheet, shown.iter().map(|gain| &sheet.lines[gain.line]));
    let title = sheet.sides[one].product.title.clone();
    let claim = Claim {
        subject: Some(sheet.sides[one].product.id.clone()),
        predicate: Predicate::Leads { title, gains: shown.iter().map(|gain| gain.text.clone()).collect() },
        polarity: Polarity::Neutral,
        support: Support::Derived,
        evidence,
        confidence: 1.0,
    };
    answer.state(claim, &sheet.evidence());
}

/// What they differ in without one of them being ahead.
fn differences(answer: &mut Answer, sheet: &Sheet) {
    let differs = |line: &&Line| {
        let stated = line.row.cells.iter().filter(|cell| cell.text.is_some()).count();
        line.row.verdict.is_none() && stated > 1
    };
    let lines: Vec<&Line> = sheet.lines.iter().filter(differs).take(MAX_DIFFERENCES).collect();
    let labels: Vec<String> = lines.iter().map(|line| line.row.label.clone()).collect();
    if labels.is_empty() {
        return;
    }
    let claim = Claim {
        subject: None,
        predicate: Predicate::Differ { labels },
        polarity: Polarity::Neutral,
        support: Support::Derived,
        evidence: cited(sheet, lines.into_iter()),
        confidence: 1.0,
    };
    answer.state(claim, &sheet.evidence());
}

/// Whether anybody is ahead in all that can be ranked.
fn balance(answer: &mut Answer, sheet: &Sheet, leaders: &[(usize, Vec<Gain>)]) {
    let counting =
        || (0..sheet.lines.len()).filter(|line| counts(sheet, *line)).map(|line| &sheet.lines[line]);
    let ranked: Vec<&Line> = counting().filter(|line| line.row.verdict.is_some()).collect();
    let title = |place: usize| sheet.sides[place].product.title.clone();
    let first_label = |gains: &Vec<Gain>| sheet.lines[gains[0].line].row.label.clone();
    let (ahead, hinges) = match leaders {
        [(one, _)]
            if ranked.iter().all(|line| line.row.verdict.as_ref().is_some_and(|v| v.best == [*one]))
                && !is_outrated(sheet, *one) =>
        {
            (Some(title(*one)), Vec::new())
        }
        [(_, a), (_, b), ..] => (None, vec![first_label(a), first_label(b)]),
        _ => (None, Vec::new()),
    };
    let labels = |lines: &[&Line]| lines.iter().map(|line| line.row.label.clone()).collect::<Vec<_>>();
    let open: Vec<&Line> = match ahead {
        Some(_) => counting().filter(is_open).take(MAX_DIFFERENCES).collect(),
        None => Vec::new(),
    };
    let (unranked, told) = (labels(&open), if open.is_empty() { Vec::new() } else { labels(&ranked) });
    let evidence = match ranked.is_empty() {
        true => cited(sheet, sheet.lines.iter()),
        false => cited(sheet, ranked.into_iter().chain(open)),
    };
    let claim = Claim {
        subject: None,
        predicate: Predicate::Balance { ahead, hinges, ranked: told, unranked },
        polarity: Polarity::Neutral,
        support: Support::Derived,
        evidence,
        confidence: 1.0,
    };
    answer.state(claim, &sheet.evidence());
}

/// Whether buyers rated another one higher, which too few ratings may keep from being a verdict: who is rated lower is not ahead in everything.
fn is_outrated(sheet: &Sheet, one: usize) -> bool {
    let ratings = sheet.lines.iter().filter(|line| line.row.kind == RowKind::Rating);
    ratings.into_iter().any(|line| {
        let own = line.row.cells[one].value;
        line.row.cells.iter().any(|cell| cell.value.zip(own).is_some_and(|(other, own)| other > own))
    })
}

/// Whether a row holds numbers that are not ranked: of power more may be better or worse, and who states none may have more.
fn is_open(line: &&Line) -> bool {
    line.row.kind == RowKind::Attribute
        && line.row.verdict.is_none()
        && line.row.cells.iter().any(|cell| cell.value.is_some())
}

/// The evidence of all cells of some lines, each once.
pub(in crate::reason) fn cited<'a>(sheet: &Sheet, lines: impl Iterator<Item = &'a Line>) -> Vec<EvidenceId> {
    let columns: Vec<usize> = (0..sheet.sides.len()).collect();
    let mut ids: Vec<EvidenceId> = Vec::new();
    for id in lines.flat_map(|line| Table::evidence(&line.row, &columns)) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
