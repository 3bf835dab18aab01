//! What suits, as sentences: the weather, what it asks for, what the store states of that, and the verdict.

use search::{EvidenceKind, EvidenceRow};

use super::quote::{end, reading};
use super::tell::sentence;
use super::{Clause, Told, frame};
use crate::claim::{Answer, Claim, Predicate};
use crate::step::{Bearing, Note, Setting, Shown, Step, ToldStep, Verdict};
use crate::voice::{Line, Voice};

/// The steps of an answer as sentences.
pub(crate) fn steps(voice: Voice, answer: &Answer) -> Vec<ToldStep> {
    answer.steps.iter().map(|step| told(voice, step, answer)).collect()
}

fn told(voice: Voice, step: &Step, answer: &Answer) -> ToldStep {
    let claims = step.claims.iter().filter_map(|place| answer.claims.get(*place));
    let mut texts: Vec<String> = step.note.iter().map(|told| note(voice, told)).collect();
    texts.extend(claims.map(|claim| sentence(voice, claim, &mut Told::default())));
    ToldStep { text: texts.join(" "), claims: step.claims.clone(), is_uncertain: step.is_uncertain }
}

/// The notes on place and time, which come before the claims that rest on them.
pub(super) fn notes(voice: Voice, answer: &Answer) -> Vec<Clause> {
    let is_before = |note: &&Note| !matches!(note, Note::Silent { .. });
    let notes = answer.steps.iter().filter_map(|step| step.note.as_ref()).filter(is_before);
    notes.map(|told| frame(&note(voice, told))).collect()
}

/// What the store does not say, which comes last; the verdict on one product says it already.
pub(super) fn silences(voice: Voice, answer: &Answer) -> Vec<Clause> {
    let is_judged = answer.claims.iter().any(|claim| matches!(claim.predicate, Predicate::Suits { .. }));
    let is_silent =
        |note: &&Note| matches!(note, Note::Silent { title, .. } if !is_judged || !title.is_empty());
    let notes = answer.steps.iter().filter_map(|step| step.note.as_ref()).filter(is_silent);
    notes.map(|told| frame(&note(voice, told))).collect()
}

/// A note as a sentence.
fn note(voice: Voice, note: &Note) -> String {
    match note {
        Note::Now { time } => voice.say(Line::NowTaken, &[&voice.term(time)]),
        Note::North { time } => voice.say(Line::NorthTaken, &[&voice.term(time)]),
        Note::Read { place } => voice.say(Line::PlaceRead, &[place]),
        Note::Silent { title, needs } if title.is_empty() => {
            voice.say(Line::SilentOn, &[&terms(voice, needs)])
        }
        Note::Silent { title, needs } => voice.say(Line::SilentOnFor, &[&terms(voice, needs), title]),
    }
}

/// Several of the assistant's own words as a list.
fn terms(voice: Voice, words: &[String]) -> String {
    voice.list(&words.iter().map(|word| voice.term(word)).collect::<Vec<_>>())
}

/// What it is about: `hiking in Oslo in November`.
pub(crate) fn setting(voice: Voice, setting: &Setting) -> String {
    let time = setting.time.as_ref().map(|time| voice.term(time));
    let place_and_time = match (&setting.place, time) {
        (Some(place), Some(time)) => voice.say(Line::PlaceInTime, &[place, &time]),
        (Some(place), None) => place.clone(),
        (None, Some(time)) => time,
        (None, None) => String::new(),
    };
    let names = terms(voice, &setting.names);
    match (names.is_empty(), place_and_time.is_empty()) {
        (true, _) => place_and_time,
        (false, true) => names,
        (false, false) => voice.say(Line::NamesIn, &[&names, &place_and_time]),
    }
}

/// Claims of this reasoning as sentences; `None` for those of others.
pub(super) fn claim(voice: Voice, claim: &Claim) -> Option<String> {
    Some(match &claim.predicate {
        Predicate::Weather { .. } => weather(voice, &claim.predicate),
        Predicate::Season { place, time, season } => {
            unknown_weather(voice, place.as_deref(), &voice.term(time), &voice.term(season))
        }
        Predicate::Asks { of, musts, wishes } => asks(voice, of.as_deref(), musts, wishes),
        Predicate::Meets { need, bearing, stated, beside, agree, disagree } => {
            meets(voice, need, *bearing, stated, beside.as_deref(), (*agree, *disagree))
        }
        Predicate::Suits { .. } => suits(voice, &claim.predicate),
        _ => return None,
    })
}

/// `Oslo in November: 0 °C to 4 °C, 18 days with rain or snow (6 with snow), 82 mm.`
fn weather(voice: Voice, predicate: &Predicate) -> String {
    let Predicate::Weather { place, time, taken, is_wide, span, wet_days, snow_days, rain } = predicate
    else {
        return String::new();
    };
    let lead = match taken {
        Some((city, Some(km))) => voice.say(Line::FarCity, &[place, city, &km.to_string()]) + " ",
        Some((city, None)) if *is_wide => voice.say(Line::WideCity, &[place, city]) + " ",
        Some((city, None)) => voice.say(Line::CityFor, &[city, place]) + " ",
        None => String::new(),
    };
    let name = taken.as_ref().map_or(place, |(city, _)| city);
    let mut figures: Vec<String> = Vec::new();
    figures.extend(
        span.as_ref()
            .map(|(low, high)| voice.say(Line::OnAverage, &[&voice.figures(low), &voice.figures(high)])),
    );
    figures.extend(wet_days.map(|days| match snow_days.filter(|snow| *snow > 0) {
        Some(snow) => voice.say(Line::WetAndSnowDays, &[&days.to_string(), &snow.to_string()]),
        None => voice.say(Line::WetDays, &[&days.to_string()]),
    }));
    figures.extend(rain.as_ref().map(|rain| voice.say(Line::OfRain, &[&voice.figures(rain)])));
    lead + &voice.say(Line::WeatherOf, &[name, &voice.term(time), &figures.join(", ")])
}

