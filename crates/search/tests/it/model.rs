//! Filters and facets against a naive model that looks at every product and variant.

use std::collections::BTreeMap;

use commerce::{Attribute, Availability, Listing, Product, Value, Variant};
use proptest::prelude::*;
use search::{Constraint, Field, Index, Sort, Test};

use crate::fixture::{any_of, attribute, constraint, index, not, product, query, variant};

const COLORS: [&str; 3] = ["Red", "Blue", "Green"];
const SIZES: [&str; 3] = ["S", "M", "L"];
const WEIGHTS: [&str; 4] = ["", "500 g", "1 kg", "2-3 kg"];
const MATERIALS: [&str; 3] = ["", "Wool", "Wool|Silk"];

fn listings() -> impl Strategy<Value = Vec<Listing>> {
    let variants = prop::collection::vec((0..3usize, 0..3usize, 1..6i64, prop::bool::ANY), 1..4);
    let one = (0..4usize, 0..3usize, 0..2usize, prop::option::of(0..3usize), variants);
    prop::collection::vec(one, 0..7).prop_map(|all| {
        let build = |(number, (weight, material, category, color, variants)): (usize, _)| {
            let variants: Vec<(usize, usize, i64, bool)> = variants;
            let color: Option<usize> = color;
            let stated = [("Weight", WEIGHTS[weight]), ("Material", MATERIALS[material])];
            let mut listing = product(&format!("p{number}"), "Thing", ["A > B", "A > C"][category], &stated);
            // The product may state a key that only some of its variants state.
            listing.product.attributes.remove("color");
            if let Some(color) = color {
                listing.product.attributes.add(Attribute::parse("color", [COLORS[color]]).unwrap());
            }
            for (color, size, price, is_in_stock) in variants {
                let options = if size == 0 {
                    "size=S".to_owned()
                } else {
                    format!("color={} size={}", COLORS[color], SIZES[size])
                };
                let stock = if is_in_stock { Availability::InStock } else { Availability::OutOfStock };
                listing = variant(listing, &options, price * 1000, stock);
            }
            listing
        };
        all.into_iter().enumerate().map(build).collect()
    })
}

fn constraints() -> impl Strategy<Value = Vec<Constraint>> {
    let one = prop_oneof![
        prop::sample::subsequence(COLORS.to_vec(), 1..3)
            .prop_map(|values| any_of(attribute("color"), &values)),
        prop::sample::subsequence(SIZES.to_vec(), 1..2).prop_map(|values| any_of(attribute("size"), &values)),
        prop::sample::select(vec!["Wool", "Silk", "Nothing"])
            .prop_map(|value| any_of(attribute("material"), &[value])),
        prop::sample::select(vec!["A", "B", "C"]).prop_map(|value| any_of(Field::Category, &[value])),
        (1..6i64).prop_map(|price| constraint(Field::Price, Test::AtMost(price as f64 * 1000.0))),
        (1..6i64).prop_map(|price| constraint(Field::Price, Test::Between(1500.0, price as f64 * 1000.0))),
        prop::sample::select(vec![0.5, 1.0, 2.5, 4.0])
            .prop_map(|weight| constraint(attribute("weight"), Test::AtMost(weight))),
        prop::sample::select(vec![0.5, 1.0, 2.5, 4.0])
            .prop_map(|weight| constraint(attribute("weight"), Test::AtLeast(weight))),
        Just(any_of(Field::Availability, &["in_stock"])),
        Just(any_of(attribute("weight"), &["1 kg"])),
    ];
    let one = (one, prop::bool::weighted(0.25))
        .prop_map(|(one, is_negated)| if is_negated { not(one) } else { one });
    prop::collection::vec(one, 0..4)
}

/// What a variant states on a field: its own words, else those of its product.
fn stated(product: &Product, variant: &Variant, field: &Field) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    match field {
        Field::Category => {
            product.categories.iter().flat_map(|path| path.names()).map(|name| text(name)).collect()
        }
        Field::Brand => vec![text(&product.brand)],
        Field::Availability => vec![text(variant.offer.availability.as_str())],
        Field::Price => {
            variant.offer.price.map(|price| Value::Number(price.amount_minor as f64)).into_iter().collect()
        }
        Field::Attribute(key) => {
            if let Some(choice) = variant.options.get(key) {
                return vec![text(choice)];
            }
            product.attributes.find(key).map(|attribute| attribute.values.clone()).unwrap_or_default()
        }
        Field::Rating | Field::Saving | Field::Text => Vec::new(),
    }
}

fn holds(product: &Product, variant: &Variant, constraint: &Constraint) -> bool {
    let span = |value: &Value| match value {
        Value::Number(number) => Some((*number, *number)),
        Value::Quantity(quantity) => Some((quantity.base(), quantity.base())),
        Value::Range(range) => Some((range.low.base(), range.high.base())),
        Value::Text(_) | Value::Flag(_) => None,
    };
    let passes = |value: &Value| match (&constraint.test, span(value)) {
        (Test::AnyOf(values), _) => values.contains(&value.display()),
        (Test::AtMost(most), Some((low, _))) => low <= *most,
        (Test::AtLeast(least), Some((_, high))) => high >= *least,
        (Test::Between(least, most), Some((low, high))) => low <= *most && high >= *least,
        (_, None) => false,
    };
    stated(product, variant, &constraint.field).iter().any(passes) != constraint.is_negated
}

