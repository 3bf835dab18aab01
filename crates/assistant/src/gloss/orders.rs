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
    Slot(Slot),
}

/// What can fill a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// Any words, in English.
    Glossed,
    /// A number.
    Number,
    /// Any words as they are, such as an address.
    AsItIs,
    /// A word with a digit in it, such as the number of an order.
    OrderNumber,
    /// What another line covers.
    Line,
}

/// What fills a slot of a line.
type Filled = (Slot, Range<usize>);

/// A message that is an order as a whole, in English; `None` where it is none. `gloss` reads what fills it.
pub(crate) fn order(language: Language, text: &str, gloss: impl Fn(&str) -> String) -> Option<String> {
    let book = BOOKS.iter().find(|book| book.language == language)?;
    let all = tokens(language, text);
    let is_polite = |token: &Token| book.polite.contains(&token.folded);
    let first = all.iter().position(|token| !is_polite(token)).unwrap_or(all.len());
    let last = all.iter().rposition(|token| !is_polite(token)).map_or(first, |last| last + 1);
    // A polite word may be all that is said, or the end of an order.
    let readings = [&all[first..last.max(first)], &all[first..], &all[..]];
    let fits = |words: &&[Token]| !words.is_empty() && words.len() <= MAX_WORDS;
    let readings: Vec<&[Token]> = readings.into_iter().filter(fits).collect();
    book.orders.iter().find_map(|order| {
        readings.iter().find_map(|words| {
            let mut filled = Vec::new();
            let is_whole = book.matches(&order.parts, words, 0, &mut filled);
            is_whole.then(|| book.fill(order.english, text, words, &filled, &gloss))
        })
    })
}

impl OrderBook {
    fn read(&self, text: &str, words: &[Token], gloss: &impl Fn(&str) -> String) -> Option<String> {
        self.orders.iter().filter(|order| !order.has_line()).find_map(|order| {
            let mut filled = Vec::new();
            let is_whole = self.matches(&order.parts, words, 0, &mut filled);
            is_whole.then(|| self.fill(order.english, text, words, &filled, gloss))
        })
    }

    /// The English order with what stands in its slots, one after the other.
    fn fill(
        &self,
        english: &str,
        text: &str,
        words: &[Token],
        filled: &[Filled],
        gloss: &impl Fn(&str) -> String,
    ) -> String {
        let mut pieces = english.split('{');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        let mut filled = filled.iter();
        for piece in pieces {
            let rest = piece.split_once('}').map_or(piece, |(_, rest)| rest);
            if let Some((slot, range)) = filled.next() {
                out.push_str(&self.value(*slot, text, &words[range.clone()], gloss));
            }
            out.push_str(rest);
        }
        out
    }

    fn value(&self, slot: Slot, text: &str, own: &[Token], gloss: &impl Fn(&str) -> String) -> String {
        let said = &text[own[0].range.start..own[own.len() - 1].range.end];
        let folded = own.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
        match (slot, number(self.language, own)) {
            (Slot::AsItIs | Slot::OrderNumber, _) => said.to_owned(),
            (Slot::Line, _) => self.read(text, own, gloss).unwrap_or_else(|| gloss(said)),
            (_, Some(number)) => number,
            _ if self.it.contains(&folded) => "it".to_owned(),
            _ if self.them.contains(&folded) => "them".to_owned(),
            _ => gloss(said),
        }
    }

    /// Whether parts cover all words from a place on.
    fn matches(&self, parts: &[Part], words: &[Token], at: usize, filled: &mut Vec<Filled>) -> bool {
        let Some((part, rest)) = parts.split_first() else { return at == words.len() };
        match part {
            Part::Words { any, may_be_missing } => {
                let is_there = words.get(at).is_some_and(|word| any.contains(&word.folded));
                is_there && self.matches(rest, words, at + 1, filled)
                    || *may_be_missing && self.matches(rest, words, at, filled)
            }
            Part::Slot(slot) => {
                let last = if *slot == Slot::Number { (at + 1).min(words.len()) } else { words.len() };
                (at + 1..=last).any(|end| {
                    let takes = self.takes(*slot, &words[at..end]);
                    takes && self.taken((*slot, at..end), rest, words, filled)
                })
            }
        }
    }

