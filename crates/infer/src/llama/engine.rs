//! The loop that computes: all requests in slots advance together, one batch at a time.
//!
//! A batch holds one token of every answer that is being written and, as far as room is left, tokens of the prompts that
//! are still being read (continuous batching, after Yu et al., "Orca", OSDI 2022). While answers are being written only
//! a few tokens of prompts go along, so that the writing does not stall.

use std::num::NonZeroU32;
use std::path::Path;
use std::sync::mpsc::Receiver;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::token::LlamaToken;

use super::LlamaOptions;
use super::backend::{self, backend};
use super::slot::{Job, Pace, Slot, Work};
use super::template::Template;
use crate::InferError;

/// Tokens in one batch.
const BATCH_TOKENS: usize = 512;

/// Tokens of prompts in a batch that also writes answers.
const PROMPT_TOKENS_BESIDE_ANSWERS: usize = 96;

/// A model in memory and what was learnt from it.
pub(super) struct Loaded {
    model: LlamaModel,
    template: Template,
}

impl Loaded {
    /// Maps a file into memory. Blocks.
    pub(super) fn open(path: &Path, _: &LlamaOptions) -> Result<Loaded, InferError> {
        let params = LlamaModelParams::default().with_n_gpu_layers(0).with_use_mmap(true);
        let model = LlamaModel::load_from_file(backend()?, path, &params)
            .map_err(|e| InferError::Damaged { path: path.to_owned(), reason: e.to_string() })?;
        let template = Template::of(&model)?;
        Ok(Loaded { model, template })
    }
}

/// The state of the loop.
pub(super) struct Engine<'a> {
    loaded: &'a Loaded,
    context: LlamaContext<'a>,
    batch: LlamaBatch<'static>,
    slots: Vec<Slot>,
    window: usize,
    waiting: Receiver<Job>,
    pace: &'a Pace,
}

