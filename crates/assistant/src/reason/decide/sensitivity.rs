//! What would change the pick: the weight of one thing at which another product comes first.

use super::criteria::Criteria;
use crate::pick::Sensitivity;
use crate::reason::compare::Sheet;
use crate::table::RowKind;
use crate::voice;

/// Lines told at most.
const MAX_LINES: usize = 3;
/// What makes one weight more than another.
const JUST_MORE: f64 = 0.01;

/// The lines, those first that need the least change.
pub(super) fn lines(sheet: &Sheet, criteria: &Criteria, open: &[usize]) -> Vec<Sensitivity> {
    let (voice, model) = (sheet.voice, &criteria.model);
    let heaviest = (0..model.weights.len()).max_by(|a, b| model.weights[*a].total_cmp(&model.weights[*b]));
    let mut found: Vec<(f64, Sensitivity)> = Vec::new();
    for criterion in 0..model.weights.len() {
        let Some((weight, option)) = model.turning_point(criterion, open) else { continue };
        let line = &sheet.lines[criteria.lines[criterion]];
        let own = label(sheet, criteria, criterion);
        let than = heaviest.filter(|heaviest| *heaviest != criterion);
        let even = than.map(|than| model.even_with(criterion, than));
        // Where the pick turns before both matter alike, what counts is who wins from there on.
        let (words, option) = match (than, even) {
            (Some(than), Some(even)) if weight <= even => {
                let winner = model.winner_at(criterion, even + JUST_MORE, open).unwrap_or(option);
                (voice.say(voice::Line::MoreThan, &[&label(sheet, criteria, than)]), winner)
            }
            (Some(than), _) => {
                (voice.say(voice::Line::MuchMoreThan, &[&label(sheet, criteria, than)]), option)
            }
            (None, _) => (voice.say(voice::Line::EvenMore, &[]), option),
        };
        if Some(&option) == open.first() {
            continue;
        }
        let title = &sheet.sides[option].product.title;
        let text = voice.say(voice::Line::IfMatters, &[&own, &words, title]);
        let sensitivity = Sensitivity {
            key: line.row.key.clone(),
            from_weight: (weight * 1000.0).ceil() / 1000.0,
            product: sheet.sides[option].product.id.clone(),
            text,
        };
        found.push((weight - model.weights[criterion], sensitivity));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.key.cmp(&b.1.key)));
    found.into_iter().map(|(_, line)| line).take(MAX_LINES).collect()
}

/// A criterion within a sentence.
fn label(sheet: &Sheet, criteria: &Criteria, criterion: usize) -> String {
    let line = &sheet.lines[criteria.lines[criterion]];
    match line.row.kind {
        RowKind::Need => sheet.voice.quote(&line.row.label),
        RowKind::Aspect => sheet.voice.say(voice::Line::WhatReviewersSay, &[&line.row.label]),
        _ if sheet.voice.is_english() => line.row.label.to_lowercase(),
        _ => sheet.voice.label_within(&line.row.label),
    }
}
