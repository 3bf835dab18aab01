//! The shopping conversation: a question is understood, evidence is retrieved, a reasoner makes claims of it, and the
//! claims become prose in which every clause carries its evidence.
//!
//! **Invariant**: no claim without evidence leaves this crate, and no text of a language model that [`verify`] has not
//! passed clause by clause. Nothing here reads a file, a socket, a clock or a model: the same snapshot and question give
//! the same reply.

mod aside;
mod ask;
mod bearing;
mod claim;
mod climate;
mod compose;
mod directive;
mod error;
mod figure;
mod gloss;
mod harm;
mod hazard;
mod lexicon;
mod meant;
mod model_name;
mod person;
mod phrase;
mod pick;
mod reason;
mod relevance;
mod request;
mod restate;
mod retrieve;
mod snapshot;
mod stance;
mod step;
mod table;
mod thread;
mod understand;
mod verify;
mod voice;

pub use ask::{Reply, ask, for_meaning, for_search, in_english, language_of, text};
pub use claim::{
    Answer, AspectCount, Claim, Clarify, Polarity, Predicate, Recommended, ReviewDigest, Support,
};
pub use climate::Season;
pub use compose::{Clause, compose};
pub use directive::is_directive;
pub use error::AskError;
pub use gloss::Reading;
pub use meant::{is_sold, meant, of_kind};
pub use person::{ABOUT, About};
pub use phrase::{MAX_TOKENS, Phrasing};
pub use pick::{Choice, Pick, Role, Sensitivity, Standing, Weight, WeightOrigin};
pub use request::{
    Ask, Asked, Circumstance, CircumstanceKind, Context, Expected, Focus, Form, Intent, Place, Request,
    ReviewFilter, ReviewsAsked, Set, Side, Size, Term, When,
};
pub use restate::Restated;
pub use snapshot::Snapshot;
pub use step::{Bearing, Note, Setting, Shown, Step, ToldStep, Verdict};
pub use table::{Better, Cell, Column, Row, RowKind, RowVerdict, Table};
pub use thread::{Chip, Thread};
pub use understand::understand;
pub use verify::{Verified, verify};
