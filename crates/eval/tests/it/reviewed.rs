//! What reviewers of the built-in store say, and floors under the suites over reviews.

use std::path::Path;

use assistant::{Ask, Intent, Predicate};
use eval::annotated::Annotated;
use eval::catalog::Catalog;
use eval::shop::Shop;
use eval::suite::{aspects, summaries};

/// A question, and what its answer has to have.
const QUESTIONS: &[(&str, &str)] = &[
    ("What do reviewers say about the Stormgate 3-Layer Hardshell Jacket?", "15 reviewers rate it"),
    ("Summarise the reviews of the Stormgate 3-Layer Hardshell Jacket", "15 reviewers rate it"),
    ("What do people complain about in your kettles?", "reviewers rate these 3 products"),
    ("What do customers like about your headphones?", "the sound"),
    ("What do heavy users say about the Stormgate 3-Layer Hardshell Jacket?", "of 15 reviewers (“heavy”)"),
    (
        "What do 1 star reviews say about the Stormgate 3-Layer Hardshell Jacket?",
        "1 of 15 reviewers (1 star)",
    ),
    ("Have the reviews of the Stormgate 3-Layer Hardshell Jacket changed over time?", "of 5 by"),
    ("pros and cons of your hiking boots", "reviewers rate these"),
];

#[tokio::test]
async fn reviewers_of_the_built_in_store_are_counted() {
    let shop = Shop::open(Catalog::Demo, None).await.unwrap().expect("the built-in store is always here");
    let mut wrong = Vec::new();
    for (question, part) in QUESTIONS {
        let ask = Ask { text: (*question).to_owned(), now: Shop::now(), ..Ask::default() };
        let reply = assistant::ask(&shop.view, &ask).unwrap();
        let is_supported = reply.answer.claims.iter().all(|claim| summaries::stands(&reply.answer, claim));
        let text = reply.text();
        if reply.request.intent != Intent::Reviews || !is_supported || !text.contains(part) {
            wrong.push(format!("{question}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_summary_of_the_built_in_store_is_short_and_supported() {
    let shop = Shop::open(Catalog::Demo, None).await.unwrap().expect("the built-in store is always here");
    let everything = search::Query { limit: 100, ..search::Query::default() };
    for hit in shop.view.index.search(&everything, None).unwrap().hits {
        let text = "What do reviewers say about it?".to_owned();
        let ask = Ask { text, product: Some(hit.source_id.clone()), now: Shop::now(), ..Ask::default() };
        let reply = assistant::ask(&shop.view, &ask).unwrap();
        if reply.request.intent != Intent::Reviews {
            continue;
        }
        assert!(reply.text().split_whitespace().count() <= 90, "{}: {}", hit.source_id, reply.text());
        for claim in &reply.answer.claims {
            assert!(summaries::stands(&reply.answer, claim), "{}: {claim:?}", hit.source_id);
        }
        let counted = |predicate: &Predicate| matches!(predicate, Predicate::Spread { .. });
        assert!(reply.answer.claims.iter().any(|claim| counted(&claim.predicate)), "{}", hit.source_id);
    }
}

#[test]
fn marked_aspects_are_found_above_a_floor() {
    let shared =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/hu-liu-reviews/product_reviews_1");
    let path = Path::new(shared).join("Nokia_6610.txt");
    let Ok(bytes) = std::fs::read(&path) else { return };
    let scores = aspects::score(&Annotated::parse("Nokia_6610", &String::from_utf8_lossy(&bytes)));
    assert!(scores.aspects.f1() > 0.6, "{:?}", scores.aspects);
    assert!(scores.judged.1 * 100 > scores.judged.0 * 85, "{:?}", scores.judged);
}
