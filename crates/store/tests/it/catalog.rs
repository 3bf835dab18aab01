//! What imports do to the catalog.

use commerce::{Listing, Product};
use store::{ImportMode, ImportSummary, Store};
use testkit::fixtures::{document, price, product, question, review, variant};

use crate::engine::Place;
use crate::{everything, on_every_engine};

on_every_engine!(
    reads_back_what_was_written,
    importing_twice_changes_nothing,
    lays_newer_records_over_older_ones,
    a_replacing_feed_is_the_whole_truth,
    a_group_that_comes_back_later_is_one_product,
    orphans_wait_for_their_product,
    a_dropped_import_leaves_the_old_catalog,
    readers_see_the_old_catalog_until_the_end,
    a_second_import_is_told_to_wait,
    finds_products_by_any_source_id,
    pages_through_the_catalog,
    keeps_embeddings,
    documents_belong_to_the_products_they_name,
    rehearses_an_import_and_takes_it_back,
    forgets_what_was_removed_long_ago,
    lays_links_over_their_products,
    takes_back_reviews,
);

fn jacket() -> Product {
    let mut jacket = product("JKT", "Storm Jacket");
    jacket.url = "https://shop.example/storm".to_owned();
    jacket.variants =
        vec![variant("JKT", "JKT-S", &[("size", "S")]), variant("JKT", "JKT-M", &[("size", "M")])];
    jacket.variants[0].offer.price = Some(price("120.00 EUR"));
    jacket.variants[0].offer.stock = Some(3);
    jacket.variants[1].offer.price = Some(price("125.00 EUR"));
    jacket.variants[1].gtin = commerce::Gtin::parse("4006381333931").ok();
    jacket
}

async fn import(store: &Store, mode: ImportMode, products: Vec<Product>) -> anyhow::Result<ImportSummary> {
    let mut import = store.begin_import(mode).await?;
    for product in products {
        import.product(product).await?;
    }
    Ok(import.finish().await?)
}

async fn reads_back_what_was_written(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let listing = Listing {
        reviews: vec![review("r1", "JKT-S", 4.0, "Warm and dry.")],
        questions: vec![question("q1", "JKT", "Does it have a hood?", &["Yes."])],
        ..Listing::from(jacket())
    };
    let mut import = store.begin_import(ImportMode::Merge).await?;
    import.review(listing.reviews[0].clone()).await?;
    import.question(listing.questions[0].clone()).await?;
    import.product(listing.product.clone()).await?;
    let summary = import.finish().await?;
    assert_eq!((summary.products.added, summary.variants, summary.orphans), (1, 2, 0));
    assert_eq!(everything(&store).await?, vec![listing.clone()]);
    assert_eq!(store.listings(std::slice::from_ref(&listing.product.id)).await?, vec![listing]);
    let entry = &store.imports(1).await?[0];
    assert_eq!((entry.number, entry.generation, entry.summary), (1, 1, summary));
    Ok(())
}

async fn importing_twice_changes_nothing(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    for mode in [ImportMode::Merge, ImportMode::Replace] {
        for _ in 0..2 {
            let mut import = store.begin_import(mode).await?;
            import.product(jacket()).await?;
            import.review(review("r1", "JKT", 5.0, "Good.")).await?;
            import.review(review("r1", "JKT", 2.0, "Changed my mind.")).await?;
            import
                .document(document("ship", commerce::DocumentKind::Shipping, "Delivery", "Two days."))
                .await?;
            import.shop(store::Shop { name: "Hill".to_owned(), ..store::Shop::default() }).await?;
            import.finish().await?;
        }
    }
    assert_eq!(store.generation().await?, 1);
    assert_eq!(store.changes_since(1).await?.products, []);
    let last = store.imports(9).await?;
    assert_eq!(last.len(), 4);
    assert_eq!((last[0].summary.products.unchanged, last[0].summary.reviews.unchanged), (1, 1));
    Ok(())
}

