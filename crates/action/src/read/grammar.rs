//! The grammar: a table of patterns and words, one file for each language.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::is_near;
use super::pattern::{Meant, Pattern};

/// The English grammar.
pub(crate) static GRAMMAR: LazyLock<Grammar> =
    LazyLock::new(|| Grammar::parse(include_str!("grammar_en.txt")));

/// The shortest word that may have a slip of the keyboard.
const MIN_NEAR_LETTERS: usize = 5;

/// What a pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Add,
    /// All that was shown, or both.
    AddAll,
    AddBoth,
    /// The same, and on to paying.
    Buy,
    Remove,
    Quantity,
    Coupon,
    Cart,
    Checkout,
    Orders,
    Order,
    Expect,
    Cancel,
    Return,
    /// All of an order goes back.
    ReturnAll,
    /// Where the money goes.
    RefundTo,
    /// In which condition something goes back. No pattern has it: what is said of it is a table of its own.
    Condition,
    /// What was ordered before.
    Reorder,
    /// Something into an order that is placed.
    AddToOrder,
    /// Something out of an order.
    TakeOut,
    /// All orders are called off, or so many of them, the newest ones, those of some numbers, or what several pronouns stand for.
    CancelAll,
    CancelSoMany,
    CancelNewest,
    CancelNumbers,
    CancelThese,
    CancelBoth,
    Withdraw,
    Keep,
    Exchange,
    Alert,
    Alerts,
    DropAlert,
    DropAlerts,
    Mandate,
    DropMandate,
    DropMandates,
    AtPrice,
    Until,
    Readdress,
    Redirect,
    Pieces,
    Reason,
    Instead,
    Yes,
    No,
    /// What is asked, said over: no answer by itself.
    Again(Deed),
    /// One more of what is talked about.
    More,
    /// Everything out of the cart.
    Empty,
    /// A code that is not to count any more.
    DropCoupon,
    /// What is wrong with something, which says what goes back and why.
    Complaint,
}

/// What a yes would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Buy,
    Cancel,
    Return,
    Exchange,
    Change,
}

/// Patterns and words.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    patterns: Vec<Pattern>,
    before: Vec<Vec<String>>,
    after: Vec<Vec<String>>,
    /// Beginnings that ask what anybody may do.
    generic: Vec<String>,
    contractions: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, BTreeSet<String>>,
    /// Words that many patterns share, by the name that stands for them.
    phrases: BTreeMap<String, String>,
    same: Vec<Vec<String>>,
    /// All words of patterns: what is one of them is no slip for another.
    known: BTreeSet<String>,
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "add" => Self::Add,
            "add_all" => Self::AddAll,
            "add_both" => Self::AddBoth,
            "buy" => Self::Buy,
            "remove" => Self::Remove,
            "quantity" => Self::Quantity,
            "coupon" => Self::Coupon,
            "cart" => Self::Cart,
            "checkout" => Self::Checkout,
            "orders" => Self::Orders,
            "order" => Self::Order,
            "expect" => Self::Expect,
            "cancel" => Self::Cancel,
            "return" => Self::Return,
            "return_all" => Self::ReturnAll,
            "refund_to" => Self::RefundTo,
            "reorder" => Self::Reorder,
            "add_to_order" => Self::AddToOrder,
            "take_out" => Self::TakeOut,
            "cancel_all" => Self::CancelAll,
            "cancel_so_many" => Self::CancelSoMany,
            "cancel_newest" => Self::CancelNewest,
            "cancel_numbers" => Self::CancelNumbers,
            "cancel_these" => Self::CancelThese,
            "cancel_both" => Self::CancelBoth,
            "withdraw" => Self::Withdraw,
            "keep" => Self::Keep,
            "exchange" => Self::Exchange,
            "alert" => Self::Alert,
            "alerts" => Self::Alerts,
            "drop_alert" => Self::DropAlert,
            "drop_alerts" => Self::DropAlerts,
            "mandate" => Self::Mandate,
            "drop_mandate" => Self::DropMandate,
            "drop_mandates" => Self::DropMandates,
            "at_price" => Self::AtPrice,
            "until" => Self::Until,
            "readdress" => Self::Readdress,
            "redirect" => Self::Redirect,
            "pieces" => Self::Pieces,
            "reason" => Self::Reason,
            "instead" => Self::Instead,
            "yes" => Self::Yes,
            "no" => Self::No,
            "again_buy" => Self::Again(Deed::Buy),
            "again_cancel" => Self::Again(Deed::Cancel),
            "again_return" => Self::Again(Deed::Return),
            "again_exchange" => Self::Again(Deed::Exchange),
            "again_change" => Self::Again(Deed::Change),
            "more" => Self::More,
            "empty" => Self::Empty,
            "drop_coupon" => Self::DropCoupon,
            "complaint" => Self::Complaint,
            _ => return None,
        })
    }
}

impl Grammar {
    /// What a clause means as a whole.
    pub(crate) fn read(&self, clause: &[String]) -> Option<Meant> {
        self.patterns.iter().filter(|pattern| !pattern.is_reply()).find_map(|pattern| pattern.read(clause))
    }

