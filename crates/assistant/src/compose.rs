//! Claims become prose: a template for each predicate, in the language of the question. Instant, and the same for the same
//! claims.

use commerce::{Availability, ProductId};
use search::{Constraint, Field, Test};
use serde::Serialize;

use crate::claim::{Answer, Claim, Clarify, Polarity, Predicate};
use crate::directive::without_directive;
use crate::reason::{availability, lists_all};
use crate::request::{Form, Intent, Relation};
use crate::restate::Restated;
use crate::step::Verdict;
use crate::voice::{Line, Voice};
use crate::{Request, Snapshot};

mod offers;
mod quote;
mod reviews;
mod set;
mod suit;
mod tell;

pub(crate) use quote::reading;
pub(crate) use suit::{objection, reason, setting, steps};
pub(crate) use tell::{Told, sentence};

/// A sentence or two with the claims that they tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// What the shopper reads.
    pub text: String,
    /// Places among the answer's claims; empty only for words that say nothing of a product or the shop.
    pub claims: Vec<usize>,
    /// Whether it opens or binds an answer and tells no claim of its own, such as `Yes, it is waterproof.`
    #[serde(skip)]
    pub is_frame: bool,
}

/// Tells an answer.
pub fn compose(snapshot: &Snapshot, request: &Request, answer: &Answer) -> Vec<Clause> {
    let voice = Voice::of_tag(&request.language);
    if answer.is_abstention {
        return silence(snapshot, voice, request, answer);
    }
    let mut clauses: Vec<Clause> = Vec::new();
    clauses.extend(answer.notes.iter().map(|note| frame(note)));
    let of_suit = suit::notes(voice, answer);
    match request.intent {
        Intent::Suit => clauses.extend(suitable(voice, request, answer)),
        Intent::Compare | Intent::Decide => {}
        _ if answer.is_nearest => clauses.push(frame(&voice.say(Line::Nearest, &[]))),
        Intent::Find => clauses.push(introduction(voice, request, answer)),
        Intent::Answer => clauses.extend(verdict(voice, request, answer)),
        Intent::Reviews | Intent::Chat | Intent::Refuse => {}
    }
    let names = titles(snapshot, request, answer);
    let mut told = Told::default();
    let mut is_begun = false;
    for (place, claim) in answer.claims.iter().enumerate() {
        if request.intent == Intent::Answer && fits(claim) && !answer.claims[..place].iter().any(fits) {
            clauses.push(frame(&voice.say(Line::MostLikeAndBuyable, &[])));
        }
        // The verdict comes first, then what place and time are taken.
        if !is_begun && !matches!(claim.predicate, Predicate::Suits { .. }) {
            is_begun = true;
            clauses.extend(of_suit.iter().cloned());
        }
        if request.intent == Intent::Suit && is_first_fit(&answer.claims, place) && !lacks(claim) {
            clauses.push(frame(&voice.say(Line::SuitBest, &[])));
        }
        if lacks(claim) && !answer.claims[..place].iter().any(lacks) {
            clauses.push(frame(&voice.say(Line::Near, &[])));
        }
        let text = with_subject(voice, claim, &names, sentence(voice, claim, &mut told));
        clauses.push(Clause { text, claims: vec![place], is_frame: false });
    }
    clauses.extend(suit::silences(voice, answer));
    let is_of_goods = matches!(request.intent, Intent::Find | Intent::Compare | Intent::Decide);
    if is_of_goods && !answer.missing.is_empty() {
        let line = match request.basket {
            Some(_) => Line::FoundNothingFor,
            None if answer.claims.len() == 1 => Line::NotMentionedOne,
            None => Line::NotMentionedMany,
        };
        clauses.push(frame(&voice.say(line, &[&voice.quotes(&answer.missing)])));
    }
    clauses
}

/// That the store does not say it, with what comes closest.
fn silence(snapshot: &Snapshot, voice: Voice, request: &Request, answer: &Answer) -> Vec<Clause> {
    let mut clauses = vec![abstention(voice, request, answer)];
    if answer.leaves_out {
        clauses.extend(answer.notes.iter().map(|note| frame(note)));
    }
    if answer.claims.is_empty() {
        return clauses;
    }
    clauses.push(frame(&voice.say(Line::Closest, &[])));
    let names = titles(snapshot, request, answer);
    let mut told = Told::default();
    for (place, claim) in answer.claims.iter().enumerate() {
        let text = with_subject(voice, claim, &names, sentence(voice, claim, &mut told));
        clauses.push(Clause { text, claims: vec![place], is_frame: false });
    }
    clauses
}

