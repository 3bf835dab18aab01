//! Numbers as English writes them: `1.200` and `1 200` are `1200`, `1,5` is `1.5`.

use search::Language;

/// Numbers of pieces that are said in a word.
const WORDS: &[&str] =
    &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// The number of a word that is one, perhaps with a currency sign or a unit; `None` for other words.
pub(super) fn plain(language: Language, word: &str) -> Option<String> {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits == 0 || !word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '€' | '$' | '£')) {
        return None;
    }
    let groups: Vec<&str> = word.split('.').collect();
    let is_grouped = language != Language::French
        && groups.len() > 1
        && groups[1..].iter().all(|group| {
            group
                .split(',')
                .next()
                .is_some_and(|own| own.len() == 3 && own.bytes().all(|b| b.is_ascii_digit()))
        });
    let word = if is_grouped { groups.concat() } else { word.to_owned() };
    Some(word.replace(',', "."))
}

/// The number that a word names, in a word of English.
pub(super) fn word(language: Language, word: &str) -> Option<String> {
    let english = super::english(language, word, &[]).english.to_lowercase();
    WORDS.contains(&english.as_str()).then_some(english)
}
