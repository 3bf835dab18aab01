//! What is told of carts, orders and the memory in the shopper's language. The books and the guide tell it in English by fixed
//! sentences; `tongue/de.txt` and its sisters have each of them in another language. What a shopper says yes to stays the English
//! text under the digest, and is shown by these lines.
//!
//! A sentence that no line has stays as it is, and so does all that is filled in, but for words that have a line themselves.

use std::sync::LazyLock;

/// The longest text that is put into another language; it bounds the search for where a slot ends.
const MAX_BYTES: usize = 8_192;
/// What a line of a list begins with.
const BULLET: &str = "- ";

static BOOKS: LazyLock<[(&str, Vec<Line>); 3]> = LazyLock::new(|| {
    [
        ("de", parse(include_str!("tongue/de.txt"))),
        ("fr", parse(include_str!("tongue/fr.txt"))),
        ("es", parse(include_str!("tongue/es.txt"))),
    ]
});

/// A sentence of English with what it is in another language.
#[derive(Debug)]
struct Line {
    english: Vec<Part>,
    own: &'static str,
    /// How many letters of it are no slots; more of them say more surely what it is.
    letters: usize,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Words(&'static str),
    Slot,
}

/// A text in the language of a BCP 47 tag; as it is where there are no lines of that language.
pub(crate) fn told(text: &str, language: &str) -> String {
    let own = language.split(['-', '_']).next().unwrap_or_default();
    let Some((_, lines)) = BOOKS.iter().find(|(code, _)| *code == own).filter(|_| text.len() <= MAX_BYTES)
    else {
        return text.to_owned();
    };
    let lines_of_text = text.split('\n').map(|line| match line.strip_prefix(BULLET) {
        Some(item) => format!("{BULLET}{}", sentences(lines, item)),
        None => sentences(lines, line),
    });
    lines_of_text.collect::<Vec<_>>().join("\n")
}

/// Sentence after sentence; one that no line has is told as it is.
fn sentences(lines: &[Line], text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        // The line that ends first: no slot runs on into the next sentence where another line fits.
        let fitting = lines.iter().filter_map(|line| {
            let mut filled = Vec::new();
            let end = fill(&line.english, rest, 0, &mut filled, false)?;
            Some((end, line, filled))
        });
        let first = fitting.min_by_key(|(end, line, _)| (*end, std::cmp::Reverse(line.letters)));
        let found = first.map(|(end, line, filled)| (said(lines, line, &filled), end));
        let (own, end) = found.unwrap_or_else(|| {
            let end = rest.find(". ").map_or(rest.len(), |at| at + 1);
            (rest[..end].to_owned(), end)
        });
        out.push_str(&own);
        rest = &rest[end..];
        if let Some(next) = rest.strip_prefix(' ') {
            out.push(' ');
            rest = next;
        }
    }
    out
}

/// The line with what fills it.
fn said(lines: &[Line], line: &Line, filled: &[&str]) -> String {
    let mut pieces = line.own.split('{');
    let mut own = pieces.next().unwrap_or_default().to_owned();
    // What is filled in may hold braces itself, so each slot is filled once.
    for piece in pieces {
        let (place, words) = piece.split_once('}').unwrap_or_default();
        let value = place.parse().ok().and_then(|place: usize| filled.get(place));
        own.push_str(&value.map(|value| value_of(lines, value)).unwrap_or_default());
        own.push_str(words);
    }
    own
}

/// What is filled in: a line of its own, else as it is.
fn value_of(lines: &[Line], value: &str) -> String {
    let whole = lines.iter().find_map(|line| {
        let mut filled = Vec::new();
        fill(&line.english, value, 0, &mut filled, true)?;
        Some(said(lines, line, &filled))
    });
    whole.unwrap_or_else(|| value.to_owned())
}

