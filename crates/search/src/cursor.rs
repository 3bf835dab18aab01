//! Where a page ended: the order of its last hit and which query it belongs to, as opaque text.
//!
//! A cursor holds values, not places, so a page behind it goes on at the right spot of a newer index too: what was
//! added before the spot is not seen, nothing is seen twice unless its own order changed.

use std::cmp::Ordering;

use serde::Serialize;

use crate::{Query, SearchError};

/// The place of a hit in an order: by key, then by title where titles decide, then by id.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    /// Smaller comes first.
    pub(crate) key: f64,
    pub(crate) title: String,
    pub(crate) id: u64,
}

impl Spot {
    /// Which of two comes first.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        self.key
            .total_cmp(&other.key)
            .then_with(|| self.title.cmp(&other.title))
            .then_with(|| self.id.cmp(&other.id))
    }

    /// The cursor of a page that ends here.
    pub(crate) fn cursor(&self, query: &Query) -> String {
        let title: String = self.title.bytes().map(|byte| format!("{byte:02x}")).collect();
        format!("{:016x}{:016x}{:016x}{title}", fingerprint(query), self.key.to_bits(), self.id)
    }

    /// The spot of a query's cursor; `None` for the first page.
    pub(crate) fn of(query: &Query) -> Result<Option<Self>, SearchError> {
        let Some(cursor) = &query.cursor else { return Ok(None) };
        Self::parse(cursor, query).map(Some).ok_or(SearchError::Cursor)
    }

    fn parse(cursor: &str, query: &Query) -> Option<Self> {
        let number = |from: usize| u64::from_str_radix(cursor.get(from..from + 16)?, 16).ok();
        if number(0)? != fingerprint(query) {
            return None;
        }
        let digits = cursor.get(48..)?;
        let byte = |place: usize| u8::from_str_radix(digits.get(place..place + 2)?, 16).ok();
        let title: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect::<Option<_>>()?;
        Some(Self {
            key: f64::from_bits(number(16)?),
            id: number(32)?,
            title: String::from_utf8(title).ok()?,
        })
    }
}

/// What a query asks for, page and page size left out, as one number (FNV-1a).
fn fingerprint(query: &Query) -> u64 {
    #[derive(Serialize)]
    struct Asked<'a>(
        &'a str,
        &'a [crate::Constraint],
        &'a [crate::Constraint],
        &'a [crate::Alternative],
        &'a crate::Sort,
    );
    let asked = Asked(&query.text, &query.constraints, &query.preferences, &query.alternatives, &query.sort);
    let bytes = serde_json::to_vec(&asked).unwrap_or_default();
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
