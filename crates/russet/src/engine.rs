//! The wiring: the store is the truth, the search index in the data folder follows it, and the shop answers from the
//! newest snapshot of the index.
//!
//! One process writes an index at a time. Others read what it has committed; what they import themselves, the writer
//! picks up from the store.

mod folder;
mod pictures;
mod refresh;
mod source;
mod vectors;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::Context;
use conversation::Rate;
use infer::{Choice, Embedder, EmbedderOptions, LanguageOptions, Models};
use server::{Shop, Snapshot};
use store::Store;

use crate::config::Config;
use crate::failure::with_hint;
use crate::{cost, desk, output};
use folder::{IndexFolder, MadeFrom};
pub(crate) use vectors::Embedded;

/// How long a command waits for the process that writes the index.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often it looks.
const PACE: Duration = Duration::from_millis(100);

/// A shop with its store.
pub(crate) struct Engine {
    pub(crate) shop: Arc<Shop>,
    store: Store,
    folder: IndexFolder,
    /// What the index that is shown was made from.
    shown: Mutex<Option<MadeFrom>>,
}

/// What a refresh did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refreshed {
    /// The snapshot shows the store's state.
    Current,
    /// Another process writes the index and has not come to the store's state yet.
    Behind,
}

/// How far the index has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IndexState {
    /// Products that can be found.
    pub(crate) products: u64,
    /// Whether it shows the store's state.
    pub(crate) is_current: bool,
    /// The embedding model of its vectors; empty for none.
    pub(crate) model: String,
    /// Whether everything in it has a vector.
    pub(crate) is_embedded: bool,
}

/// Opens the store of these settings, making the data folder where there is none.
pub(crate) async fn open_store(config: &Config) -> anyhow::Result<Store> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    connect(config).await
}

/// Opens the store of these settings where its place is there already.
pub(crate) async fn connect(config: &Config) -> anyhow::Result<Store> {
    Ok(Store::open(&config.store_url()).await?)
}

impl Engine {
    /// Opens everything but the models; shows nothing yet.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        let store = open_store(config).await?;
        Self::of_store(config, store)
    }

    /// The same around a store that is open.
    pub(crate) fn of_store(config: &Config, store: Store) -> anyhow::Result<Self> {
        let folder = IndexFolder::open(config.index())?;
        let shop = Arc::new(Shop::new(Arc::new(pictures::Folder::open(config))));
        Ok(Self { shop, store, folder, shown: Mutex::new(None) })
    }

    /// The store.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Opens the embedding model, if it is on this machine; without it, words alone are searched.
    pub(crate) async fn open_embedder(&self, config: &Config) -> anyhow::Result<()> {
        let models = Models::new(&config.models);
        let choice = Choice::parse(&config.embedding);
        match infer::embedder(&models, &choice, &EmbedderOptions::default()).await {
            Ok(embedder) => self.shop.set_embedder(embedder),
            Err(error) if choice == Choice::Default => tracing::info!(%error, "searching by words alone"),
            Err(infer::InferError::NoModel) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Opens the embedding model for a command that only asks: not where the index has no vectors of it anyway.
    pub(crate) async fn open_embedder_of(&self, config: &Config, snapshot: &Snapshot) -> anyhow::Result<()> {
        let indexed = &snapshot.vector_model;
        if indexed.is_empty() {
            return Ok(());
        }
        self.open_embedder(config).await?;
        if let Some(other) = self.shop.embedder().map(Embedder::name).filter(|name| name != indexed) {
            output::note(&format!(
                "note: searching by words alone: the index has vectors of {indexed} and not of {other}; ask with \
                 `--embedding {indexed}`, or let `russet serve` or the next import make vectors of {other}"
            ));
        }
        Ok(())
    }

    /// Opens the language model of this name. One that was asked for must be there.
    pub(crate) async fn open_model(&self, config: &Config, name: &str) -> anyhow::Result<()> {
        let models = Models::new(&config.models);
        let model = infer::language_model(&models, &Choice::parse(name), &LanguageOptions::default()).await?;
        let rate = match config.model_prices.is_empty() {
            true => Rate::default(),
            false => cost::rate(&config.model_prices, name, desk::rules(config)?.currency)?,
        };
        self.shop.set_model(model, rate, config.phrasing);
        Ok(())
    }

    /// The snapshot of the store's state, for a command that answers once and ends.
    pub(crate) async fn current(&self) -> anyhow::Result<Arc<Snapshot>> {
        let started = Instant::now();
        while self.refresh().await? == Refreshed::Behind {
            if started.elapsed() > PATIENCE {
                output::note(
                    "note: the index is still being brought up to date; this is an older state of the catalog",
                );
                break;
            }
            tokio::time::sleep(PACE).await;
        }
        let snapshot = self.shop.snapshot().context("the catalog could not be opened")?;
        if snapshot.view.index.is_empty() {
            return Err(with_hint(
                "the catalog is empty",
                "import a feed with `russet import feed.xml`, or try the built-in store with `russet demo`, which keeps it in \
                 the folder `demo` below this one",
            ));
        }
        Ok(snapshot)
    }

    /// The index as it stands, beside the generation that the store has.
    pub(crate) fn index_state(&self, wanted: i64) -> anyhow::Result<IndexState> {
        let index = search::Index::open(self.folder.directories()?)?;
        let made_from = self.folder.made_from();
        Ok(IndexState {
            products: index.len() as u64,
            is_current: index.generation() == wanted,
            is_embedded: !made_from.model.is_empty() && made_from.vectors_generation == index.generation(),
            model: made_from.model,
        })
    }
}