/// A sentence on a product by its name, where the answer is about several.
fn with_subject(voice: Voice, claim: &Claim, names: &[(ProductId, String)], text: String) -> String {
    let subject = claim.subject.as_ref().and_then(|id| names.iter().find(|(known, _)| known == id));
    match subject {
        Some((_, title)) if !names_itself(&claim.predicate) => voice.say(Line::OfProduct, &[title, &text]),
        _ => text,
    }
}

/// Whether a claim is told with the names of the products that it is about.
fn names_itself(predicate: &Predicate) -> bool {
    matches!(
        predicate,
        Predicate::Ranked { .. }
            | Predicate::Leads { .. }
            | Predicate::Picked { .. }
            | Predicate::Beaten { .. }
            | Predicate::Balance { .. }
            | Predicate::Differ { .. }
            | Predicate::Tie { .. }
            | Predicate::Turning { .. }
            | Predicate::Total { .. }
            | Predicate::Suits { .. }
    )
}

/// Whether a claim shows a product.
fn fits(claim: &Claim) -> bool {
    matches!(claim.predicate, Predicate::Fits { .. })
}

/// Whether a product lacks something that was asked for.
fn lacks(claim: &Claim) -> bool {
    matches!(&claim.predicate, Predicate::Fits { lacks, .. } if !lacks.is_empty())
}

/// Whether the first product is shown here.
fn is_first_fit(claims: &[Claim], place: usize) -> bool {
    let fits = |claim: &Claim| matches!(claim.predicate, Predicate::Fits { .. });
    fits(&claims[place]) && !claims[..place].iter().any(fits)
}

fn frame(text: &str) -> Clause {
    Clause { text: text.to_owned(), claims: Vec::new(), is_frame: true }
}

/// The titles to name products by, where an answer is about more than one.
fn titles(snapshot: &Snapshot, request: &Request, answer: &Answer) -> Vec<(commerce::ProductId, String)> {
    let is_of_one = request.products.len() < 2 && request.intent != Intent::Decide;
    if request.intent == Intent::Find || is_of_one {
        return Vec::new();
    }
    let subjects = answer.claims.iter().filter_map(|claim| claim.subject.as_ref());
    subjects
        .filter_map(|id| {
            snapshot
                .index
                .product(id)
                .ok()
                .flatten()
                .map(|product| (id.clone(), without_directive(&product.title)))
        })
        .collect()
}

/// Says that the data is silent, on what, and where it was looked for.
fn abstention(voice: Voice, request: &Request, answer: &Answer) -> Clause {
    let looked = match answer.looked_at.as_slice() {
        [] => String::new(),
        places => voice.say(Line::Looked, &[&voice.list(places)]),
    };
    if let Some(aside) = &answer.aside {
        return frame(aside);
    }
    let text = match (request.intent, &request.restated) {
        _ if answer.clarify == Some(Clarify::Another) => another(voice, request, answer),
        _ if answer.clarify.is_some() => voice.say(clarify(answer.clarify), &[]),
        (Intent::Find, _) if lists_all(request) => {
            let state = request.need.constraints.iter().find_map(|own| state_of(own, voice));
            voice.say(Line::NothingIs, &[&state.unwrap_or_default(), &looked])
        }
        (Intent::Find, _) => {
            let line = if answer.leaves_out { Line::NothingLeft } else { Line::NothingFits };
            voice.say(line, &[&voice.quote(&answer.missing.join(", ")), &looked])
        }
        (_, Some(restated)) => voice.say(Line::DoesNotSay, &[&restated.indirect, &looked]),
        (Intent::Suit, None) => voice.say(Line::DoesNotSaySuits, &[&answer.missing.join(", "), &looked]),
        _ => voice.say(Line::NoAnswer, &[&looked]),
    };
    frame(&text)
}

/// What a condition says of the state of goods.
fn state_of(constraint: &Constraint, voice: Voice) -> Option<String> {
    match (&constraint.field, &constraint.test) {
        (Field::Saving, _) => Some(voice.word("reduced in price")),
        (Field::Availability, Test::AnyOf(states)) => {
            let state = states.iter().find_map(|state| Availability::parse(state))?;
            Some(voice.word(availability(state)))
        }
        _ => None,
    }
}

