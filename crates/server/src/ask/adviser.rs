//! The shop's language model, asked by those who hold conversations.

use std::sync::Arc;
use std::time::Duration;

use conversation::{Advice, Adviser, Prompt, Rate, Unadvised};
use futures::FutureExt;
use futures::future::BoxFuture;
use infer::{Constraint, InferError, LanguageModel, Request};

/// Asks a language model, in this process or on a server.
pub(crate) struct ModelAdviser {
    model: LanguageModel,
    rate: Rate,
}

impl ModelAdviser {
    /// Of this model, whose tokens cost so much; `None` where it is the lack of one.
    pub(crate) fn of(model: &LanguageModel, rate: Rate) -> Option<Arc<dyn Adviser>> {
        (!model.is_none()).then(|| Arc::new(Self { model: model.clone(), rate }) as Arc<dyn Adviser>)
    }

    async fn ask(&self, prompt: &Prompt, limit: Duration) -> Result<Advice, InferError> {
        let request = Request::new(&prompt.prompt)
            .system(&prompt.system)
            .max_tokens(prompt.max_tokens)
            .constraint(Constraint::JsonSchema(prompt.schema.clone()))
            .time_limit(limit);
        let completion = self.model.generate(request).await?.whole().await?;
        Ok(Advice {
            text: completion.text,
            input_tokens: completion.usage.tokens_in.into(),
            output_tokens: completion.usage.tokens_out.into(),
        })
    }
}

impl Adviser for ModelAdviser {
    fn name(&self) -> &str {
        self.model.name()
    }

    fn rate(&self) -> Rate {
        self.rate
    }

    fn advise<'a>(&'a self, prompt: &'a Prompt, limit: Duration) -> BoxFuture<'a, Result<Advice, Unadvised>> {
        let said = async move { self.ask(prompt, limit).await.map_err(|error| unadvised(&error)) };
        said.boxed()
    }
}

/// A model that refused has used nothing; of one that failed on the way nobody knows.
fn unadvised(error: &InferError) -> Unadvised {
    let why = error.to_string();
    match error {
        InferError::TimedOut { .. } | InferError::Failed { .. } => Unadvised::Lost(why),
        _ => Unadvised::NotAsked(why),
    }
}
