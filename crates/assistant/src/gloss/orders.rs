//! Orders to act in other languages, `leg die zweite in den Warenkorb`, as orders of English. Their words stand in another order than
//! English ones and mean little one by one, so each is a line of `lexicon/orders_de.txt` or its sisters; only what fills a line
//! is glossed like any other text.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use search::Language;

use super::numerals;
use super::tokens::{Token, tokens};

/// The most words of an order; it bounds how often slots are tried.
const MAX_WORDS: usize = 24;

static BOOKS: LazyLock<[OrderBook; 3]> = LazyLock::new(|| {
    [
        OrderBook::parse(Language::German, include_str!("../lexicon/orders_de.txt")),
        OrderBook::parse(Language::French, include_str!("../lexicon/orders_fr.txt")),
        OrderBook::parse(Language::Spanish, include_str!("../lexicon/orders_es.txt")),
    ]
});

/// The orders of a language.
struct OrderBook {
    language: Language,
    orders: Vec<Order>,
    polite: BTreeSet<String>,
    it: BTreeSet<String>,
    them: BTreeSet<String>,
}

/// What is said, and what it is in English.
struct Order {
    english: &'static str,
    parts: Vec<Part>,
}

enum Part {
    Words { any: Vec<String>, may_be_missing: bool },
    Slot,
    Number,
}

/// A message that is an order as a whole, in English; `None` where it is none. `gloss` reads what fills it.
pub(crate) fn order(language: Language, text: &str, gloss: impl Fn(&str) -> String) -> Option<String> {
    let book = BOOKS.iter().find(|book| book.language == language)?;
    let all = tokens(language, text);
    let is_polite = |token: &Token| book.polite.contains(&token.folded);
    let first = all.iter().position(|token| !is_polite(token)).unwrap_or(all.len());
    let last = all.iter().rposition(|token| !is_polite(token)).map_or(first, |last| last + 1);
    // A polite word may be all that is said, or the end of an order.
    [&all[first..last.max(first)], &all[first..], &all[..]].into_iter().find_map(|words| {
        let fits = !words.is_empty() && words.len() <= MAX_WORDS;
        if fits { book.read(text, words, &gloss) } else { None }
    })
}

impl OrderBook {
    fn read(&self, text: &str, words: &[Token], gloss: &impl Fn(&str) -> String) -> Option<String> {
        self.orders.iter().find_map(|order| {
            let mut filled = Vec::new();
            let is_whole = matches(self.language, &order.parts, words, 0, &mut filled);
            is_whole.then(|| self.fill(order.english, text, words, &filled, gloss))
        })
    }

    /// The English order with what stands in its slots, one after the other.
    fn fill(
        &self,
        english: &str,
        text: &str,
        words: &[Token],
        filled: &[Range<usize>],
        gloss: &impl Fn(&str) -> String,
    ) -> String {
        let mut out = english.to_owned();
        for range in filled {
            let own = &words[range.clone()];
            let folded = own.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
            let value = match (own, number(self.language, own)) {
                (_, Some(number)) => number,
                _ if self.it.contains(&folded) => "it".to_owned(),
                _ if self.them.contains(&folded) => "them".to_owned(),
                _ => gloss(&text[own[0].range.start..own[own.len() - 1].range.end]),
            };
            let slot = if out.find("{n}").is_some_and(|n| out.find("{}").is_none_or(|any| n < any)) {
                "{n}"
            } else {
                "{}"
            };
            out = out.replacen(slot, &value, 1);
        }
        out
    }

    fn parse(language: Language, text: &'static str) -> Self {
        let mut book = Self {
            language,
            orders: Vec::new(),
            polite: BTreeSet::new(),
            it: BTreeSet::new(),
            them: BTreeSet::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let list = |words: &str| -> BTreeSet<String> {
                words.split(' ').map(|word| folded(language, word)).collect()
            };
            match (line.split_once(" = "), line.split_once(' ')) {
                (Some((english, said)), _) => {
                    let parts = said.split_whitespace().map(|part| Part::parse(language, part)).collect();
                    book.orders.push(Order { english, parts });
                }
                (None, Some(("polite", words))) => book.polite = list(words),
                (None, Some(("it", words))) => book.it = list(words),
                (None, Some(("them", words))) => book.them = BTreeSet::from([words.to_owned()]),
                _ => {}
            }
        }
        book
    }
}