fn unknown_weather(voice: Voice, place: Option<&str>, time: &str, season: &str) -> String {
    match place {
        Some(place) if time == season => voice.say(Line::SeasonThere, &[place, season]),
        Some(place) => voice.say(Line::SeasonOfTime, &[place, time, season]),
        None if time == season => voice.say(Line::SeasonTemperate, &[season]),
        None => voice.say(Line::TimeTemperate, &[time, season]),
    }
}

fn asks(voice: Voice, of: Option<&str>, musts: &[String], wishes: &[String]) -> String {
    let lead = capital(&of.map_or_else(|| voice.say(Line::That, &[]), |of| voice.term(of)));
    let (must, wish) = (terms(voice, musts), terms(voice, wishes));
    match (musts.is_empty(), wishes.is_empty()) {
        (false, true) => voice.say(Line::AsksFor, &[&lead, &must]),
        (false, false) => voice.say(Line::AsksForAndGood, &[&lead, &must, &wish]),
        (true, _) => voice.say(Line::AsksForGoodOnly, &[&lead, &wish]),
    }
}

fn meets(
    voice: Voice,
    need: &str,
    bearing: Bearing,
    stated: &[Shown],
    beside: Option<&str>,
    votes: (u32, u32),
) -> String {
    let need = capital(&voice.term(need));
    let quotes: Vec<String> = stated.iter().map(|stated| shown(voice, stated)).collect();
    if votes != (0, 0) {
        let voices = reviewers(voice, votes);
        return end(&voice.say(Line::VoicesOnNeed, &[&need, &voices, &quotes.join("; ")]));
    }
    let told = voice.list(&quotes);
    let told =
        beside.map_or(told.clone(), |beside| voice.say(Line::Beside, &[&told, &voice.figures(beside)]));
    let line = match bearing {
        Bearing::For => Line::MeetsYes,
        Bearing::Partly => Line::MeetsPartly,
        Bearing::Against => Line::MeetsNot,
        Bearing::Divided => Line::MeetsDivided,
    };
    end(&voice.say(line, &[&need, &told]))
}

fn reviewers(voice: Voice, (agree, disagree): (u32, u32)) -> String {
    let (agreed, disagreed) = (agree.to_string(), disagree.to_string());
    match (agree, disagree) {
        (1, 0) => voice.say(Line::SpeaksForOne, &[]),
        (_, 0) => voice.say(Line::SpeakForMany, &[&agreed]),
        (0, 1) => voice.say(Line::SpeaksAgainstOne, &[]),
        (0, _) => voice.say(Line::SpeakAgainstMany, &[&disagreed]),
        (1, _) => voice.say(Line::SpeaksForOneAgainst, &[&disagreed]),
        _ => voice.say(Line::SpeakForAndAgainst, &[&agreed, &disagreed]),
    }
}

/// A detail as it stands, a sentence in quotation marks.
fn shown(voice: Voice, shown: &Shown) -> String {
    match shown.kind {
        EvidenceKind::Attribute => shown.quote.clone(),
        _ => voice.quote(&reading(&shown.quote)),
    }
}

/// Why goods are shown: `warmth: Comfort temperature: -8 °C`.
pub(crate) fn reason(voice: Voice, need: &str, row: &EvidenceRow) -> String {
    match row.kind {
        EvidenceKind::Attribute => row.quote.clone(),
        _ if row.source == "title" => voice.term(need),
        _ => voice.say(Line::Reason, &[&voice.term(need), &voice.quote(&reading(&row.quote))]),
    }
}

/// What speaks against goods that are shown.
pub(crate) fn objection(voice: Voice, need: &str, row: &EvidenceRow) -> String {
    let said = shown(voice, &Shown { kind: row.kind, quote: row.quote.clone() });
    voice.say(Line::ObjectionOn, &[&voice.term(need), &said])
}

fn suits(voice: Voice, predicate: &Predicate) -> String {
    let Predicate::Suits { title, setting: what, verdict, met, partly, against, silent } = predicate else {
        return String::new();
    };
    let what = setting(voice, what);
    match verdict {
        Verdict::Suits => {
            let covers: Vec<String> = met.iter().chain(partly).cloned().collect();
            voice.say(Line::SuitsFor, &[title, &what, &terms(voice, &covers)])
        }
        Verdict::Unsuitable => voice.say(Line::SuitsNot, &[title, &what, &terms(voice, against)]),
        Verdict::Reservations | Verdict::Unknown => {
            let parts =
                [(against, Line::SpeaksAgainstOn), (partly, Line::CoversInPart), (silent, Line::IsSilentOn)];
            let parts = parts.into_iter().filter(|(needs, _)| !needs.is_empty());
            let open: Vec<String> =
                parts.map(|(needs, line)| voice.say(line, &[&terms(voice, needs)])).collect();
            let open = voice.list(&open);
            let told = match met.is_empty() {
                true => open,
                false => voice.say(Line::CoversAnd, &[&terms(voice, met), &open]),
            };
            voice.say(Line::SuitsWithReservations, &[title, &what, &told])
        }
    }
}

/// The first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
