//! What a question names by a number or a letter, `60 locomotives`, `code 80`, `N scale`: a row that takes a side on it has to bear it out.

use commerce::Quantity;
use search::EvidenceRow;
use search::analyse::{self, Word};

use crate::bearing::is_number;
use crate::lexicon::{has_phrase, numbers, stem_list};
use crate::request::{Focus, Term};
use crate::stance::Stance;

/// Single letters that are words, or remains of words.
const NO_NAMES: [&str; 2] = ["A", "I"];
/// Words before the most that something takes, as stems.
const LIMITS: &[&str] =
    &["up to", "at most", "maximum", "maximum of", "max", "no more than", "onli", "limit to"];
/// How far before what is counted its number can stand, in words.
const REACH: usize = 3;
/// Words that join a measure with what it is of.
const SMALL: &[&str] = &["over", "on", "at", "with", "by", "via", "through", "do", "run"];
/// What is not with the goods, as stems.
const EXTRAS: &[&str] = &[
    "sold separ",
    "avail separ",
    "separ avail",
    "bought separ",
    "cost extra",
    "at extra cost",
    "option extra",
    "order separ",
    "extra charg",
    "not includ",
    "not suppli",
];
/// Stems of a question that asks for just that.
const ASKS_FOR_EXTRAS: &[&str] = &["separ", "extra", "option", "buy", "cost", "fit", "upgrad"];

/// A number or a letter that names something in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// In lower case.
    token: String,
    /// The stem of the word behind it.
    noun: Option<String>,
}

/// The figures of a question, without the words at `left_out`: names of goods and measures.
pub(crate) fn read(text: &str, words: &[Word], left_out: &dyn Fn(usize) -> bool) -> Vec<Figure> {
    let is_figure = |word: &Word| {
        let typed = &text[word.start..word.end];
        let has_digit = typed.chars().any(|c| c.is_ascii_digit());
        let is_letter = typed.len() == 1 && typed.chars().all(|c| c.is_ascii_uppercase());
        // Capitals throughout are a way to shout.
        let is_shouted = !text.chars().any(char::is_lowercase);
        has_digit || is_letter && !is_shouted && !NO_NAMES.contains(&typed)
    };
    let named = words.iter().enumerate().filter(|(at, word)| is_figure(word) && !left_out(*at));
    let noun = |at: usize| words.get(at + 1).filter(|word| !analyse::is_stop_word(&word.text));
    named
        .map(|(at, word)| Figure { token: word.text.clone(), noun: noun(at).map(|word| word.stem.clone()) })
        .collect()
}

/// What a stance comes to, where the row has to bear out figures and where it speaks of what is to be had apart.
pub(crate) fn settle(stance: Stance, row: &EvidenceRow, focus: &Focus) -> Stance {
    if stance != Stance::For {
        return stance;
    }
    let stems = stem_list(&numbers::as_digits(&format!("{} {}", row.context, row.quote)));
    let asks_for_extras =
        focus.terms.iter().any(|term| term.stems.iter().any(|stem| ASKS_FOR_EXTRAS.contains(&stem.as_str())));
    if !asks_for_extras && EXTRAS.iter().any(|phrase| has_phrase(&stems, phrase)) {
        return if focus.concepts().any(|concept| concept.name == "contents") {
            Stance::Against
        } else {
            Stance::Silent
        };
    }
    if is_of_another(&row.quote, focus) {
        return Stance::Against;
    }
    let mut settled = Stance::For;
    for figure in &focus.figures {
        match figure.borne_out(&stems) {
            Some(true) => {}
            Some(false) => return Stance::Against,
            None => settled = Stance::Silent,
        }
    }
    settled
}

