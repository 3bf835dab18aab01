//! Where tasks are replayed: a catalog and books on disk, a copy of the books for each task, and one journal for all.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use agent::CheckedSettings;
use anyhow::Context;
use checkout::{Policy, State};
use commerce::{Availability, Currency, Money, Product, ProductId, Variant};
use conversation::{Clerk, Counter, Party, Spending};
use payments::{TestProvider, Till};
use sessions::{NoCourier, Node, Opening, Options, Outside, SystemClock};
use store::{Books, ImportMode, Runtime, Store};
use tempfile::TempDir;

use super::reader::Reader;
use super::world::{World, WorldProduct};

/// How long a statement waits for its turn.
const PATIENCE: Duration = Duration::from_secs(60);

/// The world on disk.
pub(super) struct Stage {
    folder: TempDir,
    catalog: Store,
    runtime: Runtime,
    pub(super) policy: Arc<Policy>,
    settings: CheckedSettings,
}

impl Stage {
    /// Imports the world.
    pub(super) async fn of(world: &World, state: &State, policy: Policy) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let catalog = Store::open(&url(folder.path().join("catalog.db"))).await?;
        let mut import = catalog.begin_import(ImportMode::Merge).await?;
        for product in world.products.values() {
            import.product(for_sale(product)?).await?;
        }
        import.finish().await?;
        let books = Books::open(&url(folder.path().join("books.db")), catalog.clone(), PATIENCE).await?;
        books.put(state).await?;
        books.close().await;
        let runtime = Runtime::open(&url(folder.path().join("sessions.db")), PATIENCE).await?;
        let settings = conversation::settings(&policy, Spending::default())?;
        Ok(Self { folder, catalog, runtime, policy: Arc::new(policy), settings })
    }

    /// Books of their own for one task, and a node that has them as its callee.
    pub(super) async fn set(&self, number: usize) -> anyhow::Result<(Node, Books)> {
        let own = self.folder.path().join(format!("books-{number}.db"));
        std::fs::copy(self.folder.path().join("books.db"), &own)?;
        let books = Books::open(&url(own), self.catalog.clone(), PATIENCE).await?;
        let till = Till::new(books.clone(), Arc::clone(&self.policy), Arc::new(TestProvider::default()));
        let outside = Outside {
            callee: Arc::new(Clerk::new(Counter::new(books.clone(), Arc::clone(&self.policy), till))),
            decider: Arc::new(Reader),
            courier: Arc::new(NoCourier),
            clock: Arc::new(SystemClock),
        };
        Ok((Node::start(self.runtime.clone(), outside, Options::default()), books))
    }

    /// What a session of this party begins with.
    pub(super) fn opening(&self, party: &Party) -> Opening {
        let settings = self.settings.clone();
        let scopes = settings.share().tools.values().flat_map(|tool| tool.scopes.iter().cloned()).collect();
        Opening { owner: party.owner_id(), settings, scopes }
    }
}

fn url(path: PathBuf) -> String {
    format!("sqlite:{}?mode=rwc", path.display())
}

fn for_sale(product: &WorldProduct) -> anyhow::Result<Product> {
    let currency = Currency::parse("USD").context("the dollar is a currency")?;
    let variants = product.variants.values().map(|known| {
        let mut variant = Variant::new(&product.product_id, &known.item_id);
        variant.title = known.options.values().cloned().collect::<Vec<_>>().join(", ");
        variant.options = known.options.clone();
        variant.offer.price = Some(Money::new(known.price, currency));
        variant.offer.availability = match known.available {
            true => Availability::InStock,
            false => Availability::OutOfStock,
        };
        variant
    });
    Ok(Product {
        id: ProductId::of(&[&product.product_id]),
        source_id: product.product_id.clone(),
        title: product.name.clone(),
        description: String::new(),
        brand: String::new(),
        categories: Vec::new(),
        url: String::new(),
        images: Vec::new(),
        attributes: commerce::Attributes::new(),
        links: commerce::Links::default(),
        variants: variants.collect(),
    })
}
