//! Which way a sentence speaks about the terms of a question: for them, against them, or neither.

use std::ops::Range;

use search::{EvidenceRow, analyse};

use crate::claim::Polarity;
use crate::figure;
use crate::hazard;
use crate::lexicon::place_of;
use crate::request::{Focus, Term};

mod denial;

use denial::{NEGATIONS, REACH, has_negation};
pub(crate) use denial::{denies, is_denied, is_denied_at, is_negated, is_trace};

/// Nouns of the circumstances in which something is used, as stems.
const CIRCUMSTANCES: &[&str] =
    &["weather", "condit", "climat", "temperatur", "day", "night", "morn", "season", "ground", "train"];
/// The most words of the name of an attribute.
const LONGEST_NAME: usize = 4;
/// Names of attributes that tell in which weather goods are used, as stems. What goods are for otherwise can be denied: `Use: indoors`.
const USES: &[&str] = &["climat", "season", "weather", "activ"];
/// Words for all there is, of which a `but` takes something away.
const WHOLES: &[&str] =
    &["all", "everything", "anything", "anywhere", "everywhere", "everyone", "anyone", "every"];
/// Openings of a clause that supposes and does not say.
const SUPPOSES: &[&str] = &["if", "unless", "whether", "should"];
/// Verbs that open a warning, as stems.
const WARNINGS: &[&str] = &["keep", "store", "avoid", "protect", "never", "dont"];
/// What a phrase must be worth beside a term to take a side on it.
const LEAST_WEIGHT: f32 = 0.6;
/// The same for a concept: only what states it.
const LEAST_WEIGHT_OF_CONCEPT: f32 = 0.9;
/// Openings of what stands before a colon and a list: `what we never use: …`.
const LIST_OPENINGS: &[&str] =
    &["what", "thing", "item", "good", "part", "we", "our", "never", "without", "free", "exclud", "not"];
/// Words that say in such a place that the list is left out.
const LEFT_OUT: &[&str] = &["without", "free", "exclud", "except"];

/// Openings of what has to be given for the rest of a sentence, and such phrases within it.
const CONDITION_OPENINGS: &[&str] = &[
    "with the",
    "with an",
    "with a",
    "without the",
    "without a",
    "without an",
    "only with",
    "together with",
    "combined with",
    "in combination with",
    "used with",
    "when used with",
    "with optional",
];
const CONDITIONS: &[&str] = &[
    "only with",
    "only when",
    "only if",
    "only in combination with",
    "when used with",
    "in combination with",
    "as long as",
    "provided that",
    "provided you",
    "with the optional",
    "with an optional",
    "with optional",
    "if you add",
    "if used with",
];
/// Words at which an opening condition ends, where no comma does: `with the heatsink it fits`.
const SUBJECTS: &[&str] = &["it", "they", "this", "these", "you", "we", "he", "she"];
/// Words of a condition at most.
const LONGEST_CONDITION: usize = 6;

/// Words that make a sentence of what stands before them, and words of an item of a list at most.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "be", "can", "may", "must", "will", "do", "does", "has", "have", "had",
    "should", "would", "could", "ok", "okay", "fine", "yes", "works", "work", "fits", "fit", "allowed",
];
const LONGEST_ITEM: usize = 4;

/// Words that make a denial one of a part only, as stems: `no added sugar` is no word on sugar, `removable hood: no` none on the hood.
const NARROWING: &[&str] = &[
    "ad", "addit", "artifici", "synthet", "chemic", "remov", "detach", "extra", "option", "second", "rear",
    "front",
];
/// Words that make a denial one for most and not for all, as stems.
const MOSTLY: &[&str] = &["usual", "normal", "general", "typic", "alway", "necessarili"];

/// Which way a sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stance {
    For,
    Against,
    Silent,
}

/// A stance with the share of the question that the clause it was read from speaks of.
pub(crate) struct Reading {
    pub(crate) stance: Stance,
    pub(crate) coverage: f32,
}

/// The yes or no that a text opens with, apart from what follows.
pub(crate) fn opening(quote: &str) -> Option<Polarity> {
    let word = quote.split([',', '.', ';', ':', '–', '—', '!']).next().unwrap_or_default().trim();
    match word.to_lowercase().as_str() {
        "yes" => Some(Polarity::Positive),
        "no" => Some(Polarity::Negative),
        _ => None,
    }
}

