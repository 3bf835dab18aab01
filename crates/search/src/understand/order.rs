//! The order that a shopper asks for ("cheapest", "best rated") or leans to ("cheap").
//!
//! An order puts any product that has a word of the text before one that has all of them, so it binds to the kind of goods:
//! the cheapest headphones are headphones.

use super::{Reading, Token, extremes};
use crate::analyse;
use crate::{Constraint, Field, Sort, Test};

pub(super) fn read(reading: &mut Reading<'_>) {
    for order in reading.grammar.orders() {
        let place = (0..reading.tokens.len()).find(|start| reading.spells(*start, &order.phrase));
        if let Some(start) = place {
            reading.found.sort = order.sort.clone();
            reading.is_leaning = order.is_leaning;
            reading.spend(start..start + order.phrase.len());
            extremes::per(reading);
            return;
        }
    }
    extremes::read(reading);
}

/// Demands the kind that the head names, where an order was read.
pub(super) fn bind(reading: &mut Reading<'_>) {
    if reading.found.sort == Sort::Relevance {
        return;
    }
    let head = reading.tokens.iter().find(|token| token.is_head).map(|token| token.word.text.clone());
    let is_of_head = |liked: &Constraint| {
        let is_said = |head: &String| analyse::words(&liked.words).iter().any(|word| word.text == *head);
        liked.field == Field::Category && head.as_ref().is_some_and(is_said)
    };
    let (mut kinds, others): (Vec<Constraint>, Vec<Constraint>) =
        std::mem::take(&mut reading.found.preferences).into_iter().partition(is_of_head);
    reading.found.preferences = others;
    // The best of all is the best rated; the best for something is what fits it best.
    let is_more = reading.found.sort == Sort::Rating
        && reading.is_leaning
        && (!reading.found.preferences.is_empty() || says_more(reading, &kinds));
    match kinds.split_first_mut() {
        _ if is_more => {
            reading.found.sort = Sort::Relevance;
            reading.found.preferences.splice(0..0, kinds);
        }
        Some((first, rest)) => {
            if let Test::AnyOf(values) = &mut first.test {
                values.extend(rest.iter().flat_map(values_of).cloned());
            }
            reading.found.constraints.extend(kinds.into_iter().take(1));
        }
        None if reading.is_leaning => reading.found.sort = Sort::Relevance,
        None => {}
    }
}

/// Whether more is said of the goods than their kind and a price.
fn says_more(reading: &Reading<'_>, kinds: &[Constraint]) -> bool {
    let of_kind: Vec<String> =
        kinds.iter().flat_map(|kind| analyse::words(&kind.words)).map(|word| word.text).collect();
    let is_said = |token: &Token| {
        !token.is_spent && !token.is_stop && !token.is_head && !of_kind.contains(&token.word.text)
    };
    reading.tokens.iter().any(is_said)
        || reading.found.constraints.iter().any(|constraint| constraint.field != Field::Price)
}

fn values_of(constraint: &Constraint) -> &[String] {
    match &constraint.test {
        Test::AnyOf(values) => values,
        _ => &[],
    }
}
