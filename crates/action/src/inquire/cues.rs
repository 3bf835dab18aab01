//! The words that say that a message may order something, and the examples that a model is shown: a table, one file for each language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Kind;

/// The English table.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(|| Cues::parse(include_str!("orders_en.txt")));

/// The most words that `...` stands for.
const MAX_SKIPPED: usize = 10;

/// Cues and examples.
#[derive(Debug, Default)]
pub(super) struct Cues {
    cues: Vec<Cue>,
    means: BTreeMap<Kind, &'static str>,
    examples: Vec<Example>,
    others: Vec<&'static str>,
    asking: Vec<&'static str>,
    polite: Vec<&'static str>,
    nothing: Vec<&'static str>,
}

/// A message of a kind, with what it says of the fields.
#[derive(Debug)]
pub(super) struct Example {
    kind: Kind,
    pub(super) message: &'static str,
    pub(super) fields: Vec<(&'static str, &'static str)>,
}

#[derive(Debug)]
struct Cue {
    kinds: Vec<Kind>,
    /// Whether it counts in a question too.
    is_asked: bool,
    /// Whether a clause has to begin with it.
    is_first: bool,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Words { any: Vec<&'static str>, may_be_missing: bool },
    Some,
}

impl Cues {
    /// The actions that these clauses may order, in the order of their names' list.
    pub(super) fn kinds(&self, clauses: &[Vec<String>], is_question: bool) -> Vec<Kind> {
        let counts = |cue: &&Cue| !is_question || cue.is_asked;
        let said =
            self.cues.iter().filter(counts).filter(|cue| clauses.iter().any(|clause| cue.is_in(clause)));
        let mut kinds: Vec<Kind> = said.flat_map(|cue| cue.kinds.iter().copied()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    pub(super) fn means(&self, kind: Kind) -> &'static str {
        self.means.get(&kind).copied().unwrap_or_default()
    }

    pub(super) fn examples(&self, kind: Kind) -> impl Iterator<Item = &Example> {
        self.examples.iter().filter(move |example| example.kind == kind)
    }

    /// Messages that order nothing.
    pub(super) fn others(&self) -> impl Iterator<Item = &'static str> {
        self.others.iter().copied()
    }

    /// Whether words end with one that is no goods.
    pub(super) fn is_nothing(&self, words: &str) -> bool {
        words.rsplit(' ').next().is_some_and(|last| self.nothing.contains(&last))
    }

    fn parse(text: &'static str) -> Self {
        let mut cues = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
            match name {
                "asking" => cues.asking.extend(rest.split_whitespace()),
                "nothing" => cues.nothing.extend(rest.split_whitespace()),
                "polite" => cues.polite.extend(rest.split('|')),
                "none" => cues.others.push(rest),
                "means" => cues.means.extend(of_kind(rest)),
                "says" => cues.examples.extend(of_kind(rest).map(|(kind, said)| Example::parse(kind, said))),
                "cue" | "asked" => cues.cues.extend(Cue::parse(rest, name == "asked")),
                _ => {}
            }
        }
        cues
    }
}

/// Whether a message asks something: by its first word, or by its last mark. A polite order may do both.
pub(super) fn is_question(message: &str) -> bool {
    let message = message.trim().to_lowercase();
    let words: Vec<&str> =
        message.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let said = format!(" {} ", words.join(" "));
    if CUES.polite.iter().any(|polite| said.contains(&format!(" {polite} "))) {
        return false;
    }
    message.ends_with('?') || words.first().is_some_and(|word| CUES.asking.contains(word))
}

fn of_kind(line: &'static str) -> Option<(Kind, &'static str)> {
    let (name, rest) = line.split_once(' ')?;
    Kind::parse(name).map(|kind| (kind, rest.trim()))
}

impl Example {
    fn parse(kind: Kind, line: &'static str) -> Self {
        let (message, fields) = line.split_once("=>").unwrap_or((line, ""));
        let fields = fields.split(';').filter_map(|field| field.split_once(':'));
        let fields = fields.map(|(name, value)| (name.trim(), value.trim())).collect();
        Self { kind, message: message.trim(), fields }
    }

    /// What it says of a field.
    pub(super) fn field(&self, name: &str) -> Option<&'static str> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| *value)
    }
}

impl Cue {
    fn parse(line: &'static str, is_asked: bool) -> Option<Self> {
        let (kinds, words) = line.split_once(':')?;
        let kinds = kinds.split(',').filter_map(|name| Kind::parse(name.trim())).collect();
        let is_first = words.trim().starts_with('^');
        let part = |word: &'static str| match word {
            "..." => Part::Some,
            word => Part::Words {
                any: word.trim_end_matches('?').split('|').collect(),
                may_be_missing: word.ends_with('?'),
            },
        };
        let parts = words.split_whitespace().filter(|word| *word != "^").map(part).collect();
        Some(Self { kinds, is_asked, is_first, parts })
    }

    fn is_in(&self, clause: &[String]) -> bool {
        let last = if self.is_first { 0 } else { clause.len() };
        (0..=last).any(|place| begins(&self.parts, &clause[place..]))
    }
}

/// Whether these parts stand at the beginning of words.
fn begins(parts: &[Part], words: &[String]) -> bool {
    let Some((part, rest)) = parts.split_first() else { return true };
    match part {
        Part::Some => (0..=MAX_SKIPPED.min(words.len())).any(|count| begins(rest, &words[count..])),
        Part::Words { any, may_be_missing } => {
            let is_there = words.first().is_some_and(|word| any.contains(&word.as_str()));
            is_there && begins(rest, &words[1..]) || *may_be_missing && begins(rest, words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let lines =
            include_str!("orders_en.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        for line in lines {
            let (name, rest) = line.split_once(' ').unwrap();
            let is_read = match name {
                "asking" | "polite" | "none" | "nothing" => true,
                "means" | "says" => of_kind(rest).is_some(),
                "cue" | "asked" => {
                    let (kinds, _) = rest.split_once(':').unwrap();
                    kinds.split(',').all(|kind| Kind::parse(kind.trim()).is_some())
                }
                _ => false,
            };
            assert!(is_read, "{line}");
        }
    }

    #[test]
    fn every_action_has_its_meaning_its_examples_and_its_words() {
        for kind in Kind::ALL {
            assert!(!CUES.means(kind).is_empty(), "{kind:?}");
            assert!(CUES.cues.iter().any(|cue| cue.kinds.contains(&kind)), "{kind:?}");
            assert!(CUES.examples(kind).count() > 0, "{kind:?}");
            for (field, _) in CUES.examples(kind).flat_map(|example| &example.fields) {
                assert!(kind.fields().iter().any(|known| known.name() == *field), "{kind:?} {field}");
            }
        }
    }
}
