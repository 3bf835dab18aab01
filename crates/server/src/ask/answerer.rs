//! The shop as those see it who hold conversations: it answers questions about the catalog.

use std::sync::Arc;

use commerce::{Locale, ProductId};
use conversation::{Answerer, Unanswered};
use futures::FutureExt;
use futures::future::BoxFuture;
use infer::LanguageModel;
use jiff::Timestamp;
use tokio::sync::mpsc;
use wire::{AskReply, Part};

use super::Question;
use crate::{Failure, Shop, Snapshot};

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
            products: asked.products,
            shown: source_ids(&snapshot, &asked.shown)?,
            weights: asked.weights,
            locale: asked.locale.as_deref().map(Locale::parse).unwrap_or_default(),
            session: Some(asked.session),
        };
        let none = LanguageModel::None;
        let model = if asked.may_phrase { shop.model() } else { &none };
        super::ask(shop, &snapshot, model, &question, Timestamp::now(), parts).await
    }
}

/// The ids that the feed gave; products that are no longer sold are left out.
fn source_ids(snapshot: &Snapshot, ids: &[ProductId]) -> Result<Vec<String>, Failure> {
    let product = |id: &ProductId| snapshot.view.index.product(id).map_err(|error| Failure::internal(&error));
    let known = ids.iter().filter_map(|id| product(id).transpose());
    known.map(|found| found.map(|product| product.source_id)).collect()
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
