use super::*;

#[test]
fn the_small_words_of_a_text_tell_its_language() {
    let of = |text: &str| Language::of_texts([text]);
    assert_eq!(
        of("Die Jacke ist aus Wolle und hält auch bei Regen warm, mit einer Kapuze für den Winter."),
        Language::German
    );
    assert_eq!(
        of("Une veste en laine pour les jours de pluie, avec une capuche et des poches sur le côté."),
        Language::French
    );
    assert_eq!(
        of("Una chaqueta de lana para los días de lluvia, con capucha y bolsillos en el lado."),
        Language::Spanish
    );
    assert_eq!(
        of("A jacket of wool for rainy days, with a hood and pockets at the sides."),
        Language::English
    );
    assert_eq!(of("Bosch GSR 18V-55 Professional"), Language::English);
}

#[test]
fn a_query_is_in_the_language_of_the_catalog_unless_its_words_say_otherwise() {
    assert_eq!(Language::English.of_query("wasserdichte Jacke unter 60 Euro ohne Kapuze"), Language::German);
    assert_eq!(Language::German.of_query("iphone 15 case"), Language::German);
    assert_eq!(Language::German.of_query("a jacket for the rain"), Language::English);
}

#[test]
fn plurals_and_feminine_forms_share_their_stem_with_and_without_accents() {
    let same = |language: Language, words: &[&str]| {
        let stems: Vec<String> =
            words.iter().map(|word| language.stemmer().stem(&analyse::fold(word))).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} {stems:?}");
    };
    same(Language::German, &["Jacke", "Jacken"]);
    same(Language::German, &["wasserdicht", "wasserdichte", "wasserdichten"]);
    same(Language::French, &["chaussure", "chaussures"]);
    same(Language::French, &["isolée", "isolées", "isolee"]);
    same(Language::Spanish, &["camisa", "camisas"]);
    same(Language::Spanish, &["estación", "estacion", "estaciones"]);
}
