//! What single variants are described as beyond what all of them are: `Blue, 3 seats: The cover is made of linen.` Feeds
//! give each variant a text of its own, and a product has one description.

use std::collections::HashSet;

/// Notes of one product.
const MAX_NOTES: usize = 24;
/// Bytes of one note.
const MAX_NOTE_BYTES: usize = 600;
/// Shorter sentences are labels, not statements.
const MIN_WORDS: usize = 3;

/// A text of the feed and the variant that it stands with.
#[derive(Clone, Copy)]
pub(crate) struct Described<'a> {
    /// The variant's name; empty for the product itself.
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

/// The first text, followed by a line for each variant whose own text says something else. Sentences that differ only
/// in the words of the variants' names say the same.
pub(crate) fn description<'a>(texts: impl IntoIterator<Item = Described<'a>>) -> String {
    let mut texts = texts.into_iter().filter(|described| !described.text.is_empty());
    let Some(first) = texts.next() else { return String::new() };
    let mut all = first.text.to_owned();
    let mut said: HashSet<String> = said_by(first).map(|(said, _)| said).collect();
    let mut before = first.text;
    let mut notes = 0;
    for variant in texts.filter(|variant| !variant.name.is_empty()) {
        if variant.text == before || notes == MAX_NOTES {
            continue;
        }
        before = variant.text;
        let new = said_by(variant).filter(|(said_so, _)| said.insert(said_so.clone()));
        let mut note = String::new();
        for (_, sentence) in new {
            if note.len() + sentence.len() < MAX_NOTE_BYTES {
                note.push(' ');
                note.push_str(sentence);
            }
        }
        if !note.is_empty() {
            all.push_str(&format!("\n{}:{note}", variant.name));
            notes += 1;
        }
    }
    all
}

/// The sentences of a text, each with its words but for those of the variant's name.
fn said_by<'a>(described: Described<'a>) -> impl Iterator<Item = (String, &'a str)> {
    let names: HashSet<String> = words(described.name).collect();
    let sentences = described.text.lines().flat_map(|line| line.split_inclusive(". ")).map(str::trim);
    sentences.filter(|sentence| words(sentence).nth(MIN_WORDS - 1).is_some()).map(move |sentence| {
        let said: Vec<String> = words(sentence).filter(|word| !names.contains(word)).collect();
        (said.join(" "), sentence.trim_start_matches("- "))
    })
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[(&str, &str)], expected: &str) {
        let texts = texts.iter().map(|(name, text)| Described { name, text });
        assert_eq!(description(texts), expected);
    }

    #[test]
    fn keeps_what_only_one_variant_is_described_as() {
        check(
            &[
                ("", "A sofa for small rooms."),
                ("Red", "A sofa for small rooms. The cover is velvet."),
                ("Blue", "A sofa for small rooms. The cover is linen."),
            ],
            "A sofa for small rooms.\nRed: The cover is velvet.\nBlue: The cover is linen.",
        );
    }

    #[test]
    fn takes_texts_that_differ_in_the_names_for_the_same() {
        check(
            &[("Red, S", "The red glove in size S."), ("Blue, M", "The blue glove in size M.")],
            "The red glove in size S.",
        );
        check(&[("S", ""), ("M", "A glove for work.")], "A glove for work.");
        check(&[("S", "A glove."), ("M", "Heavy")], "A glove.");
        check(&[], "");
    }
}
