//! Numbers that are written as words, where something is counted or measured: `five people`, `two litres`, `for four`.

use std::borrow::Cow;

use commerce::Unit;

use crate::Vocabulary;
use crate::analyse;

/// The text with digits in the place of such words.
pub(super) fn with_digits<'a>(vocabulary: &Vocabulary, text: &'a str) -> Cow<'a, str> {
    let grammar = vocabulary.language().of_query(text).grammar();
    let words = analyse::words_in(vocabulary.language(), text);
    let counts = |place: usize| {
        let is_unit = |word: &str| Unit::parse(word).is_some() || grammar.money(word).is_some();
        let has_unit = words.get(place + 1).is_some_and(|after| is_unit(&after.text));
        let before = place.checked_sub(1).map(|before| &words[before].text);
        has_unit || place + 1 == words.len() && before.is_some_and(|before| grammar.needs_room(before))
    };
    let mut rewritten = String::new();
    let mut end = 0;
    for (place, word) in words.iter().enumerate() {
        if let Some(digits) = grammar.number(&word.text).filter(|_| counts(place)) {
            rewritten.push_str(&text[end..word.start]);
            rewritten.push_str(digits);
            end = word.end;
        }
    }
    if end == 0 {
        return Cow::Borrowed(text);
    }
    rewritten.push_str(&text[end..]);
    Cow::Owned(rewritten)
}
