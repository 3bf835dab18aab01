//! Answers that name one of the things that were offered.

/// What people put around a name.
const AROUND: &[&str] = &[
    "a", "actually", "but", "by", "change", "choose", "delivery", "do", "for", "go", "i", "instead", "it",
    "ll", "like", "make", "method", "my", "no", "number", "one", "option", "pay", "please", "rather",
    "shipping", "take", "thanks", "that", "the", "then", "to", "use", "via", "want", "will", "with", "would",
    "yes",
];
/// What questions begin with.
const ASKING: &[&str] =
    &["can", "could", "do", "does", "how", "is", "are", "what", "when", "where", "which", "who", "why"];

/// The words of an answer that name something, in lower case; `None` where it asks something itself.
pub(super) fn names(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = words(text);
    let is_question =
        text.trim_end().ends_with('?') || words.first().is_some_and(|word| ASKING.contains(&word.as_str()));
    if is_question {
        return None;
    }
    let named: Vec<String> = words.iter().filter(|word| !AROUND.contains(&word.as_str())).cloned().collect();
    // "Delivery" may be all of a name.
    Some(if named.is_empty() { words } else { named })
}

/// The words of a name, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether all words of an answer are of a name.
pub(super) fn are_of(named: &[String], name: &[String]) -> bool {
    !named.is_empty() && named.iter().all(|word| name.contains(word))
}
