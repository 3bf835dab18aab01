//! What a language model is asked.

use std::time::Duration;

use serde_json::Value;

/// One question to a language model.
#[derive(Clone, Debug)]
pub struct Request {
    /// What the model is to be; empty for nothing.
    pub system: String,
    /// What it is asked. Never read as control tokens, whatever it holds.
    pub prompt: String,
    /// The longest answer, in tokens of the model.
    pub max_tokens: u32,
    /// 0 takes the likeliest token each time.
    pub temperature: f32,
    /// Decides between tokens at a temperature above 0.
    pub seed: u32,
    /// The form that the answer must have.
    pub constraint: Constraint,
    /// How long the answer may take in all, waiting included.
    pub time_limit: Duration,
}

/// The form of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Constraint {
    /// Any text.
    Free,
    /// JSON of this schema; see [`crate::schema_to_grammar`] for what a schema may say.
    JsonSchema(Value),
    /// Text of this grammar in GBNF, with the rule `root`. Only a model in this process takes it.
    Grammar(String),
}

impl Request {
    /// A request with nothing said but the prompt: 256 tokens, temperature 0, any form, one minute.
    pub fn new(prompt: impl Into<String>) -> Request {
        Request {
            system: String::new(),
            prompt: prompt.into(),
            max_tokens: 256,
            temperature: 0.0,
            seed: 0,
            constraint: Constraint::Free,
            time_limit: Duration::from_secs(60),
        }
    }

    /// The same with a system text.
    pub fn system(self, system: impl Into<String>) -> Request {
        Request { system: system.into(), ..self }
    }

    /// The same with a cap on the answer.
    pub fn max_tokens(self, max_tokens: u32) -> Request {
        Request { max_tokens, ..self }
    }

    /// The same with a form that the answer must have.
    pub fn constraint(self, constraint: Constraint) -> Request {
        Request { constraint, ..self }
    }

    /// The same with a time limit.
    pub fn time_limit(self, time_limit: Duration) -> Request {
        Request { time_limit, ..self }
    }
}