async fn lays_newer_records_over_older_ones(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    import(&store, ImportMode::Merge, vec![jacket(), product("MUG", "Mug")]).await?;
    let mut newer = product("JKT", "Storm Jacket II");
    newer.variants = vec![variant("JKT", "JKT-L", &[("size", "L")])];
    let summary = import(&store, ImportMode::Merge, vec![newer.clone()]).await?;
    assert_eq!((summary.products.changed, summary.products.removed, summary.variants), (1, 0, 4));
    let mut expected = jacket();
    expected.overlay(newer);
    assert_eq!(store.listings(&[expected.id.clone()]).await?, vec![Listing::from(expected.clone())]);
    let changes = store.changes_since(1).await?;
    assert_eq!((changes.generation, changes.products), (2, vec![expected.id]));
    Ok(())
}

async fn a_replacing_feed_is_the_whole_truth(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut first = store.begin_import(ImportMode::Merge).await?;
    first.product(jacket()).await?;
    first.product(product("MUG", "Mug")).await?;
    first.review(review("r1", "MUG", 1.0, "It broke.")).await?;
    first.review(review("r2", "JKT", 5.0, "Dry.")).await?;
    first.finish().await?;
    let mut smaller = jacket();
    smaller.variants.truncate(1);
    let mut second = store.begin_import(ImportMode::Replace).await?;
    second.product(smaller.clone()).await?;
    second.review(review("r1", "MUG", 1.0, "It broke.")).await?;
    let summary = second.finish().await?;
    assert_eq!((summary.products.changed, summary.products.removed), (1, 1));
    assert_eq!((summary.reviews.unchanged, summary.reviews.removed, summary.orphans), (1, 1, 1));
    assert_eq!(everything(&store).await?, vec![Listing::from(smaller)]);
    let changes = store.changes_since(1).await?;
    assert_eq!(changes.removed, vec![product("MUG", "").id]);
    assert_eq!(store.find_product("JKT-M").await?, None);
    Ok(())
}

async fn a_group_that_comes_back_later_is_one_product(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let (mut front, mut back) = (jacket(), jacket());
    front.variants.truncate(1);
    back.variants.remove(0);
    for expected_generation in [1, 1] {
        let mut import = store.begin_import(ImportMode::Replace).await?;
        import.product(front.clone()).await?;
        // More than wait at a time, so that the group comes back in another batch.
        for number in 0..600 {
            import.product(product(&format!("P{number}"), "Filler")).await?;
        }
        import.product(back.clone()).await?;
        import.finish().await?;
        assert_eq!(store.generation().await?, expected_generation);
    }
    let summary = store.imports(1).await?[0].summary;
    assert_eq!((summary.products.unchanged, summary.products.changed), (601, 0));
    assert_eq!(store.listings(&[jacket().id]).await?, vec![Listing::from(jacket())]);
    Ok(())
}

async fn orphans_wait_for_their_product(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut by_gtin = review("r1", "", 3.0, "By its number.");
    by_gtin.product = commerce::ProductRef { gtins: vec!["04006381333931".to_owned()], ..Default::default() };
    let mut by_page = review("r2", "", 3.0, "By its page.");
    by_page.product =
        commerce::ProductRef { urls: vec!["http://shop.example/storm/".to_owned()], ..Default::default() };
    let mut import_reviews = store.begin_import(ImportMode::Merge).await?;
    import_reviews.review(by_gtin).await?;
    import_reviews.review(by_page).await?;
    assert_eq!(import_reviews.finish().await?.orphans, 2);
    let summary = import(&store, ImportMode::Merge, vec![jacket()]).await?;
    assert_eq!((summary.orphans, store.counts().await?.reviews), (0, 2));
    assert_eq!(everything(&store).await?[0].reviews.len(), 2);
    Ok(())
}

async fn a_dropped_import_leaves_the_old_catalog(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    import(&store, ImportMode::Merge, vec![jacket()]).await?;
    let mut dropped = store.begin_import(ImportMode::Replace).await?;
    for number in 0..600 {
        dropped.product(product(&format!("P{number}"), "Never seen")).await?;
    }
    drop(dropped);
    assert_eq!(everything(&store).await?, vec![Listing::from(jacket())]);
    let summary = import(&store, ImportMode::Merge, vec![product("MUG", "Mug")]).await?;
    assert_eq!((summary.products.added, store.counts().await?.products), (1, 2));
    Ok(())
}

