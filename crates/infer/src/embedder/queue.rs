//! One thread that embeds, and the requests that wait for it.
//!
//! Two lanes: short requests (a shopper's query) go before long ones (an import), and what waits in a lane is put into
//! one batch. A lane has a cap; beyond it a request is refused at once.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use super::encoder::Encoder;
use crate::InferError;

/// Requests of at most so many texts are short.
const SHORT_TEXTS: usize = 4;

/// Texts that go through the network at once.
const BATCH_TEXTS: usize = 32;

/// What a refused caller should wait.
const RETRY_AFTER: Duration = Duration::from_secs(1);

type Reply = oneshot::Sender<Result<Vec<Vec<f32>>, InferError>>;

struct Job {
    texts: Vec<String>,
    reply: Reply,
}

/// The sending side. Cheap to clone; the thread ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Queue {
    short: SyncSender<Job>,
    long: SyncSender<Job>,
    bell: SyncSender<()>,
}

impl Queue {
    /// Starts the thread.
    pub(super) fn start(encoder: Encoder, cap: usize) -> Result<Queue, InferError> {
        let (short, short_jobs) = sync_channel(cap);
        let (long, long_jobs) = sync_channel(cap);
        let (bell, rings) = sync_channel(2 * cap);
        let lanes = Lanes { short: short_jobs, long: long_jobs };
        let thread = thread::Builder::new().name("embedder".to_owned());
        thread.spawn(move || serve(&encoder, &lanes, &rings)).map_err(InferError::failed)?;
        Ok(Queue { short, long, bell })
    }

    /// Embeds texts, a batch at a time.
    pub(super) async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, InferError> {
        let lane = if texts.len() <= SHORT_TEXTS { &self.short } else { &self.long };
        let mut vectors = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH_TEXTS) {
            vectors.extend(self.send(lane, batch.to_vec()).await?);
        }
        Ok(vectors)
    }

    async fn send(&self, lane: &SyncSender<Job>, texts: Vec<String>) -> Result<Vec<Vec<f32>>, InferError> {
        let (reply, answer) = oneshot::channel();
        match lane.try_send(Job { texts, reply }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(InferError::Overloaded { retry_after: RETRY_AFTER }),
            Err(TrySendError::Disconnected(_)) => return Err(InferError::failed("the embedder has ended")),
        }
        // A full bell means that the thread has rings left to hear, and will find this job by one of them.
        let _ = self.bell.try_send(());
        answer.await.map_err(|_| InferError::failed("the embedder has ended"))?
    }
}

struct Lanes {
    short: Receiver<Job>,
    long: Receiver<Job>,
}

impl Lanes {
    /// Waiting jobs that fit into one batch, of the short lane if it has any.
    fn batch(&self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for lane in [&self.short, &self.long] {
            let mut texts = 0;
            while texts < BATCH_TEXTS {
                let Ok(job) = lane.try_recv() else { break };
                texts += job.texts.len();
                jobs.push(job);
            }
            if !jobs.is_empty() {
                break;
            }
        }
        // Whoever stopped waiting is not served.
        jobs.retain(|job| !job.reply.is_closed());
        jobs
    }
}

fn serve(encoder: &Encoder, lanes: &Lanes, rings: &Receiver<()>) {
    while rings.recv().is_ok() {
        let jobs = lanes.batch();
        if !jobs.is_empty() {
            answer(encoder, jobs);
        }
    }
}

fn answer(encoder: &Encoder, jobs: Vec<Job>) {
    let texts: Vec<&str> = jobs.iter().flat_map(|job| job.texts.iter().map(String::as_str)).collect();
    let mut result = encoder.embed(&texts).map(Vec::into_iter).map_err(|e| e.to_string());
    for job in jobs {
        let share = match &mut result {
            Ok(vectors) => Ok(vectors.take(job.texts.len()).collect()),
            Err(reason) => Err(InferError::failed(reason)),
        };
        let _ = job.reply.send(share);
    }
}
