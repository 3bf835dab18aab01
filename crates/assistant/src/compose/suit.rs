//! What suits, as sentences: the weather, what it asks for, what the store states of that, and the verdict.

use search::{EvidenceKind, EvidenceRow};

use super::quote::{end, reading};
use super::tell::sentence;
use super::{Clause, Told, frame};
use crate::claim::{Answer, Claim, Predicate};
use crate::reason::list;
use crate::step::{Bearing, Note, Setting, Shown, Step, ToldStep, Verdict};
use crate::voice::Voice;

/// The steps of an answer as sentences.
pub(crate) fn steps(answer: &Answer) -> Vec<ToldStep> {
    answer.steps.iter().map(|step| told(step, answer)).collect()
}

fn told(step: &Step, answer: &Answer) -> ToldStep {
    let claims = step.claims.iter().filter_map(|place| answer.claims.get(*place));
    let mut texts: Vec<String> = step.note.iter().map(note).collect();
    texts.extend(claims.map(|claim| sentence(Voice::default(), claim, &mut Told::default())));
    ToldStep { text: texts.join(" "), claims: step.claims.clone(), is_uncertain: step.is_uncertain }
}

/// The notes on place and time, which come before the claims that rest on them.
pub(super) fn notes(answer: &Answer) -> Vec<Clause> {
    let is_before = |note: &&Note| !matches!(note, Note::Silent { .. });
    let notes = answer.steps.iter().filter_map(|step| step.note.as_ref()).filter(is_before);
    notes.map(|told| frame(&note(told))).collect()
}

/// What the store does not say, which comes last; the verdict on one product says it already.
pub(super) fn silences(answer: &Answer) -> Vec<Clause> {
    let is_judged = answer.claims.iter().any(|claim| matches!(claim.predicate, Predicate::Suits { .. }));
    let is_silent =
        |note: &&Note| matches!(note, Note::Silent { title, .. } if !is_judged || !title.is_empty());
    let notes = answer.steps.iter().filter_map(|step| step.note.as_ref()).filter(is_silent);
    notes.map(|told| frame(&note(told))).collect()
}

/// A note as a sentence.
fn note(note: &Note) -> String {
    match note {
        Note::Now { time } => format!("You named no month, so I take {time}."),
        Note::North { time } => format!("You named no place, so I take {time} as it is in the north."),
        Note::Read { place } => format!("I read the place as {place}."),
        Note::Silent { title, needs } => {
            let of = if title.is_empty() { String::new() } else { format!(" for {title}") };
            format!("The store does not say anything on {}{of}.", list(needs))
        }
    }
}

/// What it is about: `hiking in Oslo in November`.
pub(crate) fn setting(setting: &Setting) -> String {
    let place_and_time = match (&setting.place, &setting.time) {
        (Some(place), Some(time)) => format!("{place} in {time}"),
        (Some(place), None) => place.clone(),
        (None, Some(time)) => time.clone(),
        (None, None) => String::new(),
    };
    let names = list(&setting.names);
    match (names.is_empty(), place_and_time.is_empty()) {
        (true, _) => place_and_time,
        (false, true) => names,
        (false, false) => format!("{names} in {place_and_time}"),
    }
}

/// Claims of this reasoning as sentences; `None` for those of others.
pub(super) fn claim(claim: &Claim) -> Option<String> {
    Some(match &claim.predicate {
        Predicate::Weather { .. } => weather(&claim.predicate),
        Predicate::Season { place, time, season } => unknown_weather(place.as_deref(), time, season),
        Predicate::Asks { of, musts, wishes } => asks(of.as_deref(), musts, wishes),
        Predicate::Meets { need, bearing, stated, beside, agree, disagree } => {
            meets(need, *bearing, stated, beside.as_deref(), (*agree, *disagree))
        }
        Predicate::Suits { .. } => suits(&claim.predicate),
        _ => return None,
    })
}

/// `Oslo in November: 0 °C to 4 °C, 18 days with rain or snow (6 with snow), 82 mm.`
fn weather(predicate: &Predicate) -> String {
    let Predicate::Weather { place, time, taken, is_wide, span, wet_days, snow_days, rain } = predicate
    else {
        return String::new();
    };
    let lead = match taken {
        Some((city, Some(km))) => {
            format!("I have no figures for {place} and take those of {city}, about {km} km away. ")
        }
        Some((city, None)) if *is_wide => format!("The climates of {place} differ; I take {city} for it. "),
        Some((city, None)) => format!("I take {city} for {place}. "),
        None => String::new(),
    };
    let name = taken.as_ref().map_or(place, |(city, _)| city);
    let mut figures: Vec<String> = Vec::new();
    figures.extend(span.as_ref().map(|(low, high)| format!("{low} to {high} on average")));
    figures.extend(wet_days.map(|days| match snow_days.filter(|snow| *snow > 0) {
        Some(snow) => format!("{days} wet days, snow on {snow} days"),
        None => format!("{days} wet days"),
    }));
    figures.extend(rain.as_ref().map(|rain| format!("{rain} of rain")));
    format!("{lead}{name} in {time}: {}.", figures.join(", "))
}

