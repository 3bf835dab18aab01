//! The chat endpoint: what is sent, and the stream that comes back.

use std::sync::Arc;

use reqwest::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::server::{Server, words};
use super::sse::Sse;
use crate::InferError;
use crate::language::{Constraint, Generation, Part, Parts, Request, Stop, Usage};

/// Pieces that may wait for a slow reader; then the server is held back.
const MAX_WAITING_PIECES: usize = 64;

/// The body of a request.
pub(super) fn body(model: &str, request: &Request) -> Result<Value, InferError> {
    let mut messages = vec![json!({"role": "user", "content": request.prompt})];
    if !request.system.is_empty() {
        messages.insert(0, json!({"role": "system", "content": request.system}));
    }
    let mut body = json!({
        "model": model,
        "messages": messages,
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "stream": true,
        "stream_options": {"include_usage": true},
    });
    match &request.constraint {
        Constraint::Free => {}
        Constraint::JsonSchema(schema) => {
            let named = json!({"name": "answer", "strict": true, "schema": schema});
            body["response_format"] = json!({"type": "json_schema", "json_schema": named});
        }
        Constraint::Grammar(_) => {
            return Err(InferError::rejected("a remote model takes a JSON schema, not a grammar"));
        }
    }
    Ok(body)
}

/// Reads the answer in a task of its own, which ends when nobody reads any more.
pub(super) fn stream(server: Arc<Server>, response: Response, deadline: Instant) -> Generation {
    let (parts, receiver) = mpsc::channel(MAX_WAITING_PIECES);
    tokio::spawn(async move {
        let reading = read(&server, response, &parts);
        let result = tokio::select! {
            result = reading => result,
            () = parts.closed() => return,
        };
        let last = match result {
            Ok((usage, stop)) => Ok(Part::Done { usage, stop }),
            Err(error) => {
                server.failed();
                Err(error)
            }
        };
        let _ = parts.send(last).await;
    });
    Generation::new(receiver, deadline)
}

/// One event of the stream.
#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<TokenCounts>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Delta {
    content: Option<String>,
}

#[derive(Deserialize)]
struct TokenCounts {
    #[serde(default)]
    prompt_tokens: u32,
    #[serde(default)]
    completion_tokens: u32,
}

/// What is known at the end of a stream.
#[derive(Default)]
struct Ending {
    usage: Usage,
    stop: Option<Stop>,
    has_text: bool,
    is_done: bool,
}

async fn read(server: &Server, mut response: Response, parts: &Parts) -> Result<(Usage, Stop), InferError> {
    let patience = server.options.first_part_timeout;
    let (mut sse, mut ending) = (Sse::default(), Ending::default());
    while !ending.is_done {
        let chunk = timeout(patience, response.chunk()).await;
        let chunk = chunk.map_err(|_| InferError::TimedOut { stage: "the next part of the answer" })?;
        let events = match chunk.map_err(|e| InferError::failed(words(&e)))? {
            Some(bytes) => {
                sse.push(&bytes).map_err(|_| InferError::failed("the server sent an event without end"))?
            }
            None => {
                ending.is_done = true;
                sse.finish().into_iter().collect()
            }
        };
        for event in events {
            if let Some(text) = take(&event, &mut ending)? {
                let _ = parts.send(Ok(Part::Text(text))).await;
            }
        }
    }
    let stop =
        ending.stop.ok_or_else(|| InferError::failed("the server broke off in the middle of its answer"))?;
    Ok((ending.usage, stop))
}

/// Reads one event: text to pass on, or something about the ending.
fn take(event: &str, ending: &mut Ending) -> Result<Option<String>, InferError> {
    if event.trim() == "[DONE]" {
        ending.is_done = true;
        // Some servers give no reason with their last words.
        ending.stop = ending.stop.or(ending.has_text.then_some(Stop::End));
        return Ok(None);
    }
    let chunk: Chunk = serde_json::from_str(event)
        .map_err(|e| InferError::failed(format!("the server sent no JSON: {e}")))?;
    if let Some(error) = chunk.error {
        let message = error.get("message").and_then(Value::as_str).unwrap_or("no reason given");
        return Err(InferError::failed(format!("the server broke off: {message}")));
    }
    if let Some(counts) = chunk.usage {
        ending.usage = Usage { tokens_in: counts.prompt_tokens, tokens_out: counts.completion_tokens };
    }
    let Some(choice) = chunk.choices.into_iter().next() else { return Ok(None) };
    ending.stop = match choice.finish_reason.as_deref() {
        None => ending.stop,
        Some("length") => Some(Stop::Length),
        Some(_) => Some(Stop::End),
    };
    let text = choice.delta.content.filter(|text| !text.is_empty());
    ending.has_text |= text.is_some();
    Ok(text)
}
