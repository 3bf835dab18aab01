//! What reviewers say, mined from their own words: the aspects that they speak of, what each of them holds of it, and
//! who says otherwise.
//!
//! No list of aspects is built in. Noun phrases are found by how words are used in the reviews at hand, words that praise and
//! fault come from a small table and from the stars of the shop's own reviews, and counts are of reviewers, not of sentences.
//!
//! **Invariant**: every count can be traced to sentences that were handed in; nothing is kept of a text but the numbers of its
//! words; the same reviews in the same order give the same insight.

mod aspect;
mod corpus;
mod grammar;
mod language;
mod learned;
mod mine;
mod nouns;
mod opinion;
mod phrase;
mod sentiment;
mod text;
mod vocabulary;

pub use aspect::{Aspect, Kind, Lean, Mention, Voice};
pub use corpus::{Corpus, Review};
pub use language::Language;
pub use mine::{Insight, Options};
