//! What a model wrote, where the shopper's own words carry it.

use super::cues::CUES;
use crate::read::{Filled, GRAMMAR, Slot, clauses};

/// What multiplies the number before it.
const HUNDRED: u32 = 100;

/// A number that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// In digits, as it was written where it was written so.
    pub(super) digits: String,
    /// The word or mark of its currency.
    unit: Option<String>,
    /// Whether it was the word `one`, which stands for a thing more often than for a number.
    is_one: bool,
}

impl Figure {
    /// Whether it is surely a number.
    pub(super) fn is_amount(&self) -> bool {
        !self.is_one
    }

    /// Whether a currency stands beside it.
    fn has_currency(&self) -> bool {
        self.unit.is_some() || self.digits.contains(['$', '€', '£', '¥'])
    }

    /// With its currency, as the grammar reads it.
    pub(super) fn price(&self) -> String {
        self.unit.as_ref().map_or_else(|| self.digits.clone(), |unit| format!("{} {unit}", self.digits))
    }

    fn bare(&self) -> &str {
        self.digits.trim_matches(|c: char| !c.is_ascii_digit())
    }
}

/// The numbers of a message, in digits or in words.
pub(super) fn figures(words: &[String]) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let Some((figure, count)) = figure(&words[place..]) else {
            place += 1;
            continue;
        };
        found.push(figure);
        place += count;
    }
    found
}

/// A number at the beginning of words, and how many words it has.
fn figure(words: &[String]) -> Option<(Figure, usize)> {
    let is_one = words.first().is_some_and(|word| word == "one");
    let (digits, count) = match Slot::Price.fill(words.get(..1)?) {
        Some(Filled::Amount(_)) => (words[0].clone(), 1),
        _ => spelt(words).map(|(value, count)| (value.to_string(), count))?,
    };
    let unit = words.get(count).filter(|word| GRAMMAR.currency(word).is_some()).cloned();
    let is_one = is_one && count == 1 && unit.is_none();
    let count = count + usize::from(unit.is_some());
    Some((Figure { digits, unit, is_one }, count))
}

/// A number in words: `forty`, `twenty-five`, `a hundred and ten`.
fn spelt(words: &[String]) -> Option<(u32, usize)> {
    let (mut value, mut count, mut is_said) = (0_u32, 0, false);
    while let Some(word) = words.get(count) {
        let parts = word.split('-').map(spelt_word).collect::<Option<Vec<u32>>>();
        match parts {
            Some(parts) => {
                for part in parts {
                    value = if part == HUNDRED {
                        value.max(1).checked_mul(HUNDRED)?
                    } else {
                        value.checked_add(part)?
                    };
                }
                is_said = true;
            }
            None if word == "and" && is_said && value.is_multiple_of(HUNDRED) => {}
            None => break,
        }
        count += 1;
    }
    // An "and" that nothing follows is none of it.
    let count = if count > 0 && words[count - 1] == "and" { count - 1 } else { count };
    is_said.then_some((value, count))
}

fn spelt_word(word: &str) -> Option<u32> {
    GRAMMAR.numbered("number_", word).or_else(|| GRAMMAR.numbered("figure_", word))
}

/// The words of a message.
pub(super) struct Carried<'a> {
    pub(super) message: &'a str,
    pub(super) clauses: &'a [Vec<String>],
}

impl Carried<'_> {
    /// Words that stand in a clause of the message one after the other, with the determiners before them.
    pub(super) fn phrase(&self, text: &str) -> Option<String> {
        let wanted = clauses(text).concat();
        let places =
            |clause: &Vec<String>| clause.windows(wanted.len().max(1)).position(|words| words == wanted);
        let (clause, place) = self.clauses.iter().find_map(|clause| Some((clause, places(clause)?)))?;
        let is_determiner = |word: &&String| GRAMMAR.is_in("determiners", word);
        let before = clause[..place].iter().rev().take_while(is_determiner).count();
        Some(clause[place - before..place + wanted.len()].join(" "))
    }

    /// The thing that is spoken of, without how many there are; `None` where it is no goods, such as a shout that is wanted.
    pub(super) fn item(&self, text: &str) -> Option<String> {
        let phrase = self.phrase(text).filter(|phrase| !CUES.is_nothing(phrase))?;
        let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        let rest = match figure(&words) {
            Some((figure, count)) if count < words.len() && figure.is_amount() => &words[count..],
            _ => &words[..],
        };
        let rest = rest.strip_prefix(&["of".to_owned()]).unwrap_or(rest);
        Some(rest.join(" "))
    }

    /// A word of the message with these letters, as it was written.
    pub(super) fn word(&self, text: &str) -> Option<String> {
        let wanted = text.trim().trim_start_matches('#').to_lowercase();
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let mut words = self.message.split_whitespace().map(bare);
        words.find(|word| !wanted.is_empty() && word.to_lowercase() == wanted)
    }

    /// A piece of the message as it was written.
    pub(super) fn piece(&self, text: &str) -> Option<String> {
        let wanted = text.trim().to_ascii_lowercase();
        let place = self.message.to_ascii_lowercase().find(&wanted).filter(|_| !wanted.is_empty())?;
        self.message.get(place..place + wanted.len()).map(str::to_owned)
    }

    /// Whether the message points at something without a name: `it`, `that one`.
    pub(super) fn points(&self) -> bool {
        let points = |word: &String| GRAMMAR.is_in("pronouns", word) || GRAMMAR.is_in("ones", word);
        self.clauses.iter().flatten().any(points)
    }

    /// The number of the message that these words name.
    pub(super) fn named_figure(&self, text: &str) -> Option<Figure> {
        let named = figures(&clauses(text).concat()).into_iter().next()?;
        figures(&self.clauses.concat()).into_iter().find(|figure| figure.bare() == named.bare())
    }

    /// The same; where they name none of it, the only one that there is, or the only one with a currency.
    pub(super) fn figure(&self, text: Option<&str>) -> Option<Figure> {
        if let Some(named) = text.and_then(|text| self.named_figure(text)) {
            return Some(named);
        }
        let known = figures(&self.clauses.concat());
        let only = |is_one: &dyn Fn(&Figure) -> bool| {
            let mut fitting = known.iter().filter(|figure| is_one(figure));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        only(&Figure::is_amount).or_else(|| only(&Figure::has_currency)).cloned()
    }
}
