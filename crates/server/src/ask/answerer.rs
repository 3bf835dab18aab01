//! The shop as those see it who hold conversations: it answers questions about the catalog.

use std::sync::Arc;

use commerce::{Locale, ProductId};
use conversation::{Adviser, Answered, Answerer, Unanswered};
use futures::FutureExt;
use futures::future::BoxFuture;
use infer::LanguageModel;
use jiff::Timestamp;
use tokio::sync::mpsc;
use wire::Part;

use super::Question;
use super::adviser::ModelAdviser;
use crate::{Failure, Shop, Snapshot};

/// Answers from the newest snapshot of a shop.
#[derive(Clone)]
pub struct Reader {
    shop: Arc<Shop>,
    /// The time at which prices are read; the present where there is none.
    at: Option<Timestamp>,
}

impl Reader {
    /// Answers as of now.
    pub fn new(shop: Arc<Shop>) -> Self {
        Self { shop, at: None }
    }

    /// Answers as of one moment, so that sales that begin and end change nothing.
    pub fn at(shop: Arc<Shop>, at: Timestamp) -> Self {
        Self { shop, at: Some(at) }
    }

    async fn read(
        &self,
        asked: conversation::Question,
        parts: &mpsc::Sender<Part>,
        adviser: Option<&dyn Adviser>,
    ) -> Result<Answered, Failure> {
        let shop = &self.shop;
        let snapshot = shop.ready()?;
        let question = Question {
            text: asked.text,
            product: asked.product,
            products: asked.products,
            shown: source_ids(&snapshot, &asked.shown)?,
            weights: asked.weights,
            // One of an older state that cannot be read begins anew.
            thread: serde_json::from_value(asked.thread).unwrap_or_default(),
            drop: asked.drop,
            about: asked.about,
            locale: asked.locale.as_deref().map(Locale::parse).unwrap_or_default(),
            session: Some(asked.session),
        };
        let now = self.at.unwrap_or_else(Timestamp::now);
        let phraser = adviser.filter(|_| !matches!(shop.phraser(), LanguageModel::None));
        let (reply, thread) = super::ask_with(shop, &snapshot, phraser, &question, now, parts).await?;
        let meant = thread.meant().map(|id| snapshot.view.index.find(id)).transpose();
        let meant = meant.map_err(|error| Failure::internal(&error))?.flatten();
        Ok(Answered { reply, thread: serde_json::to_value(thread).unwrap_or_default(), meant })
    }
}

/// The ids that the feed gave; products that are no longer sold are left out.
fn source_ids(snapshot: &Snapshot, ids: &[ProductId]) -> Result<Vec<String>, Failure> {
    let product = |id: &ProductId| snapshot.view.index.product(id).map_err(|error| Failure::internal(&error));
    let known = ids.iter().filter_map(|id| product(id).transpose());
    known.map(|found| found.map(|product| product.source_id)).collect()
}

impl Answerer for Reader {
    fn in_english(&self, text: &str, locale: Option<&str>) -> String {
        let Ok(snapshot) = self.shop.ready() else { return text.to_owned() };
        let locale = locale.map(Locale::parse).unwrap_or_default();
        let ask = assistant::Ask { text: text.to_owned(), locale, ..assistant::Ask::default() };
        assistant::in_english(&snapshot.view, &ask).unwrap_or(ask.text)
    }

    fn language(&self, text: &str, locale: Option<&str>) -> Option<String> {
        let snapshot = self.shop.ready().ok()?;
        let locale = locale.map(Locale::parse).unwrap_or_default();
        let ask = assistant::Ask { text: text.to_owned(), locale, ..assistant::Ask::default() };
        assistant::language_of(&snapshot.view, &ask).map(|language| language.code().to_owned())
    }

    fn meant(&self, at: &conversation::Pointer<'_>) -> Vec<ProductId> {
        let Ok(snapshot) = self.shop.ready() else { return Vec::new() };
        let shown = source_ids(&snapshot, at.among).unwrap_or_default();
        let now = self.at.unwrap_or_else(Timestamp::now);
        let ask = assistant::Ask { text: at.words.to_owned(), shown, now, ..assistant::Ask::default() };
        assistant::meant(&snapshot.view, &ask).unwrap_or_else(|error| {
            tracing::warn!(%error, "nobody knows which product is meant");
            Vec::new()
        })
    }

    fn of_kind(&self, words: &str) -> Vec<ProductId> {
        let Ok(snapshot) = self.shop.ready() else { return Vec::new() };
        let now = self.at.unwrap_or_else(Timestamp::now);
        let ask = assistant::Ask { text: words.to_owned(), now, ..assistant::Ask::default() };
        assistant::of_kind(&snapshot.view, &ask).unwrap_or_else(|error| {
            tracing::warn!(%error, "nobody knows which goods are of a kind");
            Vec::new()
        })
    }

    fn is_sold(&self, words: &str) -> bool {
        let Ok(snapshot) = self.shop.ready() else { return true };
        let now = self.at.unwrap_or_else(Timestamp::now);
        let ask = assistant::Ask { text: words.to_owned(), now, ..assistant::Ask::default() };
        assistant::is_sold(&snapshot.view, &ask).unwrap_or_else(|error| {
            tracing::warn!(%error, "nobody knows whether the shop has such goods");
            true
        })
    }

    fn is_order(&self, text: &str) -> bool {
        assistant::is_directive(text)
    }

    fn model(&self) -> Option<Arc<dyn Adviser>> {
        ModelAdviser::of(self.shop.model(), self.shop.rate())
    }

    fn answer<'a>(
        &'a self,
        question: conversation::Question,
        parts: mpsc::Sender<Part>,
        adviser: Option<&'a dyn Adviser>,
    ) -> BoxFuture<'a, Result<Answered, Unanswered>> {
        async move {
            let reply = self.read(question, &parts, adviser).await;
            reply.map_err(|failure| Unanswered(failure.to_string()))
        }
        .boxed()
    }
}
