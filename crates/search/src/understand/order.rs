//! The order that a shopper asks for: "cheapest", "best rated".

use super::Reading;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (phrase, sort) in reading.grammar.orders() {
        let place = (0..reading.tokens.len()).find(|start| reading.spells(*start, phrase));
        if let Some(start) = place {
            reading.found.sort = *sort;
            reading.spend(start..start + phrase.len());
            return;
        }
    }
}
