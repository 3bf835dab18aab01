//! What an import is told to do, and what it did.

use serde::{Deserialize, Serialize};

use crate::CatalogCounts;

/// How a feed is laid over the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportMode {
    /// What the feed says is laid over what is stored (see [`commerce::Product::overlay`]); the rest stays.
    Merge,
    /// The feed is the whole truth: a product's first record replaces what is stored, later ones are laid over it, and
    /// what the feed does not name is removed.
    Replace,
}

/// What became of the records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not known before.
    pub added: u64,
    /// Known before, and different now.
    pub changed: u64,
    /// Known before, and the same.
    pub unchanged: u64,
    /// Removed, since the feed is the whole truth and does not name them.
    pub removed: u64,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Products.
    pub products: Counts,
    /// How many variants the catalog has now.
    pub variants: u64,
    /// Reviews.
    pub reviews: Counts,
    /// Questions with their answers.
    pub questions: Counts,
    /// Pages, guides and policies.
    pub documents: Counts,
    /// How many reviews and questions of the catalog now name products that it does not have; they are kept.
    pub orphans: u64,
    /// Ids in tables of links that no product of the catalog has; such links are left out.
    #[serde(default)]
    pub unknown_links: u64,
}

impl ImportMode {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Replace => "replace",
        }
    }

    /// The mode of a word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "merge" => Some(Self::Merge),
            "replace" => Some(Self::Replace),
            _ => None,
        }
    }
}

impl Counts {
    /// Whether anything came, went or became different.
    pub fn has_changes(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

impl ImportSummary {
    /// Whether anything came, went or became different.
    pub fn has_changes(&self) -> bool {
        [self.products, self.reviews, self.questions, self.documents].iter().any(Counts::has_changes)
    }

    pub(super) fn set_totals(&mut self, counts: CatalogCounts) {
        self.variants = counts.variants;
        self.orphans = counts.orphans;
    }
}
