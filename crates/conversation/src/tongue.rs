//! What is told of carts, orders and the memory in the shopper's language. The books and the guide tell it in English by fixed
//! sentences; `tongue/de.txt` and its sisters have each of them in another language. What a shopper says yes to stays the English
//! text under the digest, and is shown by these lines.
//!
//! A sentence that no line has stays as it is, and so does what is filled in, but for words that have a line themselves, amounts
//! and days.

use std::sync::LazyLock;

mod figures;
#[cfg(test)]
mod tests;

/// The longest text that is put into another language; it bounds the search for where a slot ends.
const MAX_BYTES: usize = 8_192;
/// What a line of a list begins with.
const BULLET: &str = "- ";
/// Between the parts of a list that fills a slot.
const JOINING: [&str; 2] = ["or", "and that"];
/// How the time of a refund begins and ends.
const TIMES: [(&str, &str); 5] = [
    ("at once", "at once"),
    ("at once ", " are back"),
    ("in ", " days"),
    ("in ", " are back"),
    ("as soon as ", ""),
];
/// What opens the lines that only fill slots.
const VALUES: &str = "[values]";

static BOOKS: LazyLock<[(&str, Book); 3]> = LazyLock::new(|| {
    [
        ("de", Book::parse("de", include_str!("tongue/de.txt"))),
        ("fr", Book::parse("fr", include_str!("tongue/fr.txt"))),
        ("es", Book::parse("es", include_str!("tongue/es.txt"))),
    ]
});

/// The lines of a language, those with more letters first.
#[derive(Debug)]
struct Book {
    language: &'static str,
    sentences: Vec<Line>,
    /// What only fills slots.
    values: Vec<Line>,
}

/// A sentence of English with what it is in another language.
#[derive(Debug)]
struct Line {
    english: Vec<Part>,
    own: &'static str,
    /// How many letters of it are no slots; more of them say more surely what it is.
    letters: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Words(&'static str),
    Slot(Kind),
}

/// What can fill a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Any,
    /// An amount.
    Money,
    /// Several with `or` or `and that` between them.
    List,
    /// When a refund arrives.
    Time,
}

impl Kind {
    /// Whether a text can fill a slot of the kind.
    fn takes(self, text: &str) -> bool {
        match self {
            Self::Any | Self::List => true,
            Self::Money => figures::is_money(text),
            Self::Time => TIMES.iter().any(|(first, last)| text.starts_with(first) && text.ends_with(last)),
        }
    }
}

/// A line that fits, with what fills its slots.
struct Fitting<'a> {
    line: &'a Line,
    filled: Vec<(&'a str, Kind)>,
    end: usize,
}

/// A text in the language of a BCP 47 tag; as it is where there are no lines of that language.
pub(crate) fn told(text: &str, language: &str) -> String {
    let own = language.split(['-', '_']).next().unwrap_or_default();
    let Some((_, book)) = BOOKS.iter().find(|(code, _)| *code == own).filter(|_| text.len() <= MAX_BYTES)
    else {
        return text.to_owned();
    };
    let lines_of_text = text.split('\n').map(|line| match line.strip_prefix(BULLET) {
        Some(item) => format!("{BULLET}{}", book.told(item).0),
        None => book.told(line).0,
    });
    lines_of_text.collect::<Vec<_>>().join("\n")
}

/// What a shopper says to a prompt, with the words that the prompt offers in their language as they are in English.
pub(crate) fn heard(text: &str, language: &str) -> String {
    let own = language.split(['-', '_']).next().unwrap_or_default();
    match BOOKS.iter().find(|(code, _)| *code == own) {
        Some((_, book)) if text.len() <= MAX_BYTES => book.heard(text),
        _ => text.to_owned(),
    }
}

impl Book {
    fn heard(&self, text: &str) -> String {
        let mut heard = format!(" {} ", text.to_lowercase());
        let is_whole = |line: &&Line| matches!(line.english[..], [Part::Words(_)]);
        for line in self.values.iter().filter(is_whole) {
            let [Part::Words(english)] = line.english[..] else { continue };
            let own = line.own.to_lowercase();
            // In capitals it is not taken for a word of the shopper's once more.
            if let Some(at) = place(&heard, &own) {
                heard.replace_range(at..at + own.len(), &english.to_uppercase());
            }
        }
        heard.trim().to_lowercase()
    }

    fn parse(language: &'static str, text: &'static str) -> Self {
        let (sentences, values) = text.split_once(VALUES).unwrap_or((text, ""));
        Self { language, sentences: lines(sentences), values: lines(values) }
    }

