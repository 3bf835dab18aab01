//! Where transcripts are held: a store with its books and a desk, as `russet serve` opens them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use checkout::Policy;
use checkout::policy::DEFAULT_POLICY;
use conversation::{Counter, Desk, Rate, Spending};
use futures::FutureExt;
use futures::future::BoxFuture;
use infer::{Embedder, LanguageModel};
use ingest::Record;
use payments::{TestProvider, Till};
use server::{Phrasing, Picture, Pictures, Reader, Shop, Snapshot};
use store::{Books, Runtime};
use wire::ShopReply;

use crate::shop::{Shop as Clock, Stocked};

/// How long a statement waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// A shop that talks.
pub struct Stage {
    /// What it sells, on disk.
    pub stocked: Stocked,
    /// What it answers from.
    pub shop: Arc<Shop>,
    /// Its carts, orders and stock.
    pub books: Books,
    /// Where conversations are held.
    pub desk: Desk,
}

/// The models that a stage has; none of them by default.
#[derive(Clone, Debug, Default)]
pub struct Players {
    /// Finds by meaning.
    pub embedder: Option<Embedder>,
    /// Phrases and reads.
    pub model: Option<LanguageModel>,
}

/// Nothing is looked at.
struct NoPictures;

impl Pictures for NoPictures {
    fn read<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Option<Picture>> {
        futures::future::ready(None).boxed()
    }
}

impl Stage {
    /// Opens a shop with these records, without a model.
    pub async fn of(records: Vec<Record>) -> anyhow::Result<Self> {
        Self::with(records, &Players::default()).await
    }

    /// Opens a shop with these records and models.
    pub async fn with(records: Vec<Record>, players: &Players) -> anyhow::Result<Self> {
        let Players { embedder, model } = players;
        let stocked = Stocked::of(records, embedder.as_ref()).await?;
        let shop = Arc::new(Shop::new(Arc::new(NoPictures)));
        embedder.iter().for_each(|embedder| shop.set_embedder(embedder.clone()));
        model.iter().for_each(|model| shop.set_model(model.clone(), Rate::default(), Phrasing::Model));
        shop.show(Snapshot {
            view: stocked.view()?,
            vector_model: embedder.as_ref().map_or_else(String::new, |embedder| embedder.name().to_owned()),
            introduction: ShopReply { name: String::new(), products: 0, examples: Vec::new() },
        });
        let policy = Policy::parse(DEFAULT_POLICY).ok().context("the built-in policy is fine")?;
        let policy = Arc::new(policy);
        let books = Books::open(&stocked.beside("books.db"), stocked.store.clone(), PATIENCE).await?;
        let till = Till::new(books.clone(), Arc::clone(&policy), Arc::new(TestProvider::default()));
        let counter = Counter::new(books.clone(), policy, till);
        let runtime = Runtime::open(&stocked.beside("sessions.db"), PATIENCE).await?;
        let reader = Reader::at(Arc::clone(&shop), Clock::now());
        let desk = Desk::open(runtime, counter, Arc::new(reader), None, Spending::default())?;
        Ok(Self { stocked, shop, books, desk })
    }

    /// Gives everything back.
    pub async fn close(self) {
        self.desk.close().await;
        self.books.close().await;
        self.stocked.store.close().await;
    }
}