/// Product to its matching variants, by source id.
fn matches<'a>(listings: &'a [Listing], constraints: &[Constraint]) -> BTreeMap<&'a str, Vec<&'a Variant>> {
    let mut found = BTreeMap::new();
    for listing in listings {
        let product = &listing.product;
        let fits = |variant: &&Variant| constraints.iter().all(|one| holds(product, variant, one));
        let variants: Vec<&Variant> = product.variants.iter().filter(fits).collect();
        if !variants.is_empty() {
            found.insert(product.source_id.as_str(), variants);
        }
    }
    found
}

fn check(index: &Index, listings: &[Listing], constraints: &[Constraint]) {
    let expected = matches(listings, constraints);
    for text in ["", "thing"] {
        let by_weight = |is_descending| Sort::Attribute { keys: vec!["weight".to_owned()], is_descending };
        for sort in [Sort::Relevance, Sort::PriceAscending, Sort::Title, by_weight(false), by_weight(true)] {
            let asked = search::Query { sort: sort.clone(), ..query(text, constraints.to_vec()) };
            let hits = index.search(&asked, None).unwrap();
            assert_eq!(hits.total as usize, expected.len());
            if let Sort::Attribute { is_descending, .. } = sort {
                check_order(&hits, listings, &expected, is_descending);
            }
            for hit in &hits.hits {
                let variants = &expected[hit.source_id.as_str()];
                let shown = hit.variant.as_ref().map(|variant| variant.source_id.as_str());
                let shown =
                    variants.iter().find(|variant| Some(variant.source_id.as_str()) == shown).unwrap();
                let is_any_in_stock = variants.iter().any(|v| v.offer.availability == Availability::InStock);
                assert_eq!(shown.offer.availability == Availability::InStock, is_any_in_stock);
                assert_eq!(hit.price, shown.offer.price);
            }
            check_facets(&hits, listings, &expected);
        }
    }
}

/// What states the most or the least weight comes first, and what states none last.
fn check_order(
    hits: &search::Hits,
    listings: &[Listing],
    expected: &BTreeMap<&str, Vec<&Variant>>,
    is_descending: bool,
) {
    let place = |hit: &search::Hit| {
        let listing = listings.iter().find(|listing| listing.product.source_id == hit.source_id).unwrap();
        let variants = &expected[hit.source_id.as_str()];
        let shown = hit.variant.as_ref().map(|variant| variant.source_id.as_str());
        let variant = variants.iter().find(|variant| Some(variant.source_id.as_str()) == shown).unwrap();
        let numbers = stated(&listing.product, variant, &attribute("weight")).into_iter().filter_map(
            |value| match value {
                Value::Quantity(quantity) => Some(quantity.base()),
                Value::Range(range) => Some(if is_descending { range.high.base() } else { range.low.base() }),
                _ => None,
            },
        );
        let signed = numbers.map(|number| if is_descending { -number } else { number });
        signed.min_by(f64::total_cmp).unwrap_or(f64::INFINITY)
    };
    assert!(hits.hits.iter().map(place).is_sorted());
}

fn check_facets(hits: &search::Hits, listings: &[Listing], expected: &BTreeMap<&str, Vec<&Variant>>) {
    let fields =
        [attribute("color"), attribute("size"), attribute("material"), Field::Category, Field::Availability];
    for field in fields {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for listing in listings {
            let Some(variants) = expected.get(listing.product.source_id.as_str()) else { continue };
            let mut values: Vec<String> = variants
                .iter()
                .flat_map(|variant| stated(&listing.product, variant, &field))
                .map(|value| value.display())
                .collect();
            values.sort();
            values.dedup();
            values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
        }
        let facet = hits.facets.iter().find(|facet| facet.field == field);
        let found: BTreeMap<String, u64> =
            facet.iter().flat_map(|facet| &facet.values).map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(found, counts, "{field:?}");
    }
    let prices =
        expected.values().flatten().filter_map(|variant| variant.offer.price).map(|p| p.amount_minor as f64);
    let range =
        hits.facets.iter().find(|facet| facet.field == Field::Price).and_then(|facet| facet.range.clone());
    assert_eq!(range.as_ref().map(|range| range.low), prices.clone().reduce(f64::min));
    assert_eq!(range.as_ref().map(|range| range.high), prices.reduce(f64::max));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn filters_and_facets_agree_with_the_model(
        listings in listings(),
        asked in prop::collection::vec(constraints(), 1..12),
    ) {
        let index = index(&listings);
        for constraints in asked {
            check(&index, &listings, &constraints);
        }
    }
}
