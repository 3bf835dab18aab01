use search::Language;

use super::Restated;

fn check(question: &str, name: Option<&str>, indirect: &str) -> Restated {
    let at = name.and_then(|name| question.find(name).map(|at| at..at + name.len()));
    let restated = Restated::of(question, at, name.is_some());
    assert_eq!(restated.as_ref().map_or("", |restated| restated.indirect.as_str()), indirect, "{question}");
    restated.unwrap_or_else(|| Restated { indirect: String::new(), yes: None, no: None })
}

#[test]
fn questions_of_yes_or_no_become_statements() {
    let told = check(
        "Is the Ridge kettle safe for induction?",
        Some("Ridge kettle"),
        "whether it is safe for induction",
    );
    assert_eq!(told.yes.as_deref(), Some("it is safe for induction"));
    assert_eq!(told.no.as_deref(), Some("it is not safe for induction"));
    check("does it have a timer", None, "whether it has a timer");
    check("Can I wash it at 60 degrees?", None, "whether you can wash it at 60 degrees");
    check("do you gift wrap orders?", None, "whether they gift wrap orders");
    check("is there a student discount", None, "whether there is a student discount");
    check("Does the Otto table wobble", Some("Otto table"), "whether it wobbles");
}

#[test]
fn other_questions_are_turned_around() {
    check("Who makes the Ridge kettle?", Some("Ridge kettle"), "who makes it");
    check("what is it made of", None, "what it is made of");
    check("How heavy is the Ridge kettle?", Some("Ridge kettle"), "how heavy it is");
    check("what is the thread count of the Ida sheet", Some("Ida sheet"), "what the thread count of it is");
    check("which connectors does it have", None, "which connectors it has");
}

#[test]
fn what_is_not_plain_is_not_restated() {
    check("I got a gift and want to return it. What do I get?", None, "");
    check("weight of the Ridge kettle", Some("Ridge kettle"), "");
    check("is it {1a}?", None, "");
}

/// `indirect | yes | no`, with `-` for what is not told; the empty text where nothing is.
#[track_caller]
fn check_in(language: Language, question: &str, name: &str, expected: &str) {
    let at = (!name.is_empty()).then(|| question.find(name).expect("the question has the name"));
    let told = Restated::in_own(language, question, at.map(|at| at..at + name.len()));
    let text = told.map_or_else(String::new, |told| {
        let or_none = |told: Option<String>| told.unwrap_or_else(|| "-".to_owned());
        format!("{} | {} | {}", told.indirect, or_none(told.yes), or_none(told.no))
    });
    assert_eq!(text, expected, "{question}");
}

/// A question of yes or no: behind `whether`, as a yes and as a no.
#[track_caller]
fn check_yes_no(language: Language, question: &str, name: &str, [indirect, yes, no]: [&str; 3]) {
    check_in(language, question, name, &format!("{indirect} | {yes} | {no}"));
}

#[test]
fn questions_in_german_are_told_as_german_has_them() {
    let told = |question, expected| check_yes_no(Language::German, question, "", expected);
    check_yes_no(
        Language::German,
        "Ist die Halden 2 wasserdicht?",
        "Halden 2",
        [
            "ob die Halden 2 wasserdicht ist",
            "die Halden 2 ist wasserdicht",
            "die Halden 2 ist nicht wasserdicht",
        ],
    );
    told(
        "ist das für kleine Kinder geeignet?",
        [
            "ob das für kleine Kinder geeignet ist",
            "das ist für kleine Kinder geeignet",
            "das ist nicht für kleine Kinder geeignet",
        ],
    );
    told(
        "Hat die leichte Jacke eine Kapuze",
        [
            "ob die leichte Jacke eine Kapuze hat",
            "die leichte Jacke hat eine Kapuze",
            "die leichte Jacke hat keine Kapuze",
        ],
    );
    told(
        "Ist der Boden des Zelts wasserdicht?",
        [
            "ob der Boden des Zelts wasserdicht ist",
            "der Boden des Zelts ist wasserdicht",
            "der Boden des Zelts ist nicht wasserdicht",
        ],
    );
    told(
        "Kann ich das Zelt im Regen aufbauen?",
        ["ob du das Zelt im Regen aufbauen kannst", "du kannst das Zelt im Regen aufbauen", "-"],
    );
    told(
        "Geht das ohne Werkzeug?",
        ["ob das ohne Werkzeug geht", "das geht ohne Werkzeug", "das geht nicht ohne Werkzeug"],
    );
    told(
        "Kommt das Zelt mit Heringen an?",
        [
            "ob das Zelt mit Heringen ankommt",
            "das Zelt kommt mit Heringen an",
            "das Zelt kommt nicht mit Heringen an",
        ],
    );
    told(
        "Gibt es einen Rabatt?",
        ["ob es einen Rabatt gibt", "es gibt einen Rabatt", "es gibt keinen Rabatt"],
    );
    told(
        "Liefert ihr nach Österreich?",
        [
            "ob der Shop nach Österreich liefert",
            "der Shop liefert nach Österreich",
            "der Shop liefert nicht nach Österreich",
        ],
    );
    told(
        "Verkaufen Sie Gutscheine?",
        ["ob der Shop Gutscheine verkauft", "der Shop verkauft Gutscheine", "-"],
    );
}

