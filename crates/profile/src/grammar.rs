//! The grammar: a table of kinds, patterns and words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::kind::Kind;
use crate::pattern::{Filled, Pattern};
use crate::words::Word;

/// The English grammar.
pub(crate) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::parse(include_str!("grammar_en.txt")));

/// What a clause asks of the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Show it.
    Show,
    /// Erase all of it.
    ForgetAll,
    /// Erase what was told last.
    ForgetThat,
    /// Erase what is named.
    Forget,
    /// Do not use what is named for this question.
    Ignore,
}

/// Kinds, patterns and words.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub(crate) kinds: Vec<Kind>,
    /// Statements, each with the name of its kind.
    tells: Vec<(String, Pattern)>,
    /// Statements that count where they are to be remembered only.
    wishes: Vec<(String, Pattern)>,
    orders: Vec<(Order, Pattern)>,
    before: Vec<Vec<String>>,
    after: Vec<Vec<String>>,
    /// What asks for something to be remembered.
    explicit: Vec<Vec<String>>,
    contractions: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, BTreeSet<String>>,
    /// Sizes as words.
    sizes: BTreeMap<String, String>,
}

impl Grammar {
    /// The kind and the slots of a clause that states something.
    pub(crate) fn tell(&self, message: &str, words: &[Word]) -> Option<(&Kind, Filled)> {
        self.stated(&self.tells, message, words)
    }

    /// The same of what counts where it is to be remembered only.
    pub(crate) fn wish(&self, message: &str, words: &[Word]) -> Option<(&Kind, Filled)> {
        self.stated(&self.wishes, message, words)
    }

    fn stated(&self, all: &[(String, Pattern)], message: &str, words: &[Word]) -> Option<(&Kind, Filled)> {
        all.iter().find_map(|(name, pattern)| {
            let filled = pattern.read(message, words)?;
            Some((self.kinds.iter().find(|kind| kind.name == *name)?, filled))
        })
    }

    /// What a clause asks of the memory, with the words that it names.
    pub(crate) fn order(&self, message: &str, words: &[Word]) -> Option<(Order, String)> {
        self.orders
            .iter()
            .find_map(|(order, pattern)| pattern.read(message, words).map(|filled| (*order, filled.thing)))
    }

    /// A clause without polite words around it.
    pub(crate) fn bare<'a>(&self, mut clause: &'a [Word]) -> &'a [Word] {
        while let Some(polite) = self.before.iter().find(|polite| begins(clause, polite)) {
            clause = &clause[polite.len()..];
        }
        while let Some(polite) = self.after.iter().find(|polite| ends(clause, polite)) {
            clause = &clause[..clause.len() - polite.len()];
        }
        clause
    }

    /// What is to be remembered, where a clause asks for that.
    pub(crate) fn remembered<'a>(&self, clause: &'a [Word]) -> Option<&'a [Word]> {
        let asked = self.explicit.iter().filter(|words| begins(clause, words)).map(Vec::len).max()?;
        Some(&clause[asked..])
    }

    /// A contraction as words.
    pub(crate) fn written_out(&self, word: &str) -> Option<&[String]> {
        self.contractions.get(word).map(Vec::as_slice)
    }

    /// Whether a phrase stands in a list.
    pub(crate) fn is_in(&self, list: &str, phrase: &str) -> bool {
        self.lists.get(list).is_some_and(|phrases| phrases.contains(phrase))
    }

    /// The letters of a size in words.
    pub(crate) fn spelled_size(&self, words: &str) -> Option<&str> {
        self.sizes.get(words).map(String::as_str)
    }

    fn parse(text: &str) -> Self {
        let mut grammar = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            grammar.add(name, rest.trim());
        }
        grammar
    }

    fn add(&mut self, name: &str, rest: &str) -> bool {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let phrases = |text: &str| text.split('|').map(words).collect::<Vec<_>>();
        if let Some(order) = order(name) {
            let pattern = Pattern::parse(rest).map(|pattern| (order, pattern));
            let is_fine = pattern.is_some();
            self.orders.extend(pattern);
            return is_fine;
        }
        match (name, rest.split_once(' ')) {
            ("before", _) => self.before.extend(phrases(rest)),
            ("after", _) => self.after.extend(phrases(rest)),
            ("explicit", _) => self.explicit.extend(phrases(rest)),
            ("kind", _) => match Kind::parse(rest) {
                Some(kind) => self.kinds.push(kind),
                None => return false,
            },
            ("tell" | "wish", Some((kind, pattern))) => match Pattern::parse(pattern) {
                Some(pattern) if name == "tell" => self.tells.push((kind.to_owned(), pattern)),
                Some(pattern) => self.wishes.push((kind.to_owned(), pattern)),
                None => return false,
            },
            ("list", Some((list, all))) => {
                let all = phrases(all).into_iter().map(|phrase| phrase.join(" "));
                self.lists.entry(list.to_owned()).or_default().extend(all);
            }
            ("size", Some((letters, all))) => {
                let all = phrases(all).into_iter().map(|phrase| (phrase.join(" "), letters.to_owned()));
                self.sizes.extend(all);
            }
            ("contraction", _) => match rest.split_once('=') {
                Some((short, long)) => {
                    self.contractions.insert(short.trim().to_owned(), words(long));
                }
                None => return false,
            },
            _ => return false,
        }
        true
    }
}

fn order(name: &str) -> Option<Order> {
    Some(match name {
        "show" => Order::Show,
        "forget_all" => Order::ForgetAll,
        "forget_that" => Order::ForgetThat,
        "forget" => Order::Forget,
        "ignore" => Order::Ignore,
        _ => return None,
    })
}

fn begins(clause: &[Word], phrase: &[String]) -> bool {
    clause.len() >= phrase.len() && clause.iter().zip(phrase).all(|(word, known)| word.text == *known)
}

fn ends(clause: &[Word], phrase: &[String]) -> bool {
    clause.len() >= phrase.len() && begins(&clause[clause.len() - phrase.len()..], phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let mut grammar = Grammar::default();
        for line in include_str!("grammar_en.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            assert!(grammar.add(name, rest.trim()), "{line}");
        }
        for (kind, _) in grammar.tells.iter().chain(&grammar.wishes) {
            assert!(grammar.kinds.iter().any(|known| known.name == *kind), "{kind}");
        }
    }
}
