//! What was asked for and cannot be had, or cannot be compared, is said and not dropped.

use commerce::{Availability, Listing};
use search::{Field, Hits, Lexicon, Vocabulary, Why, understand};

use crate::fixture::{index, product, variant};

struct Shop {
    index: search::Index,
    vocabulary: Vocabulary,
}

impl Shop {
    fn new(listings: &[Listing]) -> Self {
        let index = index(listings);
        let vocabulary = Vocabulary::of(&index, Lexicon::builtin(index.language())).unwrap();
        Self { index, vocabulary }
    }

    fn search(&self, text: &str) -> Hits {
        self.index.search(&understand(&self.vocabulary, text).query(20), None).unwrap()
    }

    fn found(&self, text: &str) -> Vec<String> {
        let mut ids: Vec<String> = self.search(text).hits.into_iter().map(|hit| hit.source_id).collect();
        ids.sort_unstable();
        ids
    }

    fn first(&self, text: &str) -> String {
        self.search(text).hits.remove(0).source_id
    }

    fn relaxed(&self, text: &str) -> Vec<String> {
        self.search(text).relaxed.into_iter().map(|constraint| constraint.words).collect()
    }

    fn unmet(&self, text: &str) -> Vec<String> {
        self.search(text).unmet.into_iter().map(|constraint| constraint.words).collect()
    }
}

const IN_STOCK: Availability = Availability::InStock;

fn one(id: &str, title: &str, category: &str, attributes: &[(&str, &str)], price: i64) -> Listing {
    variant(product(id, title, category, attributes), "", price, IN_STOCK)
}

fn in_colour(id: &str, title: &str, colour: &str, price: i64) -> Listing {
    let mut listing = variant(product(id, title, "Clothing > Jackets", &[]), "size=M", price, IN_STOCK);
    for variant in &mut listing.product.variants {
        variant.options.insert("color".to_owned(), colour.to_owned());
    }
    listing
}

#[test]
fn a_word_of_several_colours_is_demanded_and_said_when_given_up() {
    let shop = Shop::new(&[
        in_colour("ink", "Harbour Jacket", "Ink Blue", 9900),
        in_colour("mist", "Cove Jacket", "Mist Blue", 8900),
        in_colour("sun", "Dune Jacket", "Sun Yellow", 4900),
    ]);
    assert_eq!(shop.found("jacket in blue"), ["ink", "mist"]);
    assert_eq!(shop.relaxed("jacket in blue under $120"), Vec::<String>::new());
    assert_eq!(shop.found("jacket in blue under $60"), ["sun"]);
    assert_eq!(shop.relaxed("jacket in blue under $60"), ["blue"]);
}

#[test]
fn a_liking_that_the_first_hit_lacks_is_said() {
    let shop = Shop::new(&[
        one("shell", "Harbour Jacket", "Clothing > Jackets", &[("Weather", "Water-resistant")], 5900),
        one("bag", "Dry Bag", "Bags", &[("Features", "Waterproof")], 2900),
        one("sack", "Dry Sack", "Bags", &[("Features", "Waterproof")], 2900),
    ]);
    assert_eq!(shop.first("waterproof jacket"), "shell");
    assert_eq!(shop.unmet("waterproof jacket"), ["waterproof"]);
    assert_eq!(shop.unmet("jacket"), Vec::<String>::new());
    assert_eq!(shop.unmet("waterproof bag"), Vec::<String>::new());
}

#[test]
fn goods_of_a_name_that_no_goods_have_are_said() {
    let mut pack = one("pack", "Summit Backpack", "Bags > Backpacks", &[("Weight", "1.1 kg")], 9900);
    pack.product.description = "Holds a tent and a stove.".to_owned();
    let heavy = one("trunk", "Travel Trunk", "Bags > Trunks", &[("Weight", "4 kg")], 19900);
    let shop = Shop::new(&[pack, heavy]);
    let need = understand(&shop.vocabulary, "tents for 3 people lighter than 2.5 kg");
    assert_eq!(need.unknown, ["3 people"]);
    assert_eq!(need.unheld[0].why, Why::Measure);
    assert_eq!(shop.unmet("tents for 3 people lighter than 2.5 kg"), ["tents"]);
    assert_eq!(shop.unmet("backpack lighter than 2.5 kg"), Vec::<String>::new());
    let age = understand(&shop.vocabulary, "backpack for a 9 year old");
    assert_eq!((age.unheld[0].why, age.unknown), (Why::Age, vec!["9 year old".to_owned()]));
}

