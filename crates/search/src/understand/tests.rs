use commerce::{Currency, Dimension};

use super::*;
use crate::{Field, Language, Lexicon, Term, Test};

/// A small catalog of several trades: enough to name values, not enough to know a query by heart.
fn vocabulary() -> Vocabulary {
    let text = |field: &str, value: &str, count| Term {
        field: match field {
            "category" => Field::Category,
            "brand" => Field::Brand,
            key => Field::Attribute(key.to_owned()),
        },
        value: value.to_owned(),
        dimension: None,
        is_numeric: false,
        count,
    };
    let number = |key: &str, dimension| Term {
        field: Field::Attribute(key.to_owned()),
        value: String::new(),
        dimension: Some(dimension),
        is_numeric: true,
        count: 30,
    };
    let terms = [
        text("category", "Jackets", 40),
        text("category", "Hoodies & Sweatshirts", 20),
        text("category", "Tents", 10),
        text("category", "Shoes", 30),
        text("brand", "Norrvik", 12),
        text("color", "Blue", 25),
        text("color", "Ocean Blue", 5),
        text("color", "Red", 20),
        text("size", "S", 60),
        text("size", "M", 60),
        text("size", "L", 60),
        text("material", "Leather", 8),
        text("material", "Wool", 8),
        text("climate", "Windy", 14),
        text("climate", "Cool", 14),
        text("waterproof", "Yes", 9),
        text("waterproof", "No", 9),
        text("scent", "Oak", 1),
        text("nickel_free", "Yes", 4),
        text("nickel_free", "No", 4),
        Term { dimension: None, ..number("gears", Dimension::Pieces) },
        number("weight", Dimension::Mass),
        number("fill_weight", Dimension::Mass),
        number("capacity", Dimension::People),
        number("screen_size", Dimension::Length),
        number("battery_life", Dimension::Time),
    ];
    let words = [
        "jacket",
        "tent",
        "run",
        "shoe",
        "leather",
        "hood",
        "waterproof",
        "wind",
        "backpack",
        "laptop",
        "sleev",
    ];
    let words = words.iter().map(|word| ((*word).to_owned(), 20)).chain([("oak".to_owned(), 40)]);
    Vocabulary::new(&terms, words, Currency::parse("USD"), Lexicon::builtin(Language::English))
}

fn show(constraint: &Constraint) -> String {
    let field = match &constraint.field {
        Field::Attribute(key) => key.clone(),
        other => format!("{other:?}").to_lowercase(),
    };
    let test = match &constraint.test {
        Test::AnyOf(values) => values.join("|"),
        Test::AtMost(most) => format!("<={most:.3}"),
        Test::AtLeast(least) => format!(">={least:.3}"),
        Test::Between(low, high) => format!("{low:.3}..{high:.3}"),
    };
    format!("{}{field}={test}", if constraint.is_negated { "not " } else { "" })
}

fn check(text: &str, expected_text: &str, expected_constraints: &[&str]) {
    check_in(&vocabulary(), text, expected_text, expected_constraints);
}

fn check_in(vocabulary: &Vocabulary, text: &str, expected_text: &str, expected_constraints: &[&str]) {
    let found = understand(vocabulary, text);
    let constraints: Vec<String> = found.constraints.iter().map(show).collect();
    assert_eq!(
        (found.text.as_str(), constraints),
        (expected_text, expected_constraints.iter().map(|c| (*c).to_owned()).collect()),
        "{text}"
    );
}

#[test]
fn reads_values_of_the_catalog() {
    check(
        "waterproof jacket under $60 in blue, size M",
        "jacket",
        &["price=<=5999.000", "waterproof=Yes", "color=Blue|Ocean Blue", "size=M"],
    );
    check("Norrvik tent", "tent", &["brand=Norrvik"]);
    check("ocean blue shoes", "shoes", &["color=Ocean Blue"]);
    check("red or blue jacket", "jacket", &["color=Red|Blue|Ocean Blue"]);
}

