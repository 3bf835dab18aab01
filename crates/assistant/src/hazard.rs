//! What a sentence warns of, from `lexicon/hazards_en.txt`: what is only named there is not recommended by being named.

use std::ops::Range;
use std::sync::LazyLock;

use crate::lexicon::{place_of, stems};

static HAZARDS: LazyLock<Hazards> = LazyLock::new(|| Hazards::parse(include_str!("lexicon/hazards_en.txt")));

/// How far before what it warns of a warning can stand, in words, and how far behind what befalls it.
const REACH: usize = 7;
/// How many words before a warning can say that it is kept off.
const SHIELD: usize = 3;
/// Words at which a warning ends.
const BREAKS: &[&str] =
    &["but", "instead", "howev", "otherwis", "unless", "suitabl", "ideal", "perfect", "made"];

#[derive(Default)]
struct Hazards {
    warns: Vec<String>,
    befalls: Vec<String>,
    shields: Vec<String>,
    proof: Vec<String>,
    advises: Vec<String>,
    hedges: Vec<String>,
}

/// Where a warning stands that is about these words.
pub(crate) fn of(said: &[String], place: &Range<usize>) -> Option<usize> {
    let before = warnings(said).filter(|warning| warning.end <= place.start);
    let near = before.filter(|warning| place.start - warning.end < REACH);
    let is_open = |warning: &Range<usize>| {
        !said[warning.end..place.start].iter().any(|stem| BREAKS.contains(&stem.as_str()))
    };
    let behind = || {
        let rest = said.get(place.end..).unwrap_or_default();
        let rest = &rest[..rest.len().min(REACH)];
        HAZARDS.befalls.iter().find_map(|phrase| place_of(rest, phrase)).map(|at| place.end + at)
    };
    near.filter(is_open).last().map(|warning| warning.start).or_else(behind)
}

/// The warnings of a text that are not kept off, in the order of the text.
fn warnings(said: &[String]) -> impl Iterator<Item = Range<usize>> {
    let mut found: Vec<Range<usize>> = HAZARDS.warns.iter().flat_map(|phrase| runs(said, phrase)).collect();
    found.sort_by_key(|run| (run.start, run.end));
    let has = |list: &[String], stem: Option<&String>| stem.is_some_and(|stem| list.contains(stem));
    let is_kept_off = move |run: &Range<usize>| {
        let before = &said[run.start.saturating_sub(SHIELD)..run.start];
        before.iter().any(|stem| HAZARDS.shields.contains(stem)) || has(&HAZARDS.proof, said.get(run.end))
    };
    found.into_iter().filter(move |run| !is_kept_off(run))
}

/// Every place where a phrase stands.
fn runs(said: &[String], phrase: &str) -> Vec<Range<usize>> {
    let parts: Vec<&str> = phrase.split(' ').collect();
    let is_here = |start: &usize| {
        said.get(*start..*start + parts.len())
            .is_some_and(|run| run.iter().zip(&parts).all(|(stem, part)| stem == part))
    };
    (0..said.len()).filter(is_here).map(|start| start..start + parts.len()).collect()
}

/// Whether a word warns.
pub(crate) fn is_one(stem: &str) -> bool {
    HAZARDS.warns.iter().any(|warns| warns == stem)
}

/// Whether a sentence leaves it to somebody else to say whether it is all right.
pub(crate) fn advises(said: &[String]) -> bool {
    HAZARDS.advises.iter().any(|phrase| place_of(said, phrase).is_some())
}

/// Whether a text says anywhere that something may be there.
pub(crate) fn hedges(said: &[String]) -> bool {
    HAZARDS.hedges.iter().any(|phrase| place_of(said, phrase).is_some())
}

impl Hazards {
    fn parse(text: &str) -> Self {
        let mut hazards = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((field, phrases)) = line.split_once(' ') else { continue };
            let phrases = phrases.split(',').map(stems).filter(|phrase| !phrase.is_empty());
            match field {
                "warns" => hazards.warns.extend(phrases),
                "befalls" => hazards.befalls.extend(phrases),
                "shields" => hazards.shields.extend(phrases),
                "proof" => hazards.proof.extend(phrases),
                "advises" => hazards.advises.extend(phrases),
                "hedges" => hazards.hedges.extend(phrases),
                _ => debug_assert!(false, "no field is called {field}"),
            }
        }
        hazards
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::stem_list;

    fn is_warned(text: &str, word: &str) -> bool {
        let said = stem_list(text);
        let place = place_of(&said, &stems(word)).unwrap();
        of(&said, &(place..place + 1)).is_some()
    }

    #[test]
    fn what_a_warning_names_is_warned_of() {
        assert!(is_warned("Permethrin is deadly to cats", "cats"));
        assert!(is_warned("Very dangerous for dogs, cats and hedgehogs", "hedgehogs"));
        assert!(is_warned("Avoid during pregnancy and breastfeeding", "breastfeeding"));
        assert!(is_warned("Children under 8 years can choke or suffocate", "children"));
        assert!(is_warned("Keep away from children", "children"));
        assert!(!is_warned("Protects against burns of the hands", "hands"));
        assert!(!is_warned("Scratch resistant glass for cats", "cats"));
        assert!(!is_warned("A case for the charger, so that nothing is damaged", "charger"));
    }

    #[test]
    fn what_may_be_there_is_hedged() {
        assert!(hedges(&stem_list("May contain traces of nuts")));
        assert!(hedges(&stem_list("Traces of milk cannot be ruled out")));
        assert!(!hedges(&stem_list("Contains milk")));
    }
}
