//! Exports of shops and pages changed at random: nothing panics, and every product that comes out can be bought.

use ingest::Options;
use proptest::prelude::*;

use crate::mutation::{apply, change};
use crate::support::read_with;
use crate::{html, magento, shopify, woo};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn changed_exports_never_panic(
        feed in prop::sample::select(vec![shopify::OLD, shopify::NEW, woo::ENGLISH, woo::GERMAN, html::PAGE, ""]),
        changes in prop::collection::vec((any::<usize>(), change()), 1..8),
    ) {
        let mut bytes = if feed.is_empty() { magento::whole_table() } else { feed.as_bytes().to_vec() };
        for (place, change) in &changes {
            apply(&mut bytes, *place, change);
        }
        let reading = read_with("feed", None, &bytes, &Options::default());
        for product in &reading.products {
            prop_assert!(!product.variants.is_empty() && !product.source_id.is_empty());
            prop_assert!(product.variants.iter().all(|variant| !variant.source_id.is_empty()));
        }
        prop_assert!(reading.summary.skipped <= reading.summary.rows);
        prop_assert_eq!(reading, read_with("feed", None, &bytes, &Options::default()));
    }
}