/// The same of a row, which has to bear out the figures of the question as well.
pub(crate) fn of_row(row: &EvidenceRow, focus: &Focus) -> Reading {
    let Reading { stance, coverage } = read(&row.quote, focus);
    Reading { stance: figure::settle(stance, row, focus), coverage }
}

/// Reads the stance of a sentence from the clause that speaks most of the question.
pub(crate) fn read(quote: &str, focus: &Focus) -> Reading {
    if let Some(cells) = cells(quote) {
        let read = cells.map(|cell| read(cell, focus));
        let best = read.reduce(|best, cell| if cell.coverage > best.coverage { cell } else { best });
        return best.unwrap_or(Reading { stance: Stance::Silent, coverage: 0.0 });
    }
    let mut best = Reading { stance: Stance::Silent, coverage: 0.0 };
    let mut is_best_purpose = false;
    let mut best_says: Vec<usize> = Vec::new();
    let mut denied: Vec<usize> = Vec::new();
    let quote = without_all_but(behind_questions(quote));
    let warns = analyse::words(&quote).first().is_some_and(|first| WARNINGS.contains(&first.stem.as_str()));
    let mut is_reason = false;
    let parts = parts(&quote);
    let of_use = focus_of_use(&parts, focus);
    let focus = of_use.as_ref().unwrap_or(focus);
    // `Caffeine: decaffeinated` says what its value says.
    let has_name = parts.len() == 2 && analyse::words(parts[0].text).len() <= LONGEST_NAME;
    for (place, part) in parts.into_iter().enumerate() {
        for clause in clauses(part.text) {
            let stems: Vec<String> = analyse::words(clause).into_iter().map(|word| word.stem).collect();
            let coverage = coverage(&stems, focus);
            let stance = part.stance(of_clause(&stems, focus));
            let says = said(&stems, focus);
            if stance == Stance::Against {
                denied.extend(&says);
            }
            let decides = has_name && place > 0 && stance != Stance::Silent && coverage >= best.coverage;
            // `A router for fibre modems; it has no modem inside`.
            let takes_back = is_best_purpose && stance == Stance::Against && coverage >= best.coverage;
            if coverage > best.coverage || decides || takes_back {
                is_best_purpose = is_purpose(&stems, focus);
                (best, best_says) = (Reading { stance, coverage }, says);
                is_reason = place > 0;
            }
        }
    }
    if best.stance == Stance::For && denies_by_value(&quote) {
        best.stance = Stance::Against;
    }
    // What a warning gives as its reason is no praise: `Keep it dry: it swells in damp rooms`.
    if best.stance == Stance::For && warns && is_reason {
        best.stance = Stance::Silent;
    }
    // `To the mainland only; not to the islands` denies the islands, whatever it says of the mainland.
    if best.stance == Stance::For && denied.iter().any(|term| !best_says.contains(term)) {
        best.stance = Stance::Against;
    }
    best
}

/// The lines of a list of names and values that stand in one: `Socket: AM5; Wi-Fi: No`.
fn cells(quote: &str) -> Option<impl Iterator<Item = &str>> {
    let is_row = quote.contains("; ") && quote.split("; ").all(|cell| cell.contains(": "));
    is_row.then(|| quote.split("; "))
}

/// Whether a line is the name of something and the value `no`: `Weather sealed: No`.
pub(crate) fn denies_by_value(quote: &str) -> bool {
    let Some((name, value)) = quote.split_once(": ") else { return false };
    let is_no = opening(value.trim()) == Some(Polarity::Negative);
    is_no && analyse::words(name).len() <= LONGEST_NAME
}

/// Whether a clause mentions the terms as what goods are for and not as what they are: `for cable or fibre modems`.
fn is_purpose(stems: &[String], focus: &Focus) -> bool {
    let first = focus.terms.iter().filter_map(|term| match mention(stems, term) {
        Mention::Own(place) => Some(place.start),
        _ => None,
    });
    let Some(first) = first.min() else { return false };
    stems[first.saturating_sub(REACH)..first].iter().any(|stem| stem == "for")
}