/// Where a line ends that begins here; its slots are as short as they can be. A sentence ends where a space follows, and a value
/// at its own end.
fn fill<'a>(
    parts: &[Part],
    text: &'a str,
    at: usize,
    filled: &mut Vec<&'a str>,
    is_whole: bool,
) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        let ends = text.len() == at || !is_whole && text[at..].starts_with(' ');
        return ends.then_some(at);
    };
    match part {
        Part::Words(words) => {
            let end = text[at..].starts_with(words).then_some(at + words.len())?;
            fill(rest, text, end, filled, is_whole)
        }
        Part::Slot => {
            let has_more_slots = rest.iter().any(|part| matches!(part, Part::Slot));
            for end in text[at..].char_indices().map(|(place, c)| at + place + c.len_utf8()) {
                if let Some(Part::Words(words)) = rest.first()
                    && !text[end..].starts_with(words)
                {
                    continue;
                }
                let known = filled.len();
                filled.push(&text[at..end]);
                let found = fill(rest, text, end, filled, is_whole);
                // A slot that follows could only have become longer: what fails here fails further on too, and the search takes
                // no longer than the text is long.
                if found.is_some() || has_more_slots {
                    return found;
                }
                filled.truncate(known);
            }
            None
        }
    }
}

fn parse(text: &'static str) -> Vec<Line> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut lines: Vec<Line> = lines.filter_map(|line| line.split_once(" = ")).map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.letters));
    lines
}

fn line((english, own): (&'static str, &'static str)) -> Line {
    let mut parts = Vec::new();
    for (place, piece) in english.split('{').enumerate() {
        let words = if place == 0 { piece } else { piece.split_once('}').map_or("", |(_, words)| words) };
        if place > 0 {
            parts.push(Part::Slot);
        }
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
    }
    let letters = parts.iter().map(|part| if let Part::Words(words) = part { words.len() } else { 0 }).sum();
    Line { english: parts, own, letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_in_their_language_with_what_fills_them() {
        let text = "Your cart has 2 of Oak Stool (blue). Your cart has 2 pieces for $58.00.";
        let german =
            "In deinem Warenkorb: 2 × Oak Stool (blue). In deinem Warenkorb liegen 2 Stück für $58.00.";
        assert_eq!(told(text, "de"), german);
        assert_eq!(
            told("Order 7 is being prepared: $9.00.", "fr-CH"),
            "Commande 7 – en préparation : $9.00."
        );
        assert_eq!(told("- Order 7 is on its way: $9.00.", "es"), "- Pedido 7: en camino, $9.00.");
        assert_eq!(
            told("Your cart:\n- 1 × Mug: $9.00\nTotal: $9.00", "es"),
            "Tu carrito:\n- 1 × Mug: $9.00\nTotal: $9.00"
        );
    }

    #[test]
    fn what_has_no_line_stays_as_it_is() {
        assert_eq!(told("A new thing. Your cart is empty.", "de"), "A new thing. Dein Warenkorb ist leer.");
        assert_eq!(told("Your cart is empty.", "it"), "Your cart is empty.");
    }

    #[test]
    fn what_fills_a_line_fills_no_slot_of_it() {
        let text = "Your cart has 2 of {1} Stool (blue). Your cart is empty.";
        assert_eq!(told(text, "de"), "In deinem Warenkorb: 2 × {1} Stool (blue). Dein Warenkorb ist leer.");
    }

    #[test]
    fn every_language_has_every_line_and_fills_the_same_slots() {
        let slots =
            |text: &str| (0..6).filter(|place| text.contains(&format!("{{{place}}}"))).collect::<Vec<_>>();
        let files =
            [include_str!("tongue/de.txt"), include_str!("tongue/fr.txt"), include_str!("tongue/es.txt")];
        let english = |file: &'static str| -> Vec<&str> {
            let lines =
                file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
            lines.inspect(|(a, b)| assert_eq!(slots(a), slots(b), "{a}")).map(|(a, _)| a).collect()
        };
        assert!(files.iter().all(|file| english(file) == english(files[0])));
    }
}
