//! What an answer is made of: claims, each with the evidence that it rests on.

use commerce::{EvidenceId, ProductId};
use search::{EvidenceKind, EvidenceRow};
use serde::{Deserialize, Serialize};

use crate::pick::{Choice, Pick};
use crate::step::{Bearing, Setting, Shown, Step, Verdict};
use crate::table::Table;

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

/// How what comes first stands to what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lead {
    /// Ahead of it.
    Clear,
    /// They have the same.
    Alike,
    /// Variants differ, and some of the one have more and some less than some of the other.
    Overlaps,
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
        /// Titles with rendered values, the one that is asked for first.
        order: Vec<(String, String)>,
        /// How the first stands to the next.
        lead: Lead,
    },
    /// One of several products is ahead of the others.
    Leads {
        /// The product.
        title: String,
        /// In what, rendered: `lighter (780 g against 1.32 kg)`.
        gains: Vec<String>,
    },
    /// What products differ in without one of them being ahead.
    Differ {
        /// Labels of rows.
        labels: Vec<String>,
    },
    /// How a comparison comes out as a whole.
    Balance {
        /// The product that is ahead in all that can be ranked.
        ahead: Option<String>,
        /// What it comes down to, where each of two is ahead in something.
        hinges: Vec<String>,
        /// In what it is ahead, where something else that they differ in cannot be ranked.
        #[serde(default)]
        ranked: Vec<String>,
        /// What they differ in or one of them does not state, and no way of it is better by itself.
        #[serde(default)]
        unranked: Vec<String>,
    },
    /// A product is picked.
    Picked {
        /// With its reasons.
        choice: Choice,
    },
    /// Nothing that is known puts one before the other.
    Tie {
        /// The products.
        titles: Vec<String>,
    },
    /// A product is left out of a decision.
    Beaten {
        /// The product.
        title: String,
        /// One that is at least as good in everything that counts.
        by: String,
    },
    /// What would change a pick.
    Turning {
        /// Rendered, such as `If weight matters more than price, take Halden 2.`
        text: String,
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
    /// All that there is to buy of it.
    Variants {
        /// One for each, in the shop's order.
        lines: Vec<VariantLine>,
        /// How many more there are.
        more: usize,
    },
    /// What several goods cost together.
    Total {
        /// The parts of the sum, rendered: `2 × $60.00`.
        lines: Vec<String>,
        /// Rendered.
        total: String,
        /// What they may cost, rendered, and by how much they stay below it or go over it.
        budget: Option<(String, Difference)>,
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
    /// How the stars of the reviewers spread.
    Spread {
        /// Mean, from 1 to 5, rendered with one decimal.
        mean: String,
        /// How many reviewers gave one star, two stars, up to five.
        stars: [u32; 5],
        /// How many products they are about.
        products: u32,
    },
    /// What reviewers hold of one aspect.
    Aspect {
        /// As most of them write it.
        name: String,
        /// A part of the thing, something that it is called or something that came to pass.
        kind: insight::Kind,
        /// Reviewers who praise a part; who say so, of all else.
        agree: u32,
        /// Reviewers who fault a part; who say otherwise, of all else.
        disagree: u32,
        /// Reviewers who do both.
        mixed: u32,
        /// A sentence of the larger side, then one of the smaller; may be empty.
        quotes: Vec<String>,
    },
    /// Which reviewers are listened to.
    Selected {
        /// Who they are, in the shopper's words.
        who: String,
        /// How many they are.
        count: u32,
        /// Of how many.
        of: u32,
    },
    /// How ratings changed.
    Trend {
        /// The day from which on ratings are recent ones, rendered.
        since: String,
        /// Mean and number of the ratings before it, rendered.
        before: (String, u32),
        /// The same since then.
        recent: (String, u32),
        /// Whether the difference is more than chance would make of it.
        is_clear: bool,
    },
    /// What the weather of a place is in some months.
    Weather {
        /// The place as it was named.
        place: String,
        /// The month or season.
        time: String,
        /// The city that is taken for it, where that is another, with the kilometres to one that is only the nearest.
        taken: Option<(String, Option<u32>)>,
        /// Whether parts of the place have other climates.
        is_wide: bool,
        /// Mean low and high, rendered.
        span: Option<(String, String)>,
        /// Days with rain or snow in a month.
        wet_days: Option<u32>,
        /// Days with snow in a month.
        snow_days: Option<u32>,
        /// Rain in a month, rendered.
        rain: Option<String>,
    },
    /// Which season it is, where there are no figures.
    Season {
        /// The place, where one was named.
        place: Option<String>,
        /// The month or season that was named.
        time: String,
        /// The season.
        season: String,
    },
    /// What the weather or a circumstance asks for.
    Asks {
        /// The circumstance; `None` for the weather.
        of: Option<String>,
        /// Labels of what has to be.
        musts: Vec<String>,
        /// Labels of what is good to have.
        wishes: Vec<String>,
    },
    /// What a product has of one thing that is asked for.
    Meets {
        /// Its label.
        need: String,
        /// How what is stated bears on it.
        bearing: Bearing,
        /// What is stated, what decides first.
        stated: Vec<Shown>,
        /// What it was set beside, rendered, such as a mean low of 0 °C.
        beside: Option<String>,
        /// Reviewers who speak for it.
        agree: u32,
        /// Reviewers who speak against it.
        disagree: u32,
    },
    /// Whether a product suits.
    Suits {
        /// The product's title.
        title: String,
        /// What for.
        setting: Setting,
        /// Whether it does.
        verdict: Verdict,
        /// Labels of what it meets.
        met: Vec<String>,
        /// Labels of what it meets in part, or on which the store is divided.
        partly: Vec<String>,
        /// Labels of what speaks against it.
        against: Vec<String>,
        /// Labels of what the store does not say.
        silent: Vec<String>,
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

impl Claim {
    /// A claim on a product in the words of a row.
    pub(crate) fn quoting(product: &ProductId, row: &EvidenceRow, polarity: Polarity) -> Self {
        Self {
            subject: Some(product.clone()),
            predicate: Predicate::quoting(row),
            polarity,
            support: Support::Stated,
            evidence: vec![row.id.clone()],
            confidence: 1.0,
        }
    }
}

impl Predicate {
    /// What a row says, word for word.
    pub(crate) fn quoting(row: &EvidenceRow) -> Self {
        Self::Quote { kind: row.kind, context: row.context.clone(), quote: row.quote.clone() }
    }
}

/// One thing to buy, rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantLine {
    /// What tells it from the others; the product's title where there is only one.
    pub title: String,
    /// What is paid now; empty where unknown.
    pub price: String,
    /// The regular price while a sale holds.
    pub regular: Option<String>,
    /// Whether it can be bought; empty where unknown.
    pub state: String,
}

/// How a sum stands to a limit, with the difference rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// It stays below it by so much.
    Below(String),
    /// It is just that.
    Exact,
    /// It goes over it by so much.
    Over(String),
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
    /// The line that answers what is no matter of the shop; then there are no claims.
    pub aside: Option<String>,
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
    /// What reviewers say, in numbers, where that was asked.
    pub reviews: Option<ReviewDigest>,
    /// Whether goods were left out for what the shopper told of themself.
    pub leaves_out: bool,
    /// What has to be said of the products that were named, such as that one was named twice.
    pub notes: Vec<String>,
    /// Products side by side.
    pub table: Option<Table>,
    /// A decision between products.
    pub pick: Option<Pick>,
    /// The reasoning on what suits, step by step.
    pub steps: Vec<Step>,
}

/// What reviewers say of a product or of several, in numbers. Every number is that of a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewDigest {
    /// Reviews that were read.
    pub reviews: u32,
    /// Products that they are about.
    pub products: u32,
    /// How many reviewers gave one star, two stars, up to five.
    pub stars: [u32; 5],
    /// Who was listened to, where not everybody was.
    pub who: Option<String>,
    /// What they speak of, most voices first.
    pub aspects: Vec<AspectCount>,
}

