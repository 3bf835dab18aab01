//! One turn: understand, retrieve, reason, compose.

use crate::claim::{Answer, Clarify};
use crate::compose::{Clause, compose};
use crate::phrase::{Phrasing, phrasing};
use crate::reason;
use crate::request::{Ask, Expected, Form, Intent, Request};
use crate::verify::{Verified, verify};
use crate::{AskError, Snapshot, understand};

/// What a question came to.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The question as it was read.
    pub request: Request,
    /// The claims with their evidence.
    pub answer: Answer,
    /// The answer as prose, told by templates.
    pub prose: Vec<Clause>,
}

/// Answers a question from one snapshot. The same snapshot and question give the same reply.
pub fn ask(snapshot: &Snapshot, ask: &Ask) -> Result<Reply, AskError> {
    let snapshot = snapshot.at(ask.now);
    let parts = understand::parts(&ask.text);
    let Some((first, rest)) = parts.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return one(&snapshot, ask);
    };
    let mut part = Ask { text: (*first).to_owned(), ..ask.clone() };
    let mut whole = one(&snapshot, &part)?;
    for text in rest {
        // What the first question names is what the next one calls `it`.
        if let [product] = whole.request.products.as_slice() {
            part.product = Some(product.source_id.clone());
        }
        part.text = (*text).to_owned();
        whole.add(one(&snapshot, &part)?);
    }
    Ok(whole)
}

/// Answers one question.
fn one(snapshot: &Snapshot, ask: &Ask) -> Result<Reply, AskError> {
    let request = understand(snapshot, ask)?;
    let (request, answer) = reply(snapshot, ask, request)?;
    let prose = compose(snapshot, &request, &answer);
    Ok(Reply { request, answer, prose })
}

/// The answer of the reasoner that fits, with the request as it was taken in the end.
fn reply(snapshot: &Snapshot, ask: &Ask, request: Request) -> Result<(Request, Answer), AskError> {
    let is_of_set = matches!(request.intent, Intent::Compare | Intent::Decide);
    if understand::is_courtesy(&request.text) {
        return Ok((request, unclear(Clarify::Courtesy)));
    }
    if !is_of_set && understand::says_nothing(&request) {
        return Ok((request, unclear(Clarify::Wish)));
    }
    let answer = reasoned(snapshot, ask, &request)?;
    if !answer.is_abstention || is_of_set {
        return Ok((request, answer));
    }
    if request.intent == Intent::Reviews && !request.is_of_some_reviewers() {
        return reply(snapshot, ask, Request { intent: Intent::Answer, ..request });
    }
    let is_of_goods = request.products.is_empty() && !request.focus.is_policy;
    if request.intent == Intent::Answer && is_of_goods && understand::points(&request.text) {
        return Ok((request, unclear(Clarify::Product)));
    }
    if let Some(other) = other_intent(&request) {
        let second = Request { intent: other, ..request.clone() };
        let tried = reasoned(snapshot, ask, &second)?;
        // A question that goods only half answer is none for goods: `do you rent out tools`.
        let is_whole = request.intent == Intent::Find || tried.missing.is_empty();
        if !tried.is_abstention && is_whole {
            return Ok((second, tried));
        }
    }
    match reason::answer::nearest(snapshot, ask, &request, &answer)? {
        Some(nearest) => Ok((Request { intent: Intent::Answer, ..request }, nearest)),
        None => Ok((request, answer)),
    }
}

fn reasoned(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    match request.intent {
        Intent::Answer => reason::answer::answer(snapshot, ask, request),
        Intent::Find => reason::find::find(snapshot, ask, request),
        Intent::Reviews => reason::reviews::reviews(snapshot, ask, request),
        Intent::Compare => reason::compare::compare(snapshot, ask, request),
        Intent::Decide => reason::decide::decide(snapshot, ask, request),
    }
}

/// How a text that came to nothing can be taken instead. One that wishes for goods is no question to the shop.
fn other_intent(request: &Request) -> Option<Intent> {
    match request.intent {
        _ if !request.products.is_empty() => None,
        Intent::Reviews => None,
        Intent::Answer => is_need(request).then_some(Intent::Find),
        Intent::Find => (!understand::wishes(&request.text, &request.need)).then_some(Intent::Answer),
        Intent::Compare | Intent::Decide => None,
    }
}

/// Asks back, where any answer would be a guess at what is meant.
fn unclear(clarify: Clarify) -> Answer {
    let missing = match clarify {
        Clarify::Wish | Clarify::Courtesy => "what is looked for",
        Clarify::Product | Clarify::Several | Clarify::Another => "which product is meant",
    };
    Answer {
        is_abstention: true,
        clarify: Some(clarify),
        missing: vec![missing.to_owned()],
        ..Answer::default()
    }
}

/// Whether a question that has no answer can be a wish for goods: one for a fact cannot.
fn is_need(request: &Request) -> bool {
    !request.focus.is_policy
        && request.focus.expected == Expected::Anything
        && request.focus.form != Form::HowMuch
}

impl Reply {
    /// Adds the answer to the next question of the same message.
    fn add(&mut self, next: Reply) {
        let told = self.answer.claims.len();
        self.prose.extend(next.prose.into_iter().map(|clause| Clause {
            claims: clause.claims.iter().map(|place| place + told).collect(),
            ..clause
        }));
        self.answer.add(next.answer);
    }

    /// The whole answer as text.
    pub fn text(&self) -> String {
        text(&self.prose)
    }

    /// What a language model would be asked, where it could help.
    pub fn phrasing(&self) -> Option<Phrasing> {
        phrasing(&self.request, &self.answer)
    }

    /// The prose with a model's sentences where they stand the checks.
    pub fn verify(&self, phrasing: &Phrasing, text: &str) -> Verified {
        verify(&self.request, phrasing, &self.prose, text)
    }
}

/// Clauses as one text.
pub fn text(clauses: &[Clause]) -> String {
    clauses.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ")
}