fn unknown_weather(place: Option<&str>, time: &str, season: &str) -> String {
    match place {
        Some(place) if time == season => {
            format!("I have no figures for {place}; I go by what {season} is usually like there.")
        }
        Some(place) => format!(
            "I have no figures for {place}; {time} is {season} there, and I go by what that is usually like."
        ),
        None if time == season => format!("I go by what {season} is usually like in a temperate climate."),
        None => format!("{time} is {season}; I go by what that is usually like in a temperate climate."),
    }
}

fn asks(of: Option<&str>, musts: &[String], wishes: &[String]) -> String {
    let lead = of.map_or_else(|| "That".to_owned(), capital);
    match (musts.is_empty(), wishes.is_empty()) {
        (false, true) => format!("{lead} asks for {}.", list(musts)),
        (false, false) => format!("{lead} asks for {}; good to have: {}.", list(musts), list(wishes)),
        (true, _) => format!("{lead} asks for nothing that has to be; good to have: {}.", list(wishes)),
    }
}

fn meets(
    need: &str,
    bearing: Bearing,
    stated: &[Shown],
    beside: Option<&str>,
    (agree, disagree): (u32, u32),
) -> String {
    let need = capital(need);
    if agree + disagree > 0 {
        let quotes: Vec<String> = stated.iter().map(shown).collect();
        let voices = match (agree, disagree) {
            (agree, 0) => format!("{} for it", reviewers(agree)),
            (0, disagree) => format!("{} against it", reviewers(disagree)),
            (agree, disagree) => format!("{} for it, {disagree} against it", reviewers(agree)),
        };
        return end(&format!("{need}: {voices} – {}", quotes.join("; ")));
    }
    let told = list(&stated.iter().map(shown).collect::<Vec<_>>());
    let beside = beside.map_or(String::new(), |beside| format!(" (beside {beside})"));
    match bearing {
        Bearing::For => end(&format!("{need}: yes – {told}{beside}")),
        Bearing::Partly => end(&format!("{need}: in part – {told}{beside}")),
        Bearing::Against => end(&format!("{need}: no – {told}{beside}")),
        Bearing::Divided => end(&format!("{need}: the store says both – {told}{beside}")),
    }
}

fn reviewers(count: u32) -> String {
    if count == 1 { "one reviewer speaks".to_owned() } else { format!("{count} reviewers speak") }
}

/// A detail as it stands, a sentence in quotation marks.
fn shown(shown: &Shown) -> String {
    match shown.kind {
        EvidenceKind::Attribute => shown.quote.clone(),
        _ => format!("“{}”", reading(&shown.quote)),
    }
}

/// Why goods are shown: `warmth: Comfort temperature: -8 °C`.
pub(crate) fn reason(need: &str, row: &EvidenceRow) -> String {
    match row.kind {
        EvidenceKind::Attribute => row.quote.clone(),
        _ if row.source == "title" => need.to_owned(),
        _ => format!("{need}: “{}”", reading(&row.quote)),
    }
}

/// What speaks against goods that are shown.
pub(crate) fn objection(need: &str, row: &EvidenceRow) -> String {
    let said = shown(&Shown { kind: row.kind, quote: row.quote.clone() });
    format!("against it on {need}: {said}")
}

fn suits(predicate: &Predicate) -> String {
    let Predicate::Suits { title, setting: what, verdict, met, partly, against, silent } = predicate else {
        return String::new();
    };
    let what = setting(what);
    let covers: Vec<String> = met.iter().chain(partly).cloned().collect();
    match verdict {
        Verdict::Suits => format!("{title} suits {what}: the store’s data covers {}.", list(&covers)),
        Verdict::Unsuitable => {
            format!("{title} does not suit {what}: the store’s data speaks against it on {}.", list(against))
        }
        Verdict::Reservations | Verdict::Unknown => {
            let mut open: Vec<String> = Vec::new();
            if !against.is_empty() {
                open.push(format!("speaks against it on {}", list(against)));
            }
            if !partly.is_empty() {
                open.push(format!("covers {} only in part", list(partly)));
            }
            if !silent.is_empty() {
                open.push(format!("is silent on {}", list(silent)));
            }
            let covers = if met.is_empty() { String::new() } else { format!(" covers {} and", list(met)) };
            format!("{title} suits {what} with reservations: the store’s data{covers} {}.", list(&open))
        }
    }
}

/// The first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