    /// Sentence after sentence, with those that no line has, which are told as they are.
    fn told<'a>(&self, text: &'a str) -> (String, Vec<&'a str>) {
        let (mut out, mut untold) = (String::new(), Vec::new());
        let mut rest = text;
        while !rest.is_empty() {
            // The line that ends first: no slot runs on into the next sentence where another line fits.
            let fitting = self.sentences.iter().filter_map(|line| fit(line, rest, Extent::Sentence));
            let first = fitting.min_by_key(|fit| (fit.end, std::cmp::Reverse(fit.line.letters)));
            let end = match first {
                Some(fit) => {
                    out.push_str(&self.said(&fit));
                    fit.end
                }
                None => {
                    let end = rest.find(". ").map_or(rest.len(), |at| at + 1);
                    out.push_str(&rest[..end]);
                    untold.push(&rest[..end]);
                    end
                }
            };
            rest = &rest[end..];
            if let Some(next) = rest.strip_prefix(' ') {
                out.push(' ');
                rest = next;
            }
        }
        (out, untold)
    }

    /// The line with what fills it.
    fn said(&self, fit: &Fitting<'_>) -> String {
        let mut pieces = fit.line.own.split('{');
        let mut own = pieces.next().unwrap_or_default().to_owned();
        // What is filled in may hold braces itself, so each slot is filled once.
        for piece in pieces {
            let (place, words) = piece.split_once('}').unwrap_or_default();
            let value = place.parse().ok().and_then(|place: usize| fit.filled.get(place));
            own.push_str(&value.map(|(value, kind)| self.value(value, *kind)).unwrap_or_default());
            own.push_str(words);
        }
        own
    }

    /// What is filled in: a line of its own, a figure, else as it is.
    fn value(&self, value: &str, kind: Kind) -> String {
        if kind == Kind::List
            && let Some((first, joining, rest)) = joined(value)
        {
            let [first, joining] = [first, joining].map(|part| self.value(part, Kind::Any));
            return format!("{first} {joining} {}", self.value(rest, Kind::List));
        }
        if let Some(figure) = figures::own(self.language, value) {
            return figure;
        }
        let lines = self.values.iter().chain(&self.sentences);
        let whole = lines.filter_map(|line| fit(line, value, Extent::Whole)).next();
        whole.map_or_else(|| value.to_owned(), |fit| self.said(&fit))
    }
}

/// Where words stand in a text as whole words.
fn place(text: &str, words: &str) -> Option<usize> {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words)
        .map(|(at, _)| at)
        .find(|at| is_end(text[..*at].chars().next_back()) && is_end(text[at + words.len()..].chars().next()))
}

/// The first part of a list, what joins it to the rest, and the rest.
fn joined(list: &str) -> Option<(&str, &'static str, &str)> {
    let parts = JOINING.iter().filter_map(|joining| {
        let at = list.find(&format!(" {joining} "))?;
        Some((&list[..at], *joining, &list[at + joining.len() + 2..]))
    });
    parts.min_by_key(|(first, ..)| first.len())
}

/// How much of a text a line covers.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    /// A sentence, which ends where a space follows.
    Sentence,
    /// All of it.
    Whole,
}

/// A line where it fits the beginning of a text.
fn fit<'a>(line: &'a Line, text: &'a str, extent: Extent) -> Option<Fitting<'a>> {
    let mut filled = Vec::new();
    let end = fill(&line.english, text, 0, &mut filled, extent)?;
    Some(Fitting { line, filled, end })
}

/// Where a line ends that begins here; its slots are as short as they can be.
fn fill<'a>(
    parts: &[Part],
    text: &'a str,
    at: usize,
    filled: &mut Vec<(&'a str, Kind)>,
    extent: Extent,
) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        let ends = text.len() == at || extent == Extent::Sentence && text[at..].starts_with(' ');
        return ends.then_some(at);
    };
    match part {
        Part::Words(words) => {
            let end = text[at..].starts_with(words).then_some(at + words.len())?;
            fill(rest, text, end, filled, extent)
        }
        Part::Slot(kind) => {
            let has_more_slots = rest.iter().any(|part| matches!(part, Part::Slot(_)));
            for end in text[at..].char_indices().map(|(place, c)| at + place + c.len_utf8()) {
                if let Some(Part::Words(words)) = rest.first()
                    && !text[end..].starts_with(words)
                {
                    continue;
                }
                if !kind.takes(&text[at..end]) {
                    continue;
                }
                let known = filled.len();
                filled.push((&text[at..end], *kind));
                let found = fill(rest, text, end, filled, extent);
                // A slot that follows could only have become longer: what fails here fails further on too, and the search takes
                // no longer than the text is long. Only what takes not just any words may be found further on.
                let may_come = rest.iter().any(|part| matches!(part, Part::Slot(Kind::Money | Kind::Time)));
                if found.is_some() || has_more_slots && !may_come {
                    return found;
                }
                filled.truncate(known);
            }
            None
        }
    }
}

fn lines(text: &'static str) -> Vec<Line> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut lines: Vec<Line> = lines.filter_map(|line| line.split_once(" = ")).map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.letters));
    lines
}

fn line((english, own): (&'static str, &'static str)) -> Line {
    let mut parts = Vec::new();
    for (place, piece) in english.split('{').enumerate() {
        let (slot, words) = if place == 0 { ("", piece) } else { piece.split_once('}').unwrap_or_default() };
        if place > 0 {
            parts.push(Part::Slot(match slot.split_once(':') {
                Some((_, "money")) => Kind::Money,
                Some((_, "list")) => Kind::List,
                Some((_, "time")) => Kind::Time,
                _ => Kind::Any,
            }));
        }
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
    }
    let letters = parts.iter().map(|part| if let Part::Words(words) = part { words.len() } else { 0 }).sum();
    Line { english: parts, own, letters }
}
