//! The shop as those see it who hold conversations: it answers questions about the catalog.

use std::sync::Arc;

use commerce::Locale;
use conversation::{Answerer, Unanswered};
use futures::FutureExt;
use futures::future::BoxFuture;
use infer::LanguageModel;
use jiff::Timestamp;
use tokio::sync::mpsc;
use wire::{AskReply, Part};

use super::Question;
use crate::{Failure, Shop};

/// Answers from the newest snapshot of a shop.
#[derive(Clone)]
pub struct Reader(pub Arc<Shop>);

impl Reader {
    async fn read(
        &self,
        asked: conversation::Question,
        parts: &mpsc::Sender<Part>,
    ) -> Result<AskReply, Failure> {
        let shop = &self.0;
        let snapshot = shop.ready()?;
        let question = Question {
            text: asked.text,
            product: asked.product,
            locale: asked.locale.as_deref().map(Locale::parse).unwrap_or_default(),
            session: Some(asked.session),
        };
        let none = LanguageModel::None;
        let model = if asked.may_phrase { shop.model() } else { &none };
        super::ask(shop, &snapshot, model, &question, Timestamp::now(), parts).await
    }
}

impl Answerer for Reader {
    fn answer(
        &self,
        question: conversation::Question,
        parts: mpsc::Sender<Part>,
    ) -> BoxFuture<'_, Result<AskReply, Unanswered>> {
        async move {
            let reply = self.read(question, &parts).await;
            reply.map_err(|failure| Unanswered(failure.to_string()))
        }
        .boxed()
    }
}