    /// Whether words can fill a slot.
    fn takes(&self, slot: Slot, words: &[Token]) -> bool {
        match slot {
            Slot::Glossed | Slot::AsItIs => true,
            Slot::Number => number(self.language, words).is_some(),
            Slot::OrderNumber => matches!(words, [word] if word.text.contains(|c: char| c.is_ascii_digit())),
            Slot::Line => {
                let covers = |order: &Order| {
                    !order.has_line() && self.matches(&order.parts, words, 0, &mut Vec::new())
                };
                self.orders.iter().any(covers)
            }
        }
    }

    fn taken(&self, one: Filled, rest: &[Part], words: &[Token], filled: &mut Vec<Filled>) -> bool {
        let end = one.1.end;
        filled.push(one);
        let fits = self.matches(rest, words, end, filled);
        if !fits {
            filled.pop();
        }
        fits
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

impl Order {
    /// Whether another line stands in it.
    fn has_line(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Slot(Slot::Line)))
    }
}

impl Part {
    fn parse(language: Language, part: &str) -> Self {
        match part {
            "{}" => Self::Slot(Slot::Glossed),
            "{n}" => Self::Slot(Slot::Number),
            "{=}" => Self::Slot(Slot::AsItIs),
            "{#}" => Self::Slot(Slot::OrderNumber),
            "{line}" => Self::Slot(Slot::Line),
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
    fn orders_are_called_off_taken_apart_and_sent_elsewhere_in_other_languages() {
        use Language::{French, German, Spanish};
        check(German, "Storniere alle meine Bestellungen", "cancel all my orders");
        check(German, "storniere die Bestellungen 1003 und 1005", "cancel orders 1003 and 1005");
        check(French, "annule les deux commandes s'il te plaît", "cancel both orders");
        check(Spanish, "cancela los dos pedidos", "cancel both orders");
        check(German, "wiederhole meine letzte Bestellung", "reorder my last order");
        check(French, "répète ma dernière commande", "reorder my last order");
        check(Spanish, "repite mi último pedido", "reorder my last order");
        check(German, "nimm sie aus meiner Bestellung raus", "remove it from my order");
        check(German, "nimm sie aus der Bestellung 1003", "remove it from order 1003");
        check(French, "enlève-la de ma commande", "remove it from my order");
        check(Spanish, "quita eso de mi pedido", "remove it from my order");
        check(
            German,
            "Schick meine Bestellung an Hauptstraße 5, 10115 Berlin, Deutschland",
            "send my order to Hauptstraße 5, 10115 Berlin, Deutschland",
        );
        check(
            French,
            "envoyez ma commande au 12 rue des Lilas, 75011 Paris, France",
            "send my order to 12 rue des Lilas, 75011 Paris, France",
        );
        check(Spanish, "cambia la dirección de mi pedido", "change the address of my order");
    }

    #[test]
    fn what_shoppers_say_of_themselves_is_read_in_other_languages() {
        use Language::{French, German, Spanish};
        check(German, "Ich trage Größe M", "i wear size M");
        check(German, "merk dir, dass ich Größe M trage", "remember that i wear size M");
        check(German, "Merk dir bitte: ich bin allergisch gegen Nüsse", "remember that i am allergic to nut");
        check(French, "je suis allergique aux noix", "i am allergic to nut");
        check(French, "retiens que je n'aime pas le cuir", "remember that i do not like leather");
        check(Spanish, "no me gusta el cuero", "i do not like leather");
        check(Spanish, "recuerda que calzo un 42", "remember that my shoe size is 42");
        check(German, "was weißt du über mich?", "what do you know about me");
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
