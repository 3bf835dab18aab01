//! What is said beside shopping: small talk, what is no matter of a shop, and what is refused. What counts as which, and what is answered,
//! is data: `lexicon/asides_en.txt`.

use std::sync::LazyLock;

use search::analyse;

use crate::Intent;

static ASIDES: LazyLock<Asides> = LazyLock::new(|| Asides::parse(include_str!("lexicon/asides_en.txt")));

/// Words around a text that change nothing of what it says.
const FILLERS: [&str; 14] = [
    "please", "ok", "okay", "well", "hey", "oh", "so", "then", "and", "there", "again", "today", "now",
    "really",
];
/// Words between what is done and to whom.
const SMALL: [&str; 16] = [
    "a", "an", "the", "my", "your", "his", "her", "our", "their", "this", "that", "these", "those", "some",
    "any", "all",
];
/// Words between what is made and what it is made of.
const SPAN: usize = 4;

/// Something that is answered by one line.
#[derive(Debug)]
pub(crate) struct Aside {
    /// [`Intent::Chat`] or [`Intent::Refuse`].
    pub(crate) intent: Intent,
    /// What is answered.
    pub(crate) line: &'static str,
    patterns: Vec<Pattern>,
    exceptions: Vec<Phrase>,
}

type Phrase = Vec<&'static str>;

#[derive(Debug)]
enum Pattern {
    Whole(Phrase),
    Opens(Phrase),
    Has(Phrase),
    /// One of the first, then one of the second after at most so many words; small ones only, where there is no number.
    Then(Vec<Phrase>, Vec<Phrase>, Option<usize>),
}

#[derive(Debug, Default)]
struct Asides {
    harmless: Vec<Phrase>,
    all: Vec<Aside>,
}

/// The aside that a text is, if it is one: the first of the table, so that refusals come before small talk.
pub(crate) fn of(text: &str) -> Option<&'static Aside> {
    let said: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    let said = without(said, &ASIDES.harmless);
    ASIDES.all.iter().find(|aside| aside.is_meant(&said))
}

impl Aside {
    fn is_meant(&self, said: &[String]) -> bool {
        let is_excepted = self.exceptions.iter().any(|phrase| place(said, phrase).is_some());
        !is_excepted && self.patterns.iter().any(|pattern| pattern.fits(said))
    }
}

impl Pattern {
    fn fits(&self, said: &[String]) -> bool {
        match self {
            Self::Whole(phrase) => {
                // A word of the phrase itself is no filler.
                let is_filler =
                    |word: &&String| FILLERS.contains(&word.as_str()) && !phrase.contains(&word.as_str());
                let core: Vec<&str> =
                    said.iter().filter(|word| !is_filler(word)).map(String::as_str).collect();
                core == *phrase
            }
            Self::Opens(phrase) => {
                place(said, phrase).is_some_and(|at| said[..at].iter().all(|word| is_filler(word)))
            }
            Self::Has(phrase) => place(said, phrase).is_some(),
            Self::Then(first, second, span) => first.iter().any(|phrase| {
                let ends = places(said, phrase).map(|at| at + phrase.len());
                ends.into_iter().any(|end| second.iter().any(|other| follows(&said[end..], other, *span)))
            }),
        }
    }
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word)
}

/// Whether a phrase follows, near enough.
fn follows(rest: &[String], phrase: &Phrase, span: Option<usize>) -> bool {
    places(rest, phrase).any(|at| match span {
        Some(span) => at <= span,
        None => rest[..at].iter().all(|word| SMALL.contains(&word.as_str())),
    })
}

fn places<'a>(said: &'a [String], phrase: &'a Phrase) -> impl Iterator<Item = usize> + 'a {
    let windows = said.windows(phrase.len().max(1)).enumerate();
    windows.filter(move |(_, window)| window.iter().zip(phrase).all(|(a, b)| a == b)).map(|(at, _)| at)
}

fn place(said: &[String], phrase: &Phrase) -> Option<usize> {
    places(said, phrase).next()
}

/// The words without these phrases.
fn without(mut said: Vec<String>, phrases: &[Phrase]) -> Vec<String> {
    for phrase in phrases {
        while let Some(at) = place(&said, phrase) {
            said.drain(at..at + phrase.len());
        }
    }
    said
}

impl Asides {
    fn parse(lines: &'static str) -> Self {
        let mut asides = Self::default();
        for line in lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some(rest) = line.strip_prefix("  ") {
                asides.add(rest);
            } else if let Some((kind, line)) = line.split_once(": ") {
                match kind {
                    "harmless" => asides.harmless.extend(phrases(line)),
                    "refuse" => asides.open(Intent::Refuse, line),
                    _ => asides.open(Intent::Chat, line),
                }
            }
        }
        asides
    }

    fn open(&mut self, intent: Intent, line: &'static str) {
        self.all.push(Aside { intent, line, patterns: Vec::new(), exceptions: Vec::new() });
    }

    fn add(&mut self, line: &'static str) {
        let (Some((use_, rest)), Some(aside)) = (line.split_once(' '), self.all.last_mut()) else { return };
        let then = |span| {
            let (first, second) = rest.split_once('~').unwrap_or((rest, ""));
            Pattern::Then(phrases(first).collect(), phrases(second).collect(), span)
        };
        match use_ {
            "whole" => aside.patterns.extend(phrases(rest).map(Pattern::Whole)),
            "opens" => aside.patterns.extend(phrases(rest).map(Pattern::Opens)),
            "has" => aside.patterns.extend(phrases(rest).map(Pattern::Has)),
            "near" => aside.patterns.push(then(None)),
            "about" => aside.patterns.push(then(Some(SPAN))),
            _ => aside.exceptions.extend(phrases(rest)),
        }
    }
}

fn phrases(list: &'static str) -> impl Iterator<Item = Phrase> {
    list.split(',').map(|phrase| phrase.split_whitespace().collect())
}

#[cfg(test)]
mod tests;
