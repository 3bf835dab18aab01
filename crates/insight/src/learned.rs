//! What words judge by the stars of the reviews that they stand in: those that stand clearly more often in reviews with
//! many stars praise, in any trade and language.
//!
//! The log odds ratio with its standard error, as in Monroe, Colaresi and Quinn, "Fightin' Words" (2008), without their prior
//! over words.

use crate::corpus::Corpus;
use crate::grammar::Class;
use crate::nouns::is_noun;
use crate::vocabulary::Entry;

/// Fewer reviews on one side teach nothing.
const LEAST_REVIEWS: u32 = 8;
/// A word in fewer reviews teaches nothing.
const LEAST_USES: u32 = 5;
/// Standard errors from no difference.
const LEAST_Z: f32 = 3.0;
/// What a learned word is worth at most.
const MOST: f32 = 1.5;

/// How every word judges: by the table, else by the stars.
pub(crate) fn weights(corpus: &Corpus) -> Vec<f32> {
    let entries = &corpus.vocabulary.entries;
    let can_learn = corpus.stars.iter().all(|count| *count >= LEAST_REVIEWS);
    let weight = |entry: &Entry| match entry.judgement.weight {
        0.0 if can_learn => learned(entry, corpus.stars),
        weight => weight,
    };
    entries.iter().map(weight).collect()
}

fn learned(entry: &Entry, all: [u32; 2]) -> f32 {
    let is_open = matches!(entry.class, Class::Open | Class::Adjective);
    if !is_open || entry.stars.iter().sum::<u32>() < LEAST_USES || is_noun(entry) {
        return 0.0;
    }
    let odds = |side: usize| {
        let (with, all) = (entry.stars[side] as f32 + 0.5, all[side] as f32 + 1.0);
        (with / (all - with)).ln()
    };
    let error = entry.stars.iter().map(|count| 1.0 / (*count as f32 + 0.5)).sum::<f32>().sqrt();
    let z = (odds(0) - odds(1)) / error;
    if z.abs() < LEAST_Z { 0.0 } else { (z / 3.0).clamp(-MOST, MOST) }
}