/// Whether a measure that is asked for stands in one part of a sentence and what it is asked of in another, beside another measure:
/// `165 Hz over one port; the other is limited to 144 Hz`.
fn is_of_another(quote: &str, focus: &Focus) -> bool {
    let is_near = |a: f64, b: f64| (a - b).abs() <= 0.001 * a.abs().max(b.abs());
    let parts: Vec<(Vec<Quantity>, Vec<String>)> = quote
        .split([';', ','])
        .map(|part| (Quantity::find_all(part).into_iter().map(|(_, found)| found).collect(), stem_list(part)))
        .collect();
    let says = |stems: &[String], term: &Term| term.stems.iter().any(|stem| stems.contains(stem));
    let is_thing = |term: &&Term| !term.stems.iter().all(|stem| SMALL.contains(&stem.as_str()));
    focus.measures.iter().any(|asked| {
        let same =
            |found: &Quantity| found.dimension() == asked.dimension() && is_near(found.base(), asked.base());
        let Some((_, own)) = parts.iter().find(|(measures, _)| measures.iter().any(same)) else {
            return false;
        };
        let elsewhere = parts.iter().filter(|(measures, _)| {
            !measures.iter().any(same) && measures.iter().any(|found| found.dimension() == asked.dimension())
        });
        let terms = focus.terms.iter().filter(is_thing).filter(|term| !says(own, term));
        terms.into_iter().any(|term| elsewhere.clone().any(|(_, stems)| says(stems, term)))
    })
}

impl Figure {
    /// Where a row has it.
    pub(crate) fn place_in(&self, stems: &[String]) -> Option<usize> {
        stems.iter().position(|stem| *stem == self.token)
    }

    /// Whether a row has it, or enough of what is counted; `Some(false)` where it says that there is less.
    fn borne_out(&self, stems: &[String]) -> Option<bool> {
        if stems.contains(&self.token) {
            return Some(true);
        }
        let (asked, noun) = (self.token.parse::<u64>().ok()?, self.noun.as_ref()?);
        let place = stems.iter().position(|stem| stem == noun)?;
        let before = &stems[place.saturating_sub(REACH)..place];
        let at = before.iter().rposition(|stem| is_number(stem))?;
        let stated = before[at].parse::<u64>().ok()?;
        let lead = &stems[..place - before.len() + at];
        let lead = &lead[lead.len().saturating_sub(REACH)..];
        let is_limit = LIMITS.iter().any(|phrase| has_phrase(lead, phrase));
        match stated >= asked {
            true => Some(true),
            false if is_limit => Some(false),
            false => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use search::analyse;

    use super::{Figure, read};
    use crate::lexicon::{numbers, stem_list};

    fn figures(text: &str) -> Vec<Figure> {
        read(text, &analyse::words(text), &|_| false)
    }

    #[test]
    fn numbers_and_single_capitals_name_something() {
        let tokens = |text: &str| figures(text).into_iter().map(|figure| figure.token).collect::<Vec<_>>();
        assert_eq!(tokens("can it run 25 engines"), ["25"]);
        assert_eq!(tokens("is it there in N scale"), ["n"]);
        assert_eq!(tokens("A jacket that I like"), [] as [&str; 0]);
        assert_eq!(tokens("DO YOU HAVE IT IN X"), [] as [&str; 0]);
        assert_eq!(tokens("does it fit an H0 track"), ["h0"]);
    }

    #[test]
    fn a_row_bears_out_what_it_has_or_has_enough_of() {
        let borne_out = |question: &str, row: &str| {
            let stems = stem_list(&numbers::as_digits(row));
            figures(question).first().and_then(|figure| figure.borne_out(&stems))
        };
        assert_eq!(borne_out("can it run 25 engines", "It runs up to 20 engines at once."), Some(false));
        assert_eq!(borne_out("can it run 15 engines", "It runs up to 20 engines at once."), Some(true));
        assert_eq!(borne_out("can it run 25 engines", "Enough for my 12 engines."), None);
        assert_eq!(borne_out("can it run 9 engines", "Enough for my 12 engines."), Some(true));
        assert_eq!(borne_out("is it code 80", "Rail code: 55"), None);
        assert_eq!(borne_out("is it code 55", "Rail code: 55"), Some(true));
    }
}
