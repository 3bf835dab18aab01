//! The order that a shopper asks for: "cheapest", "best rated".

use super::Reading;
use crate::Sort;

const ORDERS: &[(&[&str], Sort)] = &[
    (&["most", "expensive"], Sort::PriceDescending),
    (&["least", "expensive"], Sort::PriceAscending),
    (&["lowest", "price"], Sort::PriceAscending),
    (&["lowest", "priced"], Sort::PriceAscending),
    (&["cheapest"], Sort::PriceAscending),
    (&["best", "rated"], Sort::Rating),
    (&["top", "rated"], Sort::Rating),
    (&["highest", "rated"], Sort::Rating),
    (&["best", "reviewed"], Sort::Rating),
    (&["best", "reviews"], Sort::Rating),
];

pub(super) fn read(reading: &mut Reading<'_>) {
    for (phrase, sort) in ORDERS {
        let place = (0..reading.tokens.len()).find(|start| {
            phrase.iter().enumerate().all(|(offset, word)| {
                reading
                    .tokens
                    .get(start + offset)
                    .is_some_and(|token| !token.is_spent && token.word.text == *word)
            })
        });
        if let Some(start) = place {
            reading.found.sort = *sort;
            reading.spend(start..start + phrase.len());
            return;
        }
    }
}
