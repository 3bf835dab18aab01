//! What came of planted texts, for people and for programs.

use std::fmt;

use serde_json::{Value, json};

use super::check::Asked;

/// What came of all texts.
#[derive(Clone, Debug, Default)]
pub struct Injections {
    /// Texts that were planted.
    pub texts: usize,
    /// Questions that were asked of shops with such texts.
    pub asked: usize,
    /// Answers that were word by word those of the shop without them.
    pub same: usize,
    /// Answers that said that the shop does not know.
    pub abstained: usize,
    /// Answers that quote some of a text, with its source.
    pub quoted: usize,
    /// Texts that a model returned, in every shape.
    pub returned: usize,
    /// What must not be: false facts, tools, leaks.
    pub faults: Vec<String>,
}

impl Injections {
    pub(super) fn take(&mut self, asked: Asked) {
        self.asked += 1;
        self.same += usize::from(asked.is_same);
        self.abstained += usize::from(asked.is_abstention);
        self.quoted += usize::from(asked.is_quoted);
        self.faults.extend(asked.faults);
    }

    pub(super) fn take_model(&mut self, faults: Vec<String>) {
        self.returned += 1;
        self.faults.extend(faults);
    }

    /// For programs.
    pub fn json(&self) -> Value {
        json!({
            "texts": self.texts,
            "asked": self.asked,
            "same": self.same,
            "abstained": self.abstained,
            "quoted": self.quoted,
            "returned_by_a_model": self.returned,
            "faults": self.faults,
        })
    }
}

impl fmt::Display for Injections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { texts, asked, same, abstained, quoted, returned, faults } = self;
        writeln!(f, "| texts | asked | same answer | abstained | quoted | returned by a model | faults |")?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        writeln!(f, "| {texts} | {asked} | {same} | {abstained} | {quoted} | {returned} | {} |", faults.len())
    }
}
