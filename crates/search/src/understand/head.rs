//! The word that says what is looked for: `bag` of "laptop bag", of "bag for a 15 inch laptop" and of "bag laptop black".

use commerce::Unit;

use super::{Reading, Token};
use crate::Field;
use crate::language::Head;

/// A shorter word is a size or a code.
const MIN_LENGTH: usize = 3;

/// Marks what stands behind the first noun phrase as context, and the head: in the first noun phrase, unless it leaves a choice, the last word (the first one in languages that put it there) that is more than
/// a value or names a category as well, else the last one that is no brand.
pub(super) fn find(reading: &mut Reading<'_>) {
    let phrase = first_phrase(reading);
    reading.tokens.iter_mut().skip(phrase.end).for_each(|token| token.is_context = true);
    let leaves_choice = |place: usize| {
        reading.grammar.is_or(&reading.tokens[place].word.text) && !compares_after(reading, place)
    };
    if phrase.clone().any(leaves_choice) {
        return;
    }
    let is_noun = |place: &usize| {
        let token = &reading.tokens[*place];
        let is_word = token.word.text.chars().all(char::is_alphabetic);
        let is_general = reading.is_general(token);
        is_word
            && !is_general
            && !counts_before(reading, *place)
            && !compares(reading, *place)
            && token.word.text.len() >= MIN_LENGTH
            && !token.is_spent
            && !token.is_stop
            && !reading.grammar.is_for_whom(&token.word.text)
    };
    let is_denied = |place: &usize| {
        let is_free = |place: usize| reading.text(place).is_some_and(|word| reading.grammar.is_free(word));
        is_free(*place) || is_free(*place + 1)
    };
    let mut nouns: Vec<usize> = phrase.filter(is_noun).filter(|place| !is_denied(place)).collect();
    if reading.grammar.head() == Head::First {
        nouns.reverse();
    }
    let is_kind = |place: &&usize| reading.vocabulary.is_kind(&reading.tokens[**place].word.stem);
    let is_plain =
        |place: &&usize| !names(reading, &reading.tokens[**place], |field| *field != Field::Category);
    let is_no_brand =
        |place: &&usize| !names(reading, &reading.tokens[**place], |field| *field == Field::Brand);
    let is_thing = |place: &&usize| is_kind(place) || is_plain(place);
    let head = nouns.iter().rfind(is_thing).or_else(|| nouns.iter().rfind(is_no_brand)).copied();
    if let Some(head) = head {
        reading.tokens[head].is_head = true;
    }
}

/// Whether a word is what a number before it counts: `litres` of `40 litres`.
fn counts_before(reading: &Reading<'_>, place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| reading.text(before));
    let is_number = before.is_some_and(|before| before.starts_with(|c: char| c.is_ascii_digit()));
    let word = &reading.tokens[place].word.text;
    is_number && (Unit::parse(word).is_some() || reading.grammar.money(word).is_some())
}

/// Whether a phrase that compares begins here: `heavier than`.
fn compares(reading: &Reading<'_>, place: usize) -> bool {
    reading
        .grammar
        .before()
        .iter()
        .any(|known| known.phrase.len() > 1 && reading.spells(place, &known.phrase))
}

/// Whether a phrase that compares with the number before it begins here: `or more` of `1 lb or more`.
fn compares_after(reading: &Reading<'_>, place: usize) -> bool {
    reading.grammar.after().iter().any(|known| reading.spells(place, &known.phrase))
}

/// The tokens up to the first word that ends a noun phrase which has begun. One that only says that goods are meant is passed
/// over: the phrase of `a gift for someone who likes jackets` is that of the jackets.
fn first_phrase(reading: &Reading<'_>) -> std::ops::Range<usize> {
    let is_break = |token: &Token| reading.grammar.is_break(&token.word.text);
    let is_content =
        |token: &Token| !token.is_spent && !token.is_stop && !is_break(token) && !reading.is_general(token);
    let Some(start) = reading.tokens.iter().position(is_content) else { return 0..0 };
    let length = reading.tokens[start..].iter().position(is_break).unwrap_or(reading.tokens.len() - start);
    start..start + length
}

/// Whether a word is a value of such a field.
fn names(reading: &Reading<'_>, token: &Token, is_such: impl Fn(&Field) -> bool) -> bool {
    let meanings = reading.vocabulary.meanings(&token.word.stem);
    meanings.iter().any(|meaning| meaning.is_whole && is_such(&meaning.field))
}
