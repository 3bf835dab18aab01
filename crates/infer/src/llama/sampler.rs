//! Choosing the next token, within a grammar if there is one.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

use crate::InferError;
use crate::language::Request;

/// Likeliest tokens that a draw at a temperature above 0 is made from.
const DRAW_FROM: i32 = 40;
const DRAW_MASS: f32 = 0.95;

/// The state of choosing for one answer.
pub(super) struct Sampler {
    grammar: Option<LlamaSampler>,
    draw: Option<LlamaSampler>,
}

impl Sampler {
    /// A sampler for a request. A grammar that cannot be read is the fault of the request.
    pub(super) fn new(
        model: &LlamaModel,
        request: &Request,
        grammar: Option<&str>,
    ) -> Result<Sampler, InferError> {
        let compile = |text| LlamaSampler::grammar(model, text, "root");
        let grammar = grammar.map(compile).transpose();
        let grammar =
            grammar.map_err(|e| InferError::rejected(format!("the grammar cannot be read ({e})")))?;
        let draw = (request.temperature > 0.0).then(|| {
            LlamaSampler::chain_simple([
                LlamaSampler::top_k(DRAW_FROM),
                LlamaSampler::top_p(DRAW_MASS, 1),
                LlamaSampler::temp(request.temperature),
                LlamaSampler::dist(request.seed),
            ])
        });
        Ok(Sampler { grammar, draw })
    }

    /// The next token. Nothing if the grammar allows none.
    pub(super) fn next(&mut self, logits: &[f32]) -> Option<LlamaToken> {
        // The grammar is asked about the likeliest token first: it is mostly right, and to ask about all tokens of a
        // large vocabulary costs as much as computing them.
        let free = self.free(logits)?;
        let Some(grammar) = &mut self.grammar else { return Some(free) };
        let mut alone = LlamaTokenDataArray::new(vec![LlamaTokenData::new(free, 0.0, 0.0)], false);
        grammar.apply(&mut alone);
        let token = if alone.data[0].logit().is_finite() {
            free
        } else {
            let mut all = candidates(logits);
            grammar.apply(&mut all);
            all.data.retain(|candidate| candidate.logit().is_finite());
            pick(&mut self.draw, all)?
        };
        // The runtime aborts the process when it is told of a token that the grammar forbids; this one was just allowed.
        grammar.accept(token);
        Some(token)
    }

    fn free(&mut self, logits: &[f32]) -> Option<LlamaToken> {
        match self.draw {
            None => likeliest(logits),
            Some(_) => pick(&mut self.draw, candidates(logits)),
        }
    }
}

fn candidates(logits: &[f32]) -> LlamaTokenDataArray {
    let data =
        logits.iter().zip(0..).map(|(&logit, id)| LlamaTokenData::new(LlamaToken::new(id), logit, 0.0));
    LlamaTokenDataArray::from_iter(data, false)
}

/// Draws from the candidates, or takes the likeliest.
fn pick(draw: &mut Option<LlamaSampler>, mut candidates: LlamaTokenDataArray) -> Option<LlamaToken> {
    if candidates.data.is_empty() {
        return None;
    }
    match draw {
        Some(draw) => {
            draw.apply(&mut candidates);
            candidates.selected_token()
        }
        None => {
            let best = candidates
                .data
                .iter()
                .max_by(|a, b| a.logit().total_cmp(&b.logit()).then(b.id().cmp(&a.id())));
            best.map(LlamaTokenData::id)
        }
    }
}

/// The token of the highest logit, the first of equals.
fn likeliest(logits: &[f32]) -> Option<LlamaToken> {
    let mut best = (0, *logits.first()?);
    for (&logit, id) in logits.iter().zip(0..) {
        if logit > best.1 {
            best = (id, logit);
        }
    }
    Some(LlamaToken::new(best.0))
}
