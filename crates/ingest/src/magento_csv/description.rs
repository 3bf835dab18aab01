//! The descriptions of a row. The variants of a product usually repeat one text, so the last one is remembered.

use crate::html_text::{Fact, plain_with_facts};
use crate::table_product::short_and_long;

/// The short and the long description of the last row, as they stand in the table and as plain text.
#[derive(Debug, Default)]
pub(super) struct Description {
    raw: [String; 2],
    text: String,
    facts: Vec<Fact>,
}

impl Description {
    /// Takes the short and the long description of a row.
    pub(super) fn read(&mut self, raw: [&str; 2]) {
        if self.raw == raw {
            return;
        }
        let ((short, mut facts), (long, more)) = (plain_with_facts(raw[0]), plain_with_facts(raw[1]));
        facts.extend(more);
        (self.text, self.facts) = (short_and_long(short, long), facts);
        self.raw = raw.map(str::to_owned);
    }

    /// Plain text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What the tables of the descriptions state.
    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }
}