/// Asks for a second product beside the one that is known.
fn another(voice: Voice, request: &Request, answer: &Answer) -> String {
    let title = answer.products.first().map(|shown| shown.hit.title.clone());
    let title = title.unwrap_or_else(|| voice.say(Line::ThatProduct, &[]));
    let is_decision = request.intent == Intent::Decide;
    let line = if is_decision { Line::AnotherToDecide } else { Line::AnotherToCompare };
    let notes = answer.notes.iter().map(|note| format!("{note} ")).collect::<String>();
    voice.say(line, &[&notes, &title])
}

fn clarify(clarify: Option<Clarify>) -> Line {
    match clarify {
        Some(Clarify::Several | Clarify::Another) => Line::AskSeveral,
        Some(Clarify::Product) => Line::AskProduct,
        Some(Clarify::Courtesy) => Line::Courtesy,
        Some(Clarify::Wish) | None => Line::AskWish,
    }
}

fn introduction(voice: Voice, request: &Request, answer: &Answer) -> Clause {
    let fitting = answer.claims.iter().filter(|claim| !lacks(claim)).count();
    let title =
        request.products.first().map_or_else(|| voice.say(Line::It, &[]), |product| product.title.clone());
    let title = title.as_str();
    let text = match (answer.relaxed.as_slice(), fitting) {
        _ if request.relation == Some(Relation::Together) => voice.say(Line::GoWith, &[title]),
        _ if request.relation == Some(Relation::Instead) => voice.say(Line::MostLike, &[title]),
        _ if request.basket.is_some() => voice.say(Line::Together, &[]),
        _ if request.place.is_set => voice.say(Line::ThatIs, &[]),
        ([], 1) => voice.say(Line::OneFits, &[]),
        ([], _) => voice.say(Line::FitBest, &[]),
        (given_up, _) => voice.say(Line::NotAsWell, &[&voice.quotes(given_up)]),
    };
    frame(&text)
}

/// Yes or no, with the question as a statement, where a question of yes or no about one thing got a clear answer.
fn verdict(voice: Voice, request: &Request, answer: &Answer) -> Option<Clause> {
    if request.focus.form != Form::YesNo || request.products.len() > 1 {
        return None;
    }
    let is_opinion =
        |claim: &Claim| matches!(claim.predicate, Predicate::Counted { .. } | Predicate::Rating { .. });
    let told = |polarity: Polarity| -> Vec<usize> {
        let claims = answer.claims.iter().enumerate();
        claims.filter(|(_, c)| c.polarity == polarity && !is_opinion(c)).map(|(at, _)| at).collect()
    };
    let (yes, no) = (told(Polarity::Positive), told(Polarity::Negative));
    let restated = request.restated.as_ref();
    let (text, claims) = match (yes.is_empty(), no.is_empty()) {
        (false, true) => (say_yes(voice, restated), yes),
        (true, false) => (say_no(voice, restated), no),
        (false, false) => (voice.say(Line::Divided, &[]), [yes, no].concat()),
        (true, true) => return None,
    };
    Some(Clause { text, claims, is_frame: true })
}

/// Yes or no to whether one product suits, before what follows from it.
fn suitable(voice: Voice, request: &Request, answer: &Answer) -> Option<Clause> {
    if request.focus.form != Form::YesNo || request.products.len() != 1 {
        return None;
    }
    let restated = request.restated.as_ref();
    answer.claims.iter().enumerate().find_map(|(place, claim)| {
        let text = match &claim.predicate {
            Predicate::Suits { verdict: Verdict::Suits, .. } => say_yes(voice, restated),
            Predicate::Suits { verdict: Verdict::Unsuitable, .. } => say_no(voice, restated),
            _ => return None,
        };
        Some(Clause { text, claims: vec![place], is_frame: true })
    })
}

fn say_yes(voice: Voice, restated: Option<&Restated>) -> String {
    match restated.and_then(|told| told.yes.as_ref()) {
        Some(so) => voice.say(Line::YesSo, &[so]),
        None => voice.say(Line::Yes, &[]),
    }
}

fn say_no(voice: Voice, restated: Option<&Restated>) -> String {
    match restated.and_then(|told| told.no.as_ref()) {
        Some(so) => voice.say(Line::NoSo, &[so]),
        None => voice.say(Line::No, &[]),
    }
}
