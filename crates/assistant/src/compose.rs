//! Claims become prose: a template for each predicate. Instant, and the same for the same claims.

use search::EvidenceKind;
use serde::Serialize;

use crate::claim::{Answer, Claim, Polarity, Predicate};
use crate::reason::list;
use crate::request::{Form, Intent};
use crate::{Request, Snapshot};

/// A sentence or two with the claims that they tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// What the shopper reads.
    pub text: String,
    /// Places among the answer's claims; empty only for words that say nothing of a product or the shop.
    pub claims: Vec<usize>,
}

/// Tells an answer.
pub fn compose(snapshot: &Snapshot, request: &Request, answer: &Answer) -> Vec<Clause> {
    if answer.is_abstention {
        return vec![abstention(request, answer)];
    }
    let mut clauses: Vec<Clause> = Vec::new();
    match request.intent {
        Intent::Find => clauses.push(introduction(answer)),
        Intent::Answer => clauses.extend(verdict(request, answer)),
    }
    let names = titles(snapshot, request, answer);
    for (place, claim) in answer.claims.iter().enumerate() {
        let subject = claim.subject.as_ref().and_then(|id| names.iter().find(|(known, _)| known == id));
        let text = sentence(claim);
        let text = match subject {
            Some((_, title)) => format!("{title}: {text}"),
            None => text,
        };
        clauses.push(Clause { text, claims: vec![place] });
    }
    clauses
}

/// The titles to name products by, where an answer is about more than one.
fn titles(snapshot: &Snapshot, request: &Request, answer: &Answer) -> Vec<(commerce::ProductId, String)> {
    if request.intent == Intent::Find || request.products.len() < 2 {
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
    let text = match request.intent {
        Intent::Find => format!("Nothing in this store fits “{}”.{looked}", answer.missing.join(", ")),
        Intent::Answer => {
            format!("The store’s data does not say anything about “{}”.{looked}", answer.missing.join(", "))
        }
    };
    Clause { text, claims: Vec::new() }
}

fn introduction(answer: &Answer) -> Clause {
    let text = match (answer.relaxed.as_slice(), answer.claims.len()) {
        ([], 1) => "One product fits:".to_owned(),
        ([], _) => "These fit best:".to_owned(),
        (given_up, _) => format!("Nothing fits “{}” as well; these come nearest:", given_up.join("”, “")),
    };
    Clause { text, claims: Vec::new() }
}

/// Yes or no where a yes-or-no question about one product got a clear answer.
fn verdict(request: &Request, answer: &Answer) -> Option<Clause> {
    if request.focus.form != Form::YesNo || request.products.len() != 1 {
        return None;
    }
    let is_opinion =
        |claim: &Claim| matches!(claim.predicate, Predicate::Counted { .. } | Predicate::Rating { .. });
    let told = |polarity: Polarity| -> Vec<usize> {
        let claims = answer.claims.iter().enumerate();
        claims
            .filter(|(_, c)| c.polarity == polarity && !is_opinion(c) && c.subject.is_some())
            .map(|(at, _)| at)
            .collect()
    };
    let (yes, no) = (told(Polarity::Positive), told(Polarity::Negative));
    let (text, claims) = match (yes.is_empty(), no.is_empty()) {
        (false, true) => ("Yes.", yes),
        (true, false) => ("No.", no),
        (false, false) => ("The store’s data says both yes and no.", [yes, no].concat()),
        (true, true) => return None,
    };
    Some(Clause { text: text.to_owned(), claims })
}

/// One claim as a sentence.
pub(crate) fn sentence(claim: &Claim) -> String {
    match &claim.predicate {
        Predicate::Attribute { label, values } => format!("{label}: {}.", list(values)),
        Predicate::Compared { label, value, asked } => format!("{label}: {value}; you asked about {asked}."),
        Predicate::Offered { asked, label, values } => match claim.polarity {
            Polarity::Positive => format!("It comes in {asked}. {label}: {}.", list(values)),
            _ => format!("It does not come in {asked}. {label}: {}.", list(values)),
        },
        Predicate::Price { price, regular: None } => format!("It costs {price}."),
        Predicate::Price { price, regular: Some(regular) } => {
            format!("It costs {price} now, instead of {regular}.")
        }
        Predicate::Availability { state } => format!("It is {state}."),
        Predicate::Quote { kind, context, quote } => quoted(*kind, context, quote),
        Predicate::Counted { topic, agree, disagree, quotes } => counted(topic, *agree, *disagree, quotes),
        Predicate::Rating { mean, count: 1 } => format!("One buyer rated it {mean} of 5."),
        Predicate::Rating { mean, count } => format!("{count} buyers rated it {mean} of 5 on average."),
        Predicate::Fits { title, price, reasons } => {
            let price = if price.is_empty() { String::new() } else { format!(", {price}") };
            let reasons =
                if reasons.is_empty() { String::new() } else { format!(" – {}", reasons.join("; ")) };
            end(&format!("{title}{price}{reasons}"))
        }
    }
}

fn quoted(kind: EvidenceKind, context: &str, quote: &str) -> String {
    match (kind, context) {
        (EvidenceKind::Question, context) if !context.is_empty() => {
            format!("Asked “{context}”, the answer was: “{quote}”")
        }
        (EvidenceKind::Question, _) => format!("An answer to a shopper says: “{quote}”"),
        (EvidenceKind::Review, _) => format!("A reviewer writes: “{quote}”"),
        (EvidenceKind::Policy | EvidenceKind::Page, context) if !context.is_empty() => {
            format!("{context}: “{quote}”")
        }
        (EvidenceKind::Policy | EvidenceKind::Page, _) => format!("The store says: “{quote}”"),
        _ => format!("The description says: “{quote}”"),
    }
}

fn counted(topic: &str, agree: u32, disagree: u32, quotes: &[String]) -> String {
    let reviews = |count: u32| if count == 1 { "one review".to_owned() } else { format!("{count} reviews") };
    let says = |count: u32| if count == 1 { "says" } else { "say" };
    let quotes = quotes.iter().map(|quote| format!("“{quote}”")).collect::<Vec<_>>().join(" ");
    match (agree, disagree) {
        (1, 0) => format!("One review mentions “{topic}”: {quotes}"),
        (agree, 0) => format!("{agree} reviews mention “{topic}”: {quotes}"),
        (0, against) => {
            format!("On “{topic}”, {} {} the contrary: {quotes}", reviews(against), says(against))
        }
        (agree, against) => {
            let other = if against == 1 { "one".to_owned() } else { against.to_string() };
            format!(
                "On “{topic}”, {} {} so, {other} {} otherwise: {quotes}",
                reviews(agree),
                says(agree),
                says(against)
            )
        }
    }
}

/// The text with a full stop unless it ends a sentence already.
fn end(text: &str) -> String {
    if text.trim_end_matches('”').ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
