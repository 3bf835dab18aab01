//! One of the places in which a request is worked on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;

use super::LlamaOptions;
use super::sampler::Sampler;
use super::template::Template;
use super::utf8::Utf8Pieces;
use crate::InferError;
use crate::language::{Part, Parts, Request, Stop, Usage};

/// A request on its way to a slot.
pub(super) struct Job {
    pub(super) request: Request,
    pub(super) grammar: Option<String>,
    pub(super) parts: Parts,
    pub(super) deadline: Instant,
}

/// A place in the context of the model. What it has computed stays for the next request that begins alike.
#[derive(Default)]
pub(super) struct Slot {
    /// Tokens whose state the context holds.
    pub(super) computed: Vec<LlamaToken>,
    pub(super) work: Option<Work>,
}

/// A request in a slot.
pub(super) struct Work {
    /// The prompt, and after it the answer so far.
    pub(super) tokens: Vec<LlamaToken>,
    /// Where in the batch the scores of the next token will be, if the batch reaches the end of `tokens`.
    pub(super) scores_at: Option<i32>,
    prompt_tokens: usize,
    end: usize,
    sampler: Sampler,
    text: Utf8Pieces,
    parts: Parts,
    deadline: Instant,
    started: Instant,
}

impl Job {
    /// Why the job need not be done any more, if so.
    pub(super) fn is_over(&self) -> bool {
        self.parts.is_closed() || Instant::now() >= self.deadline
    }

    /// Reads the request with the eyes of the model. What is wrong with it is told to the caller.
    pub(super) fn start(self, model: &LlamaModel, template: &Template, window: usize) -> Option<Work> {
        let Job { request, grammar, parts, deadline } = self;
        let tokens = template.encode(model, &request.system, &request.prompt);
        if tokens.len() >= window {
            let reason = format!("it has {} tokens and the window has {window}", tokens.len());
            let _ = parts.try_send(Err(InferError::rejected(reason)));
            return None;
        }
        match Sampler::new(model, &request, grammar.as_deref()) {
            Err(error) => {
                let _ = parts.try_send(Err(error));
                None
            }
            Ok(sampler) => Some(Work {
                prompt_tokens: tokens.len(),
                end: window.min(tokens.len() + request.max_tokens.max(1) as usize),
                tokens,
                scores_at: None,
                sampler,
                text: Utf8Pieces::default(),
                parts,
                deadline,
                started: Instant::now(),
            }),
        }
    }
}

impl Work {
    /// Whether nobody waits for the answer any more.
    pub(super) fn is_over(&self) -> bool {
        self.parts.is_closed() || Instant::now() >= self.deadline
    }

    /// How long the work has taken.
    pub(super) fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Takes the scores of the next token. True when the answer is complete.
    pub(super) fn advance(&mut self, model: &LlamaModel, logits: &[f32]) -> bool {
        let vocab = model.vocab();
        let Some(token) = self.sampler.next(logits) else {
            return self.finish(Err(InferError::failed("the grammar allows no way on")));
        };
        if vocab.is_eog(token) {
            return self.finish(Ok(Stop::End));
        }
        self.tokens.push(token);
        let text = self.text.push(&vocab.token_to_piece(token, false, None));
        if !text.is_empty() {
            let _ = self.parts.try_send(Ok(Part::Text(text)));
        }
        match self.tokens.len() >= self.end {
            true => self.finish(Ok(Stop::Length)),
            false => false,
        }
    }

    /// Tells the caller that the answer has ended.
    pub(super) fn finish(&self, how: Result<Stop, InferError>) -> bool {
        let usage = Usage {
            tokens_in: self.prompt_tokens as u32,
            tokens_out: (self.tokens.len() - self.prompt_tokens) as u32,
        };
        let _ = self.parts.try_send(how.map(|stop| Part::Done { usage, stop }));
        true
    }

    /// Whether the prompt is computed.
    pub(super) fn is_answering(&self) -> bool {
        self.tokens.len() > self.prompt_tokens
    }
}

/// How long requests take of late, so that a refused caller can be told when to come back.
#[derive(Debug)]
pub(super) struct Pace {
    pub(super) window_tokens: u32,
    /// Turns of all slots that a full queue stands for.
    turns: u32,
    mean_ms: AtomicU64,
}

impl Pace {
    pub(super) fn new(options: &LlamaOptions) -> Pace {
        let turns = options.queue.div_ceil(options.slots.max(1)).max(1) as u32;
        Pace { window_tokens: options.window_tokens, turns, mean_ms: AtomicU64::new(2_000) }
    }

    /// Counts a finished request.
    pub(super) fn record(&self, took: Duration) {
        let mean = self.mean_ms.load(Ordering::Relaxed);
        self.mean_ms.store((mean * 7 + took.as_millis() as u64) / 8, Ordering::Relaxed);
    }

    /// When half of a full queue will be done.
    pub(super) fn retry_after(&self) -> Duration {
        let wait = Duration::from_millis(self.mean_ms.load(Ordering::Relaxed)) * self.turns / 2;
        wait.max(Duration::from_secs(1))
    }
}
