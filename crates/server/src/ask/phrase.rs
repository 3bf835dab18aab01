//! A language model's phrasing of an answer, verified; the templates' sentences wherever it cannot be had.

use std::time::Duration;

use assistant::{Clause, MAX_TOKENS, Reply};
use conversation::{Adviser, Prompt};
use wire::ModelUse;

/// How long a shopper waits for better words.
const DEADLINE: Duration = Duration::from_secs(10);

/// The prose of a reply, and what the model did for it.
pub(crate) async fn phrase(reply: &Reply, adviser: Option<&dyn Adviser>) -> (Vec<Clause>, ModelUse) {
    let without = || (reply.prose.clone(), ModelUse::none());
    let (Some(adviser), Some(phrasing)) = (adviser, reply.phrasing()) else { return without() };
    let prompt = Prompt {
        system: phrasing.system.clone(),
        prompt: phrasing.prompt.clone(),
        schema: phrasing.schema.clone(),
        max_tokens: MAX_TOKENS,
    };
    match adviser.advise(&prompt, DEADLINE).await {
        Ok(advice) => {
            let verified = reply.verify(&phrasing, &advice.text);
            if verified.rejected > 0 {
                tracing::info!(rejected = verified.rejected, "sentences of the model did not stand");
            }
            let usage = ModelUse {
                name: adviser.name().to_owned(),
                tokens_in: advice.input_tokens,
                tokens_out: advice.output_tokens,
            };
            (verified.clauses, usage)
        }
        Err(error) => {
            tracing::warn!(%error, "answering without the language model");
            without()
        }
    }
}
