//! A question from its words to the reply: the assistant's answer, a language model's phrasing where there is one, and
//! the parts that stream out on the way.

mod adviser;
mod answerer;
mod parts;
mod phrase;
mod prose;
mod reply;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use assistant::{Clarify, Reply, Thread};
use commerce::Locale;
use conversation::Adviser;
use infer::LanguageModel;
use jiff::Timestamp;
use tokio::sync::mpsc;
use wire::{AskReply, AskTimings, ErrorCode, Part};

use crate::request_id::new_id;
use crate::{Failure, Shop, Snapshot};
use adviser::ModelAdviser;
pub use answerer::Reader;
use prose::Prose;

/// Products that a shopper can have chosen, and weights that can be moved.
const MAX_CHOSEN: usize = 32;
/// Bytes of a question, at most.
const MAX_QUESTION_BYTES: usize = 4_000;

/// Where parts go while the answer is made. Who stops listening ends the work at the next part.
pub type Parts = mpsc::Sender<Part>;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The shopper's words.
    pub text: String,
    /// The source id of the product whose page the shopper is looking at.
    pub product: Option<String>,
    /// Source ids of products that the shopper chose.
    pub products: Vec<String>,
    /// Source ids of products that the conversation showed last, in their order.
    pub shown: Vec<String>,
    /// How much things count in a decision, by key.
    pub weights: BTreeMap<String, f64>,
    /// The conversation so far.
    pub thread: Thread,
    /// Ids of conditions that no longer hold.
    pub drop: Vec<String>,
    /// What the shopper told of themself and is to count.
    pub about: Vec<wire::Fact>,
    /// Language and units of the answer.
    pub locale: Locale,
    /// The conversation that it belongs to; a new one where it is missing.
    pub session: Option<String>,
}

/// Answers from one snapshot with the prices of this time, and says what the conversation has come to. The parts are those of [`wire::Part`], in its order.
pub async fn ask(
    shop: &Shop,
    snapshot: &Arc<Snapshot>,
    model: &LanguageModel,
    question: &Question,
    now: Timestamp,
    parts: &Parts,
) -> Result<(AskReply, Thread), Failure> {
    let adviser = ModelAdviser::of(model, shop.rate());
    ask_with(shop, snapshot, adviser.as_deref(), question, now, parts).await
}

/// The same with whoever asks the language model.
async fn ask_with(
    shop: &Shop,
    snapshot: &Arc<Snapshot>,
    adviser: Option<&dyn Adviser>,
    question: &Question,
    now: Timestamp,
    parts: &Parts,
) -> Result<(AskReply, Thread), Failure> {
    let started = Instant::now();
    check(question, snapshot)?;
    let session = question.session.clone().filter(|id| is_session(id)).unwrap_or_else(|| new_id("conv"));
    let reply = answer(shop, snapshot, question, now).await?;
    let mut whole = reply::begin(&reply, session);
    let used = question.about.iter().filter(|fact| reply.used.contains(&fact.id)).cloned().collect();
    whole.memory = wire::MemoryNote { used, ..wire::MemoryNote::default() }.some();
    let mut stream = parts::Stream::begin(parts, &whole).await;
    let mut first_part = started.elapsed();
    let (clauses, model_use) = phrase::phrase(&reply, adviser).await;
    if whole.products.is_empty() {
        first_part = started.elapsed();
    }
    let prose = Prose::of(&reply, &clauses);
    whole.text = prose.text();
    let is_question = reply.answer.clarify.is_some_and(Clarify::is_question);
    whole.clarify = is_question.then(|| whole.text.clone());
    whole.model = model_use;
    stream.tell(&prose, &whole).await;
    stream.show(&whole).await;
    let milliseconds = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    whole.timings_ms =
        AskTimings { first_part: milliseconds(first_part), total: milliseconds(started.elapsed()) };
    stream.end(&whole).await;
    Ok((whole, reply.thread))
}

/// What a shopper told, as it bears on an answer.
fn about(fact: &wire::Fact) -> Option<assistant::About> {
    let told_at = fact.said_at.parse().ok()?;
    Some(assistant::About::new(&fact.id, (&fact.topic, &fact.content), told_at))
}

/// Refuses a question that cannot be answered at all.
pub(crate) fn check(question: &Question, snapshot: &Snapshot) -> Result<(), Failure> {
    if question.text.trim().is_empty() && question.drop.is_empty() {
        return Err(Failure::new(ErrorCode::InvalidRequest, "The question is empty."));
    }
    if question.text.len() > MAX_QUESTION_BYTES {
        let detail = format!("The question has more than {MAX_QUESTION_BYTES} bytes.");
        return Err(Failure::new(ErrorCode::InvalidRequest, detail));
    }
    if question.products.len().max(question.weights.len()).max(question.drop.len()) > MAX_CHOSEN {
        let detail = format!("At most {MAX_CHOSEN} products can be chosen, and as many weights moved.");
        return Err(Failure::new(ErrorCode::InvalidRequest, detail));
    }
    if question.weights.values().any(|weight| !weight.is_finite() || *weight < 0.0) {
        return Err(Failure::new(ErrorCode::InvalidRequest, "A weight is a number from 0 on."));
    }
    let Some(product) = &question.product else { return Ok(()) };
    match snapshot.view.index.find(product) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => {
            Err(Failure::new(ErrorCode::UnknownProduct, format!("The catalog has no product \"{product}\".")))
        }
        Err(error) => Err(Failure::internal(&error)),
    }
}

/// Whether a client gave back an id that this server could have given out.
fn is_session(id: &str) -> bool {
    let rest = id.strip_prefix("conv_").or_else(|| id.strip_prefix("ses_"));
    id.len() <= 64
        && rest.is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'))
}

/// The assistant's answer; it reads the index on a thread where it holds up nobody.
async fn answer(
    shop: &Shop,
    snapshot: &Arc<Snapshot>,
    question: &Question,
    now: Timestamp,
) -> Result<Reply, Failure> {
    let mut ask = assistant::Ask {
        text: question.text.clone(),
        product: question.product.clone(),
        products: question.products.clone(),
        shown: question.shown.clone(),
        weights: question.weights.clone(),
        locale: question.locale.clone(),
        now,
        reading: None,
        vector: None,
        limit: 0,
        thread: question.thread.clone(),
        drop: question.drop.clone(),
        about: question.about.iter().filter_map(about).collect(),
    };
    ask.vector = shop.embed(&ask, snapshot).await?;
    let snapshot = Arc::clone(snapshot);
    let answered = tokio::task::spawn_blocking(move || assistant::ask(&snapshot.view, &ask)).await;
    match answered {
        Ok(reply) => reply.map_err(|error| Failure::internal(&error)),
        Err(error) => Err(Failure::internal(&error)),
    }
}