/// Whether a sentence says what it says under a condition that a question does not name: `with the heatsink it fits`.
pub(crate) fn is_conditional(quote: &str, question: &str) -> bool {
    let words = analyse::words(quote);
    let spells = |place: usize, phrase: &str| {
        let parts: Vec<&str> = phrase.split(' ').collect();
        let own = words.get(place..place + parts.len());
        own.is_some_and(|own| own.iter().zip(&parts).all(|(word, part)| word.text == *part))
            .then_some(parts.len())
    };
    let end_of_opening = || {
        let length = CONDITION_OPENINGS.iter().filter_map(|phrase| spells(0, phrase)).max()?;
        let ends = |place: &usize| {
            let gap = quote.get(words[place - 1].end..words[*place].start).unwrap_or_default();
            gap.contains(',') || SUBJECTS.contains(&words[*place].text.as_str())
        };
        let end = (length + 1..words.len().min(length + 1 + LONGEST_CONDITION)).find(ends)?;
        Some((length, end))
    };
    let within = (1..words.len()).find_map(|place| {
        let length = CONDITIONS.iter().filter_map(|phrase| spells(place, phrase)).max()?;
        Some((place + length, words.len().min(place + length + LONGEST_CONDITION)))
    });
    let Some((start, end)) = end_of_opening().or(within) else { return false };
    let asked: Vec<String> = analyse::words(question).into_iter().map(|word| word.stem).collect();
    let mut said = words[start..end].iter().filter(|word| !analyse::is_stop_word(&word.text)).peekable();
    said.peek().is_some() && !said.any(|word| asked.contains(&word.stem))
}

/// The focus of a row that tells what goods are for, `Climate: cold, windy`: what is contrary to a quality is a circumstance there.
fn focus_of_use(parts: &[Part<'_>], focus: &Focus) -> Option<Focus> {
    let [name, _] = parts else { return None };
    let name = analyse::words(name.text);
    let is_use = matches!(&name[..], [word] if USES.contains(&word.stem.as_str()));
    is_use.then(|| {
        let mut focus = focus.clone();
        focus.terms.iter_mut().for_each(|term| term.opposites.clear());
        focus
    })
}

/// What stands behind the last question of a text, if anything does: a question states nothing.
fn behind_questions(quote: &str) -> &str {
    let behind = quote.rsplit_once('?').map_or("", |(_, behind)| behind.trim_start());
    if behind.contains(char::is_alphanumeric) { behind } else { quote }
}

/// Places of the terms that a clause mentions.
fn said(stems: &[String], focus: &Focus) -> Vec<usize> {
    let terms = focus.terms.iter().enumerate();
    terms.filter(|(_, term)| !matches!(mention(stems, term), Mention::None)).map(|(at, _)| at).collect()
}

/// What stands before or behind a colon.
struct Part<'a> {
    text: &'a str,
    /// Whether it is a list of what is left out.
    is_left_out: bool,
}

impl Part<'_> {
    /// What a stance in it is to the whole: what is for something in a list of what is left out is against it.
    fn stance(&self, own: Stance) -> Stance {
        match own {
            Stance::For if self.is_left_out => Stance::Against,
            own => own,
        }
    }
}

/// The parts of a sentence at its colons.
fn parts(quote: &str) -> Vec<Part<'_>> {
    let mut is_left_out = false;
    quote
        .split(": ")
        .map(|text| {
            let part = Part { text, is_left_out };
            is_left_out = leaves_out(text);
            part
        })
        .collect()
}

/// Whether what stands before a colon says that the list behind it is left out: `what we never use`, `not included`.
fn leaves_out(head: &str) -> bool {
    let stems: Vec<String> = analyse::words(head).into_iter().map(|word| word.stem).collect();
    let opens = stems.first().is_some_and(|first| LIST_OPENINGS.contains(&first.as_str()));
    let says = |stem: &String| NEGATIONS.contains(&stem.as_str()) || LEFT_OUT.contains(&stem.as_str());
    opens && stems.iter().any(says)
}

/// `Everything but the gravel` says that the gravel is left out, not that something else is said of it.
fn without_all_but(quote: &str) -> String {
    let words = analyse::words(quote);
    let mut plain = quote.to_owned();
    for (place, word) in words.iter().enumerate().filter(|(_, word)| word.text == "but").rev() {
        let before = &words[place.saturating_sub(REACH)..place];
        let is_whole = |word: &analyse::Word| WHOLES.contains(&word.text.as_str());
        let starts = before.iter().rposition(is_whole).map(|start| before[start].end);
        if starts.is_some_and(|start| !quote[start..word.start].contains([',', ';', ':'])) {
            plain.replace_range(word.start..word.end, "without");
        }
    }
    plain
}

