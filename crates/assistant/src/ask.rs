//! One turn: understand, retrieve, reason, compose.

use crate::claim::Answer;
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
    let mut request = understand(&snapshot, ask)?;
    let mut answer = match request.intent {
        Intent::Answer => reason::answer::answer(&snapshot, ask, &request)?,
        Intent::Find => reason::find::find(&snapshot, ask, &request)?,
    };
    if answer.is_abstention && request.products.is_empty() {
        let other = match request.intent {
            Intent::Answer if is_need(&request) => Intent::Find,
            Intent::Find => Intent::Answer,
            Intent::Answer => request.intent,
        };
        if other != request.intent {
            let second = Request { intent: other, ..request.clone() };
            let tried = match other {
                Intent::Find => reason::find::find(&snapshot, ask, &second)?,
                Intent::Answer => reason::answer::answer(&snapshot, ask, &second)?,
            };
            if !tried.is_abstention {
                (request, answer) = (second, tried);
            }
        }
    }
    if answer.is_abstention
        && let Some(nearest) = reason::answer::nearest(&snapshot, ask, &request, &answer)?
    {
        (request.intent, answer) = (Intent::Answer, nearest);
    }
    let prose = compose(&snapshot, &request, &answer);
    Ok(Reply { request, answer, prose })
}

/// Whether a question that has no answer can be a wish for goods: one for a fact cannot.
fn is_need(request: &Request) -> bool {
    !request.focus.is_policy
        && request.focus.expected == Expected::Anything
        && request.focus.form != Form::HowMuch
}

impl Reply {
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
