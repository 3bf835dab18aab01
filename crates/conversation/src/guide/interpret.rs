//! An order to act in words that the grammar does not cover, read by a language model where there is one.

use std::time::Duration;

use action::{Action, Ask, Inquiry};
use sessions::{Asked, Voice};

use super::Guide;
use super::consult::Consultant;
use crate::{Adviser, Prompt};

/// How long a shopper waits for one answer of the model; then the message is taken for a question.
const DEADLINE: Duration = Duration::from_secs(15);

impl Guide {
    /// The action that a message asks for; `None` where it hardly asks for one, where there is no model, and where the model says
    /// that it is none, does not say, or is too slow. What it says is an action like one that the grammar reads, and nothing more.
    pub(super) async fn interpret(&self, asked: &Asked, voice: &Voice, english: &str) -> Option<Action> {
        let inquiry = Inquiry::of(english)?;
        let consultant = Consultant::new(self.answerer.model()?, asked, voice);
        let form = inquiry.chosen(&told(&consultant, inquiry.which()).await?)?;
        let filled = match form.ask() {
            Some(ask) => told(&consultant, ask).await?,
            None => String::new(),
        };
        let action = form.filled(&filled);
        tracing::debug!(?action, "a model has read an order");
        action
    }
}

async fn told(consultant: &Consultant<'_>, ask: Ask) -> Option<String> {
    let Ask { system, prompt, schema, max_tokens } = ask;
    match consultant.advise(&Prompt { system, prompt, schema, max_tokens }, DEADLINE).await {
        Ok(advice) => Some(advice.text),
        Err(error) => {
            tracing::info!(%error, "what the grammar does not cover is taken for a question");
            None
        }
    }
}
