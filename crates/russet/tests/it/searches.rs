//! `russet search`.

use crate::program::{Place, keeps_to};

#[test]
fn a_reply_keeps_to_its_schema_and_shows_the_variant_that_fits() {
    let place = Place::with_shop();
    let reply = place.json(&["search", "blue table lamp under $55"]);
    keeps_to("search-reply", &reply);
    let hit = &reply["hits"][0];
    assert_eq!(hit["source_id"], "L1", "{reply}");
    assert_eq!(hit["variant"]["source_id"], "L1-B");
    assert_eq!(hit["price"]["amount_minor"], 4900);
    assert_eq!(hit["price"]["currency"], "USD");
    assert_eq!(hit["availability"], "in_stock");
}

#[test]
fn filters_compare_words_prices_and_measures() {
    let place = Place::with_shop();
    let found = |filters: &[&str]| {
        let mut words = vec!["search"];
        filters.iter().for_each(|filter| words.extend(["--filter", filter]));
        let reply = place.json(&words);
        let hits = reply["hits"].as_array().unwrap();
        let mut ids: Vec<String> =
            hits.iter().map(|hit| hit["source_id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids.join(" ")
    };
    assert_eq!(found(&["price<100"]), "L1");
    assert_eq!(found(&["price>=120"]), "L2");
    assert_eq!(found(&["weight<=1200 g"]), "L1");
    assert_eq!(found(&["colour=blue"]), "L1");
    assert_eq!(found(&["category=floor lamps"]), "L2");
    assert_eq!(found(&["dimmable=yes"]), "L1");
    assert_eq!(found(&["brand=wick"]), "L1 L2");
    assert_eq!(found(&["price=40..50"]), "L1");
}

#[test]
fn a_filter_that_cannot_be_read_is_a_wrong_use() {
    let place = Place::with_shop();
    for filter in ["price", "price<cheap", "wattage=40", "=5"] {
        let run = place.run(&["search", "lamp", "--filter", filter]).failed_with(2);
        assert!(run.err.starts_with("error: "), "{}", run.err);
    }
}

#[test]
fn pages_follow_each_other() {
    let place = Place::with_shop();
    let first = place.json(&["search", "lamp", "--limit", "1", "--sort", "price"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = place.json(&["search", "lamp", "--limit", "1", "--sort", "price", "--cursor", cursor]);
    assert_eq!(first["hits"][0]["source_id"], "L1");
    assert_eq!(second["hits"][0]["source_id"], "L2");
    assert!(second["next_cursor"].is_null(), "{second}");
}

#[test]
fn an_empty_catalog_says_what_to_do() {
    let run = Place::new().run(&["search", "lamp"]).failed_with(1);
    assert!(run.err.contains("russet import"), "{}", run.err);
}
