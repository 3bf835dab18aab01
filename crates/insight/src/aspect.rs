//! What reviewers speak of, and what each of them holds of it.

use serde::{Deserialize, Serialize};

/// Something that reviewers speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Aspect {
    /// As most of them write it.
    pub name: String,
    /// The stems of its words.
    pub stems: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// Whether its word itself faults, as `flimsy` does; then who calls it so speaks against the thing.
    pub is_fault: bool,
    /// One for each reviewer who speaks of it, in the order of the reviews.
    pub voices: Vec<Voice>,
}

/// What an aspect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A part or a property: `the battery`.
    Part,
    /// What the thing itself is said to be: `comfortable`.
    Quality,
    /// What came to pass with it: `leaked`.
    Event,
    /// The thing itself, by its own name.
    Whole,
}

/// What one reviewer says of an aspect.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The number of the review.
    pub review: usize,
    /// On the whole.
    pub lean: Lean,
    /// Where it is said.
    pub mentions: Vec<Mention>,
}

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// The number of the sentence.
    pub sentence: usize,
    /// Above 0 where it praises, below where it faults; the further the stronger.
    pub polarity: f32,
}

/// Which way somebody leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lean {
    /// For it.
    Praise,
    /// Against it.
    Fault,
    /// Both.
    Mixed,
    /// Neither.
    Silent,
}

impl Lean {
    /// The lean of judgements taken together.
    pub(crate) fn of(polarities: impl IntoIterator<Item = f32>) -> Self {
        let (mut praises, mut faults) = (false, false);
        for polarity in polarities {
            praises |= polarity > 0.0;
            faults |= polarity < 0.0;
        }
        match (praises, faults) {
            (true, true) => Self::Mixed,
            (true, false) => Self::Praise,
            (false, true) => Self::Fault,
            (false, false) => Self::Silent,
        }
    }
}

impl Aspect {
    /// How many reviewers lean this way.
    pub fn count(&self, lean: Lean) -> usize {
        self.voices.iter().filter(|voice| voice.lean == lean).count()
    }

    /// How many reviewers judge it one way or the other.
    pub fn judged(&self) -> usize {
        self.voices.len() - self.count(Lean::Silent)
    }
}