impl<'a> Engine<'a> {
    /// Takes the memory for all slots.
    pub(super) fn new(
        loaded: &'a Loaded,
        options: &LlamaOptions,
        waiting: Receiver<Job>,
        pace: &'a Pace,
    ) -> Result<Engine<'a>, InferError> {
        let slots = options.slots.max(1) as u32;
        let window = options.window_tokens.min(loaded.model.n_ctx_train()).max(1);
        let threads = backend::thread_count(options.threads);
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(window * slots))
            .with_n_seq_max(slots)
            .with_kv_unified(false)
            .with_n_batch(BATCH_TOKENS as u32)
            .with_n_ubatch(BATCH_TOKENS as u32)
            .with_n_threads(threads)
            .with_n_threads_batch(threads);
        let context = loaded.model.new_context(backend()?, params).map_err(InferError::failed)?;
        let batch = LlamaBatch::new(BATCH_TOKENS, 1);
        let slots = (0..slots).map(|_| Slot::default()).collect();
        Ok(Engine { loaded, context, batch, slots, window: window as usize, waiting, pace })
    }

    /// Serves until every handle of the model is gone.
    pub(super) fn run(&mut self) {
        while self.admit() {
            self.drop_what_is_over();
            self.fill_batch();
            if self.batch.n_tokens() == 0 {
                continue;
            }
            match self.context.decode(&mut self.batch) {
                Ok(()) => self.advance(),
                Err(error) => self.fail(&error.to_string()),
            }
        }
    }

    /// Fills free slots with waiting requests; sleeps when there is nothing to do. False when the handles are gone.
    fn admit(&mut self) -> bool {
        while self.slots.iter().any(|slot| slot.work.is_none()) {
            let is_idle = self.slots.iter().all(|slot| slot.work.is_none());
            let job = match is_idle {
                true => match self.waiting.recv() {
                    Ok(job) => job,
                    Err(_) => return false,
                },
                false => match self.waiting.try_recv() {
                    Ok(job) => job,
                    Err(_) => return true,
                },
            };
            if job.is_over() {
                continue;
            }
            if let Some(work) = job.start(&self.loaded.model, &self.loaded.template, self.window) {
                self.place(work);
            }
        }
        true
    }

    /// Puts a request into the free slot that has computed most of its beginning already.
    fn place(&mut self, work: Work) {
        let free = self.slots.iter().enumerate().filter(|(_, slot)| slot.work.is_none());
        let shared = free.map(|(id, slot)| (common(&slot.computed, &work.tokens), id));
        // Of slots that share nothing, the one with the least computed loses the least.
        let best = shared.max_by_key(|&(length, id)| (length, usize::MAX - self.slots[id].computed.len()));
        let Some((length, id)) = best else { return };
        // The last token is computed again, since its scores are wanted.
        let kept = length.min(work.tokens.len() - 1);
        self.forget_from(id, kept);
        self.slots[id].work = Some(work);
    }

    /// Removes the state of a slot from a position on.
    fn forget_from(&mut self, id: usize, position: usize) {
        let removed = self.context.clear_kv_cache_seq(Some(id as u32), Some(position as u32), None);
        let kept = match removed {
            Ok(true) => position,
            // Some networks cannot forget a part of what they have seen.
            Ok(false) | Err(_) => {
                let _ = self.context.clear_kv_cache_seq(Some(id as u32), None, None);
                0
            }
        };
        self.slots[id].computed.truncate(kept);
    }

    /// Ends the work that nobody waits for.
    fn drop_what_is_over(&mut self) {
        for slot in &mut self.slots {
            if slot.work.as_ref().is_some_and(Work::is_over) {
                let work = slot.work.take();
                work.inspect(|work| {
                    work.finish(Err(InferError::TimedOut { stage: "the whole answer" }));
                });
            }
        }
    }

    /// Gathers the next tokens of all slots.
    fn fill_batch(&mut self) {
        self.batch.clear();
        let is_answering = |slot: &Slot| slot.work.as_ref().is_some_and(Work::is_answering);
        let mut room = match self.slots.iter().any(is_answering) {
            true => PROMPT_TOKENS_BESIDE_ANSWERS + self.slots.len(),
            false => BATCH_TOKENS,
        };
        // Answers first: they need one token each.
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        order.sort_by_key(|&id| !is_answering(&self.slots[id]));
        for id in order {
            let Slot { computed, work: Some(work) } = &mut self.slots[id] else { continue };
            let take = room.min(work.tokens.len() - computed.len());
            work.scores_at = None;
            for at in computed.len()..computed.len() + take {
                let is_last = at + 1 == work.tokens.len();
                if is_last {
                    work.scores_at = Some(self.batch.n_tokens());
                }
                let added = self.batch.add(work.tokens[at], at as i32, &[id as i32], is_last);
                added.expect("the room of a batch is counted");
            }
            computed.extend_from_slice(&work.tokens[computed.len()..computed.len() + take]);
            room -= take;
        }
    }

    /// Hands the computed scores to the requests.
    fn advance(&mut self) {
        for slot in &mut self.slots {
            let Some(work) = &mut slot.work else { continue };
            let Some(at) = work.scores_at.take() else { continue };
            if work.advance(&self.loaded.model, self.context.get_logits_ith(at)) {
                self.pace.record(work.age());
                slot.work = None;
            }
        }
    }

    /// A batch could not be computed: every request in it ends, and the slots start from nothing.
    fn fail(&mut self, reason: &str) {
        tracing::warn!(reason, "the language model failed");
        self.context.clear_kv_cache();
        for slot in &mut self.slots {
            slot.computed.clear();
            if let Some(work) = slot.work.take() {
                work.finish(Err(InferError::failed(reason)));
            }
        }
    }
}

/// How many tokens two sequences have in common at their beginning.
fn common(a: &[LlamaToken], b: &[LlamaToken]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
