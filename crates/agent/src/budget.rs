//! What a turn and a session may spend.

use serde::{Deserialize, Serialize};

/// Limits of each turn and of the whole session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Of each turn.
    pub turn: Limits,
    /// Of the session.
    pub session: Limits,
}

/// Limits; what is left out has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Thoughts and calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<u64>,
    /// Tokens read and written by language models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    /// Millionths of the shop's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money_micros: Option<u64>,
    /// Time from the beginning, whatever happens in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall_ms: Option<u64>,
}

/// What was spent or will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Thoughts and calls.
    pub steps: u64,
    /// Tokens.
    pub tokens: u64,
    /// Millionths of the shop's currency.
    pub money_micros: u64,
}

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhausted {
    /// Whose limit.
    pub scope: BudgetScope,
    /// Of what.
    pub kind: BudgetKind,
}

/// Whose limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetScope {
    /// Of one turn: the next message has a new one.
    Turn,
    /// Of the session.
    Session,
}

/// A limit of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetKind {
    /// Thoughts and calls.
    Steps,
    /// Tokens.
    Tokens,
    /// Money.
    Money,
    /// Time.
    Wall,
}

impl Spent {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_add(other.steps),
            tokens: self.tokens.saturating_add(other.tokens),
            money_micros: self.money_micros.saturating_add(other.money_micros),
        }
    }

    /// The smaller of each.
    pub fn at_most(self, other: Self) -> Self {
        Self {
            steps: self.steps.min(other.steps),
            tokens: self.tokens.min(other.tokens),
            money_micros: self.money_micros.min(other.money_micros),
        }
    }

    /// What is more than the other, of each.
    pub fn beyond(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_sub(other.steps),
            tokens: self.tokens.saturating_sub(other.tokens),
            money_micros: self.money_micros.saturating_sub(other.money_micros),
        }
    }
}

impl Limits {
    /// The first limit that would be passed by spending this in all.
    pub fn passed_by(&self, spent: Spent) -> Option<BudgetKind> {
        let over = |limit: Option<u64>, spent: u64| limit.is_some_and(|limit| spent > limit);
        if over(self.steps, spent.steps) {
            Some(BudgetKind::Steps)
        } else if over(self.tokens, spent.tokens) {
            Some(BudgetKind::Tokens)
        } else if over(self.money_micros, spent.money_micros) {
            Some(BudgetKind::Money)
        } else {
            None
        }
    }
}
