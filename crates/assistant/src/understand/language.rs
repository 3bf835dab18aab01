//! The language of a text, by the words that it has of each: small words, and words that the glosses know.

use search::{Language, Vocabulary, analyse};

use crate::gloss::{GlossBook, is_english};

/// Letters that only some languages write.
const LETTERS: &[(Language, &str)] =
    &[(Language::German, "äöüß"), (Language::French, "çœêèàùâîôëï"), (Language::Spanish, "ñ¿¡óíúá")];

/// Words that English has and other languages write as well.
const SHARED: &[&str] = &["vs", "versus"];

/// What a word counts that a language has, and one that only the catalog has.
const WORD: usize = 2;
const NAME: usize = 1;
/// The fewest words of a text that is taken for a sentence.
const MIN_SENTENCE: usize = 3;

/// The language of a text. English where no other has more of its words; `prior` is what decides between those that have
/// as many, or where all is names, such as the language of the page that the text was written on.
pub(super) fn of(text: &str, vocabulary: Option<&Vocabulary>, prior: Language) -> Language {
    let text = &without_addresses(text);
    let is_word = |word: &analyse::Word| !word.text.bytes().any(|byte| byte.is_ascii_digit());
    let words: Vec<analyse::Word> = analyse::words(text).into_iter().filter(is_word).collect();
    let of_english: Vec<usize> = words.iter().map(|word| known_as_english(text, word, vocabulary)).collect();
    let english: usize = of_english.iter().sum();
    let score = |language: Language| {
        let book = GlossBook::of(language);
        // A small word that English has as well tells nothing: `a couch`.
        let is_small =
            |word: &analyse::Word| language.has_small_word(&word.text) && !is_small_english(&word.text);
        let known = words.iter().filter(|word| is_small(word) || book.knows(&word.text));
        WORD * (known.count() + usize::from(has_letters(text, language)))
    };
    let others = Language::ALL.into_iter().filter(|language| *language != Language::English);
    let scored: Vec<(usize, Language)> = others.map(|language| (score(language), language)).collect();
    let most = scored.iter().map(|(score, _)| *score).max().unwrap_or(0);
    // Names alone tell nothing.
    if most == 0 && !of_english.contains(&WORD) {
        return prior;
    }
    if most < english || most == english && prior == Language::English {
        return Language::English;
    }
    let of_most = |language: &Language| scored.contains(&(most, *language));
    match prior {
        prior if of_most(&prior) => prior,
        _ if most == english => Language::English,
        _ => scored.iter().find(|(score, _)| *score == most).map_or(Language::English, |(_, own)| *own),
    }
}

/// A text without mail and web addresses, which are in no language.
fn without_addresses(text: &str) -> String {
    let is_plain = |part: &&str| !part.contains('@') && !part.contains("://") && !part.starts_with("www.");
    text.split_whitespace().filter(is_plain).collect::<Vec<_>>().join(" ")
}

/// The language that a text tells by its words: English only where it is a sentence of English, and another one than before only
/// by two words of it, for names and terms are in any. Addresses and numbers tell none.
pub(super) fn spoken(text: &str, vocabulary: &Vocabulary, prior: Language) -> Option<Language> {
    let is_plain = |part: &&str| !part.contains('@') && !part.bytes().any(|byte| byte.is_ascii_digit());
    let text = text.split_whitespace().filter(is_plain).collect::<Vec<_>>().join(" ");
    let found = of(&text, Some(vocabulary), prior);
    let words = analyse::words(&text);
    let small = |language: Language| words.iter().filter(|word| language.has_small_word(&word.text)).count();
    let is_told = match found {
        Language::English => small(found) >= 2 && words.len() >= MIN_SENTENCE,
        found if found == prior => true,
        found => {
            let book = GlossBook::of(found);
            let known = |word: &&analyse::Word| found.has_small_word(&word.text) || book.knows(&word.text);
            words.iter().filter(known).count() >= 2
        }
    };
    is_told.then_some(found)
}

