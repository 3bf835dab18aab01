//! What is said beside shopping: small talk, what is no matter of a shop, and what is refused. What counts as which, and what is
//! answered, is data: `lexicon/asides_en.txt` and its sisters, one for each language.

use std::sync::LazyLock;

use search::{Language, analyse};

use crate::Intent;
use crate::lexicon::patterns::{Patterns, Phrase, phrases, place};

/// The asides of each language, in the order of [`Language::ALL`].
static ASIDES: LazyLock<[Asides; 4]> = LazyLock::new(|| {
    [
        Asides::parse(include_str!("lexicon/asides_en.txt")),
        Asides::parse(include_str!("lexicon/asides_de.txt")),
        Asides::parse(include_str!("lexicon/asides_fr.txt")),
        Asides::parse(include_str!("lexicon/asides_es.txt")),
    ]
});

/// Something that is answered by one line.
#[derive(Debug)]
pub(crate) struct Aside {
    /// [`Intent::Chat`] or [`Intent::Refuse`].
    pub(crate) intent: Intent,
    /// The same in every language.
    name: &'static str,
    /// What is answered.
    pub(crate) line: &'static str,
    patterns: Patterns,
}

#[derive(Debug, Default)]
struct Asides {
    harmless: Vec<Phrase>,
    all: Vec<Aside>,
}

/// The aside that a text is, if it is one, as it is answered in its language: by its own words, else by how they read in
/// English. The first of the table counts, so that refusals come before small talk.
pub(crate) fn of(language: Language, own_words: &str, english: &str) -> Option<&'static Aside> {
    let own = &ASIDES[language as usize];
    let found = [own.find(own_words), ASIDES[0].find(english)];
    let refused = found.iter().flatten().find(|aside| aside.intent == Intent::Refuse);
    let name = refused.or(found.iter().flatten().next())?.name;
    own.all.iter().find(|aside| aside.name == name)
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
    fn find(&self, text: &str) -> Option<&Aside> {
        let said: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
        let said = without(said, &self.harmless);
        self.all.iter().find(|aside| aside.patterns.fit(&said))
    }

    fn parse(lines: &'static str) -> Self {
        let mut asides = Self::default();
        for line in lines.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let (true, Some(aside)) = (line.starts_with(' '), asides.all.last_mut()) {
                aside.patterns.add(line);
            } else if let Some((head, line)) = line.split_once(": ") {
                match head.split_once(' ') {
                    None => asides.harmless.extend(phrases(line)),
                    Some(("refuse", name)) => asides.open(Intent::Refuse, name, line),
                    Some((_, name)) => asides.open(Intent::Chat, name, line),
                }
            }
        }
        asides
    }

    fn open(&mut self, intent: Intent, name: &'static str, line: &'static str) {
        self.all.push(Aside { intent, name, line, patterns: Patterns::default() });
    }
}

#[cfg(test)]
mod tests;
