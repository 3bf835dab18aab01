//! What is asked of the server.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Confirmed;

/// The body of `POST /api/ask`: either `text`, or the messages that a chat front end keeps, of which the last one of
/// the user is the question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AskRequest {
    /// The question.
    pub text: Option<String>,
    /// The source id of the product whose page the shopper is looking at.
    pub product: Option<String>,
    /// Source ids of products that the shopper chose, such as a wish list or a comparison.
    pub products: Vec<String>,
    /// How much things count in a decision, by the keys of the `pick` before; what is missing counts as usual.
    pub weights: BTreeMap<String, f64>,
    /// Ids of constraints of the reply before that no longer hold; with no `text` the search is made again without them.
    pub drop: Vec<String>,
    /// The conversation; a new one where it is missing.
    #[serde(alias = "id")]
    pub session: Option<String>,
    /// A BCP 47 tag that decides units; the `Accept-Language` of the request where it is missing.
    pub locale: Option<String>,
    /// The message's own name, so that a message that is sent again is known; any unique text.
    pub message: Option<String>,
    /// An answer to a question before something is done; then `text` is not read.
    pub confirm: Option<Confirmed>,
    /// The messages of the AI SDK's `useChat`.
    pub messages: Vec<Message>,
}

/// One message of a chat front end; fields that are not named here are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Message {
    /// `user` or `assistant`.
    pub role: String,
    /// The parts of the message.
    pub parts: Vec<MessagePart>,
}

/// One part of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MessagePart {
    /// `text` for words; all else is passed over.
    #[serde(rename = "type")]
    pub kind: String,
    /// The words of a part of type `text`.
    pub text: String,
}

impl AskRequest {
    /// The question: `text`, else the words of the last message of the user. `None` where both are blank.
    pub fn question(&self) -> Option<String> {
        let question = match &self.text {
            Some(text) => text.clone(),
            None => self.messages.iter().rev().find(|message| message.role == "user")?.words(),
        };
        let question = question.trim();
        (!question.is_empty()).then(|| question.to_owned())
    }
}

impl Message {
    fn words(&self) -> String {
        let words: Vec<&str> =
            self.parts.iter().filter(|part| part.kind == "text").map(|part| part.text.as_str()).collect();
        words.join(" ")
    }
}
