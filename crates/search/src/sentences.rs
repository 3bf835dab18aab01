//! Text into sentences that are slices of it, so that a quote is what the shop wrote, letter by letter.
//!
//! Lines end sentences. A line that starts with `#` is a heading and stands over what follows; a line that starts
//! with `- ` is a list item; a line `Column: cell; Column: cell` is a table row and stays whole.

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'a> {
    /// The sentence, letter by letter, without a list mark.
    pub text: &'a str,
    /// The heading it stands under; empty where there is none.
    pub heading: &'a str,
}

/// A longer sentence is cut at a space.
const MAX_SENTENCE_BYTES: usize = 600;

/// Words before a full stop that does not end a sentence, without the stop, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "approx", "bzw", "ca", "co", "corp", "dept", "dr", "e.g", "eg", "est", "etc", "fig", "i.e", "ie", "inc",
    "incl", "jr", "ltd", "max", "min", "mr", "mrs", "ms", "mt", "no", "nr", "prof", "qty", "sr", "st", "u.k",
    "u.s", "usw", "vol", "vs", "z.b",
];

/// Names of time zones behind a time of day.
const ZONES: &[&str] = &[
    "Eastern", "Central", "Mountain", "Pacific", "UTC", "GMT", "CET", "CEST", "EST", "EDT", "ET", "CST",
    "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "BST",
];

/// The sentences of a text, from top to bottom.
pub fn sentences(text: &str) -> Vec<Sentence<'_>> {
    let mut found = Vec::new();
    let mut heading = "";
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim();
            continue;
        }
        let item = ["- ", "* ", "• ", "– "].iter().find_map(|mark| line.strip_prefix(mark));
        let line = item.unwrap_or(line).trim();
        if is_table_row(line) {
            found.push(Sentence { text: line, heading });
        } else {
            split_line(line, |text| found.push(Sentence { text, heading }));
        }
    }
    found
}

fn is_table_row(line: &str) -> bool {
    line.matches("; ").count() > 0 && line.split("; ").all(|cell| cell.contains(": "))
}

fn split_line<'a>(line: &'a str, mut found: impl FnMut(&'a str)) {
    let mut start = 0;
    for (place, c) in line.char_indices() {
        if place < start || !is_stop(c) {
            continue;
        }
        if let Some(end) = sentence_end(line, start, place, c) {
            push_capped(line[start..end].trim(), &mut found);
            start = end;
        }
    }
    push_capped(line[start..].trim(), &mut found);
}

fn push_capped<'a>(mut sentence: &'a str, found: &mut impl FnMut(&'a str)) {
    while sentence.len() > MAX_SENTENCE_BYTES {
        let cap = (0..=MAX_SENTENCE_BYTES).rev().find(|place| sentence.is_char_boundary(*place)).unwrap_or(0);
        let cut = sentence[..cap].rfind(' ').filter(|place| *place > 0).unwrap_or(cap);
        found(sentence[..cut].trim());
        sentence = sentence[cut..].trim();
    }
    if sentence.chars().any(char::is_alphanumeric) {
        found(sentence);
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Where the sentence ends when this stop ends it: behind further stops and closing quotes.
fn sentence_end(line: &str, start: usize, place: usize, stop: char) -> Option<usize> {
    let rest = &line[place..];
    let closing = |c: char| is_stop(c) || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»');
    let length = rest.find(|c: char| !closing(c)).unwrap_or(rest.len());
    let after = &rest[length..];
    if matches!(stop, '。' | '！' | '？') {
        return Some(place + length);
    }
    let is_glued = !after.starts_with(char::is_whitespace);
    if is_glued && !is_missing_space(line, place, length) {
        return None;
    }
    let next = after.trim_start().chars().next()?;
    let before = &line[start..place];
    if stop == '.' && length == 1 && (is_abbreviation(before, next) || is_time_of_zone(before, after)) {
        return None;
    }
    let starts =
        next.is_alphanumeric() || matches!(next, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '¿' | '¡' | '$');
    starts.then_some(place + length)
}

/// Whether a stop lacks the space behind it, as in `so warm.Love it`.
fn is_missing_space(line: &str, place: usize, length: usize) -> bool {
    let mut before = line[..place].chars().rev();
    let mut after = line[place + length..].chars();
    let word_before = before.by_ref().take(2).filter(|c| c.is_lowercase()).count() == 2;
    let word_after =
        after.next().is_some_and(char::is_uppercase) && after.next().is_some_and(char::is_lowercase);
    word_before && word_after
}

/// Whether a time of day is followed by its zone: `1 p.m. Eastern`.
fn is_time_of_zone(before: &str, after: &str) -> bool {
    let half = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    let zone = after.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    (half.ends_with("a.m") || half.ends_with("p.m")) && ZONES.contains(&zone)
}

/// Whether the last word before a full stop is shortened, so that the sentence goes on.
fn is_abbreviation(before: &str, next: char) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“')).next().unwrap_or("");
    let mut letters = word.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return only.is_uppercase() || only.is_ascii_digit() && before.trim() == word;
    }
    let lower = word.to_lowercase();
    if !ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    match lower.as_str() {
        "etc" | "co" | "inc" | "ltd" | "max" | "min" | "usw" | "u.s" | "u.k" | "ms" => !next.is_uppercase(),
        "no" | "nr" => next.is_ascii_digit(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|sentence| sentence.text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ends_at_stops_and_lines() {
        check(
            "It is warm. It weighs 1.2 kg! Is it dry?",
            &["It is warm.", "It weighs 1.2 kg!", "Is it dry?"],
        );
        check("love it. fits well", &["love it.", "fits well"]);
        check("So warm.Love it", &["So warm.", "Love it"]);
        check(
            "First line\nsecond line\n\n- an item\n- two. Three.",
            &["First line", "second line", "an item", "two.", "Three."],
        );
        check("“Best ever.” That is all.", &["“Best ever.”", "That is all."]);
        check("暖かい。軽い。", &["暖かい。", "軽い。"]);
    }

    #[test]
    fn goes_on_behind_abbreviations_and_in_numbers() {
        check("Use e.g. soap, approx. 5 ml.", &["Use e.g. soap, approx. 5 ml."]);
        check(
            "Made by J. Smith of St. Ives. See www.shop.com now",
            &["Made by J. Smith of St. Ives.", "See www.shop.com now"],
        );
        check("I said no. It came back.", &["I said no.", "It came back."]);
        check("Item No. 5 is here...  and there", &["Item No. 5 is here...", "and there"]);
    }

    #[test]
    fn headings_stand_over_sentences_and_table_rows_stay_whole() {
        let text = "Intro.\n# Returns\nWithin 30 days.\nSize: S; Chest: 86. Or so; Waist: 70";
        let found: Vec<(&str, &str)> =
            sentences(text).into_iter().map(|sentence| (sentence.heading, sentence.text)).collect();
        assert_eq!(
            found,
            [
                ("", "Intro."),
                ("Returns", "Within 30 days."),
                ("Returns", "Size: S; Chest: 86. Or so; Waist: 70"),
            ]
        );
    }

    proptest::proptest! {
        #[test]
        fn every_sentence_is_a_slice_and_no_word_is_lost(text in "[a-zA-Z0-9 .!?\"'\n-]{0,200}") {
            let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
            let joined: String = sentences(&text).iter().map(|sentence| bare(sentence.text)).collect();
            proptest::prop_assert_eq!(joined, bare(&text));
            for sentence in sentences(&text) {
                proptest::prop_assert!(text.contains(sentence.text));
                proptest::prop_assert!(sentence.text.len() <= MAX_SENTENCE_BYTES);
            }
        }
    }
}
