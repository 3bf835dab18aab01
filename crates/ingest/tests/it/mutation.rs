//! Feeds changed at random: nothing panics, and what comes out is always whole.

use ingest::Options;
use proptest::prelude::*;

use crate::support::read_with;

const XML: &str = include_str!("mutation/feed.xml");
const TSV: &str = "id\ttitle\tprice\titem_group_id\tcolor\tproduct_detail\n\
    A\t\"Lamp, \"\"big\"\"\"\t12.50 USD\tG\tRed\tGeneral:Power:5 W\nB\tLamp\t12,50 €\tG\tBlue\t:Power:5 W, 6 W\n";
const JSONL: &str = include_str!("mutation/feed.jsonl");
const REVIEWS: &str = include_str!("mutation/reviews.xml");

/// What is done to a feed at a place.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Cut,
    Insert(Vec<u8>),
    Overwrite(u8),
    Repeat(usize),
    Remove(usize),
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let signs = prop::sample::select(b"<>&;\"'/!-[]{}:,\t\n\\\0\xff\xc3".to_vec());
    prop_oneof![
        Just(Change::Cut),
        prop::collection::vec(signs.clone(), 1..6).prop_map(Change::Insert),
        signs.prop_map(Change::Overwrite),
        any::<u8>().prop_map(Change::Overwrite),
        (1usize..80).prop_map(Change::Repeat),
        (1usize..80).prop_map(Change::Remove),
    ]
}

pub(crate) fn apply(bytes: &mut Vec<u8>, place: usize, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let place = place % bytes.len();
    let end = |length: usize| (place + length).min(bytes.len());
    match change {
        Change::Cut => bytes.truncate(place),
        Change::Insert(signs) => drop(bytes.splice(place..place, signs.iter().copied())),
        Change::Overwrite(byte) => bytes[place] = *byte,
        Change::Repeat(length) => {
            let part = bytes[place..end(*length)].to_vec();
            drop(bytes.splice(place..place, part));
        }
        Change::Remove(length) => drop(bytes.drain(place..end(*length))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_feeds_never_panic(
        feed in prop::sample::select(vec![XML, TSV, JSONL, REVIEWS]),
        changes in prop::collection::vec((any::<usize>(), change()), 1..8),
    ) {
        let mut bytes = feed.as_bytes().to_vec();
        for (place, change) in &changes {
            apply(&mut bytes, *place, change);
        }
        let reading = read_with("feed", None, &bytes, &Options::default());
        for product in &reading.products {
            prop_assert!(!product.variants.is_empty());
            prop_assert!(!product.title.is_empty() && !product.source_id.is_empty());
        }
        prop_assert!(reading.summary.skipped <= reading.summary.rows);
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_with("feed", None, &bytes, &Options::default());
    }
}