/// How much a word speaks for English. A word of the catalog speaks for it less, for it may be a name, unless the catalog
/// writes it just so and no other language has it as a small word: `casserole` is no pot in a shop that sells both.
fn known_as_english(text: &str, word: &analyse::Word, vocabulary: Option<&Vocabulary>) -> usize {
    if is_small_english(&word.text) || is_english(&word.stem) {
        return WORD;
    }
    let is_small = || Language::ALL.iter().any(|language| language.has_small_word(&word.text));
    match vocabulary.filter(|vocabulary| vocabulary.language() == Language::English) {
        // Within a text a capital is that of a name, and names are in any language.
        Some(_) if word.start > 0 && text[word.start..].starts_with(char::is_uppercase) => 0,
        Some(vocabulary) if vocabulary.spells(&word.text) && !is_small() => WORD,
        Some(vocabulary) if vocabulary.knows(&word.stem) => NAME,
        Some(_) | None => 0,
    }
}

fn is_small_english(word: &str) -> bool {
    SHARED.contains(&word) || Language::English.has_small_word(word) || analyse::is_stop_word(word)
}

fn has_letters(text: &str, language: Language) -> bool {
    let own = LETTERS.iter().find(|(own, _)| *own == language).map_or("", |(_, letters)| letters);
    text.to_lowercase().contains(|c| own.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_text(text: &str) -> &'static str {
        of(text, None, Language::English).code()
    }

    #[test]
    fn small_words_and_words_of_shoppers_tell() {
        assert_eq!(of_text("Ist die Jacke wasserdicht?"), "de");
        assert_eq!(of_text("wasserdicht?"), "de");
        assert_eq!(of_text("680150431670, ann@example.com"), "en");
        assert_eq!(of_text("Regenjacke unter 50 Euro"), "de");
        assert_eq!(of_text("Combien pèse la tente ?"), "fr");
        assert_eq!(of_text("une veste imperméable"), "fr");
        assert_eq!(of_text("¿Cuánto pesa la tienda?"), "es");
        assert_eq!(of_text("chaqueta impermeable"), "es");
    }

    #[test]
    fn english_stays_english() {
        for text in
            ["is it waterproof", "a tent for 3 people", "Halden 2", "sofa", "boots in a size 40", "", "no"]
        {
            assert_eq!(of_text(text), "en", "{text}");
        }
    }

    #[test]
    fn a_word_that_the_shop_writes_itself_is_taken_as_it_stands() {
        let words = ["casserole", "collar", "pour"].map(|word| (word.to_owned(), 3));
        let vocabulary = Vocabulary::default().with_spellings(words);
        let in_shop = |text: &str, prior| of(text, Some(&vocabulary), prior).code();
        assert_eq!(of_text("casserole"), "fr");
        assert_eq!(in_shop("casserole", Language::English), "en");
        assert_eq!(in_shop("collar", Language::English), "en");
        assert_eq!(in_shop("casserole", Language::French), "fr");
        assert_eq!(in_shop("une casserole pour la viande", Language::English), "fr");
    }

    #[test]
    fn names_of_goods_do_not_make_a_question_english() {
        let words = ["cirrus", "corrie", "tent"].map(|word| (word.to_owned(), 3));
        let vocabulary = Vocabulary::default().with_spellings(words);
        let in_shop = |text: &str| of(text, Some(&vocabulary), Language::English).code();
        assert_eq!(in_shop("Vergleiche Cirrus 2 und Corrie 3"), "de");
        assert_eq!(in_shop("Compare Cirrus 2 et Corrie 3"), "fr");
        assert_eq!(in_shop("Compara Cirrus 2 y Corrie 3"), "es");
        assert_eq!(in_shop("Compare Cirrus 2 and Corrie 3"), "en");
        assert_eq!(in_shop("Cirrus tent"), "en");
    }

    #[test]
    fn the_page_decides_where_words_do_not() {
        assert_eq!(of("Poncho", None, Language::German).code(), "de");
        assert_eq!(of("Halden 2", None, Language::German).code(), "de");
        assert_eq!(of("Halden weight", None, Language::German).code(), "en");
    }
}