async fn readers_see_the_old_catalog_until_the_end(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut import = store.begin_import(ImportMode::Merge).await?;
    for number in 0..600 {
        import.product(product(&format!("P{number}"), "New")).await?;
    }
    assert_eq!(store.counts().await?.products, 0);
    assert_eq!(everything(&store).await?, vec![]);
    import.finish().await?;
    assert_eq!(store.counts().await?.products, 600);
    Ok(())
}

async fn a_second_import_is_told_to_wait(place: Place) -> anyhow::Result<()> {
    let (store, other) = (place.open().await?, place.open().await?);
    let begun = store.clone();
    // An import may run on any thread.
    let running = tokio::spawn(async move { begun.begin_import(ImportMode::Merge).await }).await??;
    for second in [&store, &other] {
        let Err(error) = second.begin_import(ImportMode::Merge).await else { anyhow::bail!("two at once") };
        assert!(matches!(error, store::StoreError::Busy(_)), "{error:?}");
    }
    tokio::spawn(running.finish()).await??;
    import(&other, ImportMode::Merge, vec![jacket()]).await?;
    Ok(())
}

async fn finds_products_by_any_source_id(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    import(&store, ImportMode::Merge, vec![jacket()]).await?;
    assert_eq!(store.find_product("JKT").await?, Some(jacket().id));
    assert_eq!(store.find_product("JKT-M").await?, Some(jacket().id));
    assert_eq!(store.find_product("JKT-XXL").await?, None);
    Ok(())
}

async fn pages_through_the_catalog(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let products = (0..25).map(|number| product(&format!("P{number}"), "One of many")).collect();
    import(&store, ImportMode::Merge, products).await?;
    let (mut seen, mut after) = (0, None);
    loop {
        let page = store.listings_after(after.as_ref(), 10).await?;
        let Some(last) = page.last() else { break };
        seen += page.len();
        after = Some(last.product.id.clone());
    }
    assert_eq!(seen, 25);
    Ok(())
}

async fn keeps_embeddings(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let (tent, mug) = (store::text_hash("tent"), store::text_hash("mug"));
    store.put_embeddings("small", &[(tent, vec![0.5, -1.0])]).await?;
    let found = store.embeddings("small", &[mug, tent]).await?;
    assert_eq!((found.len(), &found[&tent]), (1, &vec![0.5, -1.0]));
    assert_eq!(store.embeddings("large", &[tent]).await?.len(), 0);
    Ok(())
}

async fn documents_belong_to_the_products_they_name(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut guide = document("care", commerce::DocumentKind::Guide, "Care", "Wash cold.");
    guide.products = commerce::ProductRef::source_id("JKT");
    let mut first = store.begin_import(ImportMode::Merge).await?;
    first.document(guide.clone()).await?;
    first.finish().await?;
    import(&store, ImportMode::Merge, vec![jacket()]).await?;
    assert_eq!(everything(&store).await?[0].documents, vec![guide.clone()]);
    assert!(!store.changes_since(1).await?.has_document_changes);
    guide.products = commerce::ProductRef::default();
    let mut third = store.begin_import(ImportMode::Merge).await?;
    third.document(guide.clone()).await?;
    third.finish().await?;
    let changes = store.changes_since(2).await?;
    assert_eq!((changes.products, changes.has_document_changes), (vec![jacket().id], true));
    assert_eq!(everything(&store).await?[0].documents, vec![]);
    assert_eq!(store.documents().await?, vec![guide]);
    Ok(())
}

async fn rehearses_an_import_and_takes_it_back(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let mut import = store.begin_import(ImportMode::Merge).await?;
    import.product(product("MUG", "Mug")).await?;
    import.product(product("CUP", "Cup")).await?;
    import.finish().await?;
    let before = everything(&store).await?;
    let mut import = store.begin_import(ImportMode::Replace).await?;
    import.product(product("MUG", "Large mug")).await?;
    import.product(product("JUG", "Jug")).await?;
    let summary = import.rehearse().await?;
    let counts = summary.products;
    assert_eq!((counts.added, counts.changed, counts.removed, counts.unchanged), (1, 1, 1, 0));
    assert_eq!(everything(&store).await?, before);
    assert_eq!((store.generation().await?, store.imports(10).await?.len()), (1, 1));
    Ok(())
}

