//! What happened while somebody was away, told once, before the answer to what they say next. Telling is a call: the books note
//! it, and the journal has the words, so that a crash neither loses nor repeats them.

use agent::{Fate, Item, Line, Role, ToolName as AgentTool};
use checkout::tool::ToolName;
use serde_json::json;
use sessions::{Asked, Wish};
use store::StoreError;

use super::Guide;
use crate::remembered::reply_of;
use crate::said::Said;
use crate::{Outcome, Party};

impl Guide {
    /// Whether there is something to tell first. It is looked for once in a turn.
    pub(super) async fn has_news(&self, asked: &Asked, party: &Party) -> Result<bool, StoreError> {
        match asked.lines.iter().any(is_about) {
            true => Ok(false),
            false => self.counter.has_news(&party.owner()).await,
        }
    }
}

/// The call that tells.
pub(super) fn wish() -> Wish {
    let name = ToolName::TakeNotices.as_str();
    Wish { call: name.to_owned(), tool: AgentTool::new(name), input: json!({}) }
}

/// Whether a line of a turn is about that call.
pub(super) fn is_about(line: &Line) -> bool {
    match line {
        Line::Called { tool, .. } | Line::Refused { tool, .. } | Line::Settled { tool, .. } => {
            tool.as_str() == ToolName::TakeNotices.as_str()
        }
        _ => false,
    }
}

/// What is to be told first in this turn.
pub(super) fn told(asked: &Asked) -> Option<String> {
    let moved = asked.said().and_then(|said| Said::of(said).moved);
    let news: Vec<String> = moved.into_iter().chain(reviewed(asked)).chain(taken(asked)).collect();
    (!news.is_empty()).then(|| news.join("\n"))
}

/// What came of a call that the shop has looked at or changed, where the turn before this one told it: perhaps nobody was there to hear it.
fn reviewed(asked: &Asked) -> Option<String> {
    asked.said()?;
    let past: Vec<&Line> = asked.context.items.iter().filter_map(past).collect();
    let last: Vec<&Line> =
        past.into_iter().rev().take_while(|line| !matches!(line, Line::Said { .. })).collect();
    let is_of_shop = |line: &&Line| {
        matches!(line, Line::Settled { is_reviewed: true, .. } | Line::Waiting { by: Role::Shopper, .. })
    };
    let told = last.iter().rev().position(is_of_shop)?;
    let after = last.iter().rev().skip(told);
    let reply = after.clone().find_map(|line| match line {
        Line::Replied { text } => asked.words.value(text),
        _ => None,
    })?;
    Some(format!("While you were away: {}", reply_of(reply)?.text))
}

fn past(item: &Item) -> Option<&Line> {
    match item {
        Item::Past(line) => Some(line),
        _ => None,
    }
}

fn taken(asked: &Asked) -> Option<String> {
    let done = asked.lines.iter().filter(|line| is_about(line)).find_map(|line| match line {
        Line::Settled { fate: Fate::Done { output, .. }, .. } => output.as_ref(),
        _ => None,
    })?;
    let outcome = Outcome::of(asked.words.value(done)?);
    Some(outcome.text).filter(|text| !text.is_empty())
}
