//! The product's title out of the titles of its variants.

use super::{Choice, FlatRow};

/// What parts the product's title from the names of the options.
const SEPARATORS: [&str; 8] = [" - ", " – ", " — ", " | ", " / ", ", ", " (", ": "];

/// Signs that may stand around the names of options.
const SIGNS: [char; 12] = [',', '/', '|', '(', ')', '[', ']', '-', '–', '—', ';', ':'];

/// The title of the product: that of the first row without its options. Where the rows' titles still differ, it is
/// the words that all of them begin with, if those are at least half of the shortest.
pub(super) fn common(rows: &[FlatRow]) -> String {
    let mut bases =
        rows.iter().map(|row| split(&row.title, &row.choices).map_or(row.title.as_str(), |(base, _)| base));
    let Some(first) = bases.next() else { return String::new() };
    let mut words: Vec<&str> = first.split_whitespace().collect();
    let mut shortest = words.len();
    let mut is_same = true;
    for base in bases {
        if base == first {
            continue;
        }
        is_same = false;
        let own: Vec<&str> = base.split_whitespace().collect();
        shortest = shortest.min(own.len());
        let agreed = words.iter().zip(&own).take_while(|(a, b)| a == b).count();
        words.truncate(agreed);
    }
    if is_same || words.len() * 2 < shortest || words.is_empty() {
        return first.to_owned();
    }
    words.join(" ").trim_end_matches(is_trailing).to_owned()
}

/// Signs that a product's title does not end in; a bracket that closes belongs to it.
fn is_trailing(sign: char) -> bool {
    sign.is_whitespace() || SIGNS.contains(&sign) && !matches!(sign, ')' | ']')
}

/// Parts a title such as `Chaz Hoodie - XS, Black` into the product's title and the choices that it names. The longest
/// end of the title that consists of choices only is taken; `None` where there is none.
pub(super) fn split<'t, 'c>(title: &'t str, choices: &'c [Choice]) -> Option<(&'t str, Vec<&'c Choice>)> {
    if choices.is_empty() {
        return None;
    }
    let starts = |separator: &&str| {
        title.match_indices(*separator).map(|(place, found)| (place, place + found.len())).collect::<Vec<_>>()
    };
    let mut places: Vec<(usize, usize)> = SEPARATORS.iter().flat_map(starts).collect();
    places.sort_unstable();
    places.into_iter().find_map(|(end, start)| {
        let base = title[..end].trim_end_matches(is_trailing);
        let named = named(&title[start..], choices)?;
        (!base.is_empty()).then_some((base, named))
    })
}

/// The choices that a text consists of; `None` where there is anything else in it.
fn named<'c>(text: &str, choices: &'c [Choice]) -> Option<Vec<&'c Choice>> {
    let mut rest = text.trim_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace());
    let mut named: Vec<&Choice> = Vec::new();
    while !rest.is_empty() {
        let (choice, length) = choices
            .iter()
            .filter(|choice| !named.contains(choice))
            .filter_map(|choice| Some((choice, starts_with(rest, choice)?)))
            .max_by_key(|(_, length)| *length)?;
        named.push(choice);
        rest = rest[length..].trim_start_matches(|c: char| SIGNS.contains(&c) || c.is_whitespace());
    }
    (!named.is_empty()).then_some(named)
}

/// The length of the choice at the start of a text: `XS`, `Size XS`, `Size: XS`.
fn starts_with(text: &str, choice: &Choice) -> Option<usize> {
    let skipped = match starts_with_word(text, choice.key) {
        Some(length) => {
            let rest = text[length..].trim_start_matches([' ', ':']);
            text.len() - rest.len()
        }
        None => 0,
    };
    Some(skipped + starts_with_word(&text[skipped..], &choice.text)?)
}

/// The length of a word at the start of a text, in any case, if the text does not go on with a letter or digit.
fn starts_with_word(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in word.chars() {
        let (_, found) = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let length = rest.offset();
    let goes_on = text[length..].starts_with(char::is_alphanumeric);
    (!word.is_empty() && !goes_on).then_some(length)
}
