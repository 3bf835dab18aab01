//! A condition that no longer holds: `forget the colour`, `the price does not matter`, or a cross on a chip.

use super::words_table::{EVERYTHING, FIELDS, FORGET, NO_MATTER};
use super::{Said, behind};
use crate::lexicon::stem_list;
use crate::person::ABOUT;
use crate::thread::{Chip, Need, Step, chips};
use crate::{Ask, Snapshot};

/// The need of now without the conditions that are taken away; `None` where none is.
pub(super) fn need(snapshot: &Snapshot, ask: &Ask, said: &Said<'_>) -> Option<Need> {
    let need = ask.thread.need()?;
    let held = chips(&need.read(&snapshot.vocabulary));
    let ids: Vec<String> = match ask.drop.is_empty() {
        false => ask.drop.clone(),
        true => spoken(said, &held),
    };
    // From the last one on, so that the numbers of those before it stay what they are.
    let mut known: Vec<&Chip> = held.iter().filter(|chip| ids.contains(&chip.id)).collect();
    known.reverse();
    // What is known of the shopper is no condition of the need: the same search is made without it.
    if known.is_empty() && !ids.iter().any(|id| id.starts_with(ABOUT)) {
        return None;
    }
    Some(known.iter().fold(need.clone(), |need, chip| need.with(Step::Dropped(chip.id.clone()))))
}

/// The conditions that the words take away.
fn spoken(said: &Said<'_>, held: &[Chip]) -> Vec<String> {
    let words = said.rest();
    let before = || {
        NO_MATTER.iter().find_map(|phrase| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            words.ends_with(&parts).then(|| &words[..words.len() - parts.len()])
        })
    };
    let Some(about) = behind(&words, FORGET).or_else(before) else { return Vec::new() };
    let about: Vec<&str> =
        about.iter().copied().filter(|word| !matches!(*word, "the" | "my" | "a" | "is" | "about")).collect();
    let about = about.join(" ");
    if EVERYTHING.contains(&about.as_str()) {
        return held.iter().map(|chip| chip.id.clone()).collect();
    }
    held.iter().filter(|chip| is_called(chip, &about)).map(|chip| chip.id.clone()).collect()
}

/// Whether a condition is meant by these words: by the name of its field or by its own words.
fn is_called(chip: &Chip, about: &str) -> bool {
    let id = chip
        .id
        .trim_start_matches("not-")
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .trim_end_matches('-');
    let (about_stems, own) = (stem_list(about), stem_list(&chip.constraint.words));
    let names = FIELDS.iter().filter(|(field, _)| *field == id).flat_map(|(_, names)| *names);
    names.copied().any(|name| name == about)
        || stem_list(&id.replace('_', " ")) == about_stems
        || !about_stems.is_empty() && about_stems.iter().all(|stem| own.contains(stem))
}
