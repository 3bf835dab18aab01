//! What is talked about: a pronoun, a place among those shown, or a name, with options and a quantity.

use super::grammar::GRAMMAR;
use super::slot::number;
use crate::{Reference, Which};

/// The most words of a name.
const MAX_NAME_WORDS: usize = 8;
/// The shortest ordinal that may have a slip of the keyboard.
const MIN_SLIP_LETTERS: usize = 6;
/// The largest quantity in front of a name.
const MAX_QUANTITY: i32 = 999;
/// The most words of options.
const MAX_OPTION_WORDS: usize = 6;

/// Reads what is talked about. `must_be_definite` wants the, this or my, a place, or a pronoun.
pub(crate) fn read(words: &[String], must_be_definite: bool) -> Option<Reference> {
    let (quantity, words) = quantity(words);
    let count = words.iter().take_while(|word| GRAMMAR.is_in("determiners", word)).count();
    let (determiners, words) = words.split_at(count.min(words.len()));
    let is_definite = determiners.iter().any(|word| !GRAMMAR.is_in("articles", word));
    let (which, options) = if words.is_empty() {
        // "this", "those": a determiner that stands for the thing.
        let last = determiners.last().filter(|word| GRAMMAR.is_in("pronouns", word));
        (last.map(|_| Which::It)?, Vec::new())
    } else {
        let is_one_of_many = determiners.iter().any(|word| GRAMMAR.is_in("articles", word));
        match most(words).filter(|_| !is_one_of_many) {
            Some(most) => (most, Vec::new()),
            None => which(words)?,
        }
    };
    let is_named = matches!(which, Which::Named(_));
    (!must_be_definite || is_definite || !is_named).then_some(Reference { which, options, quantity })
}

/// Several things, each said on its own: `2 mugs and a kettle`, `the first and the third one`. All but the first begin with a number,
/// the, a, a place or a pronoun, so that a name with `and` in it is one thing. `None` for one.
pub(crate) fn several(words: &[String], must_be_definite: bool) -> Option<Vec<Reference>> {
    let parts: Vec<&[String]> = words.split(|word| GRAMMAR.is_in("adding", word)).collect();
    let is_own = |part: &&[String]| is_own(part);
    let are_own = parts.len() > 1 && parts[1..].iter().all(is_own);
    let read = |part: &&[String]| in_option(part).or_else(|| read(part, must_be_definite));
    are_own.then(|| parts.iter().map(read).collect::<Option<Vec<_>>>()).flatten()
}

/// One of those shown with its own option: `the first one in M`. A name has its options among its words.
fn in_option(words: &[String]) -> Option<Reference> {
    let at = words.iter().position(|word| matches!(word.as_str(), "in" | "size")).filter(|at| *at > 0)?;
    let rest = words[at + 1..].strip_prefix(&["size".to_owned()][..]).unwrap_or(&words[at + 1..]);
    let what =
        read(&words[..at], true).filter(|what| !matches!(what.which, Which::Named(_) | Which::Most(_)))?;
    Some(Reference { options: options(rest)?, ..what })
}

/// Whether words begin as something does that is said on its own.
pub(crate) fn is_own(words: &[String]) -> bool {
    let begins = words.first().is_some_and(|first| GRAMMAR.is_in("determiners", first));
    begins || quantity(words).0.is_some() || place(words).is_some()
}

/// Words that name options: `an L in blue` are `l` and `blue`.
pub(crate) fn options(words: &[String]) -> Option<Vec<String>> {
    let is_filler =
        |word: &&String| GRAMMAR.is_in("option_fillers", word) || GRAMMAR.is_in("determiners", word);
    let options: Vec<String> = words.iter().filter(|word| !is_filler(word)).cloned().collect();
    let mut parts = words.split(|word| GRAMMAR.is_in("adding", word)).skip(1);
    // "M and a kettle" goes on with another thing.
    let goes_on = parts.any(|part| part.len() > 1 && is_own(part));
    let is_fine = !goes_on
        && (1..=MAX_OPTION_WORDS).contains(&options.len())
        && !options.iter().any(|word| GRAMMAR.is_in("never", word) || GRAMMAR.is_in("questions", word));
    is_fine.then_some(options)
}

