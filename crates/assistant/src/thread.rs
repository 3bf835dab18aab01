//! What a conversation has come to, so that what is said next can be short: what is looked for, what was turned down, what was
//! talked about, and what the shopper was asked already.

mod chips;
mod merge;

use commerce::ProductId;
use search::{Understood, Vocabulary};
use serde::{Deserialize, Serialize};

use crate::claim::{Answer, Clarify, Lead, Predicate};
use crate::person::ABOUT;
use crate::pick::Role;
use crate::reason::comparative_asked;
use crate::request::{Intent, Request};
use crate::understand;

pub use chips::Chip;
pub(crate) use chips::chips;
pub(crate) use merge::{add, is_audience};

/// Needs that are kept.
const MAX_NEEDS: usize = 8;
/// Messages that one need is made of; what is said beyond that begins a new one.
const MAX_STEPS: usize = 16;
/// Products that were turned down and are remembered.
const MAX_DISMISSED: usize = 64;

/// A conversation so far. It is made of words that were said, so it is read anew in each state of the catalog.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// What was looked for, the need of now last.
    pub(crate) needs: Vec<Need>,
    /// Source ids of products that were turned down, oldest first.
    pub(crate) dismissed: Vec<String>,
    /// What the shopper was asked.
    pub(crate) asked: Vec<Clarify>,
    /// The source id of the product that was talked about last.
    pub(crate) topic: Option<String>,
    /// The source id of the one product that an order to act would mean: `add it`. After a list without a choice there is none.
    pub(crate) meant: Option<String>,
    /// What was asked last, with `it` for the product that it named; `None` after a search.
    pub(crate) question: Option<String>,
    /// Source ids of the last products that were shown together.
    pub(crate) list: Vec<String>,
    /// Whether the last reply set products side by side or decided between them.
    #[serde(alias = "is_decision")]
    pub(crate) is_of_set: bool,
    /// What the last reply asked back.
    pub(crate) open: Option<Clarify>,
    /// Ids of what is known of the shopper and is not to count in the search of now.
    pub(crate) set_aside: Vec<String>,
}

/// A need, in the words that made it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Need {
    /// In order.
    pub(crate) steps: Vec<Step>,
}

/// What changed a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// These words were said.
    Said(String),
    /// The constraint of this id was taken away.
    Dropped(String),
}

impl Need {
    /// A need that begins with these words.
    pub(crate) fn of(words: &str) -> Self {
        Self { steps: vec![Step::Said(words.to_owned())] }
    }

    /// What it comes to.
    pub(crate) fn read(&self, vocabulary: &Vocabulary) -> Understood {
        let mut need = Understood::default();
        for step in &self.steps {
            match step {
                Step::Said(words) => add(&mut need, understand::need(vocabulary, words)),
                Step::Dropped(id) => chips::drop(&mut need, id),
            }
        }
        need
    }

    /// The words of the last message that asked for an order, such as `lighter ones`.
    pub(crate) fn order(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Said(words) => comparative_asked(words).map(|_| words.as_str()),
            Step::Dropped(_) => None,
        })
    }

    /// The words that made it.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|step| match step {
            Step::Said(words) => Some(words.as_str()),
            Step::Dropped(_) => None,
        })
    }

    /// The same need with one step more.
    pub(crate) fn with(&self, step: Step) -> Self {
        let mut steps = self.steps.clone();
        if steps.len() == MAX_STEPS {
            // The first one says what the goods are.
            steps.remove(1);
        }
        steps.push(step);
        Self { steps }
    }
}

impl Thread {
    /// What is looked for now.
    pub(crate) fn need(&self) -> Option<&Need> {
        self.needs.last()
    }

    /// The shopper looks for this now, in place of the need at a place of the list or beside all of them.
    pub(crate) fn look_for(&mut self, need: Need, place: Option<usize>) {
        if let Some(place) = place.filter(|place| *place < self.needs.len()) {
            self.needs.remove(place);
        }
        if self.needs.len() == MAX_NEEDS {
            self.needs.remove(0);
        }
        self.needs.push(need);
    }

