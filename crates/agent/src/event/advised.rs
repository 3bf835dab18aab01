//! A language model has answered, or has not.

use serde::{Deserialize, Serialize};

use super::{Incoming, Usage};
use crate::writer::Writer;
use crate::{Advice, Effect, Key, Private, Shred, Spent, State};

/// What came of [`crate::Consulted`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advised {
    /// What was asked: the place of that entry.
    pub key: Key,
    /// What the model wrote; `None` where it did not answer.
    pub output: Option<Private>,
    /// What it used; `None` where nobody knows, and what was set aside counts.
    pub usage: Option<Usage>,
}

impl Advised {
    fn awaited(&self, state: &State) -> Option<Spent> {
        match state.turn.as_ref()?.consulted.get(&self.key)?.advice {
            Advice::Awaited { reserved } => Some(reserved),
            Advice::Given { .. } | Advice::Missing => None,
        }
    }
}

impl Incoming for Advised {
    fn is_news(&self, state: &State) -> bool {
        self.awaited(state).is_some()
    }

    fn apply(&self, state: &mut State) {
        let Some(reserved) = self.awaited(state) else { return };
        let Some(turn) = &mut state.turn else { return };
        if let Some(consultation) = turn.consulted.get_mut(&self.key) {
            consultation.advice = match &self.output {
                Some(output) => {
                    Advice::Given { output: output.clone(), usage: self.usage.unwrap_or_default() }
                }
                None => Advice::Missing,
            };
        }
        let id = turn.id;
        if let Some(usage) = self.usage {
            state.account(id, reserved, usage.spent());
        }
    }

    /// What was erased while the model wrote is not to come back with what it wrote.
    fn decide(&self, writer: &mut Writer<'_>) {
        let turn = writer.state().turn.as_ref();
        let asked = turn.and_then(|turn| turn.consulted.get(&self.key)).map(|asked| &asked.prompt);
        let is_erased = asked.is_some_and(|prompt| writer.contents().value(prompt).is_none());
        if let Some(output) = self.output.as_ref().filter(|_| is_erased) {
            writer.emit(Effect::Shred(Shred { contents: vec![output.id.clone()] }));
        }
    }
}
