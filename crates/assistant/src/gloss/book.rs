//! What shoppers' words of a language mean in English, read from its data file.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use search::Language;
use search::analyse;

use super::Kind;
use super::tokens::Token;

/// Words of a phrase at most.
const MAX_PHRASE: usize = 6;
/// Words between the two ends of a frame at most.
const MAX_GAP: usize = 7;

/// The words of a language.
pub(crate) struct GlossBook {
    language: Language,
    /// By phrase in small letters, so that `ou` is not `où`.
    typed: HashMap<String, (String, Kind)>,
    /// By phrase without accents, for those who leave them out.
    exact: HashMap<String, (String, Kind)>,
    /// By the stems of a phrase.
    stems: HashMap<String, (String, Kind)>,
    frames: Vec<Frame>,
}

/// A phrase in two parts with other words between them: `gebe … zurück`.
struct Frame {
    first: Vec<String>,
    last: Vec<String>,
    /// What stands at the first end, and at the last.
    english: (String, String),
}

/// One end of a frame in a text: what stands there in English.
pub(super) struct Framed {
    pub(super) place: usize,
    pub(super) length: usize,
    pub(super) english: String,
    pub(super) kind: Kind,
}

/// The books, in the order of [`Language::ALL`]; that of English is empty.
static BOOKS: LazyLock<[GlossBook; 4]> = LazyLock::new(|| {
    [
        GlossBook::parse(Language::English, ""),
        GlossBook::parse(Language::German, include_str!("../lexicon/gloss_de.txt")),
        GlossBook::parse(Language::French, include_str!("../lexicon/gloss_fr.txt")),
        GlossBook::parse(Language::Spanish, include_str!("../lexicon/gloss_es.txt")),
    ]
});

/// The words that stand on the English side of any book.
static ENGLISH: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let sides = BOOKS.iter().flat_map(|book| book.exact.values().map(|(english, _)| english));
    sides.flat_map(|english| analyse::words(english)).map(|word| word.stem).collect()
});

/// Whether a word is one that the books know as English.
pub(crate) fn is_english(stem: &str) -> bool {
    ENGLISH.contains(stem)
}