/// The votes on one aspect.
#[derive(Clone, Debug, PartialEq)]
pub struct AspectCount {
    /// As most reviewers write it.
    pub name: String,
    /// Reviewers who praise it.
    pub praise: u32,
    /// Reviewers who fault it.
    pub fault: u32,
    /// Reviewers who do both.
    pub mixed: u32,
    /// A sentence of the larger side.
    pub typical: Option<EvidenceId>,
    /// A sentence of the smaller side.
    pub dissenting: Option<EvidenceId>,
}

/// What has to be known before anything can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clarify {
    /// What the shopper wants at all: the text names nothing.
    Wish,
    /// Nothing: the text thanks or takes leave.
    Courtesy,
    /// Which product `it` is.
    Product,
    /// Which products: none is known.
    Several,
    /// Which other product: one is known.
    Another,
}

impl Clarify {
    /// Whether the shopper is asked something, so that it must not be asked again.
    pub fn is_question(self) -> bool {
        self != Self::Courtesy
    }
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

    /// Adds what answers another question of the same message. It is an abstention only where both are.
    pub(crate) fn add(&mut self, next: Answer) {
        let told = self.claims.len();
        self.steps.extend(
            next.steps
                .into_iter()
                .map(|step| Step { claims: step.claims.iter().map(|place| place + told).collect(), ..step }),
        );
        self.claims.extend(next.claims);
        for row in next.evidence {
            if !self.evidence.iter().any(|known| known.id == row.id) {
                self.evidence.push(row);
            }
        }
        for product in next.products {
            if !self.products.iter().any(|known| known.hit.product_id == product.hit.product_id) {
                self.products.push(product);
            }
        }
        self.is_abstention &= next.is_abstention;
        self.is_nearest |= next.is_nearest;
        self.clarify = self.clarify.or(next.clarify);
        self.missing.extend(next.missing);
        self.looked_at.extend(
            next.looked_at.into_iter().filter(|place| !self.looked_at.contains(place)).collect::<Vec<_>>(),
        );
        self.relaxed.extend(next.relaxed);
        self.notes.extend(next.notes);
        self.reviews = self.reviews.take().or(next.reviews);
        self.table = self.table.take().or(next.table);
        self.pick = self.pick.take().or(next.pick);
    }
}
