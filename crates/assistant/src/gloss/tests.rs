//! Questions of shoppers in other languages, and what they are in English.

use search::Language::{self, French, German, Spanish};

use super::english;

fn check(language: Language, text: &str, expected: &str) {
    assert_eq!(english(language, text, &[]).english, expected, "{text}");
}

#[test]
fn german_questions_are_read_in_english() {
    check(German, "Ist die Jacke wasserdicht?", "is the jacket waterproof?");
    check(German, "Wie viel wiegt das Zelt?", "how much does the tent weigh?");
    check(German, "Wiegt das Zelt mehr als 2,5 kg?", "does the tent weigh more than 2.5 kg?");
    check(
        German,
        "Kann ich die Jacke in der Waschmaschine waschen?",
        "can i wash the jacket in the washing machine?",
    );
    check(German, "In welchen Größen gibt es die Jacke?", "what size does the jacket come in?");
    check(German, "wie lange habe ich Zeit, Sachen zurückzugeben", "how long do i have time, thing return");
    check(German, "Welches Zelt ist am leichtesten?", "show me the lightest tent?");
    check(German, "Regenjacken unter 1.200 €", "rain jacket under 1200 €");
}

#[test]
fn french_questions_are_read_in_english() {
    check(French, "Est-ce que la veste est imperméable ?", "is the jacket waterproof?");
    check(French, "Combien pèse la tente ?", "how much does the tent weigh?");
    check(French, "La veste est-elle imperméable ?", "is the jacket waterproof?");
    check(French, "Dans quelles tailles existe la veste ?", "what size does the jacket come in?");
    check(French, "une veste imperméable", "a waterproof jacket");
    check(French, "des chaussures de randonnée légères", "some light hiking shoe");
}

#[test]
fn spanish_questions_are_read_in_english() {
    check(Spanish, "¿Es impermeable la chaqueta?", "is the jacket waterproof?");
    check(Spanish, "¿Cuánto pesa la tienda?", "how much does the tent weigh?");
    check(Spanish, "¿Tiene ruedas la maleta?", "does the suitcase have wheel?");
    check(Spanish, "¿Puedo devolver la chaqueta Galewing?", "can i return the Galewing jacket?");
    check(Spanish, "una chaqueta impermeable", "a waterproof jacket");
}

#[test]
fn names_stay_as_they_are_and_own_words_come_back() {
    let kept = english(German, "Ist der Rote Blitz leicht?", std::slice::from_ref(&(8..18)));
    assert_eq!(kept.english, "is the Rote Blitz light?");
    let reading = english(German, "Regenjacke für Kinder", &[]);
    assert_eq!(reading.own_words("rain jacket"), "Regenjacke");
    assert_eq!(reading.own_words("for children"), "für Kinder");
}

#[test]
fn sentences_of_a_catalog_are_read_in_english() {
    let read = |language, text| super::statement(language, text);
    assert_eq!(
        read(Language::German, "In die Schweiz liefern wir nicht."),
        "not in the switzerland ship we."
    );
    assert_eq!(read(Language::German, "Die Jacke ist wasserdicht."), "the jacket is waterproof.");
    assert_eq!(read(Language::French, "Une veste imperméable."), "a waterproof jacket.");
    assert_eq!(read(Language::Spanish, "La chaqueta es impermeable."), "the jacket is waterproof.");
}
