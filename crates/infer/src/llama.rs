//! A language model in this process: llama.cpp on the processor, one thread that serves many requests at once.

mod backend;
mod engine;
mod sampler;
mod slot;
mod template;
mod utf8;

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::thread;

use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use crate::InferError;
use crate::language::{Constraint, Generation, Request, schema_to_grammar};
pub use backend::WAIT_POLICY;
use engine::{Engine, Loaded};
use slot::{Job, Pace};

/// How a model in this process runs.
#[derive(Clone, Debug)]
pub struct LlamaOptions {
    /// Threads that compute. 0 takes one for each processor, or one less where they would spin; see [`crate::WAIT_POLICY`].
    pub threads: usize,
    /// Requests that are worked on at the same time.
    pub slots: usize,
    /// The window of one request, prompt and answer together, in tokens. Memory is taken for all slots at the start.
    pub window_tokens: u32,
    /// Requests that may wait for a slot. One more is refused.
    pub queue: usize,
}

impl Default for LlamaOptions {
    fn default() -> LlamaOptions {
        LlamaOptions { threads: 0, slots: 4, window_tokens: 3072, queue: 16 }
    }
}

/// A loaded model. Cheap to clone; it is unloaded when the last clone is gone.
#[derive(Clone, Debug)]
pub struct Llama {
    name: Arc<str>,
    jobs: SyncSender<Job>,
    pace: Arc<Pace>,
}

impl Llama {
    /// Loads a `.gguf` file, which is mapped into memory and not copied.
    pub async fn load(name: &str, path: &Path, options: &LlamaOptions) -> Result<Llama, InferError> {
        backend::check_processor()?;
        path.metadata().map_err(InferError::folder(path))?;
        let (jobs, waiting) = sync_channel(options.queue);
        let pace = Arc::new(Pace::new(options));
        let (ready, loaded) = oneshot::channel();
        let (path, options, shared) = (path.to_owned(), options.clone(), pace.clone());
        let thread = thread::Builder::new().name("language-model".to_owned());
        // The engine borrows the model, so both live in the frame of the thread.
        let run = move || match Loaded::open(&path, &options) {
            Err(error) => drop(ready.send(Err(error))),
            Ok(model) => match Engine::new(&model, &options, waiting, &shared) {
                Err(error) => drop(ready.send(Err(error))),
                Ok(mut engine) => {
                    drop(ready.send(Ok(())));
                    engine.run();
                }
            },
        };
        thread.spawn(run).map_err(InferError::failed)?;
        loaded.await.map_err(InferError::failed)??;
        Ok(Llama { name: name.into(), jobs, pace })
    }

    /// The name under which it was loaded.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Puts a request into the queue, or refuses it.
    pub fn generate(&self, request: Request) -> Result<Generation, InferError> {
        let deadline = Instant::now() + request.time_limit;
        let grammar = match &request.constraint {
            Constraint::Free => None,
            Constraint::JsonSchema(schema) => Some(schema_to_grammar(schema)?),
            Constraint::Grammar(grammar) => Some(grammar.clone()),
        };
        // Room for every token that may come, and for the end, so that the engine never waits for a reader.
        let (parts, receiver) = mpsc::channel(self.pace.window_tokens as usize + 2);
        let job = Job { request, grammar, parts, deadline: deadline.into_std() };
        match self.jobs.try_send(job) {
            Ok(()) => Ok(Generation::new(receiver, deadline)),
            Err(TrySendError::Full(_)) => {
                Err(InferError::Overloaded { retry_after: self.pace.retry_after() })
            }
            Err(TrySendError::Disconnected(_)) => Err(InferError::failed("the language model has ended")),
        }
    }
}
