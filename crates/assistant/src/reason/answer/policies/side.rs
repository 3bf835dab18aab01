//! Yes or no, as far as a sentence of a rule says it.

use commerce::Unit;
use search::analyse::{self, Word};

use super::{Inquiry, hours, places};
use crate::bearing::{self, Scored, Values};
use crate::claim::{Polarity, Support};
use crate::lexicon::{has_phrase, kinds, place_of, stem_list};
use crate::reason::answer::limits;
use crate::request::Form;
use crate::stance::{self, Stance};
use crate::{Request, understand};

/// The measure that is how old somebody is.
const AGE: &str = "age";
/// A sentence says yes or no only if one clause of it speaks of nearly all of the question.
const CERTAIN: f32 = 0.75;

/// By a number of the question beside that of the rule, by what a list leaves out, else by what is said.
pub(super) fn of(inquiry: &Inquiry<'_>, scored: &Scored) -> (Polarity, Support) {
    let Inquiry { snapshot, request, matter, .. } = *inquiry;
    let focus = &request.focus;
    if let Some(side) = hours::Asked::of(request).and_then(|asked| asked.side(&scored.row.quote)) {
        return (side, Support::Derived);
    }
    // Of what `it` is, a guide says nothing.
    let is_of_thing = request.products.is_empty() && !focus.is_policy && understand::points(&request.text);
    if focus.form != Form::YesNo
        || snapshot.documents.count == 0
        || is_of_thing
        || asks_what_happened(&request.text)
    {
        return (Polarity::Neutral, Support::Stated);
    }
    if asks_of_two_roles(&request.text, scored) {
        return (Polarity::Neutral, Support::Stated);
    }
    let has_place = matter.is_some_and(|matter| matter.has_place());
    if !has_place && inquiry.is_for_goods(scored) == Some(false) {
        return (Polarity::Neutral, Support::Stated);
    }
    // An order of $80 is above the $40 from which on delivery is free.
    if let Some(is_given) = given_free(&request.text, &scored.row.quote) {
        return (if is_given { Polarity::Positive } else { Polarity::Negative }, Support::Derived);
    }
    // How old somebody is keeps to no time for returns.
    let is_age = request.context.sizes.iter().any(|size| size.name == AGE);
    if let Some(keeps) = limits::keeps(&focus.measures, &scored.row.quote).filter(|_| !is_age) {
        return (if keeps { Polarity::Positive } else { Polarity::Negative }, Support::Derived);
    }
    let age = request.context.sizes.iter().find(|size| size.name == AGE);
    let years = age.zip(Unit::parse("year")).map(|(age, year)| year.of_base(age.quantity.base()));
    if let Some(admits) = years.and_then(|years| limits::admits(years, &scored.row.quote)) {
        return (if admits { Polarity::Positive } else { Polarity::Negative }, Support::Derived);
    }
    if let Some(matter) = matter.filter(|matter| matter.has_place()) {
        return places::side(matter, request, scored);
    }
    if inquiry.is_excluded(scored) && says_no_more(request, scored) {
        return (Polarity::Negative, Support::Derived);
    }
    if scored.values == Values::Lacks {
        return (Polarity::Negative, Support::Derived);
    }
    if let Some(opening) = stance::opening(&scored.row.quote).filter(|_| scored.row.context.ends_with('?')) {
        return (if scored.is_asked_above(focus) { opening } else { Polarity::Neutral }, Support::Stated);
    }
    let reading = stance::read(&scored.row.quote, focus);
    let says = |stem: &String| scored.stems.contains(stem);
    let says_all = focus.values.is_empty() && focus.terms.iter().all(|term| term.stems.iter().all(says));
    let polarity = match reading.stance {
        // An invoice that a claim needs is none that can be paid by.
        _ if scored.values == Values::Has && !is_list(request, scored) => Polarity::Neutral,
        _ if scored.values == Values::Has => of_value(request, scored),
        Stance::Silent => Polarity::Neutral,
        // A rule on something near the question is no yes.
        Stance::For if !says_all || !focus.measures.is_empty() => Polarity::Neutral,
        _ if reading.coverage < CERTAIN => Polarity::Neutral,
        // That a gift card buys no other gift card denies nothing of a repair.
        Stance::Against if leaves_open(request, scored) => Polarity::Neutral,
        Stance::For => Polarity::Positive,
        Stance::Against => Polarity::Negative,
    };
    (polarity, Support::Stated)
}