impl Part {
    fn parse(language: Language, part: &str) -> Self {
        match part {
            "{}" => Self::Slot,
            "{n}" => Self::Number,
            words => Self::Words {
                any: words.trim_end_matches('?').split('|').map(|word| folded(language, word)).collect(),
                may_be_missing: words.ends_with('?'),
            },
        }
    }
}

fn folded(language: Language, word: &str) -> String {
    tokens(language, word).into_iter().map(|token| token.folded).collect::<Vec<_>>().join(" ")
}

/// A number that one word says.
fn number(language: Language, words: &[Token]) -> Option<String> {
    let [word] = words else { return None };
    let is_digits = !word.text.is_empty() && word.text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits {
        Some(word.text.clone())
    } else {
        numerals::plain(language, &word.lower).or_else(|| numerals::word(language, &word.folded))
    }
}

fn matches(
    language: Language,
    parts: &[Part],
    words: &[Token],
    at: usize,
    filled: &mut Vec<Range<usize>>,
) -> bool {
    let Some((part, rest)) = parts.split_first() else { return at == words.len() };
    match part {
        Part::Words { any, may_be_missing } => {
            let is_there = words.get(at).is_some_and(|word| any.contains(&word.folded));
            is_there && matches(language, rest, words, at + 1, filled)
                || *may_be_missing && matches(language, rest, words, at, filled)
        }
        Part::Number => {
            let is_there =
                words.get(at).is_some_and(|word| number(language, std::slice::from_ref(word)).is_some());
            is_there && taken(language, rest, words, (at, at + 1), filled)
        }
        Part::Slot => (at + 1..=words.len()).any(|end| taken(language, rest, words, (at, end), filled)),
    }
}

fn taken(
    language: Language,
    rest: &[Part],
    words: &[Token],
    (from, to): (usize, usize),
    filled: &mut Vec<Range<usize>>,
) -> bool {
    filled.push(from..to);
    let fits = matches(language, rest, words, to, filled);
    if !fits {
        filled.pop();
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, text: &str, english: &str) {
        let found = order(language, text, |part| super::super::english(language, part, &[]).english);
        assert_eq!(found.unwrap_or_default(), english, "{text}");
    }

    #[test]
    fn orders_of_other_languages_are_read_in_english() {
        use Language::{French, German, Spanish};
        check(German, "Leg die zweite in den Warenkorb, bitte", "add the second one to my cart");
        check(German, "leg drei davon in den Korb", "add three of it to my cart");
        check(German, "die nehme ich", "add it to my cart");
        check(German, "entferne es", "remove it from my cart");
        check(German, "Sag mir Bescheid, wenn es unter 40 fällt", "tell me when it drops below 40");
        check(French, "ajoute-la au panier", "add it to my cart");
        check(French, "mets-en trois dans mon panier", "add three of it to my cart");
        check(French, "passer à la caisse", "check out");
        check(Spanish, "pon tres en mi carrito", "add three of it to my cart");
        check(Spanish, "añádelo al carrito", "add it to my cart");
        check(Spanish, "¿Dónde está mi pedido?", "where is my order");
    }

    #[test]
    fn other_messages_are_no_orders() {
        let none = |language, text: &str| order(language, text, str::to_owned);
        assert_eq!(none(Language::German, "Ist die Jacke wasserdicht?"), None);
        assert_eq!(none(Language::French, "une veste de pluie"), None);
        assert_eq!(none(Language::Spanish, "¿cuánto cuesta?"), None);
        assert_eq!(none(Language::English, "add it to my cart"), None);
    }
}
