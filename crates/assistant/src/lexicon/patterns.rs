//! What a text says, as patterns of words in a data file, one use for each line:
//!
//! - `whole a, b` the text is one of these phrases and nothing else, but for words like `please`
//! - `opens a, b` it begins with one
//! - `has a, b` one stands in it
//! - `near a, b ~ c, d` one of the first is followed by one of the second, with small words between them only
//! - `about a, b ~ c, d` the same with at most four words between them
//! - `except a, b` where one stands in the text, no pattern fits
//!
//! Words are compared as the analyser folds them, phrases of the file too.

use search::analyse;

/// Words around a text that change nothing of what it says, in all languages and as the analyser folds them.
const FILLERS: [&str; 33] = [
    "please", "ok", "okay", "well", "hey", "oh", "so", "then", "and", "there", "again", "today", "now",
    "really", "bitte", "also", "und", "mal", "denn", "doch", "dann", "heute", "wirklich", "svp", "stp",
    "alors", "donc", "vraiment", "vale", "bueno", "pues", "favor", "hoy",
];
/// Words between what is done and to whom.
const SMALL: [&str; 18] = [
    "a", "an", "the", "my", "your", "his", "her", "our", "their", "this", "that", "these", "those", "some",
    "any", "all", "of", "previous",
];
/// Words that may stand between the two sides of `about`.
const SPAN: usize = 4;

/// Words that stand side by side, folded.
pub(crate) type Phrase = Vec<String>;

/// Patterns of which one has to fit.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    exceptions: Vec<Phrase>,
}

#[derive(Debug)]
enum Pattern {
    Whole(Phrase),
    Opens(Phrase),
    Has(Phrase),
    /// One of the first, then one of the second after at most so many words; small ones only, where there is no number.
    Then(Vec<Phrase>, Vec<Phrase>, Option<usize>),
}

impl Patterns {
    /// Adds a line of the file.
    pub(crate) fn add(&mut self, line: &'static str) {
        let Some((role, rest)) = line.trim().split_once(' ') else { return };
        let then = |span| {
            let (first, second) = rest.split_once('~').unwrap_or((rest, ""));
            Pattern::Then(phrases(first).collect(), phrases(second).collect(), span)
        };
        match role {
            "whole" => self.patterns.extend(phrases(rest).map(Pattern::Whole)),
            "opens" => self.patterns.extend(phrases(rest).map(Pattern::Opens)),
            "has" => self.patterns.extend(phrases(rest).map(Pattern::Has)),
            "near" => self.patterns.push(then(None)),
            "about" => self.patterns.push(then(Some(SPAN))),
            _ => self.exceptions.extend(phrases(rest)),
        }
    }

    /// Whether there is none.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Whether the folded words of a text are meant.
    pub(crate) fn fit(&self, said: &[String]) -> bool {
        let is_excepted = self.exceptions.iter().any(|phrase| place(said, phrase).is_some());
        !is_excepted && self.patterns.iter().any(|pattern| pattern.fits(said))
    }
}

impl Pattern {
    fn fits(&self, said: &[String]) -> bool {
        match self {
            Self::Whole(phrase) => {
                // A word of the phrase itself is no filler.
                let is_core = |word: &&String| !is_filler(word) || phrase.contains(word);
                said.iter().filter(is_core).eq(phrase)
            }
            Self::Opens(phrase) => {
                place(said, phrase).is_some_and(|at| said[..at].iter().all(|word| is_filler(word)))
            }
            Self::Has(phrase) => place(said, phrase).is_some(),
            Self::Then(first, second, span) => first.iter().any(|phrase| {
                let mut ends = places(said, phrase).map(|at| at + phrase.len());
                ends.any(|end| second.iter().any(|other| follows(&said[end..], other, *span)))
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

/// Where a phrase stands.
pub(crate) fn place(said: &[String], phrase: &Phrase) -> Option<usize> {
    places(said, phrase).next()
}

/// The phrases of a list.
pub(crate) fn phrases(list: &'static str) -> impl Iterator<Item = Phrase> {
    list.split(',').map(|phrase| analyse::words(phrase).into_iter().map(|word| word.text).collect())
}
