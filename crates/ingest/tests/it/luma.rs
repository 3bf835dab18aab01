//! The sportswear store of the shared data folder, in each of its formats.

use crate::shown::show_attributes;
use crate::support::{read, shared};

#[test]
fn reads_the_google_feed() {
    let Some(bytes) = shared("luma/google-merchant.xml") else { return };
    let outcome = read("google-merchant.xml", None, &bytes);
    assert_eq!(outcome.diagnostics, []);
    let products = &outcome.products;
    assert_eq!((products.len(), outcome.summary.variants), (191, 1_891));
    let hoodie = products.iter().find(|product| product.source_id == "MH01").unwrap();
    assert_eq!((hoodie.title.as_str(), hoodie.variants.len()), ("Chaz Kangeroo Hoodie", 15));
    insta::assert_snapshot!(show_attributes(&hoodie.attributes), @"material=Wool; pattern=Color-Blocked; climate=All-weather + Cool + Indoor + Spring + Windy; eco_collection=Yes; performance_fabric=No; erin_recommends=No; new=No; sale=Yes");
    insta::assert_snapshot!(format!("{} {:?}", hoodie.variants[0].title, hoodie.variants[0].options), @r#"XS, Black {"color": "Black", "size": "XS"}"#);
    for product in products {
        if product.variants.len() > 1 {
            assert!(!product.title.contains(" - "), "{}", product.title);
        }
    }
}

#[test]
fn reads_the_reviews() {
    let Some(bytes) = shared("luma/google-reviews.xml") else { return };
    let reading = read("google-reviews.xml", None, &bytes);
    assert_eq!((reading.diagnostics.len(), reading.summary.reviews), (0, 348));
}
