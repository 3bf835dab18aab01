//! What is said beside shopping: small talk, what is no matter of a shop, and what is refused. What counts as which, and what is
//! answered, is data: `lexicon/asides_en.txt`.

use std::sync::LazyLock;

use search::analyse;

use crate::Intent;
use crate::lexicon::patterns::{Patterns, Phrase, phrases, place};

static ASIDES: LazyLock<Asides> = LazyLock::new(|| Asides::parse(include_str!("lexicon/asides_en.txt")));

/// Something that is answered by one line.
#[derive(Debug)]
pub(crate) struct Aside {
    /// [`Intent::Chat`] or [`Intent::Refuse`].
    pub(crate) intent: Intent,
    /// What is answered.
    pub(crate) line: &'static str,
    patterns: Patterns,
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
    ASIDES.all.iter().find(|aside| aside.patterns.fit(&said))
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
            if let (true, Some(aside)) = (line.starts_with(' '), asides.all.last_mut()) {
                aside.patterns.add(line);
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
        self.all.push(Aside { intent, line, patterns: Patterns::default() });
    }
}

#[cfg(test)]
mod tests;
