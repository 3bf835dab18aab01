//! What an answer is made of: claims, each with the evidence that it rests on.

use commerce::{EvidenceId, ProductId};
use search::{EvidenceKind, EvidenceRow};
use serde::{Deserialize, Serialize};

/// One thing that an answer states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about; `None` for the shop as a whole.
    pub subject: Option<ProductId>,
    /// What is said of it.
    pub predicate: Predicate,
    /// Which way it answers the question.
    pub polarity: Polarity,
    /// How it follows from the evidence.
    pub support: Support,
    /// The rows that it rests on; never empty.
    pub evidence: Vec<EvidenceId>,
    /// How surely it is an answer to what was asked, from 0 to 1.
    pub confidence: f32,
}

/// What a claim says, as typed values. Facts in it come from the snapshot and are rendered, never written by a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// An attribute or option has these values, shown in the shopper's units.
    Attribute {
        /// As a shopper reads it.
        label: String,
        /// Rendered values.
        values: Vec<String>,
    },
    /// An attribute compared with a measure that was asked for.
    Compared {
        /// As a shopper reads it.
        label: String,
        /// The stated value, rendered.
        value: String,
        /// The measure in the question, rendered.
        asked: String,
    },
    /// One of several products has most or least of something.
    Ranked {
        /// What it is, such as `lighter`.
        asked: String,
        /// Titles with rendered values, the one that is asked for first; a tie where the first two values are alike.
        order: Vec<(String, String)>,
    },
    /// A choice that was asked for is or is not among the options.
    Offered {
        /// The choice that was asked for.
        asked: String,
        /// The option, such as `Size`.
        label: String,
        /// All choices there are.
        values: Vec<String>,
    },
    /// What it costs.
    Price {
        /// Rendered, such as `$52.00` or `$45.00 to $60.00`.
        price: String,
        /// The regular price while a sale holds.
        regular: Option<String>,
    },
    /// Whether it can be bought.
    Availability {
        /// Rendered, such as `in stock`.
        state: String,
    },
    /// Something that is said in these words.
    Quote {
        /// Where.
        kind: EvidenceKind,
        /// Under what: the question answered, a document's title, a review's title; may be empty.
        context: String,
        /// Letter by letter.
        quote: String,
    },
    /// How many reviews say it and how many say otherwise.
    Counted {
        /// Whether the question can be answered with yes or no.
        is_asked: bool,
        /// Reviews that speak for it.
        agree: u32,
        /// Reviews that speak against it.
        disagree: u32,
        /// Sentences of both sides, those that agree first.
        quotes: Vec<String>,
    },
    /// The ratings as a whole.
    Rating {
        /// Mean, from 1 to 5, rendered with one decimal.
        mean: String,
        /// How many rated.
        count: u32,
    },
    /// A product fits a need for these reasons.
    Fits {
        /// The product's title.
        title: String,
        /// Rendered price; empty where unknown.
        price: String,
        /// What it states that was asked for, rendered.
        reasons: Vec<String>,
        /// What was asked for and it does not state, in the shopper's words; empty where it fits in all.
        lacks: Vec<String>,
    },
}

/// Which way a claim answers the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// For what was asked.
    Positive,
    /// Against it.
    Negative,
    /// It informs.
    Neutral,
    /// The evidence speaks both ways.
    Mixed,
}

/// How a claim follows from its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    /// The evidence says it.
    Stated,
    /// Rows of evidence were counted.
    Counted,
    /// It was worked out from typed values.
    Derived,
}

/// What a request came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// In the order in which they are told.
    pub claims: Vec<Claim>,
    /// Every row that a claim rests on, once.
    pub evidence: Vec<EvidenceRow>,
    /// Products to show, best first.
    pub products: Vec<Recommended>,
    /// Whether the shop's data does not say what was asked.
    pub is_abstention: bool,
    /// Whether nothing answers outright, and the claims are what comes nearest in meaning.
    pub is_nearest: bool,
    /// What the shopper has to say first; then there are no claims.
    pub clarify: Option<Clarify>,
    /// What was asked and not found.
    pub missing: Vec<String>,
    /// Where it was looked for, such as `8 attributes`.
    pub looked_at: Vec<String>,
    /// What had to be given up to find anything, in words.
    pub relaxed: Vec<String>,
    /// Questions that the shop's data can answer next.
    pub follow_ups: Vec<String>,
}

/// What has to be known before anything can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clarify {
    /// What the shopper wants at all: the text names nothing.
    Wish,
    /// Which product `it` is.
    Product,
}

/// A product that an answer shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommended {
    /// The product with the variant that fits.
    pub hit: search::Hit,
    /// Why; empty for a product that was asked about.
    pub reason: String,
}

impl Answer {
    /// Adds a claim and the rows it rests on. A claim without evidence is dropped: it could not be shown.
    pub(crate) fn state(&mut self, claim: Claim, rows: &[&EvidenceRow]) {
        if claim.evidence.is_empty() {
            return;
        }
        for row in rows {
            if claim.evidence.contains(&row.id) && !self.evidence.iter().any(|known| known.id == row.id) {
                self.evidence.push((*row).clone());
            }
        }
        self.claims.push(claim);
    }
}
