//! Whether a text is a list of several values.

/// Longer items are phrases, not values.
const MAX_ITEM_CHARS: usize = 40;
const MAX_ITEM_WORDS: usize = 5;
/// An enumeration has short items on the whole, even where one of them is longer.
const MAX_MEAN_WORDS: f32 = 3.0;
/// The items after a capitalised first one may be in lower case (`Cotton, polyester`) only while they are this short;
/// `Runs small, order a size up` is a sentence.
const MAX_LOWER_CASE_WORDS: usize = 2;

/// The values of a text that may list several.
///
/// `|` always separates. `; ` and `, ` separate when all items look like values: at most five words and forty
/// characters, three words on average, no end of a sentence or `and` inside, and no lower-case phrase after a
/// capitalised item. A comma without a space behind it (`1,5 kg`) never separates, nor does one in brackets. Text that
/// is no list is one value.
pub(crate) fn list_values(text: &str) -> Vec<&str> {
    let text = text.trim();
    if text.contains('|') && !text.contains("://") {
        return trimmed(text.split('|').collect());
    }
    for separator in [';', ','] {
        let items = trimmed(split_outside_brackets(text, separator));
        if items.len() > 1 && is_list(&items) {
            return items;
        }
    }
    if text.is_empty() { Vec::new() } else { vec![text] }
}

fn trimmed(items: Vec<&str>) -> Vec<&str> {
    items.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// Splits at a sign that is followed by white space or ends the text and does not stand in brackets.
fn split_outside_brackets(text: &str, separator: char) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (place, sign) in text.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if sign == separator && depth == 0 => {
                let after = &text[place + 1..];
                if after.is_empty() || after.starts_with(char::is_whitespace) {
                    items.push(&text[start..place]);
                    start = place + 1;
                }
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    items
}

fn is_list(items: &[&str]) -> bool {
    let words: usize = items.iter().map(|item| word_count(item)).sum();
    let starts_upper = |item: &&str| item.starts_with(char::is_uppercase);
    let first_is_upper = items.first().is_some_and(starts_upper);
    words as f32 / items.len() as f32 <= MAX_MEAN_WORDS
        && items.iter().all(|item| is_value(item))
        && items[1..].iter().all(|item| {
            let is_lower = item.starts_with(char::is_lowercase);
            !(first_is_upper && is_lower) || word_count(item) <= MAX_LOWER_CASE_WORDS
        })
}

fn word_count(item: &str) -> usize {
    item.split_whitespace().count()
}

fn is_value(item: &str) -> bool {
    let is_joined =
        |word: &str| matches!(word, "and" | "or" | "but" | "und" | "oder" | "et" | "ou" | "y" | "o");
    item.chars().count() <= MAX_ITEM_CHARS
        && word_count(item) <= MAX_ITEM_WORDS
        && !item.ends_with(['.', '!', '?'])
        && ![". ", "! ", "? ", ": "].iter().any(|end| item.contains(end))
        && !item.split_whitespace().any(is_joined)
}
