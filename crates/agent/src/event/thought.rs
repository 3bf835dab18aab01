//! A decider answers.

use serde::{Deserialize, Serialize};

use super::Incoming;
use crate::advance::{end_turn, fail_thought, pass_on, propose};
use crate::writer::Writer;
use crate::{CallId, Effect, Key, Phase, Private, Reply, Spent, State, ToolName, TurnEnd, Words};

/// What a decider makes of a context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thought {
    /// Which thought this answers.
    pub key: Key,
    /// What it used.
    pub usage: Usage,
    /// What it says.
    pub outcome: Outcome,
}

/// What a decider used, or a model that it asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// Millionths of the shop's currency.
    pub money_micros: u64,
}

impl Usage {
    /// It as budgets count it.
    pub fn spent(&self) -> Spent {
        Spent {
            steps: 0,
            tokens: self.input_tokens.saturating_add(self.output_tokens),
            money_micros: self.money_micros,
        }
    }
}

/// What a decider says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Words for the shopper; the turn ends.
    Reply {
        /// The words.
        text: Private,
    },
    /// Tools to call; the turn goes on with their results.
    Calls(Vec<Wanted>),
    /// Not mine: ask the next decider.
    Pass,
    /// It did not work.
    Failed,
}

/// A call that a decider wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// What the decider calls it.
    pub call: CallId,
    /// The tool.
    pub tool: ToolName,
    /// What to give it.
    pub input: Private,
}

impl Incoming for Thought {
    fn is_news(&self, state: &State) -> bool {
        matches!(state.turn.as_ref().map(|turn| &turn.phase), Some(Phase::Thinking(t)) if t.key == self.key)
    }

    fn apply(&self, state: &mut State) {
        let Some(turn) = &mut state.turn else { return };
        let Phase::Thinking(thinking) = std::mem::replace(&mut turn.phase, Phase::Deciding) else { return };
        let used = Spent { steps: thinking.reserved.steps, ..self.usage.spent() };
        if !matches!(self.outcome, Outcome::Failed) {
            turn.tries = 0;
        }
        let id = turn.id;
        state.account(id, thinking.reserved, used);
    }

    fn decide(&self, writer: &mut Writer<'_>) {
        let Some(turn) = writer.state().turn.as_ref().map(|turn| turn.id) else { return };
        match &self.outcome {
            Outcome::Reply { text } => {
                writer.emit(Effect::Reply(Reply { turn, words: Words::Said(text.clone()) }));
                end_turn(writer, TurnEnd::Replied);
            }
            Outcome::Calls(calls) => propose(writer, turn, calls),
            Outcome::Pass => pass_on(writer),
            Outcome::Failed => fail_thought(writer, self.key),
        }
    }
}
