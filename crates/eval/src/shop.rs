//! A store of the suites: its feeds go through ingest and store in a temporary folder, as in an import, and come out as
//! the snapshot that searches and questions read.

use std::ops::ControlFlow;

use anyhow::Context;
use assistant::{Ask, Snapshot};
use commerce::{Document, Listing};
use infer::Embedder;
use ingest::{Item, Options, Record, Severity};
use jiff::Timestamp;
use search::{Directories, Index, IndexWriter, Lexicon, WriterOptions};
use store::{ImportMode, Store};
use tempfile::TempDir;

use crate::catalog::{Catalog, Feed};
use crate::meaning::Meaning;

/// Listings read from the store at once.
const PAGE: u32 = 500;
/// The time at which all suites search and ask, so that sales with dates do not change their numbers: 2026-11-01.
const NOW: i64 = 1_793_491_200;

/// A store that can be asked.
pub struct Shop {
    /// What is searched and asked.
    pub view: Snapshot,
    /// Turns queries into vectors; `None` in the lexical mode.
    pub embedder: Option<Embedder>,
}

impl Shop {
    /// Imports a store and indexes it, with vectors where there is an embedder. `None` where its data is not here.
    pub async fn open(catalog: Catalog, embedder: Option<Embedder>) -> anyhow::Result<Option<Self>> {
        let Some(records) = records(catalog)? else { return Ok(None) };
        let stocked = Stocked::of(records, embedder.as_ref()).await?;
        stocked.store.close().await;
        Ok(Some(Self { view: stocked.view()?, embedder }))
    }

    /// The time at which it is asked.
    pub fn now() -> Timestamp {
        Timestamp::from_second(NOW).unwrap_or_default()
    }

    /// The vector of what is asked, in the words that the model understands, where there is one.
    pub async fn vector(&self, ask: &Ask) -> anyhow::Result<Option<Vec<f32>>> {
        let Some(embedder) = &self.embedder else { return Ok(None) };
        let text = assistant::for_meaning(&self.view, ask, |language| embedder.knows(language.code()))?;
        let mut vectors = embedder.embed(&[text]).await?;
        Ok(vectors.pop())
    }
}

/// A store on disk with its index.
pub struct Stocked {
    /// Where it is; gone with this value.
    pub folder: TempDir,
    /// The records as they were imported.
    pub store: Store,
    /// What is derived from them.
    pub index: Index,
}

impl Stocked {
    /// Imports these records and indexes them.
    pub async fn of(records: Vec<Record>, embedder: Option<&Embedder>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&url(&folder, "store.db")).await?;
        import(&store, records).await?;
        let index = index(&store, embedder).await?;
        Ok(Self { folder, store, index })
    }

    /// What is searched and asked.
    pub fn view(&self) -> anyhow::Result<Snapshot> {
        Ok(Snapshot::new(self.index.clone(), Lexicon::builtin(self.index.language()))?)
    }

    /// The URL of another database beside it.
    pub fn beside(&self, name: &str) -> String {
        url(&self.folder, name)
    }
}

fn url(folder: &TempDir, name: &str) -> String {
    format!("sqlite:{}?mode=rwc", folder.path().join(name).display())
}

async fn import(store: &Store, records: Vec<Record>) -> anyhow::Result<()> {
    let mut import = store.begin_import(ImportMode::Replace).await?;
    for record in records {
        match record {
            Record::Product(product) => import.product(product).await?,
            Record::Review(review) => import.review(review).await?,
            Record::WithdrawnReview(id) => import.withdraw_review(id).await?,
            Record::Question(question) => import.question(question).await?,
            Record::Document(document) => import.document(document).await?,
            Record::Links { product, links } => import.links(&product, links),
            Record::Shop(shop) => {
                let shop = store::Shop { name: shop.name, currency: shop.currency, url: shop.url };
                import.shop(shop).await?;
            }
        }
    }
    import.finish().await?;
    Ok(())
}

/// What the feeds of a store state; `None` where its data is not here. An error in a store that has no wrong rows is an
/// error here.
pub fn records(catalog: Catalog) -> anyhow::Result<Option<Vec<Record>>> {
    let Some(feeds) = catalog.feeds()? else { return Ok(None) };
    let mut records = Vec::new();
    for feed in &feeds {
        records.extend(records_of(catalog, feed)?);
    }
    Ok(Some(records))
}

fn records_of(catalog: Catalog, feed: &Feed) -> anyhow::Result<Vec<Record>> {
    let (mut records, mut wrong) = (Vec::new(), None);
    let mut sink = |item| {
        match item {
            Item::Record(record) => records.push(record),
            Item::Diagnostic(found) if found.severity == Severity::Error => wrong = Some(found),
            Item::Diagnostic(_) | Item::File { .. } => {}
        }
        ControlFlow::Continue(())
    };
    let options = Options { default_currency: catalog.currency(), ..Options::default() };
    ingest::read(&feed.name, &mut feed.bytes.as_slice(), None, &options, &mut sink)
        .with_context(|| format!("{} cannot be read", feed.name))?;
    match wrong.filter(|_| !catalog.has_wrong_rows()) {
        Some(found) => anyhow::bail!("{}: {:?}: {}", feed.name, found.line, found.reason),
        None => Ok(records),
    }
}

async fn index(store: &Store, embedder: Option<&Embedder>) -> anyhow::Result<Index> {
    let mut meaning = match embedder {
        Some(embedder) => Some(Meaning::open(embedder.clone()).await?),
        None => None,
    };
    let mut writer = IndexWriter::create(Directories::in_memory(), WriterOptions::default())?;
    let mut after = None;
    loop {
        let page: Vec<Listing> = store.listings_after(after.as_ref(), PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.product.id.clone());
        let vectors = match &mut meaning {
            Some(meaning) => Some(meaning.of_listings(&page).await?),
            None => None,
        };
        for (place, listing) in page.iter().enumerate() {
            writer.upsert(listing, vectors.as_ref().map(|vectors| &vectors[place]))?;
        }
    }
    // A document that names products is part of their listings.
    let mut documents: Vec<Document> = store.documents().await?;
    documents.retain(|document| document.products.is_empty());
    let vectors = match &mut meaning {
        Some(meaning) => meaning.of_documents(&documents).await?,
        None => Vec::new(),
    };
    writer.documents(&documents, &vectors)?;
    Ok(writer.commit(store.generation().await?)?)
}
