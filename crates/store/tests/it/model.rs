//! Any sequence of imports leaves what a model in memory leaves: a map of products and a map of reviews.

use std::collections::BTreeMap;

use commerce::{Listing, Product, ProductId, Review, ReviewId};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use store::{ImportMode, Store};
use testkit::fixtures::{price, product, review, variant};

use crate::engine::Place;
use crate::everything;

/// One import.
#[derive(Clone, Debug)]
struct Step {
    mode: ImportMode,
    ends: End,
    products: Vec<Product>,
    reviews: Vec<Review>,
    withdrawn: Vec<ReviewId>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Finished,
    Dropped,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    products: BTreeMap<ProductId, Product>,
    reviews: BTreeMap<ReviewId, Review>,
}

impl Model {
    fn apply(&mut self, step: &Step) {
        if step.ends == End::Dropped {
            return;
        }
        let mut before = self.clone();
        if step.mode == ImportMode::Replace {
            before = Self::default();
        }
        for product in &step.products {
            match before.products.get_mut(&product.id) {
                Some(old) => old.overlay(product.clone()),
                None => {
                    before.products.insert(product.id.clone(), product.clone());
                }
            }
        }
        before.reviews.extend(step.reviews.iter().map(|review| (review.id.clone(), review.clone())));
        before.reviews.retain(|id, _| !step.withdrawn.contains(id));
        *self = before;
    }

    fn listings(&self) -> Vec<Listing> {
        let about = |product: &Product| {
            let named =
                self.reviews.values().filter(|review| review.product.source_ids[0] == product.source_id);
            Listing { reviews: named.cloned().collect(), ..Listing::from(product.clone()) }
        };
        self.products.values().map(about).collect()
    }
}

fn products() -> impl Strategy<Value = Product> {
    (0..6u8, 0..3u8, vec((0..4u8, 0..3i64), 1..4)).prop_map(|(id, title, variants)| {
        let source_id = format!("P{id}");
        let mut product = product(&source_id, &format!("Title {title}"));
        let make = |(number, cost): (u8, i64)| {
            let mut variant = variant(&source_id, &format!("{source_id}-{number}"), &[("size", "M")]);
            variant.offer.price = Some(price(&format!("{}.00 USD", cost + 1)));
            variant
        };
        let by_number: BTreeMap<u8, i64> = variants.into_iter().collect();
        product.variants = by_number.into_iter().map(make).collect();
        product
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let mode = prop_oneof![Just(ImportMode::Merge), Just(ImportMode::Replace)];
    let ends = prop_oneof![4 => Just(End::Finished), 1 => Just(End::Dropped)];
    let reviews = (0..6u8, 0..8u8, 0..3u8).prop_map(|(id, product, text)| {
        review(&format!("R{id}"), &format!("P{product}"), 3.0, &format!("Text {text}"))
    });
    let withdrawn = (0..6u8).prop_map(|id| review(&format!("R{id}"), "P0", 3.0, "").id);
    let step = (mode, ends, vec(products(), 0..6), vec(reviews, 0..6), vec(withdrawn, 0..3)).prop_map(
        |(mode, ends, products, reviews, withdrawn)| Step { mode, ends, products, reviews, withdrawn },
    );
    vec(step, 1..6)
}

async fn run(store: &Store, step: &Step) -> anyhow::Result<()> {
    let mut import = store.begin_import(step.mode).await?;
    for id in &step.withdrawn {
        import.withdraw_review(id.clone()).await?;
    }
    for review in &step.reviews {
        import.review(review.clone()).await?;
    }
    for product in &step.products {
        import.product(product.clone()).await?;
    }
    if step.ends == End::Finished {
        import.finish().await?;
    }
    Ok(())
}

async fn check(place: Place, steps: Vec<Step>) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut model = Model::default();
    for step in &steps {
        let (before, generation) = (model.clone(), store.generation().await?);
        run(&store, step).await?;
        model.apply(step);
        let listings = model.listings();
        anyhow::ensure!(everything(&store).await? == listings, "the catalogs differ");
        let changes = store.changes_since(generation).await?;
        anyhow::ensure!((changes.generation == generation) == (before == model), "the generation is wrong");
        let old = before.listings();
        let changed = listings.iter().filter(|listing| !old.contains(listing));
        for listing in changed {
            anyhow::ensure!(changes.products.contains(&listing.product.id), "a change is missing");
        }
        let gone = before.products.keys().filter(|id| !model.products.contains_key(id));
        anyhow::ensure!(changes.removed.iter().eq(gone), "the removed differ");
        let orphans = store.counts().await?.orphans as usize;
        let placed: usize = listings.iter().map(|listing| listing.reviews.len()).sum();
        anyhow::ensure!(orphans + placed == model.reviews.len(), "reviews were lost");
    }
    store.close().await;
    Ok(())
}

fn check_many(cases: u32, place: impl AsyncFn() -> anyhow::Result<Place>) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let config = Config { failure_persistence: None, ..Config::with_cases(cases) };
    let checked = TestRunner::new(config).run(&steps(), |steps| {
        runtime
            .block_on(async { check(place().await?, steps).await })
            .map_err(|error| TestCaseError::fail(format!("{error:#}")))
    });
    if let Err(error) = checked {
        panic!("{error}");
    }
}

#[test]
fn sqlite_does_what_the_model_does() {
    check_many(48, async || Place::sqlite());
}

#[test]
fn postgres_does_what_the_model_does() {
    check_many(12, Place::postgres);
}
