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
fn what_feeds_leave_out_is_read_as_left_out() {
    let leaves_out = |language, text, expected: &str| {
        let read = super::statement(language, text);
        assert!(read.contains(expected), "{text}: {read}");
    };
    leaves_out(German, "Akku nicht im Lieferumfang enthalten.", "not included");
    leaves_out(German, "Die Bodenplane ist separat erhältlich.", "sold separately");
    leaves_out(German, "Das Zelt wird ohne Heringe geliefert.", "does not come with");
    leaves_out(French, "Housse vendue à part.", "sold separately");
    leaves_out(French, "Les piles ne sont pas fournies.", "not included");
    leaves_out(French, "Lampe livrée sans ampoule.", "does not come with");
    leaves_out(Spanish, "Las pilas no están incluidas.", "not included");
    leaves_out(Spanish, "El soporte se vende por separado.", "sold separately");
}

#[test]
fn what_is_asked_of_two_is_read_around_its_names() {
    check(
        German,
        "Hilf mir, zwischen dem Kocher und dem Zelt zu entscheiden",
        "help me decide between the stove and the tent",
    );
    check(Spanish, "¿Sirve la tienda para la nieve?", "does the tent suit the snow?");
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