/// A quantity in front: `two of the`, `2 mugs`. `one` alone is a pronoun.
fn quantity(words: &[String]) -> (Option<i32>, &[String]) {
    let Some((first, rest)) = words.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return (None, words);
    };
    let digits = first.strip_suffix('x').unwrap_or(first).to_owned();
    let Some(quantity) = number(&[digits]) else { return (None, words) };
    let is_sign = |word: &String| word == "of" || word == "x";
    let is_said = rest.first().is_some_and(is_sign);
    // A large number in front is part of a name.
    if !is_said && quantity > MAX_QUANTITY {
        return (None, words);
    }
    let rest = if is_said { &rest[1..] } else { rest };
    if rest.is_empty() { (None, words) } else { (Some(quantity), rest) }
}

fn which(words: &[String]) -> Option<(Which, Vec<String>)> {
    if let Some(which) = place(words) {
        return Some((which, Vec::new()));
    }
    if words.len() == 1 && (GRAMMAR.is_in("pronouns", &words[0]) || GRAMMAR.is_in("ones", &words[0])) {
        return Some((Which::It, Vec::new()));
    }
    if words.iter().any(|word| GRAMMAR.is_in("never", word) || GRAMMAR.is_in("questions", word)) {
        return None;
    }
    if let Some((one, options)) =
        words.split_last().filter(|(one, rest)| GRAMMAR.is_in("ones", one) && !rest.is_empty())
    {
        debug_assert!(!one.is_empty());
        // "the blue one" is what it is by its options.
        return Some((Which::It, self::options(options)?));
    }
    let is_name = words.len() <= MAX_NAME_WORDS
        && words.iter().any(|word| word.chars().any(char::is_alphabetic))
        && !words.iter().any(|word| GRAMMAR.is_in("pronouns", word));
    is_name.then(|| (Which::Named(words.join(" ")), Vec::new()))
}

/// `cheapest ladder`, `lighter one`, `more expensive of the two`.
fn most(words: &[String]) -> Option<Which> {
    let (first, rest) = words.split_first()?;
    let is_said = GRAMMAR.is_in("most", first) || GRAMMAR.is_in("degrees", first) && !rest.is_empty();
    let is_asked = words.iter().any(|word| GRAMMAR.is_in("never", word) || GRAMMAR.is_in("questions", word));
    (is_said && !is_asked && words.len() <= MAX_NAME_WORDS).then(|| Which::Most(words.join(" ")))
}

/// `second`, `2nd one`, `number 2`, `last jacket`.
fn place(words: &[String]) -> Option<Which> {
    let (first, rest) = words.split_first()?;
    if GRAMMAR.is_in("number_signs", first) || GRAMMAR.is_in("ones", first) && rest.len() == 1 {
        let place = u32::try_from(number(rest)?).ok().filter(|place| (1..=999).contains(place));
        return Some(Which::Place(place?, None));
    }
    if let Some(digits) = first.strip_prefix('#').filter(|_| rest.is_empty()) {
        return digits
            .parse()
            .ok()
            .filter(|place| (1..=99).contains(place))
            .map(|place| Which::Place(place, None));
    }
    let name = match rest {
        [] => None,
        [one] if GRAMMAR.is_in("ones", one) => None,
        // "second one out of my cart" is more than a place.
        [one, ..] if GRAMMAR.is_in("ones", one) => return None,
        name if name.iter().any(|word| GRAMMAR.is_in("never", word) || GRAMMAR.is_in("questions", word)) => {
            return None;
        }
        name => Some(name.join(" ")),
    };
    if GRAMMAR.is_in("last", first) {
        return Some(Which::Last(name));
    }
    let ordinal = (1..=12).find(|place| is_ordinal(*place, first));
    let ordinal = ordinal.or_else(|| {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| first.strip_suffix(end))?;
        digits.parse().ok().filter(|place| (1..=99).contains(place))
    });
    Some(Which::Place(ordinal?, name))
}

/// A short ordinal may be another word with a slip: a `tent` is no `tenth`.
fn is_ordinal(place: u32, word: &str) -> bool {
    let list = format!("ordinal_{place}");
    let is_slip = || GRAMMAR.near_word(&list, word).is_some_and(|known| known.len() >= MIN_SLIP_LETTERS);
    GRAMMAR.is_in(&list, word) || is_slip()
}
