//! What a text denies: `no nuts`, `without leather or suede`, `gluten-free`, `zuckerfrei`.
//!
//! A denied word is indexed once more with a mark before its stem. A text that has a word more often than its denial says
//! that it is so; one that only denies it says that it is not.

use crate::language::Grammar;

/// Words of the same clause that a denial reaches, small words left out.
const REACH: usize = 2;
/// Between the beginning of a phrase such as `free from` and now, at most so many words are remembered.
const REMEMBERED: usize = 3;
/// Before the stem of a denied word; no word has it.
const MARK: char = '-';

/// The term of a denied word.
pub(crate) fn denied(stem: &str) -> String {
    format!("{MARK}{stem}")
}

/// The stem of a denied word; `None` for a term that is not one.
pub(crate) fn denied_stem(term: &str) -> Option<&str> {
    term.strip_prefix(MARK)
}

/// Reads a text from left to right.
pub(crate) struct Denials<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    /// The last words, the newest last.
    last: Vec<String>,
    end: usize,
    /// How many more words are denied.
    reach: usize,
}

impl<'a> Denials<'a> {
    pub(crate) fn new(grammar: &'a Grammar, text: &'a str) -> Self {
        Self { grammar, text, last: Vec::with_capacity(REMEMBERED + 1), end: 0, reach: 0 }
    }

    /// Reads the next word and calls back with what turns out to be denied by it or before it.
    pub(crate) fn read(&mut self, word: &str, start: usize, end: usize, mut found: impl FnMut(&str)) {
        let gap = self.text.get(self.end..start).unwrap_or_default();
        if gap.contains(['.', ';', ':', '!', '?', '(', ')', '\n']) {
            self.last.clear();
            self.reach = 0;
        }
        self.end = end;
        if let Some(before) = self.last.last().filter(|_| self.grammar.is_free(word)) {
            found(before);
        }
        if let Some(denied) = self.grammar.denied_in(word) {
            found(denied);
        }
        if self.grammar.is_or(word) || gap.contains(',') {
            self.reach += usize::from(self.reach > 0);
        }
        let is_small = self.grammar.is_stop(word) || self.grammar.is_or(word) || self.grammar.may_deny(word);
        if self.reach > 0 && !is_small {
            self.reach -= 1;
            found(word);
        }
        self.remember(word);
        if self.grammar.may_deny(word) && self.ends_denial() {
            self.reach = REACH;
        }
    }

    fn remember(&mut self, word: &str) {
        let mut oldest = if self.last.len() == REMEMBERED { self.last.remove(0) } else { String::new() };
        oldest.clear();
        oldest.push_str(word);
        self.last.push(oldest);
    }

    /// Whether the last words are a phrase after which something is denied.
    fn ends_denial(&self) -> bool {
        (1..=self.last.len()).any(|length| {
            let words = &self.last[self.last.len() - length..];
            self.grammar.denial(|at| words.get(at).map(String::as_str)) == length
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::analyse::each_word;

    fn check(language: Language, text: &str, expected: &[&str]) {
        let mut denials = Denials::new(language.grammar(), text);
        let mut found = Vec::new();
        each_word(text, |word, start, end| {
            denials.read(&word, start, end, |word| found.push(word.to_owned()));
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_what_is_denied() {
        let english = Language::English;
        check(english, "A sole of rubber, no leather or suede. Vegan glue.", &["leather", "suede"]);
        check(english, "gluten-free pasta with no added sugar", &["gluten", "added", "sugar"]);
        check(english, "Free from nuts; contains milk", &["nuts"]);
        check(english, "free shipping on orders over 50", &[]);
        check(Language::German, "Zuckerfrei, ohne Nüsse und kein Palmöl", &["zucker", "nusse", "palmol"]);
        check(Language::French, "sans sucre ni gluten", &["sucre", "gluten"]);
        check(Language::Spanish, "Sin azúcar. Libre de gluten", &["azucar", "gluten"]);
    }
}
