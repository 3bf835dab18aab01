//! The language that an answer is given in: sentences, words for labels and values, lists, numbers, money and dates.
//!
//! What a reasoner states and what composition makes of it pass through a [`Voice`]. English stands in the code
//! (`lines_table.rs`); every other language is two files of lines: `lines_de.txt` has its sentences, which are worded so
//! that nothing has to agree with what fills their slots, and `words_de.txt` its words. A word that is not there stays as
//! the catalog has it, and quotations always do.

use std::collections::HashMap;
use std::sync::LazyLock;

use commerce::Locale;
use jiff::Timestamp;
use search::Language;

mod figures;
mod lines_table;
#[cfg(test)]
mod tests;

use crate::climate::MONTHS;
use lines_table::LINES;
pub(crate) use lines_table::Line;

/// The language that an answer is given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Voice(Language);

/// The sentences and words of a language other than English.
struct Book {
    /// In the order of [`LINES`]; `None` where a line is missing, which a test forbids.
    lines: Vec<Option<&'static str>>,
    /// By the English word in small letters.
    words: HashMap<String, &'static str>,
    months: Vec<&'static str>,
}

/// The books, in the order of [`Language::ALL`]; that of English is empty.
static BOOKS: LazyLock<[Book; 4]> = LazyLock::new(|| {
    [
        Book::parse("", ""),
        Book::parse(include_str!("voice/lines_de.txt"), include_str!("voice/words_de.txt")),
        Book::parse(include_str!("voice/lines_fr.txt"), include_str!("voice/words_fr.txt")),
        Book::parse(include_str!("voice/lines_es.txt"), include_str!("voice/words_es.txt")),
    ]
});

impl Book {
    fn parse(lines: &'static str, words: &'static str) -> Self {
        let entries = |text: &'static str| {
            let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
            lines.filter_map(|line| line.split_once(" = "))
        };
        let by_name: HashMap<&str, &'static str> = entries(lines).collect();
        let words: HashMap<String, &'static str> =
            entries(words).map(|(english, own)| (english.trim().to_lowercase(), own.trim())).collect();
        Self {
            lines: LINES.iter().map(|(name, _)| by_name.get(name).copied()).collect(),
            months: words
                .get("names of months")
                .map(|months| months.split(' ').collect())
                .unwrap_or_default(),
            words,
        }
    }
}

impl Voice {
    /// The voice of a locale; English where its language is not spoken.
    pub(crate) fn of(locale: &Locale) -> Self {
        Self::of_tag(&locale.language)
    }

    /// The voice of a BCP 47 tag.
    pub(crate) fn of_tag(tag: &str) -> Self {
        Self(Language::parse(tag).unwrap_or_default())
    }

    /// The language.
    pub(crate) fn language(self) -> Language {
        self.0
    }

    pub(crate) fn is_english(self) -> bool {
        self.0 == Language::English
    }

