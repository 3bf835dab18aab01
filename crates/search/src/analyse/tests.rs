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
    check("160x200 cm, 6 x 330 ml, 4K, 1000XM5, X100", "160 200 cm 6 330 ml 4k 1000xm5 x100");
    check("l'eau d'Orange, it's O'Neill", "l eau d orange it oneill");
    check("", "");
}

#[test]
fn stems_join_plurals_and_forms() {
    for (left, right) in
        [("jackets", "jacket"), ("hiking", "hikes"), ("washed", "washing"), ("batteries", "battery")]
    {
        assert_eq!(phrase_key(Language::English, left), phrase_key(Language::English, right));
    }
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
