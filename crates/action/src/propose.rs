//! The question before a call, and the yes to it.

use checkout::Summary;
use checkout::tool::ToolName;

use crate::read::{GRAMMAR, Kind, clauses};

/// What somebody says to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is to be done.
    Yes,
    /// It is not.
    No,
}

/// What a message says to a proposal that waits; `None` where it says something else. Only what the grammar covers as a whole
/// is a yes.
pub fn reply(message: &str) -> Option<Reply> {
    let clauses = clauses(message);
    let mut said =
        clauses.iter().filter(|clause| !clause.is_empty()).map(|clause| match GRAMMAR.reply(clause) {
            Some(Kind::Yes) => Some(Reply::Yes),
            Some(Kind::No) => Some(Reply::No),
            _ => None,
        });
    let first = said.next().unwrap_or_else(|| polite(message))?;
    said.all(|next| next == Some(first)).then_some(first)
}

/// `please`, `ok` and `great` alone are a yes to a question, though they are no part of a clause elsewhere.
fn polite(message: &str) -> Option<Reply> {
    let word = message.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    GRAMMAR.is_in("agreeing", &word).then_some(Reply::Yes)
}

/// A call as a question to the shopper, with all that would happen. What needs no yes is told without a question.
pub fn proposal(summary: &Summary) -> String {
    match summary.needs_yes {
        true => format!("{} {}", summary.ahead.join(" "), question(summary.tool)),
        false => summary.lines.join(" "),
    }
}

fn question(tool: ToolName) -> &'static str {
    match tool {
        ToolName::PlaceOrder => "Shall I place the order?",
        ToolName::CancelOrder => "Shall I cancel it?",
        ToolName::ReturnItems => "Shall I start the return?",
        ToolName::ExchangeItems => "Shall I start the exchange?",
        ToolName::ChangeOrderItems => "Shall I change it?",
        ToolName::ChangeOrderAddress => "Shall I send it there?",
        ToolName::GiveMandate => "Shall I set this standing order up?",
        _ => "Shall I do this?",
    }
}
