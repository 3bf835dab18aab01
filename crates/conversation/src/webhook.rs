//! The way of notices out of the shop: each is posted to one URL, signed, until it is taken. The receiver mails, or does what it
//! likes. Headers and signature are those of the Standard Webhooks specification, so libraries for it verify them.
//!
//! A notice is sent under one id for ever; who takes an id once takes each notice once, whatever dies in between.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;
use store::{FetchError, FetchOptions, Fetcher, PrivateNetworks};
use wire::NoticeMessage;

use crate::notices::MAX_ATTEMPTS;
use crate::{DeskError, Notices};

/// What secrets begin with that are written in Base64.
const ENCODED: &str = "whsec_";
/// The shortest secret, in bytes.
const MIN_SECRET_BYTES: usize = 24;
/// How long a receiver may take.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long nobody else tries what one process is at.
const CLAIMED: SignedDuration = SignedDuration::from_secs(60);
/// The first pause after a failure; each further one is twice as long.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);
/// The longest pause.
const MAX_PAUSE: SignedDuration = SignedDuration::from_hours(6);
/// What is tried in one round, at most.
const MAX_TRIED: u32 = 50;

/// Where notices go.
#[derive(Clone)]
pub struct Webhook {
    notices: Notices,
    fetcher: Fetcher,
    url: String,
    secret: Vec<u8>,
}

/// Why nothing can be sent.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// Use a longer secret.
    #[error("the secret of the webhook has less than {MIN_SECRET_BYTES} bytes")]
    ShortSecret,
    /// Correct what follows `whsec_`.
    #[error("the secret of the webhook is no Base64")]
    BadSecret,
    /// Correct the URL, or allow private networks.
    #[error("the webhook cannot be used: {0}")]
    Url(#[from] FetchError),
}

/// Without the secret.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("url", &self.url).finish_non_exhaustive()
    }
}

impl Webhook {
    /// A webhook at this URL. Addresses that are not of the public internet are refused unless they are allowed.
    pub fn new(
        notices: Notices,
        url: &str,
        secret: &str,
        private_networks: PrivateNetworks,
    ) -> Result<Self, WebhookError> {
        let secret = match secret.strip_prefix(ENCODED) {
            Some(encoded) => STANDARD.decode(encoded).map_err(|_| WebhookError::BadSecret)?,
            None => secret.as_bytes().to_vec(),
        };
        if secret.len() < MIN_SECRET_BYTES {
            return Err(WebhookError::ShortSecret);
        }
        let fetcher =
            Fetcher::new(FetchOptions { timeout: TIMEOUT, private_networks, ..FetchOptions::default() })?;
        fetcher.check_url(url)?;
        Ok(Self { notices, fetcher, url: url.to_owned(), secret })
    }

    /// Tries what is due, once each; how many were taken. Several processes may do so side by side.
    pub async fn deliver(&self, now: Timestamp) -> Result<u32, DeskError> {
        let mut taken = 0;
        for notice in self.notices.due(now, MAX_TRIED).await? {
            let id = notice.id.clone();
            let until = now.checked_add(CLAIMED).unwrap_or(now);
            let books = self.notices.books();
            let Some(attempt) = books.claim_delivery(&id, (now, until), MAX_ATTEMPTS).await? else {
                self.finish(&id, now).await?;
                continue;
            };
            match self.send(&notice).await {
                Ok(()) => {
                    self.notices.taken(&id, Timestamp::now()).await?;
                    taken += 1;
                }
                Err(error) => {
                    let due = Timestamp::now().checked_add(pause(attempt)).unwrap_or(now);
                    let fault = chain(&error);
                    tracing::warn!(notice = %id, attempt, "a notice was not taken: {fault}");
                    books.not_delivered(&id, due, &fault).await?;
                }
            }
        }
        Ok(taken)
    }

    /// What was taken before a process died in between is noted where it stands.
    async fn finish(&self, id: &str, now: Timestamp) -> Result<(), DeskError> {
        let known = self.notices.books().deliveries(&[id.to_owned()]).await?;
        match known.iter().any(|delivery| delivery.sent_at.is_some()) {
            true => self.notices.taken(id, now).await,
            false => Ok(()),
        }
    }

    async fn send(&self, notice: &wire::Notice) -> Result<(), FetchError> {
        let message = NoticeMessage {
            kind: format!("notice.{}", notice.kind.as_str()),
            timestamp: notice.at.clone(),
            data: notice.clone(),
        };
        let body = serde_json::to_vec(&message).expect("a notice has text keys only");
        let time = Timestamp::now().as_second().to_string();
        let headers = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", notice.id.clone()),
            ("webhook-timestamp", time.clone()),
            ("webhook-signature", signature(&self.secret, (&notice.id, &time), &body)),
        ];
        self.fetcher.post(&self.url, &headers, body).await
    }
}

/// `v1,` and the Base64 of an HMAC-SHA256 over id, time and body with dots between them.
fn signature(secret: &[u8], (id, time): (&str, &str), body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    for part in [id.as_bytes(), b".", time.as_bytes(), b".", body] {
        mac.update(part);
    }
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// The pause after so many tries.
fn pause(attempt: u32) -> SignedDuration {
    let doubled = 2_i32.checked_pow(attempt.saturating_sub(1)).unwrap_or(i32::MAX);
    PAUSE.checked_mul(doubled).unwrap_or(MAX_PAUSE).min(MAX_PAUSE)
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(current) = cause {
        text = format!("{text}: {current}");
        cause = current.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_specification() {
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = br#"{"test": 2432232314}"#;
        let signed = signature(&secret, ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"), body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn pauses_grow_to_a_bound() {
        let seconds: Vec<i64> = [1, 2, 3, 10, 11, 40].map(|attempt| pause(attempt).as_secs()).to_vec();
        assert_eq!(seconds, [30, 60, 120, 15_360, 21_600, 21_600]);
    }
}
