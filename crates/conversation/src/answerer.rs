//! Who answers questions about the catalog.

use std::collections::BTreeMap;
use std::sync::Arc;

use commerce::ProductId;
use futures::future::BoxFuture;
use serde_json::Value;
use tokio::sync::mpsc;
use wire::{AskReply, Part};

use crate::Adviser;

/// A question that is no order to act.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The shopper's words.
    pub text: String,
    /// The source id of the product whose page the shopper is looking at.
    pub product: Option<String>,
    /// Source ids of products that the shopper chose.
    pub products: Vec<String>,
    /// Products that the conversation showed last, in their order.
    pub shown: Vec<ProductId>,
    /// How much things count in a decision, by key.
    pub weights: BTreeMap<String, f64>,
    /// A BCP 47 tag that decides language and units.
    pub locale: Option<String>,
    /// What the conversation has come to, as the answer before left it; null at the beginning.
    pub thread: Value,
    /// Ids of conditions that no longer hold.
    pub drop: Vec<String>,
    /// The session that it belongs to.
    pub session: String,
    /// What the shopper told of themself and is to count.
    pub about: Vec<wire::Fact>,
}

/// Words that point at a product of the shop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer<'a> {
    /// A name, or what the product has most or least of, in English: `cheapest ladder`.
    pub words: &'a str,
    /// Products among which `the lighter one` is meant.
    pub among: &'a [ProductId],
}

/// An answer, with what it leaves for the next question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The answer.
    pub reply: AskReply,
    /// What the conversation has come to; nothing but the answerer reads it.
    pub thread: Value,
    /// The one product that `add it` would mean now.
    pub meant: Option<ProductId>,
}

/// Why there is no answer, in words for the shopper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

/// Answers questions about the catalog with evidence. The same question on the same catalog has the same parts.
pub trait Answerer: Send + Sync {
    /// What a message in another language says in English, so that the grammar of actions can read it; an English message
    /// as it is. `locale` is the language of the page that it was written on.
    fn in_english(&self, text: &str, _locale: Option<&str>) -> String {
        text.to_owned()
    }

    /// The language that a message is in, a BCP 47 tag; `None` where no word of it tells. `locale` is as above.
    fn language(&self, _text: &str, _locale: Option<&str>) -> Option<String> {
        None
    }

    /// The products that such words mean: one where it is clear, several where that has to be asked, none where they mean none.
    fn meant(&self, _at: &Pointer<'_>) -> Vec<ProductId> {
        Vec::new()
    }

    /// The products of the kind that English words name, those that fit best first; none where they name no kind.
    fn of_kind(&self, _words: &str) -> Vec<ProductId> {
        Vec::new()
    }

    /// Whether the shop has anything that English words may mean.
    fn is_sold(&self, _words: &str) -> bool {
        true
    }

    /// Whether a text tells an assistant what to do, in place of saying something about whoever wrote it.
    fn is_order(&self, _text: &str) -> bool {
        false
    }

    /// The language model of the shop; `None` where there is none.
    fn model(&self) -> Option<Arc<dyn Adviser>> {
        None
    }

    /// Answers; the parts go out as soon as they are known. Where there is an adviser, it may phrase the answer.
    fn answer<'a>(
        &'a self,
        question: Question,
        parts: mpsc::Sender<Part>,
        adviser: Option<&'a dyn Adviser>,
    ) -> BoxFuture<'a, Result<Answered, Unanswered>>;
}