#[test]
fn reads_negations() {
    check("running shoes not leather", "running shoes", &["not material=Leather"]);
    check("jacket without a hood", "jacket", &["not text=hood"]);
    check("leather-free shoes", "shoes", &["not material=Leather"]);
    check("not leather or wool shoes", "shoes", &["not material=Leather", "not material=Wool"]);
    check("jackets other than red", "jackets", &["not color=Red"]);
    check("I am allergic to leather, any shoes?", "shoes", &["not material=Leather"]);
    check("shoes for a leather allergy", "shoes", &["not material=Leather"]);
    // What says that something is absent is no reason to leave goods out.
    check("tent without nickel", "tent", &["not nickel_free=No"]);
    check("nickel free tent", "tent", &["nickel_free=Yes"]);
}

#[test]
fn reads_bounds() {
    check("tents for 3 people lighter than 2.5 kg", "tents", &["capacity=>=3.000", "weight=<=2.500"]);
    check("2-person tent", "tent", &["capacity=2.000..2.000"]);
    check("jacket between 40 and 60 dollars", "jacket", &["price=4000.000..6000.000"]);
    check("$40-$60 jacket", "jacket", &["price=4000.000..6000.000"]);
    check("jacket max 60", "jacket", &["price=<=6000.000"]);
    check("shoes 80 bucks or less", "shoes", &["price=<=8000.000"]);
    check("tent up to 5 pounds", "tent", &["weight=<=2.268"]);
    check("at least 20 hours battery life", "", &["battery_life=>=72000.000"]);
    check("jacket around $50", "jacket", &["price=4000.000..6000.000"]);
    check("shoes with more than 10 gears", "shoes", &["gears=>=10.001"]);
    check("shoes with at least 4 pockets", "shoes least 4 pockets", &[]);
    check("jackets over 50", "jackets", &["price=>=5001.000"]);
}

#[test]
fn money_is_meant_as_the_shop_has_it() {
    let in_shop = |code| {
        let mut vocabulary = vocabulary();
        vocabulary.currency = Currency::parse(code);
        vocabulary
    };
    let australian = in_shop("AUD");
    for said in ["under $60", "under 60 dollars", "under A$60", "under 60 bucks", "under 60 AUD"] {
        check_in(&australian, &format!("jacket {said}"), "jacket", &["price=<=5999.000"]);
    }
    let priced = |vocabulary: &Vocabulary, text: &str| !understand(vocabulary, text).constraints.is_empty();
    assert!(!priced(&australian, "jacket under US$60") && !priced(&australian, "jacket under 60 usd"));
    assert!(!priced(&in_shop("EUR"), "jacket under $60") && !priced(&vocabulary(), "jacket under C$60"));
    check_in(&in_shop("NOK"), "jakke under 600 kr", "jakke", &["price=<=59999.000"]);
}

#[test]
fn small_letters_mean_torque_where_goods_turn() {
    let torque = Term {
        field: Field::Attribute("max_torque".to_owned()),
        value: String::new(),
        dimension: Some(Dimension::Torque),
        is_numeric: true,
        count: 30,
    };
    let words = [("drill".to_owned(), 20)];
    let tools = Vocabulary::new(&[torque], words, None, Lexicon::builtin(Language::English));
    check_in(&tools, "drill with at least 60 nm", "drill", &["max_torque=>=60.000"]);
}

#[test]
fn bare_measures_are_about_right() {
    check("15 inch laptop sleeve", "laptop sleeve", &["screen_size=0.358..0.404"]);
}

#[test]
fn kinds_of_goods_stay_in_the_text() {
    let found = understand(&vocabulary(), "hoodies for men");
    assert_eq!(found.text, "hoodies men");
    assert!(found.constraints.is_empty());
    assert!(found.preferences.iter().any(|p| show(p) == "category=Hoodies & Sweatshirts"));
}

#[test]
fn rarely_stated_values_are_liked_only() {
    let found = understand(&vocabulary(), "oak shoes");
    assert!(found.constraints.is_empty());
    assert!(found.preferences.iter().any(|p| show(p) == "scent=Oak"));
}

