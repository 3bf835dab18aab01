//! What a message says of whoever wrote it, and what they want to be done with what is remembered.
//!
//! Asking to remember is consent. What is told in passing counts in the conversation at once and is kept for longer after a yes only; a
//! no is not asked again.

mod erase;
mod learn;
mod show;

use agent::{Contents, FactId, Time};
use jiff::Timestamp;
use profile::{About, Known, Speech};
use sessions::{Asked, NodeError, Voice};
use wire::MemoryNote;

use super::{Guide, Step, Telling};
use crate::Party;
use crate::recollection::Kept;
use crate::remembered::Remembered;
use crate::said::Said;

/// Said where the memory cannot be reached now.
const NOT_NOW: &str = "I could not do that with what I remember just now. Please try again.";
/// The id that asks for the same search again.
const AGAIN: &str = "about-";

/// What a message has to do with the memory, beside what else it says.
#[derive(Clone, Debug, Default)]
pub(super) struct Mind {
    /// All that is known and not erased.
    pub(super) kept: Vec<Kept>,
    /// What was done.
    pub(super) note: MemoryNote,
    /// A quiet line below the answer.
    pub(super) tail: Option<String>,
    /// What the reply tells of.
    told: Vec<FactId>,
}

/// Who says what, with what was said before.
pub(super) struct Heard<'a> {
    pub(super) asked: &'a Asked,
    pub(super) party: &'a Party,
    pub(super) voice: &'a Voice,
    pub(super) english: &'a str,
}

impl Mind {
    /// What a session knows of its owner.
    pub(super) fn of(asked: &Asked) -> Self {
        let kept = kept(asked.facts.iter(), &asked.words, now());
        Self { kept, ..Self::default() }
    }

    /// What counts in an answer.
    pub(super) fn facts(&self) -> Vec<wire::Fact> {
        self.kept.iter().filter(|own| own.holds).map(|own| own.told.clone()).collect()
    }

    /// The facts that a reply tells of, or whose words it passes on to later turns.
    pub(super) fn repeated(&self, reply: &serde_json::Value) -> Vec<FactId> {
        if self.kept.is_empty() && self.told.is_empty() {
            return Vec::new();
        }
        let text = reply.to_string();
        let contains = |words: &str| {
            let words = serde_json::Value::from(words).to_string();
            let words = words.trim_matches('"');
            !words.is_empty() && text.contains(words)
        };
        let passes_on = |own: &&Kept| contains(&own.told.words) || contains(&own.known.clause());
        let mut facts: Vec<FactId> = self.kept.iter().filter(passes_on).map(|own| own.id.clone()).collect();
        let note = &self.note;
        let noted = note.used.iter().chain(&note.learned).chain(&note.listed);
        facts.extend(noted.map(|fact| FactId::new(fact.id.clone())));
        facts.extend(self.told.iter().cloned());
        facts.sort();
        facts.dedup();
        facts
    }

    /// The fact that holds on the topic of this one.
    fn current(&self, known: &Known) -> Option<&Kept> {
        let topic = known.topic();
        self.kept.iter().find(|own| own.holds && own.known.topic() == topic)
    }

    fn covered(&self, about: &About) -> Vec<FactId> {
        self.kept.iter().filter(|own| about.covers(&own.known)).map(|own| own.id.clone()).collect()
    }
}

impl Guide {
    /// Takes in what a message says to the memory; a step where it says nothing else. What remains stays in `said`.
    pub(super) async fn mind(
        &self,
        heard: &Heard<'_>,
        said: &mut Said,
        remembered: &mut Remembered,
        mind: &mut Mind,
    ) -> Option<Step> {
        let speech = profile::read(heard.english);
        let keep = std::mem::take(&mut remembered.keep);
        // What was asked for is answered first; only what is plainly meant for the memory comes before it.
        let is_passing = matches!(&speech, Some(Speech::Tell(told)) if !told.is_explicit);
        if remembered.asking.is_some() && (speech.is_none() || is_passing) {
            return None;
        }
        let done = match speech {
            None => self.consented(heard, keep, remembered, mind).await,
            Some(Speech::Tell(told)) => self.learn(heard, told, (said, remembered), mind).await,
            Some(Speech::Show) => Ok(Some(show::list(heard.party, remembered, mind))),
            Some(Speech::ForgetAll) => {
                let all = mind.kept.iter().map(|own| own.id.clone()).collect();
                self.erase(heard, all, remembered, mind).await.map(Some)
            }
            Some(Speech::ForgetThat) if remembered.told.is_empty() => Ok(None),
            Some(Speech::ForgetThat) => {
                let told = std::mem::take(&mut remembered.told);
                self.erase(heard, told, remembered, mind).await.map(Some)
            }
            Some(Speech::Forget(about)) => match mind.covered(&about) {
                // It may be a condition of the search that is meant.
                none if none.is_empty() && !remembered.shown.is_empty() => Ok(None),
                facts => self.erase(heard, facts, remembered, mind).await.map(Some),
            },
            Some(Speech::Ignore(about)) => {
                set_aside(&about, said, mind);
                Ok(None)
            }
        };
        done.unwrap_or_else(|error| Some(failed(&error, remembered, mind)))
    }
}

/// What is named does not count in the search of now.
fn set_aside(about: &About, said: &mut Said, mind: &Mind) {
    let named = mind.kept.iter().filter(|own| own.holds && about.covers(&own.known));
    let ids: Vec<String> = named.map(|own| chip_id(&own.known)).collect();
    if !ids.is_empty() {
        said.text.clear();
        said.drop = ids;
    }
}

/// The id of the condition that a fact comes to.
fn chip_id(known: &Known) -> String {
    let topic = known.topic().to_lowercase();
    let words = topic.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!("{AGAIN}{}", words.collect::<Vec<_>>().join("-"))
}

fn failed(error: &NodeError, remembered: &Remembered, mind: &Mind) -> Step {
    tracing::warn!(%error, "the memory could not be changed");
    tell(NOT_NOW, remembered, mind)
}

fn tell(text: impl Into<String>, remembered: &Remembered, mind: &Mind) -> Step {
    let telling = Telling::say(text, remembered.clone());
    Step::Tell(Box::new(Telling { mind: mind.clone(), ..telling }))
}

/// Those of these facts whose words are not erased.
pub(crate) fn kept<'a>(
    facts: impl Iterator<Item = &'a agent::Fact>,
    words: &Contents,
    now: Time,
) -> Vec<Kept> {
    facts.filter_map(|fact| Kept::of(fact, words, now)).collect()
}

pub(crate) fn now() -> Time {
    Time::from_millis(Timestamp::now().as_millisecond())
}