impl GlossBook {
    /// The book of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        &BOOKS[language as usize]
    }

    pub(super) fn language(&self) -> Language {
        self.language
    }

    fn parse(language: Language, text: &str) -> Self {
        let mut book = Self {
            language,
            typed: HashMap::new(),
            exact: HashMap::new(),
            stems: HashMap::new(),
            frames: Vec::new(),
        };
        let mut kind = Kind::Other;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(section) = line.strip_prefix('[') {
                kind = kind_of(section.trim_end_matches(']'));
            } else if let Some((english, phrases)) = line.split_once('=') {
                phrases.split(',').for_each(|phrase| book.add(english.trim(), kind, phrase.trim()));
            }
        }
        book
    }

    fn add(&mut self, english: &str, kind: Kind, phrase: &str) {
        let fold = |text: &str| -> Vec<String> {
            analyse::words_in(self.language, text).into_iter().map(|word| word.text).collect()
        };
        if let Some((first, last)) = phrase.split_once('*') {
            let (first, last) = (fold(first), fold(last));
            let (front, back) = english.split_once('*').unwrap_or((english, ""));
            let english = (front.trim().to_owned(), back.trim().to_owned());
            self.frames.push(Frame { first, last, english });
            return;
        }
        let words = analyse::words_in(self.language, phrase);
        let join = |own: fn(&analyse::Word) -> &str| words.iter().map(own).collect::<Vec<_>>().join(" ");
        let (exact, stem) = (join(|word| &word.text), join(|word| &word.stem));
        let entry = (english.to_owned(), kind);
        if matches!(kind, Kind::Noun | Kind::Adjective | Kind::Verb) {
            self.stems.entry(stem).or_insert_with(|| entry.clone());
        }
        self.typed.entry(phrase.to_lowercase()).or_insert_with(|| entry.clone());
        self.exact.entry(exact).or_insert(entry);
    }

    /// The English of one folded word: as it stands in the book, or one of its inflected forms.
    pub(super) fn word(&self, folded: &str) -> Option<(&str, Kind)> {
        let found = self.exact.get(folded).or_else(|| {
            let stem = analyse::words_in(self.language, folded).into_iter().next()?.stem;
            self.stems.get(&stem)
        })?;
        Some((&found.0, found.1))
    }

    /// Whether a word, or the parts that it is made of, is in the book.
    pub(crate) fn knows(&self, folded: &str) -> bool {
        self.word(folded).is_some() || super::compounds::split(self, folded).is_some()
    }

    /// The longest phrase that these words begin with.
    pub(super) fn longest(&self, tokens: &[Token], is_first: bool) -> Option<(String, Kind, usize)> {
        let longest = tokens.len().min(MAX_PHRASE);
        (1..=longest).rev().find_map(|length| {
            let own = &tokens[..length];
            if own[..length - 1].iter().any(|token| !token.marks.is_empty()) {
                return None;
            }
            let join = |form: fn(&Token) -> &str| own.iter().map(form).collect::<Vec<_>>().join(" ");
            let exact = self.exact.get(&join(|token| &token.folded));
            // Nobody sets the accent of a question word that opens a text.
            let opening = exact.filter(|(_, kind)| is_first && *kind == Kind::Question);
            let found =
                opening.or_else(|| self.typed.get(&join(|token| &token.lower)).or(exact)).or_else(|| {
                    let stems = join(|token| &token.stem);
                    self.stems.get(&stems).or_else(|| self.unfolded(&own[0], length))
                });
            found.map(|(english, kind)| (english.clone(), *kind, length))
        })
    }

    /// A word whose umlaut is written with two letters: `Groesse`.
    fn unfolded(&self, token: &Token, length: usize) -> Option<&(String, Kind)> {
        if self.language != Language::German || length > 1 {
            return None;
        }
        let plain = token.folded.replace("ae", "a").replace("oe", "o").replace("ue", "u");
        (plain != token.folded).then(|| self.exact.get(&plain)).flatten()
    }

    /// Where the ends of frames stand: the first end is told in English, the last is spent.
    pub(super) fn frames(&self, tokens: &[Token]) -> Vec<Framed> {
        let mut found: Vec<Framed> = Vec::new();
        for frame in &self.frames {
            let spells = |at: usize, words: &[String]| {
                words
                    .iter()
                    .enumerate()
                    .all(|(nth, word)| tokens.get(at + nth).is_some_and(|token| token.folded == *word))
            };
            for start in (0..tokens.len()).filter(|start| spells(*start, &frame.first)) {
                let behind = start + frame.first.len();
                let mut ends = behind + 1..=(behind + MAX_GAP).min(tokens.len());
                let Some(end) = ends.find(|end| spells(*end, &frame.last)) else { continue };
                let is_taken = |place| found.iter().any(|known| known.place == place);
                if is_taken(start) || is_taken(end) {
                    continue;
                }
                let framed = |place, length, english: &str, kind| Framed {
                    place,
                    length,
                    english: english.to_owned(),
                    kind,
                };
                let kind = if frame.english.1.is_empty() { Kind::Verb } else { Kind::Other };
                found.push(framed(start, frame.first.len(), &frame.english.0, kind));
                if !frame.last.is_empty() {
                    found.push(framed(end, frame.last.len(), &frame.english.1, Kind::Other));
                }
            }
        }
        found
    }
}

fn kind_of(section: &str) -> Kind {
    match section {
        "noun" => Kind::Noun,
        "adjective" => Kind::Adjective,
        "verb" => Kind::Verb,
        "auxiliary" => Kind::Auxiliary,
        "determiner" => Kind::Determiner,
        "pronoun" => Kind::Pronoun,
        "question" => Kind::Question,
        "of" => Kind::Of,
        _ => Kind::Other,
    }
}
