//! The language model as a thought asks it: what it is shown stands in the journal before it is asked, what it wrote after, and
//! what it uses counts in the budgets.

use std::sync::Arc;
use std::time::Duration;

use agent::{Consultation, Rate, Usage};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use sessions::{Asked, Voice};

use crate::{Advice, Adviser, Prompt, Unadvised};

/// Asks a model within one thought.
pub(super) struct Consultant<'a> {
    model: Arc<dyn Adviser>,
    voice: &'a Voice,
    asked: &'a Asked,
}

impl<'a> Consultant<'a> {
    /// This model, for this thought.
    pub(super) fn new(model: Arc<dyn Adviser>, asked: &'a Asked, voice: &'a Voice) -> Self {
        Self { model, voice, asked }
    }

    /// What the model said to the same in this turn, before the node that asked it died: it might say something else now.
    fn said_before(&self, shown: &Value) -> Option<Result<Advice, Unadvised>> {
        let words = &self.asked.words;
        let is_same = |asked: &&Consultation| words.value(&asked.prompt) == Some(shown);
        self.asked.consulted.iter().filter(is_same).find_map(|asked| match &asked.advice {
            agent::Advice::Awaited { .. } => None,
            agent::Advice::Missing => Some(Err(Unadvised::NotAsked("it had no answer before".to_owned()))),
            agent::Advice::Given { output, usage } => Some(match words.text(output) {
                Some(text) => Ok(Advice {
                    text: text.to_owned(),
                    input_tokens: usage.input_tokens,
                    output_tokens: usage.output_tokens,
                }),
                None => Err(Unadvised::NotAsked("its answer was erased".to_owned())),
            }),
        })
    }

    async fn consult(&self, prompt: &Prompt, limit: Duration) -> Result<Advice, Unadvised> {
        let not_asked = |why: &dyn std::fmt::Display| Unadvised::NotAsked(why.to_string());
        let shown = serde_json::to_value(prompt).map_err(|error| not_asked(&error))?;
        if let Some(said) = self.said_before(&shown) {
            return said;
        }
        // What follows the parts that were told already was written without a model.
        if !self.asked.uttered.is_empty() {
            return Err(not_asked(&"a part of the reply was told before"));
        }
        let key = self.voice.consult((self.name(), self.rate()), shown, prompt.max_tokens).await;
        let Some(key) = key.map_err(|error| not_asked(&error))? else {
            return Err(not_asked(&"the budget has no room for it"));
        };
        let said = self.model.advise(prompt, limit).await;
        let (output, usage) = match &said {
            Ok(advice) => {
                let used = self.rate().usage(advice.input_tokens, advice.output_tokens);
                (Some(Value::from(advice.text.as_str())), Some(used))
            }
            Err(Unadvised::NotAsked(_)) => (None, Some(Usage::default())),
            Err(Unadvised::Lost(_)) => (None, None),
        };
        // What is not in the journal is not acted on.
        self.voice.advised(key, output, usage).await.map_err(|error| not_asked(&error))?;
        said
    }
}

impl Adviser for Consultant<'_> {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn rate(&self) -> Rate {
        self.model.rate()
    }

    fn advise<'a>(&'a self, prompt: &'a Prompt, limit: Duration) -> BoxFuture<'a, Result<Advice, Unadvised>> {
        self.consult(prompt, limit).boxed()
    }
}
