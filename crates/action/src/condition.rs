//! In which condition something comes back, in words.

use checkout::ItemCondition;

use crate::condition_table::{AROUND, CONDITIONS};
use crate::read::clauses;

/// The condition that words name anywhere; `None` where they name none.
pub fn condition_of(message: &str) -> Option<ItemCondition> {
    named(&clauses(message).concat()).map(|(condition, _)| condition)
}

/// The condition that a clause is about as a whole: `it is still in the box`.
pub(crate) fn whole(clause: &[String]) -> Option<ItemCondition> {
    let (condition, rest) = named(clause)?;
    rest.iter().all(|word| AROUND.contains(&word.as_str())).then_some(condition)
}

/// The condition that a name begins or ends with, and the name without it: `unopened headphones`.
pub(crate) fn in_name(name: &str) -> Option<(ItemCondition, String)> {
    let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    (1..words.len()).find_map(|place| {
        let (first, last) = words.split_at(place);
        let before = whole(first).map(|condition| (condition, last.join(" ")));
        before.or_else(|| whole(last).map(|condition| (condition, first.join(" "))))
    })
}

/// A condition that is named, with the words beside it.
fn named(words: &[String]) -> Option<(ItemCondition, Vec<String>)> {
    CONDITIONS.iter().find_map(|(condition, names)| {
        // The longest name, so that nothing of it is left over.
        let found = names.iter().filter_map(|name| Some((place(words, name)?, name.split(' ').count())));
        let (at, length) = found.max_by_key(|(_, length)| *length)?;
        let rest = words[..at].iter().chain(&words[at + length..]).cloned().collect();
        Some((*condition, rest))
    })
}

fn place(words: &[String], name: &str) -> Option<usize> {
    let name: Vec<&str> = name.split(' ').collect();
    words.windows(name.len()).position(|part| part.iter().zip(&name).all(|(word, known)| word == known))
}
