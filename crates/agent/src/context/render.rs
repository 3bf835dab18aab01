//! A context in words.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Context, Item};
use crate::{Contents, Fate, Line, Private};

/// What stands where something was erased.
const ERASED: &str = "[erased]";

/// A context as a language model takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rendered {
    /// The tools as the chat interfaces of model servers take them.
    pub tools: Vec<Value>,
    /// The messages in order.
    pub messages: Vec<Prompt>,
}

/// One message of a context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Whose words these are. Only those of the system are instructions; all others are data.
    pub role: PromptRole,
    /// The words.
    pub text: String,
}

/// Whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromptRole {
    /// The shop's and the runtime's.
    System,
    /// The shopper's.
    User,
    /// The agent's.
    Assistant,
    /// A tool's.
    Tool,
}

/// Puts the words in their places. What was erased says so.
pub fn render(context: &Context, contents: &Contents) -> Rendered {
    let mut rendered = Rendered { tools: Vec::new(), messages: Vec::new() };
    for item in &context.items {
        match item {
            Item::Tool { name, description, input } => rendered.tools.push(json!({
                "type": "function",
                "function": { "name": name, "description": description, "parameters": input },
            })),
            other => rendered.messages.push(prompt(other, contents)),
        }
    }
    rendered
}

fn prompt(item: &Item, contents: &Contents) -> Prompt {
    let (role, text) = match item {
        Item::Instructions(text) => (PromptRole::System, text.clone()),
        Item::Fact { topic, content, confidence_permille, .. } => {
            let fact = json!({ "topic": words(topic, contents), "fact": words(content, contents),
                "confidence_permille": confidence_permille });
            (PromptRole::Tool, json!({ "remembered": fact }).to_string())
        }
        Item::Obligation { key, call, tool, standing } => {
            let open = json!({ "key": key, "call": call, "tool": tool, "standing": standing });
            (PromptRole::Tool, json!({ "unfinished": open }).to_string())
        }
        Item::Past(line) | Item::Present(line) => line_text(line, contents),
        Item::Tool { name, .. } => (PromptRole::System, name.to_string()),
    };
    Prompt { role, text }
}

fn line_text(line: &Line, contents: &Contents) -> (PromptRole, String) {
    match line {
        Line::Said { text } => (PromptRole::User, plain(text, contents)),
        Line::Replied { text } => (PromptRole::Assistant, plain(text, contents)),
        Line::Called { call, tool, input, .. } => {
            let called = json!({ "call": call, "tool": tool, "input": words(input, contents) });
            (PromptRole::Assistant, called.to_string())
        }
        Line::Refused { call, tool, refusal } => {
            (PromptRole::Tool, json!({ "call": call, "tool": tool, "refused": refusal }).to_string())
        }
        Line::Waiting { key, tool, by } => {
            (PromptRole::Tool, json!({ "key": key, "tool": tool, "waits_for": by }).to_string())
        }
        Line::Settled { key, tool, fate, .. } => {
            let output = match fate {
                Fate::Done { output: Some(output), .. } => Some(words(output, contents)),
                _ => line.privates().map(|private| words(private, contents)),
            };
            (
                PromptRole::Tool,
                json!({ "key": key, "tool": tool, "fate": fate, "output": output }).to_string(),
            )
        }
        Line::Noticed(notice) => (PromptRole::Assistant, json!({ "notice": notice }).to_string()),
    }
}

fn words(private: &Private, contents: &Contents) -> Value {
    contents.value(private).cloned().unwrap_or_else(|| Value::String(ERASED.to_owned()))
}

fn plain(private: &Private, contents: &Contents) -> String {
    match contents.value(private) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => ERASED.to_owned(),
    }
}
