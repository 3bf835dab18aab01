//! What a shop sets beside a product: other goods, by their source ids.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Goods of one kind of link beyond this are left out.
pub const MAX_LINKED: usize = 200;

/// Why goods are set beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// They are bought with it: accessories, what completes it.
    CrossSell,
    /// They are shown with it, for no reason that is said.
    Related,
    /// They could be bought in its place, and are usually better.
    UpSell,
}

/// The goods that a shop sets beside a product, by kind, in the shop's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Links(BTreeMap<LinkKind, Vec<String>>);

impl LinkKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::CrossSell, Self::Related, Self::UpSell];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CrossSell => "cross_sell",
            Self::Related => "related",
            Self::UpSell => "up_sell",
        }
    }

    /// Reads the words that shops use: `crosssell`, `cross-sells`, `up_sell`, `upsells`, `related`.
    pub fn parse(text: &str) -> Option<Self> {
        let word: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
        Some(match word.trim_end_matches('s') {
            "crosssell" | "crosssellproduct" => Self::CrossSell,
            "upsell" | "upsellproduct" => Self::UpSell,
            "related" | "relation" | "relatedproduct" => Self::Related,
            _ => return None,
        })
    }
}

impl Links {
    /// Whether nothing is set beside it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a product, once.
    pub fn add(&mut self, kind: LinkKind, source_id: &str) {
        let source_id = source_id.trim();
        if source_id.is_empty() {
            return;
        }
        let own = self.0.entry(kind).or_default();
        if own.len() < MAX_LINKED && !own.iter().any(|known| known == source_id) {
            own.push(source_id.to_owned());
        }
    }

    /// The source ids of a kind.
    pub fn of(&self, kind: LinkKind) -> &[String] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// All source ids with their kinds.
    pub fn iter(&self) -> impl Iterator<Item = (LinkKind, &str)> {
        self.0.iter().flat_map(|(kind, own)| own.iter().map(|id| (*kind, id.as_str())))
    }

    /// Lays newer links over these: a kind that they have replaces the same kind.
    pub fn overlay(&mut self, newer: Links) {
        self.0.extend(newer.0);
    }
}