#[test]
fn umbrella_words_like_what_fits_under_them() {
    let found = understand(&vocabulary(), "something warm for windy weather");
    assert!(found.preferences.iter().any(|p| show(p) == "climate=Cool"), "{found:?}");
    assert_eq!(found.constraints.iter().map(show).collect::<Vec<_>>(), ["climate=Windy"]);
    assert_eq!(found.text, "warm weather");
    assert!(found.alternatives.iter().any(|a| a.word == "warm" && a.others.contains(&"fleece".to_owned())));
}

#[test]
fn mends_typos_and_split_words() {
    let corrected = |text: &str| understand(&vocabulary(), text).text;
    assert_eq!(corrected("watreproof bakcpack"), "backpack");
    assert_eq!(corrected("back pack"), "backpack");
    assert_eq!(corrected("jackte"), "jacket");
    assert_eq!(corrected("xylophone"), "xylophone");
}

#[test]
fn reads_the_order() {
    assert_eq!(understand(&vocabulary(), "cheapest tent").sort, Sort::PriceAscending);
    assert_eq!(understand(&vocabulary(), "best rated jackets").sort, Sort::Rating);
}

#[test]
fn reads_the_most_and_the_least_of_a_measure() {
    let order = |text: &str| match understand(&vocabulary(), text).sort {
        Sort::Attribute { keys, is_descending } => {
            format!("{}{}", if is_descending { "-" } else { "" }, keys.join(" "))
        }
        other => format!("{other:?}"),
    };
    assert_eq!(order("the tent with the most capacity"), "-capacity");
    assert_eq!(order("longest battery life"), "-battery_life");
    assert_eq!(order("which tent has the lowest weight"), "weight fill_weight");
    assert_eq!(order("lightest tent"), "weight fill_weight");
    assert_eq!(order("jacket with the highest number of gears"), "-gears");
    // What nothing measures, and the size of goods whose name a measure shares.
    assert_eq!(order("the most comfortable shoes"), "Relevance");
    assert_eq!(order("largest tent"), "Relevance");
    check("lightest tent", "tent", &["category=Tents"]);
    check("the tent with the most capacity", "tent", &["category=Tents"]);
}

#[test]
fn a_price_can_be_that_of_what_a_pack_holds() {
    let read = |text: &str| understand(&vocabulary(), text);
    let wool = read("cheapest wool per kilo");
    assert_eq!(
        (wool.sort, wool.per, wool.text.as_str()),
        (Sort::PriceAscending, Some(Dimension::Mass), "wool")
    );
    assert_eq!(read("cheapest shoes per 100 ml").per, Some(Dimension::Volume));
    assert_eq!(read("cheapest shoes for a trip per train").per, None);
}

#[test]
fn an_order_binds_to_the_kind_of_goods() {
    check("cheapest tent", "tent", &["category=Tents"]);
    check("cheap waterproof jackets", "jackets", &["waterproof=Yes", "category=Jackets"]);
    assert_eq!(understand(&vocabulary(), "cheap tent").sort, Sort::PriceAscending);
    assert_eq!(understand(&vocabulary(), "something cheap for the wind").sort, Sort::Relevance);
}

#[test]
fn people_need_no_unit_and_numbers_no_digits() {
    check("tent for five people", "tent", &["capacity=>=5.000"]);
    check("a tent for a family of five", "tent", &["capacity=>=5.000"]);
    check("tent for 4", "tent", &["capacity=>=4.000"]);
    check("tent for two under $90", "tent two", &["price=<=8999.000"]);
    check("tent for 2 dogs", "tent 2 dogs", &[]);
    check("battery life of at least ten hours", "battery life", &["battery_life=>=36000.000"]);
}

#[test]
fn shouting_and_stray_letters_name_no_size() {
    check("JACKET L SHAPED", "jacket l shaped", &[]);
    check("i want a jacket", "jacket", &[]);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".*") {
        let _ = understand(&vocabulary(), &text);
    }

    #[test]
    fn no_words_make_it_panic(words in proptest::collection::vec("(under|between|and|to|size|not|or|\\$|60|2.5 kg|3 people|blue|M|L|leather|-|free|than|other|lighter|€)", 0..12)) {
        let _ = understand(&vocabulary(), &words.join(" "));
    }
}
