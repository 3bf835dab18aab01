//! What the generated catalogs promise.

use super::*;

#[test]
fn the_same_seed_gives_the_same_catalog() {
    let first: Vec<Listing> = generate(1, 50).collect();
    assert_eq!(first, generate(1, 500).take(50).collect::<Vec<_>>());
    assert_ne!(first, generate(2, 50).collect::<Vec<_>>());
}

#[test]
fn looks_like_a_shop() {
    let listings: Vec<Listing> = generate(1, 2000).collect();
    let variants: usize = listings.iter().map(|listing| listing.product.variants.len()).sum();
    let reviews: usize = listings.iter().map(|listing| listing.reviews.len()).sum();
    assert!((7000..14_000).contains(&variants), "{variants} variants");
    assert!((1000..6000).contains(&reviews), "{reviews} reviews");
    let attributes = |listing: &Listing| listing.product.attributes.len();
    assert!(listings.iter().map(attributes).max() >= Some(7));
    let ids: std::collections::BTreeSet<_> = listings.iter().map(|listing| &listing.product.id).collect();
    assert_eq!(ids.len(), 2000);
    assert!(listings.iter().flat_map(|listing| &listing.product.variants).all(|v| v.gtin.is_some()));
}

#[test]
fn writes_a_line_for_every_variant() {
    let variants: usize = generate(3, 20).map(|listing| listing.product.variants.len()).sum();
    let table: String = google_tsv(generate(3, 20)).collect();
    assert_eq!(table.lines().count(), variants + 1);
    assert!(table.lines().all(|line| line.split('\t').count() == 17));
    let feed: String = google_xml(generate(3, 20)).collect();
    assert_eq!(feed.matches("<item>").count(), variants);
    let lines: String = jsonl(generate(3, 20)).collect();
    assert!(lines.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}
