//! A language model's phrasing of an answer, verified; the templates' sentences wherever it cannot be had.

use std::time::Duration;

use assistant::{Clause, MAX_TOKENS, Phrasing, Reply};
use infer::{Completion, Constraint, InferError, LanguageModel, Request};
use wire::ModelUse;

/// How long a shopper waits for better words.
const DEADLINE: Duration = Duration::from_secs(30);

/// The prose of a reply, and what the model did for it.
pub(crate) async fn phrase(reply: &Reply, model: &LanguageModel) -> (Vec<Clause>, ModelUse) {
    let without = || (reply.prose.clone(), ModelUse::none());
    if model.is_none() {
        return without();
    }
    let Some(phrasing) = reply.phrasing() else { return without() };
    match complete(&phrasing, model).await {
        Ok(completion) => {
            let verified = reply.verify(&phrasing, &completion.text);
            if verified.rejected > 0 {
                tracing::info!(rejected = verified.rejected, "sentences of the model did not stand");
            }
            let usage = ModelUse {
                name: model.name().to_owned(),
                tokens_in: completion.usage.tokens_in.into(),
                tokens_out: completion.usage.tokens_out.into(),
            };
            (verified.clauses, usage)
        }
        Err(error) => {
            tracing::warn!(%error, "answering without the language model");
            without()
        }
    }
}

async fn complete(phrasing: &Phrasing, model: &LanguageModel) -> Result<Completion, InferError> {
    let request = Request::new(&phrasing.prompt)
        .system(&phrasing.system)
        .max_tokens(MAX_TOKENS)
        .constraint(Constraint::JsonSchema(phrasing.schema.clone()))
        .time_limit(DEADLINE);
    model.generate(request).await?.whole().await
}