/// The parts of a sentence that can say different things. A comma parts them where something is denied behind it and
/// nothing before: `brick is all right, concrete isn't`; a list stays whole.
fn clauses(quote: &str) -> Vec<&str> {
    let mut parts = vec![quote];
    for mark in ["; ", " (", ")", " but ", " – ", " — ", " though ", " although ", " however "] {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    parts.into_iter().flat_map(at_denial).collect()
}

/// The parts before and behind the comma that a denial follows.
fn at_denial(clause: &str) -> Vec<&str> {
    let denied = |part: &str| analyse::words(part).iter().any(|word| NEGATIONS.contains(&word.stem.as_str()));
    let commas = clause.match_indices(", ").map(|(place, _)| place);
    let split = commas.map(|place| (&clause[..place], &clause[place + 2..]));
    match split.into_iter().find(|(before, after)| denied(after) && !denied(before)) {
        Some((before, after)) if is_listed(before, after) => vec![clause],
        Some((before, after)) => vec![before, after],
        None => vec![clause],
    }
}

/// Whether a comma stands in a list that the denial behind it is of: `opened ink, toner and earbuds cannot be returned`.
fn is_listed(before: &str, after: &str) -> bool {
    let says = |word: &analyse::Word| VERBS.contains(&word.text.as_str());
    let before = analyse::words(before);
    let listed: Vec<String> = analyse::words(after)
        .into_iter()
        .take_while(|word| !NEGATIONS.contains(&word.stem.as_str()) && !says(word))
        .map(|word| word.text)
        .collect();
    let is_short = before.len() <= LONGEST_ITEM && !before.iter().any(says);
    is_short && listed.iter().any(|word| matches!(word.as_str(), "and" | "or"))
}

fn coverage(stems: &[String], focus: &Focus) -> f32 {
    let whole: f32 = focus.terms.iter().map(|term| term.weight).sum();
    let said = focus.terms.iter().filter(|term| !matches!(mention(stems, term), Mention::None));
    if whole > 0.0 { said.map(|term| term.weight).sum::<f32>() / whole } else { 0.0 }
}

/// How a clause mentions a term.
enum Mention {
    /// Itself or what says the same, here.
    Own(Range<usize>),
    /// Its contrary, here.
    Contrary(Range<usize>),
    None,
}

fn mention(stems: &[String], term: &Term) -> Mention {
    let undone =
        |stem: &String| stem.strip_prefix("un").is_some_and(|rest| term.stems.iter().any(|own| own == rest));
    let run = |phrase: &str| place_of(stems, phrase).map(|start| start..start + phrase.split(' ').count());
    let at = |place: usize| place..place + 1;
    // `Caffeine: decaffeinated` speaks of caffeine and says that there is none.
    let told = term.concept.filter(|concept| !concept.thing.is_empty()).map(|concept| &concept.told);
    if let Some((phrase, place)) = told.into_iter().flatten().find_map(|told| Some((told, run(told)?))) {
        let asks_for_thing = term.opposites.contains(phrase);
        return if asks_for_thing { Mention::Contrary(place) } else { Mention::Own(place) };
    }
    let contrary = term.opposites.iter().filter_map(|opposite| run(opposite));
    if let Some(place) = contrary.into_iter().find(|place| !is_of_use(stems, place.start)) {
        return Mention::Contrary(place);
    }
    let own = || term.stems.iter().rev().find_map(|stem| stems.iter().position(|word| word == stem)).map(at);
    let least = if term.concept.is_some() { LEAST_WEIGHT_OF_CONCEPT } else { LEAST_WEIGHT };
    let decides = |weight: f32| weight >= least;
    let near = || term.others.iter().filter(|(_, weight)| decides(*weight)).find_map(|(other, _)| run(other));
    match own().filter(|_| term.concept.is_none() || is_whole(stems, term)).or_else(near) {
        Some(place) => Mention::Own(place),
        None => stems.iter().position(undone).map_or(Mention::None, |place| Mention::Contrary(at(place))),
    }
}

/// Whether a word tells what something is for and not what it is: `cold-weather training`, `for cold days`.
fn is_of_use(stems: &[String], place: usize) -> bool {
    let is_among = |place: Option<usize>, list: &[&str]| {
        place.and_then(|place| stems.get(place)).is_some_and(|stem| list.contains(&stem.as_str()))
    };
    is_among(place.checked_sub(1), &["for", "in", "against"]) || is_among(Some(place + 1), CIRCUMSTANCES)
}

/// Whether all words of a term are there.
fn is_whole(stems: &[String], term: &Term) -> bool {
    term.stems.iter().all(|stem| stems.contains(stem))
}

/// A term speaks for, a contrary against, a negation right before either turns it around, and one term that is denied
/// denies the whole: `two wide pads do not fit`.
fn of_clause(stems: &[String], focus: &Focus) -> Stance {
    if stems.first().is_some_and(|first| SUPPOSES.contains(&first.as_str())) {
        return Stance::Silent;
    }
    let mentions: Vec<Mention> = focus.terms.iter().map(|term| mention(stems, term)).collect();
    let asks_for_hazard = asks_for_hazard(focus);
    let mut is_called_safe = false;
    let sides: Vec<bool> = mentions
        .iter()
        .zip(&focus.terms)
        .filter_map(|(mention, term)| match mention {
            Mention::Own(place) => {
                let warning = hazard::of(stems, place).filter(|_| !asks_for_hazard && !term.is_absent);
                let Some(warning) = warning else {
                    let is_denied = is_denied_at(stems, place);
                    let is_of_part = is_denied && narrows(stems, place, focus);
                    return (!is_of_part).then_some(is_denied == term.is_absent);
                };
                // `Not harmful to bees` takes the warning back, `harmful, never for bees` repeats it.
                let is_safe = is_negated(stems, warning)
                    && !stems[warning.min(place.start)..place.start]
                        .iter()
                        .any(|stem| NEGATIONS.contains(&stem.as_str()));
                is_called_safe |= is_safe;
                Some(is_safe)
            }
            Mention::Contrary(place) => Some(is_negated_before(stems, place)),
            Mention::None => None,
        })
        .collect();
    let is_advice = hazard::advises(stems);
    let is_mostly = has_negation(stems) && stems.iter().any(|stem| MOSTLY.contains(&stem.as_str()));
    let is_of_absence = focus.terms.iter().any(|term| term.is_absent);
    let has_contrary = mentions.iter().any(|mention| matches!(mention, Mention::Contrary(_)));
    let has_negation = has_negation(stems);
    match (sides.is_empty(), sides.iter().all(|side| *side)) {
        (true, _) => Stance::Silent,
        // What the negation denies is not plain.
        (false, true) if has_negation && !has_contrary && !is_of_absence && !is_called_safe => Stance::Silent,
        (false, _) if is_mostly => Stance::Silent,
        (false, true) if is_advice => Stance::Silent,
        (false, true) => Stance::For,
        (false, false) => Stance::Against,
    }
}

/// Whether a word before what is denied denies a part of it only, that the question does not ask about.
pub(crate) fn narrows(stems: &[String], place: &Range<usize>, focus: &Focus) -> bool {
    let before = place.start.checked_sub(1).map_or("", |at| stems[at].as_str());
    let is_asked = focus.terms.iter().any(|term| term.stems.iter().any(|stem| stem == before));
    NARROWING.contains(&before) && !is_asked
}

/// Whether a question asks for a danger itself: `is it toxic to cats`.
fn asks_for_hazard(focus: &Focus) -> bool {
    let names = |phrase: &String| phrase.split(' ').any(hazard::is_one);
    let is_hazard = |term: &Term| {
        term.stems.iter().any(|stem| hazard::is_one(stem))
            || term.others.iter().any(|(other, _)| names(other))
    };
    focus.terms.iter().any(is_hazard)
}

/// A contrary such as `not waterproof` has its own negation.
fn is_negated_before(stems: &[String], place: &Range<usize>) -> bool {
    !NEGATIONS.contains(&stems[place.start].as_str()) && is_denied_at(stems, place)
}

/// Whether the name of an attribute, or a question that was answered, is about a thing's absence and the question asks for its
/// presence, or the other way round: `Gluten free: yes` and `Vegan: yes` say no to whether something is in it.
pub(crate) fn tells_other_way(name: &[String], focus: &Focus) -> bool {
    let is_told = |term: &Term| term.concept.is_some_and(|concept| concept.tells_absence(name));
    if let Some(concept) = focus.terms.iter().find(|term| is_told(term)).and_then(|term| term.concept) {
        return !focus.absent.iter().any(|stem| concept.names_thing(stem));
    }
    let is_asked = |stem: &String| {
        let is_of = |term: &Term| match term.concept {
            Some(concept) => concept.names_thing(stem),
            None => term.stems.contains(stem),
        };
        focus.absent.contains(stem) || focus.terms.iter().any(is_of)
    };
    let Some(thing) = name.iter().position(is_asked) else { return false };
    is_denied_at(name, &(thing..thing + 1)) != focus.absent.contains(&name[thing])
}