#[test]
fn a_price_in_another_currency_is_set_aside() {
    let shop = Shop::new(&[
        one("tex", "Linen Shirt OEKO-TEX 100", "Clothing > Shirts", &[], 45000),
        one("plain", "Linen Shirt", "Clothing > Shirts", &[], 4000),
    ]);
    for text in
        ["shirt under 100 euros", "shirt 100 \u{20ac}", "shirt between 50 and 100 euros", "shirt 50-100 eur"]
    {
        let need = understand(&shop.vocabulary, text);
        assert_eq!(need.text, "shirt", "{text}");
        assert_eq!(need.unheld.len(), 1, "{text}: {need:?}");
        assert!(matches!(need.unheld[0].why, Why::Currency(own) if own.code() == "USD"), "{text}");
        assert!(need.constraints.is_empty(), "{text}");
    }
    let own = understand(&shop.vocabulary, "shirt under $100");
    assert!(own.unheld.is_empty() && own.constraints[0].field == Field::Price);
}

#[test]
fn the_measure_that_is_meant_decides_alone() {
    let tablet = |id, title, screen: &str, size: &str| {
        one(id, title, "Tablets", &[("Screen size", screen), ("Size", size)], 30000)
    };
    let shop = Shop::new(&[
        tablet("big", "Grand Tablet", "15.6 in", "9 in"),
        tablet("small", "Pocket Tablet", "8 in", "12 in"),
        one("untold", "Plain Tablet", "Tablets", &[("Size", "9 in")], 20000),
        one("long", "Stage Guitar", "Guitars", &[("Scale length", "650 mm"), ("Size", "500 mm")], 20000),
        one("short", "Young Guitar", "Guitars", &[("Scale length", "580 mm"), ("Size", "900 mm")], 10000),
        one(
            "warm",
            "Old Headphones",
            "Headphones",
            &[("Battery life", "12 h"), ("Warranty", "2 years")],
            9000,
        ),
        one(
            "keen",
            "New Headphones",
            "Headphones",
            &[("Battery life", "40 h"), ("Warranty", "1 year")],
            9000,
        ),
    ]);
    assert_eq!(shop.found("tablet under 10 inches"), ["small", "untold"]);
    assert_eq!(shop.found("guitar with a scale length under 600 mm"), ["short"]);
    assert_eq!(shop.found("headphones over 30 hours"), ["keen"]);
    assert_eq!(shop.found("headphones with a warranty of at least 2 years"), ["warm"]);
}

#[test]
fn an_attribute_that_says_none_lacks_it() {
    let jacket = |id, title, hood: &str| one(id, title, "Jackets", &[("Hood", hood)], 9000);
    let shop = Shop::new(&[
        jacket("bare", "Fell Jacket", "None, stand-up collar"),
        jacket("fixed", "Moor Jacket", "Fixed and insulated"),
        jacket("off", "Tarn Jacket", "Detachable"),
    ]);
    assert_eq!(shop.found("jacket without a hood"), ["bare"]);
    assert_eq!(shop.found("jacket, no hood"), ["bare"]);
}

#[test]
fn a_kind_that_is_denied_is_not_shown() {
    let printer = |id, title, how: &str| one(id, title, "Office > Printers", &[("Technology", how)], 9000);
    let shop = Shop::new(&[
        printer("laser", "Mono Laser Printer", "Laser"),
        printer("jet", "Photo Inkjet Printer", "Inkjet"),
    ]);
    assert_eq!(shop.found("a printer under 100 that isn't inkjet"), ["laser"]);
}

#[test]
fn a_bare_size_is_that_of_values_that_end_in_it() {
    let boot = |id, title| {
        let mut listing = product(id, title, "Shoes > Boots", &[]);
        for size in ["EU 36", "EU 38"] {
            listing = variant(listing, "size=X", 9900, IN_STOCK);
            let last = listing.product.variants.last_mut().unwrap();
            last.options.insert("size".to_owned(), size.to_owned());
            last.title = size.to_owned();
        }
        listing
    };
    let shop = Shop::new(&[boot("ridge", "Ridge Boots"), boot("vale", "Vale Boots")]);
    let hits = shop.search("boots size 38 under $200");
    assert!(hits.relaxed.is_empty() && hits.hits.len() == 2);
    assert!(hits.hits.iter().all(|hit| hit.variant.as_ref().unwrap().title == "EU 38"), "{hits:?}");
}

#[test]
fn the_very_measure_comes_before_one_that_is_near() {
    let lengths = [38, 39, 40, 41, 42];
    let bolts = lengths.map(|length| {
        let (id, title) = (format!("b{length}"), "Hex Bolt".to_owned());
        one(&id, &title, "Bolts", &[("Thread", "M8"), ("Length", &format!("{length} mm"))], 100 + length)
    });
    let shop = Shop::new(&bolts);
    assert_eq!(shop.first("M8 bolt 40 mm"), "b40");
    assert_eq!(shop.first("bolt M8 41mm"), "b41");
}