    fn book(self) -> &'static Book {
        &BOOKS[self.0 as usize]
    }

    /// A line with its slots filled.
    pub(crate) fn say(self, line: Line, slots: &[&str]) -> String {
        let own = self.book().lines.get(line as usize).copied().flatten();
        fill(own.unwrap_or(LINES[line as usize].1), slots)
    }

    /// The word of this language for an English one that the assistant itself uses, such as `lighter`.
    pub(crate) fn word(self, english: &str) -> String {
        self.known(english).unwrap_or(english).to_owned()
    }

    /// What the assistant itself calls a time, an activity, a person or a need: `March to May`, `a wedding`, `a height of
    /// 1.8 m`. What is not known stays.
    pub(crate) fn term(self, english: &str) -> String {
        if self.is_english() {
            return english.to_owned();
        }
        let bare = english.strip_prefix("a ").or_else(|| english.strip_prefix("an "));
        if let Some(own) = self.known(english).or_else(|| self.known(bare?)) {
            return own.to_owned();
        }
        if let Some(place) = MONTHS.iter().position(|month| *month == english) {
            return self.book().months.get(place).map_or_else(|| english.to_owned(), |own| (*own).to_owned());
        }
        for (between, line) in [(" to ", Line::Span), (" and ", Line::And), (", ", Line::Listed)] {
            if let Some((first, last)) = english.split_once(between) {
                return self.say(line, &[&self.term(first), &self.term(last)]);
            }
        }
        let number = english.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0);
        let measured = number.map(|at| english.split_at(at));
        match measured.and_then(|(head, number)| Some((self.known(head)?, number))) {
            Some((own, number)) => format!("{own} {}", self.figures(number)),
            None => english.to_owned(),
        }
    }

    /// A label of an attribute: in this language where the word is known, else as the catalog has it.
    pub(crate) fn label(self, label: &str) -> String {
        match self.known(label) {
            Some(own) => capital(own),
            None => label.to_owned(),
        }
    }

    /// A label within a sentence: `Screen size` is `screen size`; `USB ports` and `IP rating` keep their capitals.
    pub(crate) fn label_within(self, label: &str) -> String {
        match self.known(label) {
            Some(own) => own.to_owned(),
            None if self.is_english() => in_small_letters(label),
            None => label.to_owned(),
        }
    }

    /// A value of an attribute, such as a colour, in this language where the word is known, with its marks of decimals.
    pub(crate) fn value(self, value: &str) -> String {
        match self.known(value) {
            Some(own) => own.to_owned(),
            None => self.counted(value),
        }
    }

    /// `2 people` is `2 Personen`: a number with a word that is known, else a number as the language writes it.
    fn counted(self, value: &str) -> String {
        let is_number = |number: &str| number.starts_with(|c: char| c.is_ascii_digit());
        let word = value.split_once(' ').filter(|(number, _)| is_number(number));
        match word.and_then(|(number, word)| Some((number, self.known(word)?))) {
            Some((number, own)) => format!("{} {own}", self.marks(number)),
            None => self.figures(value),
        }
    }

    fn known(self, english: &str) -> Option<&'static str> {
        if self.is_english() {
            return None;
        }
        self.book().words.get(&english.trim().to_lowercase()).copied()
    }

    /// Words joined as a list: `a, b and c`.
    pub(crate) fn list(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.say(Line::And, &[&first.join(", "), last]),
        }
    }

    /// Between quotation marks.
    pub(crate) fn quote(self, text: &str) -> String {
        self.say(Line::Quotation, &[text])
    }

    /// Each between quotation marks.
    pub(crate) fn quotes(self, texts: &[String]) -> String {
        texts.iter().map(|text| self.quote(text)).collect::<Vec<_>>().join(", ")
    }

    /// A day.
    pub(crate) fn day(self, time: Timestamp) -> String {
        if self.is_english() {
            return time.strftime("%-d %B %Y").to_string();
        }
        let month: usize = time.strftime("%-m").to_string().parse().unwrap_or(1);
        let month = self.book().months.get(month - 1).copied().unwrap_or_default();
        let (day, year) = (time.strftime("%-d").to_string(), time.strftime("%Y").to_string());
        match self.0 {
            Language::German => format!("{day}. {month} {year}"),
            Language::Spanish => format!("{day} de {month} de {year}"),
            _ => format!("{day} {month} {year}"),
        }
    }
}

/// Puts each slot into its place.
fn fill(template: &str, slots: &[&str]) -> String {
    let mut text = String::with_capacity(template.len() + slots.iter().map(|slot| slot.len()).sum::<usize>());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find('}').map_or(rest.len(), |length| at + length + 1);
        let slot = rest[at + 1..end].trim_end_matches('}').parse::<usize>().ok();
        text.push_str(slot.and_then(|slot| slots.get(slot)).copied().unwrap_or_default());
        rest = &rest[end..];
    }
    text.push_str(rest);
    text
}

fn in_small_letters(label: &str) -> String {
    let is_name = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    label
        .split(' ')
        .map(|word| if is_name(word) { word.to_owned() } else { word.to_lowercase() })
        .collect::<Vec<_>>()
        .join(" ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
