//! One server: its address, key and health. Every request goes through here.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::{Client, Response, header};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout};
use url::Url;

use super::breaker::Breaker;
use super::{RemoteOptions, retry};
use crate::InferError;

/// Bytes of an error message that are shown to the operator.
const MAX_MESSAGE: usize = 300;

/// A server and what is known of its health.
#[derive(Debug)]
pub(super) struct Server {
    base: String,
    client: Client,
    breaker: Mutex<Breaker>,
    pub(super) options: RemoteOptions,
}

/// Why one try failed.
enum Trouble {
    /// Another try may help, not before the given time.
    Passing { reason: String, asked: Option<Duration> },
    /// The server was too slow, and there is no time for another try.
    Slow,
    /// The request is at fault.
    Lasting { reason: String },
}

impl Server {
    pub(super) fn new(base: &Url, options: RemoteOptions) -> Result<Server, InferError> {
        let client = Client::builder().connect_timeout(options.connect_timeout).build();
        let breaker = Breaker::new(options.breaker_failures, options.breaker_pause);
        Ok(Server {
            base: base.as_str().trim_end_matches('/').to_owned(),
            client: client.map_err(InferError::failed)?,
            breaker: Mutex::new(breaker),
            options,
        })
    }

    /// Posts JSON, trying again where that may help, and returns when the answer begins.
    pub(super) async fn post(
        &self,
        path: &str,
        body: &Value,
        deadline: Instant,
    ) -> Result<Response, InferError> {
        let mut attempt = 1;
        loop {
            self.breaker()
                .admit(Instant::now())
                .map_err(|retry_after| InferError::Overloaded { retry_after })?;
            let (reason, asked) = match self.send(path, body, deadline).await {
                Ok(response) => {
                    self.succeeded();
                    return Ok(response);
                }
                Err(Trouble::Lasting { reason }) => {
                    // The server is well; it only refuses this request.
                    self.succeeded();
                    return Err(InferError::Rejected { reason });
                }
                Err(Trouble::Slow) => {
                    self.failed();
                    return Err(InferError::TimedOut { stage: "the first part of the answer" });
                }
                Err(Trouble::Passing { reason, asked }) => (reason, asked),
            };
            self.failed();
            attempt += 1;
            let pause = retry::pause(attempt, self.options.backoff, retry::chance(), asked);
            let is_hopeless = pause > retry::MAX_WAIT || Instant::now() + pause >= deadline;
            if attempt > self.options.attempts || is_hopeless {
                return Err(match asked {
                    Some(retry_after) => InferError::Overloaded { retry_after },
                    None => InferError::Failed { reason },
                });
            }
            tracing::debug!(reason, ?pause, "trying the model's server again");
            sleep(pause).await;
        }
    }

    /// One try.
    async fn send(&self, path: &str, body: &Value, deadline: Instant) -> Result<Response, Trouble> {
        let mut request = self.client.post(format!("{}/{path}", self.base)).json(body);
        if let Some(key) = &self.options.api_key {
            request = request.header(header::AUTHORIZATION, key.header());
        }
        let patience = self.options.first_part_timeout.min(deadline - Instant::now());
        let response = match timeout(patience, request.send()).await {
            Err(_) => return Err(Trouble::Slow),
            Ok(Err(error)) => return Err(Trouble::Passing { reason: words(&error), asked: None }),
            Ok(Ok(response)) => response,
        };
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|v| v.to_str().ok());
        let asked = retry::asked(retry_after);
        let message = timeout(patience, message(response)).await.unwrap_or_default();
        let reason = format!("the server answered {status}: {message}");
        match retry::is_worth_it(status.as_u16()) {
            true => Err(Trouble::Passing { reason, asked }),
            false => Err(Trouble::Lasting { reason }),
        }
    }

    /// Notes that the server did what it should.
    pub(super) fn succeeded(&self) {
        self.breaker().succeeded();
    }

    /// Notes that the server failed.
    pub(super) fn failed(&self) {
        self.breaker().failed(Instant::now());
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The beginning of an error body: what OpenAI-compatible servers put into `error.message`, or the text.
async fn message(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 16 * MAX_MESSAGE {
            break;
        }
    }
    let text = String::from_utf8_lossy(&bytes);
    let json: Value = serde_json::from_str(&text).unwrap_or_default();
    let said = json.pointer("/error/message").or(json.get("message")).and_then(Value::as_str);
    said.unwrap_or(&text).chars().filter(|c| !c.is_control()).take(MAX_MESSAGE).collect()
}

/// The innermost reason of an HTTP error: the outer ones repeat the address, which may carry a secret.
pub(super) fn words(error: &reqwest::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}