    /// What a clause may be to a question: a yes, a no, the question said over.
    pub(crate) fn replies(&self, clause: &[String]) -> Vec<Kind> {
        let replies = self.patterns.iter().filter(|pattern| pattern.is_reply());
        replies.filter_map(|pattern| pattern.read(clause)).map(|meant| meant.kind).collect()
    }

    /// A clause without polite words around it.
    pub(crate) fn bare<'a>(&self, mut clause: &'a [String]) -> &'a [String] {
        while let Some(polite) = self.before.iter().find(|words| clause.starts_with(words)) {
            clause = &clause[polite.len()..];
        }
        while let Some(polite) = self.after.iter().find(|words| clause.ends_with(words)) {
            clause = &clause[..clause.len() - polite.len()];
        }
        clause
    }

    /// Whether a message asks what anybody may do: `can you return a swimsuit?`.
    pub(crate) fn is_generic(&self, message: &str) -> bool {
        let message = message.trim().to_lowercase();
        message.ends_with('?') && self.generic.iter().any(|words| message.starts_with(words))
    }

    /// A contraction as words.
    pub(crate) fn written_out(&self, word: &str) -> Option<&[String]> {
        self.contractions.get(word).map(Vec::as_slice)
    }

    /// Whether the word joins two clauses.
    pub(crate) fn joins(&self, word: &str) -> bool {
        self.is_in("joining", word)
    }

    /// Whether a word stands in a list of the grammar.
    pub(crate) fn is_in(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// The number in the name of the list with this prefix that has the word: `december` of `month_` is 12.
    pub(crate) fn numbered(&self, prefix: &str, word: &str) -> Option<u32> {
        let lists = self.lists.range(prefix.to_owned()..).take_while(|(list, _)| list.starts_with(prefix));
        let mut found = lists.filter(|(_, words)| words.contains(word));
        found.next().and_then(|(list, _)| list[prefix.len()..].parse().ok())
    }

    /// The word of a list that this is, a slip of the keyboard aside.
    pub(crate) fn near_word(&self, list: &str, word: &str) -> Option<&str> {
        self.lists.get(list)?.iter().find(|known| self.is_word(word, known)).map(String::as_str)
    }

    /// The code of the currency of this name; empty where several have it.
    pub(crate) fn currency(&self, name: &str) -> Option<String> {
        let mut lists =
            self.lists.iter().filter_map(|(list, words)| Some((list.strip_prefix("currency_")?, words)));
        lists.find(|(_, words)| words.contains(name)).map(|(code, _)| code.to_owned())
    }

    /// Words that mean the same as this one, and the word itself.
    pub(crate) fn same_as<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a str> {
        let group = self.same.iter().find(|group| group.iter().any(|known| known == word));
        group.into_iter().flatten().map(String::as_str).chain([word])
    }

    /// Whether a word is one of a pattern's, a slip of the keyboard aside.
    pub(crate) fn is_word(&self, word: &str, wanted: &str) -> bool {
        if word == wanted {
            return true;
        }
        let is_plural = word.strip_suffix('s') == Some(wanted) || wanted.strip_suffix('s') == Some(word);
        wanted.len() >= MIN_NEAR_LETTERS
            && word.len() >= MIN_NEAR_LETTERS - 1
            && !is_plural
            && !self.known.contains(word)
            && is_near(word, wanted)
    }

    fn parse(text: &str) -> Self {
        let mut grammar = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            grammar.add(name, rest.trim());
        }
        let words = grammar.patterns.iter().flat_map(Pattern::words).map(str::to_owned);
        grammar.known = words.collect();
        grammar
    }

    fn add(&mut self, name: &str, rest: &str) {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        match name {
            "before" => self.before.extend(rest.split('|').map(words)),
            "after" => self.after.extend(rest.split('|').map(words)),
            "generic" => self.generic.push(rest.to_owned()),
            "same" => self.same.push(words(rest)),
            "contraction" => {
                if let Some((short, long)) = rest.split_once('=') {
                    self.contractions.insert(short.trim().to_owned(), words(long));
                }
            }
            "list" => {
                if let Some((list, all)) = rest.split_once(' ') {
                    self.lists.entry(list.to_owned()).or_default().extend(words(all));
                }
            }
            "phrase" => {
                if let Some((phrase, all)) = rest.split_once(' ') {
                    let all = self.in_full(all);
                    self.phrases.insert(format!("<{phrase}>"), all);
                }
            }
            name => {
                let line = self.in_full(rest);
                self.patterns.extend(Kind::parse(name).map(|kind| Pattern::parse(kind, &line)));
            }
        }
    }

    /// A line with the phrases that were named before in place of their names.
    fn in_full(&self, line: &str) -> String {
        let word = |word: &str| self.phrases.get(word).cloned().unwrap_or_else(|| word.to_owned());
        line.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let names = ["before", "after", "generic", "same", "contraction", "list", "phrase"];
        for line in include_str!("grammar_en.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let name = line.split(' ').next().unwrap_or_default();
            assert!(names.contains(&name) || Kind::parse(name).is_some(), "{line}");
            assert!(name == "phrase" || !GRAMMAR.in_full(line).contains('<'), "{line}");
        }
        assert!(GRAMMAR.patterns.len() > 60);
    }
}