    /// What is known of the shopper under these ids does not count any more in this search.
    pub(crate) fn set_aside(&mut self, ids: &[String]) {
        let own = ids.iter().filter(|id| id.starts_with(ABOUT) && id.as_str() != ABOUT);
        for id in own {
            if !self.set_aside.contains(id) && self.set_aside.len() < MAX_DISMISSED {
                self.set_aside.push(id.clone());
            }
        }
    }

    /// The shopper wants none of these.
    pub(crate) fn dismiss(&mut self, ids: &[String]) {
        for id in ids {
            self.dismissed.retain(|known| known != id);
            self.dismissed.push(id.clone());
        }
        let over = self.dismissed.len().saturating_sub(MAX_DISMISSED);
        self.dismissed.drain(..over);
    }

    /// Whether a product was turned down.
    pub(crate) fn has_dismissed(&self, source_id: &str) -> bool {
        self.dismissed.iter().any(|known| known == source_id)
    }

    /// The source id of the one product that `it` would mean in an order to act.
    pub fn meant(&self) -> Option<&str> {
        self.meant.as_deref()
    }

    /// The conversation after an answer; `self` is as the request was read.
    pub(crate) fn after(mut self, request: &Request, answer: &Answer) -> Self {
        self.open = answer.clarify;
        if let Some(clarify) = answer.clarify.filter(|clarify| clarify.is_question()) {
            self.asked.push(clarify);
        }
        match request.intent {
            Intent::Find => {
                let is_wish = answer.clarify.is_none() && !request.place.is_carried && !request.place.is_set;
                if is_wish && !request.is_below_page {
                    self.set_aside.clear();
                    self.look_for(Need::of(&request.text), None);
                }
                self.question = None;
                self.topic = answer.products.first().map(|shown| shown.hit.source_id.clone()).or(self.topic);
            }
            Intent::Chat | Intent::Refuse => {}
            _ => self.question = Some(request.place.bare.clone()),
        }
        self.is_of_set =
            matches!(request.intent, Intent::Decide | Intent::Compare) && answer.clarify.is_none();
        // A search that found one product has a list of one: `the first one` is that and none of an older list.
        let is_found = request.intent == Intent::Find && !request.place.is_set && !answer.products.is_empty();
        if answer.products.len() > 1 || is_found {
            self.list = answer.products.iter().map(|shown| shown.hit.source_id.clone()).collect();
        }
        match request.products.as_slice() {
            [product] => {
                self.topic = Some(product.source_id.clone());
                self.meant = self.topic.clone();
                self.dismissed.retain(|id| *id != product.source_id || request.place.is_dismissal);
            }
            several => {
                let chosen = chosen(answer)
                    .and_then(|id| answer.products.iter().find(|shown| shown.hit.product_id == *id))
                    .map(|shown| shown.hit.source_id.clone());
                let is_still_shown = |id: &String| self.list.contains(id) && several.is_empty();
                self.topic =
                    chosen.clone().or_else(|| Some(several.first()?.source_id.clone())).or(self.topic);
                if !answer.products.is_empty() {
                    self.meant = chosen.or(only(answer)).or(self.meant.filter(is_still_shown));
                }
            }
        }
        self
    }
}

/// The product that an answer picks, or that comes first in all that it ranks.
fn chosen(answer: &Answer) -> Option<&ProductId> {
    if let Some(pick) = &answer.pick {
        return pick.choices.iter().find(|choice| choice.role == Role::Best).map(|choice| &choice.product);
    }
    let mut firsts = answer.claims.iter().filter_map(|claim| match &claim.predicate {
        Predicate::Ranked { lead, .. } => Some(claim.subject.as_ref().filter(|_| *lead == Lead::Clear)),
        _ => None,
    });
    let first = firsts.next()??;
    firsts.all(|other| other == Some(first)).then_some(first)
}

fn only(answer: &Answer) -> Option<String> {
    match answer.products.as_slice() {
        [only] => Some(only.hit.source_id.clone()),
        _ => None,
    }
}
