//! Several questions in one message: each is a sentence that ends as a question, or a clause behind `and` that opens one.

use search::analyse;

/// Questions of one message that are answered; what follows is read with the last.
const MAX_PARTS: usize = 3;
/// Words of a question at least: `and how?` is none.
const LEAST_WORDS: usize = 3;
/// Words that open a question.
const OPENERS: &[&str] = &[
    "what", "whats", "which", "who", "where", "when", "why", "how", "is", "are", "do", "does", "can",
    "could", "will", "would", "has", "have",
];

/// The questions of a text in order; the whole text where it holds one, or more than questions.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let sentences = sentences(text);
    let found: Vec<&str> = sentences.iter().flat_map(|sentence| clauses(sentence)).collect();
    let is_plain = found.len() > 1 && found.len() <= MAX_PARTS && found.iter().all(|part| opens(part));
    if is_plain { found } else { vec![text] }
}

/// The sentences that end in a question mark; one piece where anything else follows the last.
fn sentences(text: &str) -> Vec<&str> {
    let text = text.trim();
    let all: Vec<&str> = text.split_inclusive('?').map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_asked = all.len() > 1 && all.iter().all(|part| part.ends_with('?'));
    if is_asked { all } else { vec![text] }
}

/// The clauses of a sentence that are questions of their own.
fn clauses(sentence: &str) -> Vec<&str> {
    let places = sentence.match_indices(" and ").map(|(place, and)| (place, place + and.len()));
    for (end, start) in places {
        let (before, after) = (sentence[..end].trim_end_matches(','), &sentence[start..]);
        if opens(before) && opens(after) {
            return vec![before, after];
        }
    }
    vec![sentence]
}

/// Whether a text is a question by its first words.
fn opens(text: &str) -> bool {
    let words: Vec<String> = analyse::words(text).into_iter().map(|word| word.text).collect();
    let opener = words.iter().take(2).any(|word| OPENERS.contains(&word.as_str()));
    opener && words.len() >= LEAST_WORDS
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn questions_of_one_message_are_told_apart() {
        let two = parts("Is the bulb dimmable? And how long is its warranty?");
        assert_eq!(two, ["Is the bulb dimmable?", "And how long is its warranty?"]);
        let two = parts("do you ship to Alaska and what does it cost");
        assert_eq!(two, ["do you ship to Alaska", "what does it cost"]);
    }

    #[test]
    fn one_question_stays_whole() {
        for text in [
            "Is it warm? I need it for winter hikes.",
            "a tent and a mat",
            "is it warm and dry?",
            "what is the difference between the A and the B?",
            "Really? And?",
        ] {
            assert_eq!(parts(text), [text]);
        }
    }
}
