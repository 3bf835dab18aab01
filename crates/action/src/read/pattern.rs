//! One pattern: words, words that may be missing, and slots, which take as many words as they can.

use checkout::ItemCondition;

use super::grammar::{GRAMMAR, Kind};
use super::slot::{Filled, Slot};
use crate::{Amount, Bound, OrderReference, Reference, Until};

/// A pattern of a whole clause.
#[derive(Debug)]
pub(crate) struct Pattern {
    kind: Kind,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Words { any: Vec<String>, may_be_missing: bool },
    Slot { slot: Slot, may_be_missing: bool },
}

/// What a clause means.
#[derive(Clone, Debug)]
pub(crate) struct Meant {
    pub(crate) kind: Kind,
    pub(crate) captured: Captured,
}

/// What stood in the slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Captured(Vec<Filled>);

impl Pattern {
    /// Reads a line such as `add|put {what} into my? cart`. A slot of an unknown name matches nothing.
    pub(crate) fn parse(kind: Kind, line: &str) -> Self {
        let slot = |text: &str| {
            let name = text.trim_end_matches('?').strip_prefix('{')?.strip_suffix('}')?;
            Some(Slot::parse(name))
        };
        let part = |text: &str| match slot(text) {
            Some(slot) => Part::Slot { slot, may_be_missing: text.ends_with('?') },
            None => Part::Words {
                any: text.trim_end_matches('?').split('|').map(str::to_owned).collect(),
                may_be_missing: text.ends_with('?'),
            },
        };
        Self { kind, parts: line.split_whitespace().map(part).collect() }
    }

    /// Whether it is a yes or a no, which only a question that was asked gives a meaning.
    pub(crate) fn is_reply(&self) -> bool {
        matches!(self.kind, Kind::Yes | Kind::No | Kind::Again(_))
    }

    /// The words that it names.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .flat_map(|part| match part {
                Part::Words { any, .. } => any.as_slice(),
                Part::Slot { .. } => &[],
            })
            .map(String::as_str)
    }

    /// What the clause means if this pattern covers all of it.
    pub(crate) fn read(&self, clause: &[String]) -> Option<Meant> {
        let mut filled = Vec::new();
        let is_whole = matches(&self.parts, clause, &mut filled);
        for value in &mut filled {
            if let Filled::Amount(amount) = value
                && amount.bound == Bound::At
                && is_below(clause, &amount.number)
            {
                amount.bound = Bound::Below;
            }
        }
        is_whole.then_some(Meant { kind: self.kind, captured: Captured(filled) })
    }
}

/// Whether a clause says less than this number: `below 40`, but not `at or below 40`.
fn is_below(clause: &[String], number: &str) -> bool {
    let digits = |word: &str| word.trim_matches(|c: char| "$€£¥".contains(c)) == number;
    let Some(place) = clause.iter().position(|word| digits(word)) else { return false };
    let is_in =
        |back: usize, list: &str| place.checked_sub(back).is_some_and(|at| GRAMMAR.is_in(list, &clause[at]));
    is_in(1, "below") && !is_in(2, "or")
}

fn matches(parts: &[Part], words: &[String], filled: &mut Vec<Filled>) -> bool {
    let Some((part, rest)) = parts.split_first() else { return words.is_empty() };
    match part {
        Part::Words { any, may_be_missing } => {
            let is_there =
                words.first().is_some_and(|word| any.iter().any(|known| GRAMMAR.is_word(word, known)));
            is_there && matches(rest, &words[1..], filled) || *may_be_missing && matches(rest, words, filled)
        }
        Part::Slot { slot, may_be_missing } => {
            let is_there = (1..=words.len()).rev().any(|count| {
                let Some(value) = slot.fill(&words[..count]) else { return false };
                filled.push(value);
                let fits = matches(rest, &words[count..], filled);
                if !fits {
                    filled.pop();
                }
                fits
            });
            is_there || *may_be_missing && matches(rest, words, filled)
        }
    }
}

impl Meant {
    /// Whether something goes back.
    pub(crate) fn goes_back(&self) -> bool {
        matches!(self.kind, Kind::Return | Kind::ReturnAll | Kind::Exchange)
    }

    /// In which condition something goes back.
    pub(crate) fn in_condition(condition: ItemCondition) -> Self {
        Self { kind: Kind::Condition, captured: Captured(vec![Filled::Condition(condition)]) }
    }
}

impl Captured {
    pub(crate) fn condition(&self) -> Option<ItemCondition> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Condition(condition) => Some(*condition),
            _ => None,
        })
    }

    pub(crate) fn find(&self, is_it: impl Fn(&Filled) -> bool) -> Option<&Filled> {
        self.0.iter().find(|filled| is_it(filled))
    }

    /// What is talked about.
    pub(crate) fn thing(&self) -> Option<Reference> {
        self.0.iter().find_map(|filled| match filled {
            Filled::What(what) => Some(what.clone()),
            _ => None,
        })
    }

    /// Several things that are talked about together.
    pub(crate) fn several(&self) -> Option<&[Reference]> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Several(several) => Some(several.as_slice()),
            _ => None,
        })
    }

    /// What is talked about, with options where they have a slot of their own.
    pub(crate) fn what(&self) -> Option<Reference> {
        let mut what = self.thing()?;
        what.options.extend(self.options());
        Some(what)
    }

    pub(crate) fn options(&self) -> Vec<String> {
        let options = self.0.iter().filter_map(|filled| match filled {
            Filled::Options(options) => Some(options.clone()),
            _ => None,
        });
        options.flatten().collect()
    }

    pub(crate) fn order(&self) -> Option<OrderReference> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Order(order) => Some(order.clone()),
            _ => None,
        })
    }

    pub(crate) fn amount(&self) -> Option<Amount> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Amount(amount) => Some(amount.clone()),
            _ => None,
        })
    }

    pub(crate) fn number(&self) -> Option<i32> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Number(number) => Some(*number),
            _ => None,
        })
    }

    pub(crate) fn until(&self) -> Option<Until> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Until(until) => Some(*until),
            _ => None,
        })
    }

    pub(crate) fn code(&self) -> Option<String> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Code(code) => Some(code.clone()),
            _ => None,
        })
    }

    pub(crate) fn text(&self) -> Option<String> {
        self.0.iter().find_map(|filled| match filled {
            Filled::Text(text) => Some(text.clone()),
            _ => None,
        })
    }
}
