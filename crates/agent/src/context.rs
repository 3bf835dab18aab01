//! What a decider is shown: a function of the state and a number of tokens, the same for the same journal.

mod build;
mod item;
mod render;

pub(crate) use build::{build, turn_tokens};
pub use item::{Context, Item, Standing};
pub use render::{Prompt, PromptRole, Rendered, render};

use crate::advance::context_before;
use crate::entry::{Body, Entry};
use crate::{Effect, JournalError, Seq, Session};

/// The exact context of the thought that the entry at this place asked for, made again from the journal. `None` where
/// that entry asks for no thought.
pub fn context_of(entries: &[Entry], at: Seq) -> Result<Option<Context>, JournalError> {
    let asked = entries.iter().find(|entry| entry.seq == at).map(|entry| &entry.body);
    let Some(Body::Effect(Effect::Think(think))) = asked else { return Ok(None) };
    let before = entries.iter().filter(|entry| entry.seq < at).cloned();
    let session = Session::replay(before, crate::Contents::default())?;
    let decider = session.state.settings.deciders.iter().find(|decider| decider.name == think.decider);
    Ok(decider.map(|decider| context_before(&session.state, decider)))
}
