//! The steps of a reasoning on what suits: typed here, told by [`crate::compose`].

use search::EvidenceKind;
use serde::{Deserialize, Serialize};

/// One step: claims, or a note that says nothing of a product or the shop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// Places among the answer's claims.
    pub claims: Vec<usize>,
    /// What has to be said where no claim says it.
    pub note: Option<Note>,
    /// Whether it is taken to be so and not known.
    pub is_uncertain: bool,
}

/// A step as a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToldStep {
    /// What the shopper reads.
    pub text: String,
    /// Places among the answer's claims; empty for a note.
    pub claims: Vec<usize>,
    /// Whether it is taken to be so and not known.
    pub is_uncertain: bool,
}

/// What is said without evidence, because it is not about goods or the shop, or because the shop is silent.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// No time was named.
    Now {
        /// The month that is taken.
        time: String,
    },
    /// No place was named: on which side of the equator the season is.
    North {
        /// The season or month.
        time: String,
    },
    /// A misspelt place was read as this one.
    Read {
        /// The place.
        place: String,
    },
    /// The store does not say whether a need is met.
    Silent {
        /// The product; empty where there is only one.
        title: String,
        /// Labels of needs.
        needs: Vec<String>,
    },
}

/// What it is about: where, when, what for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// The place.
    pub place: Option<String>,
    /// The month or season.
    pub time: Option<String>,
    /// Circumstances, such as `hiking` or `a height of 190 cm`.
    pub names: Vec<String>,
}

/// Whether a product suits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All that has to be is stated.
    Suits,
    /// Some of it is stated, and something else is open or speaks against it.
    Reservations,
    /// What has to be is denied.
    Unsuitable,
    /// The store does not say.
    Unknown,
}

/// How what is stated bears on a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bearing {
    /// It meets it.
    For,
    /// It goes some way.
    Partly,
    /// It speaks against it.
    Against,
    /// It speaks both ways.
    Divided,
}

/// Something that is stated, with where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Where.
    pub kind: EvidenceKind,
    /// Letter by letter.
    pub quote: String,
}
