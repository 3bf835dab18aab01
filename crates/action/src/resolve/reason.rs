//! Which of the policy's reasons a shopper's words mean.

use super::Scene;
use super::reason_table::REASONS;

/// The reason of the shop's policy that the shopper's words are about; their own words where the shop asks for none.
pub(super) fn of_policy(said: Option<&str>, scene: &Scene<'_>) -> Option<String> {
    among(&scene.policy.returns.reasons, said?)
}

/// The reason of a policy that a shopper's words mean, where it lists reasons.
pub fn reason_of(reasons: &[String], said: &str) -> Option<String> {
    if reasons.is_empty() { None } else { among(reasons, said) }
}

fn among(reasons: &[String], said: &str) -> Option<String> {
    let said = said.to_lowercase();
    if reasons.is_empty() {
        return Some(said);
    }
    let own = words(&said);
    let is_said = |reason: &&String| words(&reason.to_lowercase()).iter().all(|word| own.contains(word));
    let means_it = |row: &[&str]| reasons.iter().find(|reason| names(row, &words(&reason.to_lowercase())));
    // The longest phrase that is said is what is meant: "too big" and not "size".
    let meant = REASONS.iter().filter_map(|row| Some((said_phrase(row, &own)?, means_it(row)?)));
    let meant = meant.max_by_key(|(length, _)| *length).map(|(_, reason)| reason);
    reasons.iter().find(is_said).or(meant).cloned()
}

fn words(text: &str) -> Vec<&str> {
    let is_inside = |c: char| c.is_alphanumeric() || c == '\'';
    text.split(|c: char| !is_inside(c)).filter(|word| !word.is_empty()).collect()
}

fn names(row: &[&str], words: &[&str]) -> bool {
    said_phrase(row, words).is_some()
}

/// How long the longest phrase of a row is that stands in these words.
fn said_phrase(row: &[&str], words: &[&str]) -> Option<usize> {
    let stands = |phrase: &Vec<&str>| words.windows(phrase.len()).any(|part| part == phrase.as_slice());
    let phrases = row.iter().map(|phrase| phrase.split(' ').collect::<Vec<_>>());
    phrases.filter(stands).map(|phrase| phrase.len()).max()
}

#[cfg(test)]
mod tests;
