//! The language of a text, by its commonest words.

/// Function words that hardly any other of these languages has.
const COMMON: &[(&str, &[&str])] = &[
    (
        "de",
        &[
            "der", "die", "das", "ist", "und", "ich", "nicht", "ein", "eine", "für", "mit", "wie", "gibt",
            "kann", "welche",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "est", "et", "je", "pas", "un", "une", "pour", "avec", "quel", "quelle",
            "des", "puis",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "es", "y", "no", "un", "una", "para", "con", "qué", "cuál", "las", "puedo",
            "tiene",
        ],
    ),
    (
        "en",
        &[
            "the", "is", "and", "i", "not", "a", "for", "with", "what", "which", "does", "how", "can", "it",
            "are", "do",
        ],
    ),
];

/// A BCP 47 tag; English where no words decide.
pub(super) fn of(text: &str) -> &'static str {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let count = |common: &[&str]| words.iter().filter(|word| common.contains(word)).count();
    let (mut language, mut most) = ("en", count(COMMON[COMMON.len() - 1].1).max(1));
    for (tag, common) in COMMON {
        if count(common) > most {
            (language, most) = (tag, count(common));
        }
    }
    language
}