async fn forgets_what_was_removed_long_ago(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    for number in 0..20 {
        let mut import = store.begin_import(ImportMode::Replace).await?;
        import.product(product(&format!("P{number}"), "Mug")).await?;
        import.finish().await?;
    }
    assert_eq!(store.changes_since(1).await?.removed.len(), 19);
    store.forget_removals(20).await?;
    store.forget_removals(19).await?;
    let behind = store.changes_since(3).await?;
    assert!(behind.is_forgotten);
    let near = store.changes_since(4).await?;
    assert_eq!((near.is_forgotten, near.removed.len()), (false, 16));
    Ok(())
}

async fn takes_back_reviews(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let (kept, gone) = (review("r1", "JKT", 5.0, "Dry."), review("r2", "JKT", 1.0, "Wet."));
    let never = review("r3", "JKT", 2.0, "Withdrawn in the feed that brings it.");
    let mut first = store.begin_import(ImportMode::Merge).await?;
    first.product(jacket()).await?;
    first.review(kept.clone()).await?;
    first.review(gone.clone()).await?;
    first.finish().await?;
    for (removed, generation) in [(1, 2), (0, 2)] {
        let mut import = store.begin_import(ImportMode::Merge).await?;
        import.withdraw_review(gone.id.clone()).await?;
        import.withdraw_review(never.id.clone()).await?;
        import.review(never.clone()).await?;
        let rehearsed = import.rehearse().await?;
        assert_eq!((rehearsed.reviews.added, rehearsed.reviews.removed), (0, removed));
        let mut import = store.begin_import(ImportMode::Merge).await?;
        import.review(never.clone()).await?;
        import.withdraw_review(never.id.clone()).await?;
        import.withdraw_review(gone.id.clone()).await?;
        assert_eq!(import.finish().await?.reviews, rehearsed.reviews);
        assert_eq!(store.generation().await?, generation);
        let listing = Listing { reviews: vec![kept.clone()], ..Listing::from(jacket()) };
        assert_eq!(everything(&store).await?, vec![listing]);
    }
    assert_eq!(store.changes_since(1).await?.products, [jacket().id]);
    let mut again = store.begin_import(ImportMode::Replace).await?;
    again.product(jacket()).await?;
    again.withdraw_review(kept.id.clone()).await?;
    assert_eq!(again.finish().await?.reviews.removed, 1);
    Ok(())
}

async fn lays_links_over_their_products(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    let links = |kind, ids: &[&str]| {
        let mut links = commerce::Links::default();
        ids.iter().for_each(|id| links.add(kind, id));
        links
    };
    let cross = links(commerce::LinkKind::CrossSell, &["HAT", "GONE"]);
    for mode in [ImportMode::Merge, ImportMode::Replace] {
        for _ in 0..2 {
            let mut import = store.begin_import(mode).await?;
            // By a variant, before the product comes; what nobody sells leads nowhere.
            import.links("JKT-S", cross.clone());
            import.links("NOBODY", cross.clone());
            import.product(jacket()).await?;
            import.product(product("HAT", "Wool Hat")).await?;
            let summary = import.finish().await?;
            assert_eq!(summary.unknown_links, 2);
        }
    }
    assert_eq!(store.generation().await?, 1);
    let mut import = store.begin_import(ImportMode::Merge).await?;
    import.links("JKT", links(commerce::LinkKind::UpSell, &["HAT"]));
    import.finish().await?;
    let stored = everything(&store).await?;
    let jacket = stored.iter().find(|listing| listing.product.source_id == "JKT");
    let own = jacket.map(|listing| listing.product.links.clone()).unwrap_or_default();
    assert_eq!(own.of(commerce::LinkKind::CrossSell), ["HAT", "GONE"]);
    assert_eq!(own.of(commerce::LinkKind::UpSell), ["HAT"]);
    import_all(&store, ImportMode::Replace, vec![crate::catalog::jacket()]).await
}

/// A feed without links is the whole truth: none are left.
async fn import_all(store: &Store, mode: ImportMode, products: Vec<Product>) -> anyhow::Result<()> {
    import(store, mode, products).await?;
    let left = everything(store).await?;
    assert!(left.iter().all(|listing| listing.product.links.is_empty()));
    Ok(())
}
