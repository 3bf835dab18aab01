//! Words as index and query see them.

use super::*;

fn check(text: &str, expected: &str) {
    let words = words(text);
    let found: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(found.join(" "), expected, "{text}");
    for word in &words {
        assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
    }
}

#[test]
fn splits_and_folds() {
    check("Waterproof Jacket, size M", "waterproof jacket size m");
    check("15.6-inch T-Shirt Wi‑Fi", "15.6 inch t shirt wi fi");
    check("256GB, 10kg, WH-1000XM4, IPX4", "256 gb 10 kg wh 1000xm4 ipx4");
    check("Men's café Größe Ærø", "men cafe grosse aero");
    check("1,299.00 or 2,5 l", "1299.00 or 2.5 l");
    check("don't — ﬁne", "dont fine");
    check("東京の靴", "東 京 の 靴");
    check("", "");
}

#[test]
fn stems_join_plurals_and_forms() {
    for (left, right) in
        [("jackets", "jacket"), ("hiking", "hikes"), ("washed", "washing"), ("batteries", "battery")]
    {
        assert_eq!(stem(left), stem(right));
    }
}

#[test]
fn compounds_are_joined() {
    let text = "a wi-fi t-shirt, 15.6-inch, state-of-the-art";
    let joined: Vec<String> = compounds(text, &words(text)).into_iter().map(|(_, word)| word.text).collect();
    assert_eq!(joined, ["wifi", "tshirt", "stateoftheart"]);
}

#[test]
fn stop_words_are_sorted() {
    assert!(STOP_WORDS.windows(2).all(|pair| pair[0] < pair[1]));
}

proptest::proptest! {
    #[test]
    fn any_text_gives_words_in_order(text in ".{0,80}") {
        let words = words(&text);
        proptest::prop_assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start));
        for word in &words {
            proptest::prop_assert!(text.get(word.start..word.end).is_some());
        }
    }
}
