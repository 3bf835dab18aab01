//! One pattern of the grammar: words, words that may be missing, and slots.

use crate::slot::Slot;
use crate::words::{Word, covered};

/// A pattern of a whole clause.
#[derive(Debug)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Words { any: Vec<String>, may_be_missing: bool },
    Slot { role: Role, slot: Slot, may_be_missing: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Thing,
    Value,
}

/// What stood in the slots, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filled {
    pub(crate) thing: String,
    pub(crate) value: String,
}

impl Pattern {
    /// Reads a line such as `i have {value:feet} feet`; `None` where a slot is of no kind.
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let parts = line.split_whitespace().map(|text| {
            let may_be_missing = text.ends_with('?');
            let text = text.trim_end_matches('?');
            let Some(inside) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
                let any = text.split('|').map(str::to_owned).collect();
                return Some(Part::Words { any, may_be_missing });
            };
            let (role, name) = inside.split_once(':')?;
            let role = if role == "thing" { Role::Thing } else { Role::Value };
            Some(Part::Slot { role, slot: Slot::parse(name), may_be_missing })
        });
        Some(Self { parts: parts.collect::<Option<_>>()? })
    }

    /// What stands in the slots if this pattern covers all of the words.
    pub(crate) fn read(&self, message: &str, words: &[Word]) -> Option<Filled> {
        matches(&self.parts, message, words)
    }
}

fn matches(parts: &[Part], message: &str, words: &[Word]) -> Option<Filled> {
    let Some((part, rest)) = parts.split_first() else {
        return words.is_empty().then(Filled::default);
    };
    let missing = |may: bool| may.then(|| matches(rest, message, words)).flatten();
    match part {
        Part::Words { any, may_be_missing } => {
            let is_there = words.first().is_some_and(|word| any.contains(&word.text));
            let there = is_there.then(|| matches(rest, message, &words[1..])).flatten();
            there.or_else(|| missing(*may_be_missing))
        }
        Part::Slot { role, slot, may_be_missing } => {
            let there = (1..=words.len().min(slot.most_words())).rev().find_map(|count| {
                let text = slot.fill(&words[..count], covered(message, &words[..count]))?;
                let filled = matches(rest, message, &words[count..])?;
                Some(match role {
                    Role::Thing => Filled { thing: text, ..filled },
                    Role::Value => Filled { value: text, ..filled },
                })
            });
            there.or_else(|| missing(*may_be_missing))
        }
    }
}
