//! The books are whole, and say what English says.

use commerce::{Currency, Money};
use search::Language;

use super::{BOOKS, LINES, Line, Voice, fill};

fn slots(text: &str) -> Vec<usize> {
    (0..9).filter(|slot| text.contains(&format!("{{{slot}}}"))).collect()
}

#[test]
fn every_line_is_said_in_every_language_with_slots_that_english_has() {
    for language in [Language::German, Language::French, Language::Spanish] {
        let book = &BOOKS[language as usize];
        for ((name, english), own) in LINES.iter().zip(&book.lines) {
            let own = own.unwrap_or_else(|| panic!("{} has no {name}", language.code()));
            let unknown: Vec<usize> =
                slots(own).into_iter().filter(|slot| !slots(english).contains(slot)).collect();
            assert!(unknown.is_empty(), "{}: {name} has slots {unknown:?}", language.code());
        }
        assert_eq!(book.months.len(), 12);
    }
}

#[test]
fn slots_are_filled_once() {
    assert_eq!(fill("{1} and {0}, {1}", &["{1}", "b"]), "b and {1}, b");
    assert_eq!(Voice::default().say(Line::Costs, &["$5.00"]), "It costs $5.00.");
}

#[test]
fn numbers_and_money_have_the_marks_of_the_language() {
    let (german, french) = (Voice(Language::German), Voice(Language::French));
    let price = Money::new(129_950, Currency::parse("EUR").expect("a currency"));
    assert_eq!(Voice::default().money(price), "€1,299.50");
    assert_eq!(german.money(price), "1.299,50\u{a0}€");
    assert_eq!(french.money(price), "1\u{202f}299,50\u{a0}€");
    assert_eq!(german.figures("1.32 kg"), "1,32 kg");
    assert_eq!(german.figures("3 to 5.5 kg"), "3 bis 5,5 kg");
    assert_eq!(german.figures("USB 3.2"), "USB 3.2");
}

#[test]
fn what_the_assistant_calls_times_and_needs_is_told_in_the_language() {
    let german = Voice(Language::German);
    assert_eq!(german.term("July"), "Juli");
    assert_eq!(german.term("March to May"), "März bis Mai");
    assert_eq!(german.term("January, February and March"), "Januar, Februar und März");
    assert_eq!(german.term("a wedding"), "Hochzeit");
    assert_eq!(german.term("a height of 1.8 m"), "Körpergröße 1,8 m");
    assert_eq!(german.term("Oslo"), "Oslo");
    assert_eq!(german.value("24 months"), "24 Monate");
    assert_eq!(Voice::default().term("March to May"), "March to May");
}
