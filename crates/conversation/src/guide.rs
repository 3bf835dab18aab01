//! Who decides what a message means: an answer to what was asked, an action, a question about the catalog.

mod address;
mod anew;
mod buy;
mod choose;
mod condition;
mod consult;
mod hear;
mod interpret;
mod list;
mod mandate;
mod mind;
mod naming;
mod news;
mod payment;
mod readdress;
mod relay;
mod seek;
mod speak;
mod tell;

use std::sync::Arc;

use agent::{Line, ToolName as AgentTool, Usage};
use checkout::Refusal;
use checkout::tool::{Call, Effect, ToolName};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use sessions::{Asked, Decider, Decision, Voice, Wish};
use store::{BooksError, StoreError};

use crate::answerer::Question;
use crate::remembered::Remembered;
use crate::work::Work;
use crate::{Answerer, Counter, Party};
use mind::Mind;
pub(crate) use mind::{kept, now};
use speak::Telling;

/// Reads by grammars, and by a language model what they do not cover; tells by the books. The same words in the same session and shop,
/// and the same answers of the model, give the same decision.
#[derive(Clone)]
pub struct Guide {
    counter: Counter,
    answerer: Arc<dyn Answerer>,
}

/// What is done about a thought.
enum Step {
    /// These tools are called.
    Call(Vec<Wish>),
    /// This is told.
    Tell(Box<Telling>),
    /// The catalog is asked.
    Answer(Box<Question>, Box<Remembered>, Box<Mind>),
}

impl Guide {
    /// A guide at this counter, who has questions about the catalog answered.
    pub fn new(counter: Counter, answerer: Arc<dyn Answerer>) -> Self {
        Self { counter, answerer }
    }

    async fn decision(&self, asked: &Asked, voice: &Voice) -> Decision {
        let Some(party) = Party::of(&asked.owner) else { return Decision::Failed };
        let head = news::told(asked);
        match self.step(asked, voice, &party).await {
            Ok(Step::Call(wishes)) => Decision::Calls(wishes),
            Ok(Step::Tell(telling)) => speak::tell(asked, voice, &telling.under(head)).await,
            Ok(Step::Answer(question, remembered, mind)) => {
                self.relay(asked, voice, *question, (*remembered, *mind, head)).await
            }
            Err(error) => {
                tracing::warn!(%error, "a turn could not be decided");
                Decision::Failed
            }
        }
    }

    /// A turn that has called something, or that began with the end of a call, tells of it; any other one hears what was said.
    async fn step(&self, asked: &Asked, voice: &Voice, party: &Party) -> Result<Step, StoreError> {
        let is_act = |line: &&Line| matches!(line, Line::Called { .. } | Line::Refused { .. });
        let has_acted = asked.lines.iter().filter(is_act).any(|line| !news::is_about(line));
        match asked.said() {
            Some(_) if !has_acted && self.has_news(asked, party).await? => Ok(Step::Call(vec![news::wish()])),
            Some(said) if !has_acted => self.hear(asked, voice, party, said).await,
            // A node that died in between had the wish done, and its words are gone with what was to be forgotten.
            None if !has_acted && asked.said_in().is_some() => {
                Ok(Step::Tell(Box::new(Telling::say("That is forgotten.", Remembered::of(asked)))))
            }
            _ => self.report(asked, party).await,
        }
    }

    /// A call of a tool. What would be refused is told instead of asking for a yes to it.
    async fn call(
        &self,
        party: &Party,
        (tool, input): (ToolName, Value),
        remembered: &Remembered,
    ) -> Result<Step, StoreError> {
        let wish = wish(party, tool, input.clone(), remembered);
        if tool.effect() != Effect::Irreversible {
            return Ok(Step::Call(vec![wish]));
        }
        Ok(match self.refusal(party, &wish).await? {
            None => Step::Call(vec![wish]),
            Some(refusal) => condition::ask(&refusal, tool, &input, remembered).unwrap_or_else(|| {
                Step::Tell(Box::new(Telling::say(refusal.to_string(), remembered.clone())))
            }),
        })
    }

    /// Why a call would be refused, if it would. What is no call of this shop is refused by the clerk.
    async fn refusal(&self, party: &Party, wish: &Wish) -> Result<Option<Refusal>, StoreError> {
        let work = Work::of(party, wish.tool.as_str(), wish.input.clone(), "preview");
        let Ok(work) = work else { return Ok(None) };
        let Call::Command(command) = &work.call else { return Ok(None) };
        match self.counter.preview(&work.request(command.clone())).await {
            Ok(_) => Ok(None),
            Err(BooksError::Refused(refusal)) => Ok(Some(refusal)),
            Err(BooksError::Store(error)) => Err(error),
        }
    }
}

impl Decider for Guide {
    fn decide<'a>(&'a self, asked: Asked, voice: &'a Voice) -> BoxFuture<'a, (Decision, Usage)> {
        // What models used on the way is in the journal already.
        async move { (self.decision(&asked, voice).await, Usage::default()) }.boxed()
    }
}

/// A call with what a guest has proved.
fn wish(party: &Party, tool: ToolName, mut input: Value, remembered: &Remembered) -> Wish {
    if party.shopper().is_none()
        && let (Some(proof), Some(input)) = (&remembered.proof, input.as_object_mut())
        && let Ok(proof) = serde_json::to_value(proof)
    {
        input.insert("proof".to_owned(), proof);
    }
    Wish { call: tool.as_str().to_owned(), tool: AgentTool::new(tool.as_str()), input }
}