/// Whether what a question asks to be free is so for the amount that it names; `None` where it asks otherwise, or no amount is named.
fn given_free(question: &str, quote: &str) -> Option<bool> {
    let is_free = |text: &str| stem_list(text).iter().any(|stem| stem == "free");
    if !is_free(question) || !is_free(quote) {
        return None;
    }
    limits::reaches(question, quote).or_else(|| limits::fits(question, quote))
}

/// Whether a question names a thing twice, once as what something is done with: `buy a gift card with a gift card`. A sentence that
/// names it once speaks of one of the two.
fn asks_of_two_roles(text: &str, scored: &Scored) -> bool {
    let words = analyse::words(text);
    let means = words.iter().position(|word| matches!(word.text.as_str(), "with" | "by" | "using"));
    let Some(means) = means else { return false };
    let is_telling = |word: &&Word| !analyse::is_stop_word(&word.text);
    let count = |stem: &String| scored.stems.iter().filter(|own| *own == stem).count();
    let (object, means) = words.split_at(means);
    let mut object = object.iter().filter(is_telling);
    object.any(|word| means.iter().any(|other| other.stem == word.stem) && count(&word.stem) < 2)
}

/// Whether a question asks what has happened, such as to somebody's order, which stands on no page: `did it ship`, `has it been sent`.
fn asks_what_happened(text: &str) -> bool {
    let words = analyse::words(text);
    let is_done = |word: &str| word == "been" || word.ends_with("ed");
    match words.first().map(|word| word.text.as_str()) {
        Some("did" | "was" | "were") => true,
        Some("has" | "have") => words.iter().any(|word| is_done(&word.text)),
        _ => false,
    }
}

/// Whether a sentence says nothing of a thing that is asked about beside the rule.
fn leaves_open(request: &Request, scored: &Scored) -> bool {
    let things = request.focus.terms.iter().filter(|term| term.concept.is_none());
    things.map(|term| bearing::presence(term, &scored.row, &scored.stems, &scored.context)).any(|p| p == 0.0)
}

/// Whether the first clause of a sentence names nothing but what is asked about: `sofas` and not `sofas made to order`.
fn says_no_more(request: &Request, scored: &Scored) -> bool {
    let clause = scored.row.quote.split([':', ';', ',', '(', '–', '—']).next().unwrap_or_default();
    let asked = stem_list(&request.text);
    let mut words =
        analyse::words(clause).into_iter().filter(|word| !analyse::is_stop_word(&word.text)).peekable();
    words.peek().is_some() && words.all(|word| asked.contains(&word.stem))
}

/// Whether a sentence speaks of what values are asked for of, or lists several of them.
fn is_list(request: &Request, scored: &Scored) -> bool {
    let says = |phrase: &String| has_phrase(&scored.stems, phrase) || has_phrase(&scored.context, phrase);
    request.focus.concepts().filter(|concept| !concept.kinds.is_empty()).any(|concept| {
        let listed: usize = concept.kinds.iter().map(|kind| kinds::said(kind, &scored.stems).len()).sum();
        listed > 1 || concept.rule.iter().any(says)
    })
}

/// Whether a value that was asked for is among those that the sentence lists, or among those that it denies.
fn of_value(request: &Request, scored: &Scored) -> Polarity {
    let kinds = request.focus.concepts().flat_map(|concept| &concept.kinds);
    let said = kinds.flat_map(|kind| kinds::said(kind, &scored.stems));
    let asked = said.filter(|said| request.focus.values.iter().any(|asked| kinds::covers(said, asked)));
    let mut places = asked.filter_map(|value| place_of(&scored.stems, value));
    match places.any(|place| stance::is_denied(&scored.stems, place)) {
        true => Polarity::Negative,
        false => Polarity::Positive,
    }
}
