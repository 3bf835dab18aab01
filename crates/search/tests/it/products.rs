//! What is found, by words and by constraints.

use commerce::ProductId;
use search::{Constraint, Field, Query, Sort, Test};

use crate::fixture::{any_of, attribute, constraint, found, index, not, query, shop};

#[test]
fn words_find_titles_before_descriptions() {
    let index = index(&shop());
    assert_eq!(found(&index, &query("waterproof jackets", vec![])), ["rain/Blue, S", "shell/Blue, L"]);
    assert_eq!(found(&index, &query("tent", vec![])), ["big-tent/", "tent/"]);
    assert!(found(&index, &query("submarine", vec![])).is_empty());
}

#[test]
fn all_constraints_hold_on_one_variant() {
    let index = index(&shop());
    let asked = vec![
        any_of(attribute("size"), &["M"]),
        any_of(attribute("color"), &["Blue"]),
        constraint(Field::Price, Test::AtMost(6000.0)),
    ];
    assert_eq!(found(&index, &query("jacket", asked)), ["shell/Blue, M"]);
}

#[test]
fn numbers_compare_in_base_units() {
    let index = index(&shop());
    let light = constraint(attribute("weight"), Test::AtMost(0.5));
    assert_eq!(found(&index, &query("", vec![light])), ["rain/Blue, S"]);
    let big = constraint(attribute("capacity"), Test::AtLeast(3.0));
    let light = constraint(attribute("weight"), Test::AtMost(2.5));
    assert_eq!(found(&index, &query("tents", vec![big, light])), ["tent/"]);
}

#[test]
fn a_negated_test_passes_what_states_nothing() {
    let index = index(&shop());
    let asked = vec![not(any_of(attribute("material"), &["Leather"]))];
    assert_eq!(found(&index, &query("running shoes", asked)), ["bare/43", "mesh/42"]);
}

#[test]
fn words_of_a_constraint_look_at_the_text_where_nothing_is_stated() {
    let index = index(&shop());
    let asked =
        Constraint { words: "waterproof".to_owned(), ..any_of(attribute("features"), &["Waterproof"]) };
    let mut hits = found(&index, &query("", vec![asked.clone()]));
    hits.sort();
    assert_eq!(hits, ["rain/Blue, S", "shell/Blue, L"]);
    let mut hits = found(&index, &query("jacket", vec![not(asked)]));
    hits.sort();
    assert!(hits.is_empty());
}

#[test]
fn sorts_by_price_and_shows_the_variant_it_sorts_by() {
    let index = index(&shop());
    let asked = |sort| Query { sort, ..query("jacket", vec![]) };
    assert_eq!(found(&index, &asked(Sort::PriceAscending)), ["rain/Red, M", "shell/Blue, L"]);
    assert_eq!(found(&index, &asked(Sort::PriceDescending)), ["rain/Blue, M", "shell/Blue, L"]);
    assert_eq!(found(&index, &asked(Sort::Title)), ["shell/Blue, L", "rain/Blue, S"]);
}

#[test]
fn sorts_by_a_measure_in_any_unit_and_what_states_none_comes_last() {
    let index = index(&shop());
    let by = |keys: &[&str], is_descending| {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        found(&index, &Query { sort: Sort::Attribute { keys, is_descending }, ..query("", vec![]) })
    };
    let lightest = by(&["weight"], false);
    assert_eq!(lightest[..4], ["rain/Blue, S", "shell/Blue, L", "tent/", "big-tent/"]);
    assert_eq!(by(&["weight"], true)[..2], ["big-tent/", "tent/"]);
    // People are no kilograms: what decides is what most goods state.
    assert_eq!(by(&["capacity", "weight"], true)[..2], ["big-tent/", "tent/"]);
    assert_eq!(by(&["colour"], true).len(), lightest.len());
}

#[test]
fn facets_count_matching_variants_only() {
    let index = index(&shop());
    let hits = index.search(&query("jacket", vec![any_of(attribute("size"), &["M"])]), None).unwrap();
    let text: Vec<String> = hits
        .facets
        .iter()
        .map(|facet| {
            let values = facet.values.iter().map(|value| format!("{} {}", value.value, value.count));
            let range = facet.range.as_ref().map(|range| format!("[{}..{}]", range.low, range.high));
            format!("{}: {}", facet.label, values.chain(range).collect::<Vec<_>>().join(", "))
        })
        .collect();
    insta::assert_snapshot!(text.join("\n"), @r"
    Price: [5500..6900]
    Category: Clothing 2, Jackets 2
    Color: Blue 2, Red 1
    Brand: Fjell 2
    Availability: in_stock 1, out_of_stock 1
    Features: Waterproof 1, Windproof 1
    Size: M 2
    Weight: 1.2 lb 1, 350 g 1, [0.35..0.544310844]
    ");
}

#[test]
fn relaxes_what_was_read_from_words_and_says_so() {
    let index = index(&shop());
    let worded = |constraint: Constraint, words: &str| Constraint { words: words.to_owned(), ..constraint };
    let category = worded(any_of(Field::Category, &["Tents"]), "tents");
    let people = worded(constraint(attribute("capacity"), Test::AtLeast(6.0)), "for 6 people");
    let light = worded(constraint(attribute("weight"), Test::AtMost(6.0)), "lighter than 6 kg");
    let hits = index.search(&query("", vec![category.clone(), people, light.clone()]), None).unwrap();
    assert_eq!(hits.relaxed, [light]);
    assert_eq!(hits.hits[0].source_id, "big-tent");
    let by_hand = constraint(attribute("weight"), Test::AtMost(0.01));
    let hits = index.search(&query("", vec![category, by_hand]), None).unwrap();
    assert_eq!((hits.total, hits.relaxed), (0, vec![]));
}

#[test]
fn terms_and_words_are_the_catalogs_own() {
    let index = index(&shop());
    let terms = index.terms();
    let count = |field: Field, value: &str| {
        terms.iter().find(|term| term.field == field && term.value == value).map(|term| term.count)
    };
    assert_eq!(count(Field::Category, "Jackets"), Some(2));
    assert_eq!(count(attribute("color"), "Blue"), Some(2));
    let weight = terms.iter().find(|term| term.field == attribute("weight") && term.is_numeric).unwrap();
    assert_eq!((weight.dimension, weight.count), (Some(commerce::Dimension::Mass), 4));
    let words = index.words().unwrap();
    assert!(words.contains(&("tent".to_owned(), 2)), "{words:?}");
    assert_eq!(index.currency(), Some(crate::fixture::dollars()));
}

#[test]
fn products_are_found_by_the_ids_of_the_feed() {
    let index = index(&shop());
    let id = index.find("rain-1").unwrap().unwrap();
    assert_eq!(id, ProductId::of(&["rain"]));
    assert_eq!(index.product(&id).unwrap().unwrap(), shop()[0].product);
    assert_eq!(index.find("nothing").unwrap(), None);
    assert_eq!(index.len(), 7);
}