#[test]
fn other_questions_in_german_have_their_verb_last() {
    let told = |question, name, expected: &str| {
        check_in(Language::German, question, name, &format!("{expected} | - | -"));
    };
    told("Wie lange hält der Akku der Loft?", "Loft", "wie lange der Akku der Loft hält");
    told("Aus welchem Material ist die Jacke?", "", "aus welchem Material die Jacke ist");
    told("Wie kann ich mein Zelt waschen?", "", "wie du dein Zelt waschen kannst");
    told("Wer stellt die Jacke her?", "", "wer die Jacke herstellt");
}

#[test]
fn questions_in_french_are_told_as_french_has_them() {
    let told = |question, expected| check_yes_no(Language::French, question, "", expected);
    check_yes_no(
        Language::French,
        "Est-ce que la Halden 2 est imperméable ?",
        "Halden 2",
        [
            "si la Halden 2 est imperméable",
            "la Halden 2 est imperméable",
            "la Halden 2 n’est pas imperméable",
        ],
    );
    told(
        "La veste est-elle imperméable\u{a0}?",
        ["si la veste est imperméable", "la veste est imperméable", "la veste n’est pas imperméable"],
    );
    told("Est-elle chaude ?", ["si elle est chaude", "elle est chaude", "elle n’est pas chaude"]);
    told(
        "A-t-elle une capuche ?",
        ["si elle a une capuche", "elle a une capuche", "elle n’a pas de capuche"],
    );
    told(
        "Est-ce qu'il y a une garantie ?",
        ["s’il y a une garantie", "il y a une garantie", "il n’y a pas de garantie"],
    );
    told("Y a-t-il une housse ?", ["s’il y a une housse", "il y a une housse", "il n’y a pas de housse"]);
    told(
        "Puis-je laver ma veste en machine ?",
        [
            "si vous pouvez laver votre veste en machine",
            "vous pouvez laver votre veste en machine",
            "vous ne pouvez pas laver votre veste en machine",
        ],
    );
    told(
        "Livrez-vous en Suisse ?",
        [
            "si la boutique livre en Suisse",
            "la boutique livre en Suisse",
            "la boutique ne livre pas en Suisse",
        ],
    );
    told(
        "La veste est imperméable ?",
        ["si la veste est imperméable", "la veste est imperméable", "la veste n’est pas imperméable"],
    );
}

#[test]
fn other_questions_in_french_keep_their_order() {
    let told =
        |question, expected: &str| check_in(Language::French, question, "", &format!("{expected} | - | -"));
    told("Combien pèse la tente ?", "combien pèse la tente");
    told("Combien de temps la batterie tient-elle ?", "combien de temps la batterie tient");
    told("Qu'est-ce qui est inclus ?", "ce qui est inclus");
    told("De quoi est faite la veste ?", "de quoi est faite la veste");
}

#[test]
fn questions_in_spanish_are_told_as_spanish_has_them() {
    let told = |question, expected| check_yes_no(Language::Spanish, question, "", expected);
    check_yes_no(
        Language::Spanish,
        "¿Es impermeable la chaqueta Galewing?",
        "Galewing",
        ["si es impermeable", "es impermeable", "no es impermeable"],
    );
    told(
        "¿Tiene ruedas la maleta?",
        ["si tiene ruedas la maleta", "tiene ruedas la maleta", "no tiene ruedas la maleta"],
    );
    told(
        "La chaqueta es impermeable?",
        ["si la chaqueta es impermeable", "la chaqueta es impermeable", "la chaqueta no es impermeable"],
    );
    told(
        "¿Se puede lavar a máquina?",
        ["si se puede lavar a máquina", "se puede lavar a máquina", "no se puede lavar a máquina"],
    );
    told(
        "¿Puedo devolver mi pedido?",
        ["si puedes devolver tu pedido", "puedes devolver tu pedido", "no puedes devolver tu pedido"],
    );
    told(
        "¿Hacéis envíos a Canarias?",
        ["si hace envíos a Canarias", "hace envíos a Canarias", "no hace envíos a Canarias"],
    );
}

#[test]
fn other_questions_in_spanish_stay_as_they_are() {
    let told = |question, name, expected: &str| {
        check_in(Language::Spanish, question, name, &format!("{expected} | - | -"));
    };
    told("¿Cuánto pesa la tienda Halden 2?", "Halden 2", "cuánto pesa la tienda Halden 2");
    told("cuanto dura la batería", "", "cuánto dura la batería");
    told("¿De qué material es la chaqueta?", "", "de qué material es la chaqueta");
}

#[test]
fn what_is_not_plain_in_other_languages_is_not_told() {
    check_in(Language::German, "Ist die Jacke nicht wasserdicht?", "", "");
    check_in(Language::German, "Ich habe eine Frage. Ist sie warm?", "", "");
    check_in(Language::German, "IST DAS WASSERDICHT?", "", "");
    check_in(Language::German, "Gewicht des Zelts", "", "");
    check_in(Language::French, "La veste n'est-elle pas chaude ?", "", "");
    check_in(Language::French, "poids de la tente", "", "");
    check_in(Language::Spanish, "¿No es impermeable?", "", "");
    check_in(Language::Spanish, "peso de la tienda", "", "");
}
