//! From a request to an answer: one file for each kind of request.

pub(crate) mod answer;
pub(crate) mod compare;
mod comparison;
pub(crate) mod decide;
pub(crate) mod find;
mod follow_ups;
pub(crate) mod left;
mod render;
pub(crate) mod reviews;
pub(crate) mod suit;

pub(crate) use comparison::{Comparative, amount as compared, asked as comparative_asked, meant};
pub(crate) use find::lists_all;
pub(crate) use render::availability_word as availability;

/// Words joined as a list of English: `a, b and c`.
pub(crate) fn list(words: &[String]) -> String {
    crate::voice::Voice::default().list(words)
}
