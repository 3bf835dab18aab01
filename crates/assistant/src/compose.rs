//! Claims become prose: a template for each predicate. Instant, and the same for the same claims.

use serde::Serialize;

use crate::claim::{Answer, Claim, Clarify, Polarity, Predicate};
use crate::reason::list;
use crate::request::{Form, Intent, Relation};
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
    if answer.is_abstention {
        return vec![abstention(request, answer)];
    }
    let mut clauses: Vec<Clause> = Vec::new();
    clauses.extend(answer.notes.iter().map(|note| frame(note)));
    let of_suit = suit::notes(answer);
    match request.intent {
        Intent::Compare | Intent::Decide | Intent::Suit => {}
        _ if answer.is_nearest => clauses.push(frame("This comes nearest to what you ask:")),
        Intent::Find => clauses.push(introduction(request, answer)),
        Intent::Answer => clauses.extend(verdict(request, answer)),
        Intent::Reviews | Intent::Chat | Intent::Refuse => {}
    }
    let names = titles(snapshot, request, answer);
    let mut told = Told::default();
    let mut is_begun = false;
    for (place, claim) in answer.claims.iter().enumerate() {
        if request.intent == Intent::Answer && fits(claim) && !answer.claims[..place].iter().any(fits) {
            clauses.push(frame("These are most like it and can be bought:"));
        }
        // The verdict comes first, then what place and time are taken.
        if !is_begun && !matches!(claim.predicate, Predicate::Suits { .. }) {
            is_begun = true;
            clauses.extend(of_suit.iter().cloned());
        }
        if request.intent == Intent::Suit && is_first_fit(&answer.claims, place) && !lacks(claim) {
            clauses.push(frame("These suit best:"));
        }
        if lacks(claim) && !answer.claims[..place].iter().any(lacks) {
            clauses.push(frame("These come near:"));
        }
        let subject = claim.subject.as_ref().and_then(|id| names.iter().find(|(known, _)| known == id));
        let text = sentence(claim, &mut told);
        let text = match subject {
            Some((_, title)) if !names_itself(&claim.predicate) => {
                format!("{title}: {text}")
            }
            _ => text,
        };
        clauses.push(Clause { text, claims: vec![place], is_frame: false });
    }
    clauses.extend(suit::silences(answer));
    let is_of_goods = matches!(request.intent, Intent::Find | Intent::Compare | Intent::Decide);
    if is_of_goods && !answer.missing.is_empty() {
        let of = if answer.claims.len() == 1 { "it" } else { "these" };
        let missing = answer.missing.join("”, “");
        clauses.push(frame(&match request.basket {
            Some(_) => format!("I found nothing here for “{missing}”."),
            None => format!("The store does not mention “{missing}” for {of}."),
        }));
    }
    clauses
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
        .filter_map(|id| snapshot.index.product(id).ok().flatten().map(|product| (id.clone(), product.title)))
        .collect()
}

/// Says that the data is silent, on what, and where it was looked for.
fn abstention(request: &Request, answer: &Answer) -> Clause {
    let looked = match answer.looked_at.as_slice() {
        [] => String::new(),
        places => format!(" I looked at {}.", list(places)),
    };
    let text = match (request.intent, &request.restated) {
        _ if answer.aside.is_some() => answer.aside.unwrap_or_default().to_owned(),
        _ if answer.clarify == Some(Clarify::Another) => another(request, answer),
        _ if answer.clarify.is_some() => clarify(answer.clarify).to_owned(),
        (Intent::Find, _) => format!("Nothing in this store fits “{}”.{looked}", answer.missing.join(", ")),
        (_, Some(restated)) => format!("The store does not say {}.{looked}", restated.indirect),
        (Intent::Suit, None) => {
            format!("The store does not say what suits {}.{looked}", answer.missing.join(", "))
        }
        (_, None) => format!("The store’s data does not answer that.{looked}"),
    };
    frame(&text)
}

/// Asks for a second product beside the one that is known.
fn another(request: &Request, answer: &Answer) -> String {
    let title = answer.products.first().map_or("that product", |shown| shown.hit.title.as_str());
    let aim = if request.intent == Intent::Decide { "decide between" } else { "set beside each other" };
    let notes = answer.notes.iter().map(|note| format!("{note} ")).collect::<String>();
    format!("{notes}I know of one product to {aim}: {title}. Name another one.")
}

fn clarify(clarify: Option<Clarify>) -> &'static str {
    match clarify {
        Some(Clarify::Several | Clarify::Another) => {
            "Which products do you mean? Name two to six of them, or say what you are looking for."
        }
        Some(Clarify::Product) => {
            "Which product do you mean? Name it, and I look at what the store says about it."
        }
        Some(Clarify::Courtesy) => "You are welcome. Ask whenever you like.",
        Some(Clarify::Wish) | None => {
            "Say what you are looking for, or ask about a product, delivery or returns."
        }
    }
}

fn introduction(request: &Request, answer: &Answer) -> Clause {
    let fitting = answer.claims.iter().filter(|claim| !lacks(claim)).count();
    let title = request.products.first().map_or("it", |product| product.title.as_str());
    let text = match (answer.relaxed.as_slice(), fitting) {
        _ if request.relation == Some(Relation::Together) => format!("These go with {title}:"),
        _ if request.relation == Some(Relation::Instead) => format!("These are most like {title}:"),
        _ if request.basket.is_some() => "Together:".to_owned(),
        ([], 1) => "One product fits:".to_owned(),
        ([], _) => "These fit best:".to_owned(),
        (given_up, _) => format!("Nothing fits “{}” as well; these come nearest:", given_up.join("”, “")),
    };
    frame(&text)
}

/// Yes or no, with the question as a statement, where a question of yes or no about one thing got a clear answer.
fn verdict(request: &Request, answer: &Answer) -> Option<Clause> {
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
    let statements = request.restated.as_ref().and_then(|restated| restated.statements.as_ref());
    let (text, claims) = match (yes.is_empty(), no.is_empty()) {
        (false, true) => (statements.map_or("Yes.".to_owned(), |(yes, _)| format!("Yes, {yes}.")), yes),
        (true, false) => (statements.map_or("No.".to_owned(), |(_, no)| format!("No, {no}.")), no),
        (false, false) => ("What the store says is divided.".to_owned(), [yes, no].concat()),
        (true, true) => return None,
    };
    Some(Clause { text, claims, is_frame: true })
}
