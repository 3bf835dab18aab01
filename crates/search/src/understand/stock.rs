//! Whether goods can be had: `in stock`, `sold out`, `on back order`. Only states that some offer of the catalog has are read, for a
//! shop that does not say what is at hand could not be asked.

use std::ops::Range;

use super::Reading;
use crate::{Constraint, Field, Test};

pub(super) fn read(reading: &mut Reading<'_>) {
    if !reading.vocabulary.states_stock() {
        return;
    }
    let Some((states, tokens)) = phrase(reading) else { return };
    let words = reading.words(tokens.clone());
    reading.found.constraints.push(Constraint::read(Field::Availability, Test::AnyOf(states), words));
    reading.spend(tokens);
}

/// The longest phrase for a state of stock at the first place that has one, with the states that it stands for.
fn phrase(reading: &Reading<'_>) -> Option<(Vec<String>, Range<usize>)> {
    (0..reading.tokens.len()).find_map(|at| {
        let said = reading.grammar.stock().iter().filter(|stock| {
            let is_whole = !stock.is_at_end || at + stock.phrase.len() == reading.tokens.len();
            is_whole && reading.spells(at, &stock.phrase)
        });
        let longest = said.max_by_key(|stock| stock.phrase.len())?;
        Some((longest.states.clone(), at..at + longest.phrase.len()))
    })
}
