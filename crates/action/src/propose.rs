//! The question before a call, and the yes to it.

use checkout::Summary;
use checkout::tool::ToolName;

use crate::read::{Deed, GRAMMAR, Kind, clauses};

/// What somebody says to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is to be done.
    Yes,
    /// It is not.
    No,
}

/// What a message says to a proposal that waits; `None` where it says something else. Only what the grammar covers as a whole
/// is a yes, and `cancel it` is none, whatever is asked.
pub fn reply(message: &str) -> Option<Reply> {
    let mut said = said(message).into_iter();
    let first = match said.next() {
        Some(kinds) => kinds.into_iter().find_map(verdict)?,
        None => polite(message)?,
    };
    let goes_on = |kinds: Vec<Kind>| {
        kinds.into_iter().any(|kind| matches!(kind, Kind::Again(_)) || verdict(kind) == Some(first))
    };
    said.all(goes_on).then_some(first)
}

/// The same to the proposal of a call: `cancel it` is no answer to whether an order is to be cancelled, `yes, cancel it` is none to
/// whether it is to be placed, and `yes?` is none to anything.
pub fn reply_to(message: &str, tool: Option<ToolName>) -> Option<Reply> {
    let told = reply(message).filter(|_| !message.trim_end().ends_with('?'))?;
    let own = tool.and_then(deed);
    let said = said(message);
    let is_clear = said.iter().enumerate().all(|(place, kinds)| {
        let is_told = kinds.iter().any(|kind| verdict(*kind) == Some(told));
        let repeats = own.is_some_and(|own| kinds.contains(&Kind::Again(own)));
        let names_deed = kinds.iter().any(|kind| matches!(kind, Kind::Again(_)));
        // "Cancel it" alone says no to whoever hears "call it off", and yes to whoever hears "do it".
        match told {
            Reply::Yes if repeats => is_told || place > 0,
            Reply::Yes => is_told && !names_deed,
            Reply::No => is_told && !repeats,
        }
    });
    (is_clear || said.is_empty()).then_some(told)
}

/// What a yes to a proposal would do.
fn deed(tool: ToolName) -> Option<Deed> {
    match tool {
        ToolName::PlaceOrder | ToolName::RetryPayment | ToolName::GiveMandate => Some(Deed::Buy),
        ToolName::CancelOrder | ToolName::WithdrawReturn => Some(Deed::Cancel),
        ToolName::ReturnItems => Some(Deed::Return),
        ToolName::ExchangeItems => Some(Deed::Exchange),
        ToolName::ChangeOrderItems | ToolName::ChangeOrderAddress | ToolName::ChangeOrderPayment => {
            Some(Deed::Change)
        }
        _ => None,
    }
}

/// What each clause of a message may be to a question.
fn said(message: &str) -> Vec<Vec<Kind>> {
    let clauses = clauses(message);
    clauses.iter().filter(|clause| !clause.is_empty()).map(|clause| GRAMMAR.replies(clause)).collect()
}

fn verdict(kind: Kind) -> Option<Reply> {
    match kind {
        Kind::Yes => Some(Reply::Yes),
        Kind::No => Some(Reply::No),
        _ => None,
    }
}

/// `please`, `ok` and `great` alone are a yes to a question, though they are no part of a clause elsewhere.
fn polite(message: &str) -> Option<Reply> {
    let word = message.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    GRAMMAR.is_in("agreeing", &word).then_some(Reply::Yes)
}

/// A call as a question to the shopper, with all that would happen. What needs no yes is told without a question.
pub fn proposal(summary: &Summary) -> String {
    match summary.needs_yes {
        true => format!("{} {}", summary.ahead.join(" "), question(summary)),
        false => summary.lines.join(" "),
    }
}

fn question(summary: &Summary) -> &'static str {
    match summary.tool {
        ToolName::PlaceOrder => "Shall I place the order?",
        ToolName::CancelOrder if summary.called_off > 1 => "Shall I cancel them?",
        ToolName::CancelOrder => "Shall I cancel it?",
        ToolName::ReturnItems => "Shall I start the return?",
        ToolName::ExchangeItems => "Shall I start the exchange?",
        ToolName::WithdrawReturn => "Shall I call it off?",
        ToolName::ChangeOrderItems => "Shall I change it?",
        ToolName::ChangeOrderAddress => "Shall I send it there?",
        ToolName::GiveMandate => "Shall I set this standing order up?",
        _ => "Shall I do this?",
    }
}
