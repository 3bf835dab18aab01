//! What words do in a sentence, from `grammar_*.txt`.

use std::collections::HashMap;

use rust_stemmers::Stemmer;

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// A comma, a dash, a bracket.
    Pause,
    /// The end of a sentence.
    Stop,
    /// A question mark.
    Question,
    Number,
    Determiner,
    Possessive,
    Preposition,
    /// A pronoun that a verb follows.
    Subject,
    Pronoun,
    Be,
    Have,
    Do,
    Modal,
    To,
    Join,
    Contrast,
    Negation,
    Lessen,
    Intensify,
    Soften,
    Excess,
    Than,
    Wish,
    Compare,
    Verb,
    Adverb,
    Adjective,
    /// A noun that is about anything.
    General,
    /// Anything else: what it is, its use tells.
    Open,
}

impl Class {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "number" => Self::Number,
            "determiner" => Self::Determiner,
            "possessive" => Self::Possessive,
            "preposition" => Self::Preposition,
            "subject" => Self::Subject,
            "pronoun" => Self::Pronoun,
            "be" => Self::Be,
            "have" => Self::Have,
            "do" => Self::Do,
            "modal" => Self::Modal,
            "to" => Self::To,
            "join" => Self::Join,
            "contrast" => Self::Contrast,
            "negation" => Self::Negation,
            "lessen" => Self::Lessen,
            "intensify" => Self::Intensify,
            "soften" => Self::Soften,
            "excess" => Self::Excess,
            "than" => Self::Than,
            "wish" => Self::Wish,
            "compare" => Self::Compare,
            "verb" => Self::Verb,
            "adverb" => Self::Adverb,
            "adjective" => Self::Adjective,
            "general" => Self::General,
            _ => return None,
        })
    }

    /// Whether the class holds for all forms of a word.
    fn is_of_stem(self) -> bool {
        matches!(self, Self::Verb | Self::Adverb | Self::Adjective | Self::General)
    }

    /// Whether a sentence pauses or ends here.
    pub(crate) fn is_break(self) -> bool {
        matches!(self, Self::Pause | Self::Stop | Self::Question)
    }

    /// Whether a word of this class bears on how things are and could be a noun, verb or adjective.
    pub(crate) fn is_content(self) -> bool {
        matches!(self, Self::Open | Self::General | Self::Verb | Self::Adjective)
    }
}

/// The classes of a language's words.
pub(crate) struct Grammar {
    words: HashMap<String, Class>,
    stems: HashMap<String, Class>,
}

impl Grammar {
    pub(crate) fn parse(lines: &str, stemmer: &Stemmer) -> Self {
        let mut grammar = Self { words: HashMap::new(), stems: HashMap::new() };
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(class) = words.next().and_then(Class::parse) else { continue };
            for word in words {
                if class.is_of_stem() {
                    grammar.stems.entry(stemmer.stem(word).into_owned()).or_insert(class);
                } else {
                    grammar.words.entry(word.to_owned()).or_insert(class);
                }
            }
        }
        grammar
    }

    /// The class of a word.
    pub(crate) fn class(&self, word: &str, stem: &str) -> Class {
        let known = self.words.get(word).or_else(|| self.stems.get(stem));
        known.copied().unwrap_or(if word.ends_with("ly") { Class::Adverb } else { Class::Open })
    }
}
