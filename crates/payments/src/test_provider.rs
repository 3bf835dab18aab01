//! A provider that moves no money: for demos, and for trying what a shop does when a payment fails.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use checkout::payment::{Operation, PaymentAnswer, ProviderCommand};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::{Provider, Unheard, Webhook, verify};

/// Behaves as the end of a method's id says: `…decline` is declined, `…challenge` sends the shopper to a page first, `…timeout`
/// does it but loses the answer, `…lost` loses the question, `…late` answers by a webhook only. Everything else succeeds.
///
/// What it has done it forgets with its process, unless it has a book ([`TestProvider::with_book`]).
#[derive(Default)]
pub struct TestProvider {
    seen: Mutex<Seen>,
    /// What its messages are signed with; `None`: none are taken.
    secret: Option<String>,
    /// The page where shoppers prove themselves, up to the number of the order; empty: an example's.
    page: String,
}

#[derive(Debug, Default)]
struct Seen {
    /// What was asked under each key, with what became of it.
    done: BTreeMap<String, (ProviderCommand, PaymentAnswer)>,
    /// Keys whose question was lost once.
    lost: Vec<String>,
    webhooks: Vec<Webhook>,
    /// Where what was done is written down.
    book: Option<File>,
}

/// A line of the book: what was asked, and what became of it.
type Line = (ProviderCommand, PaymentAnswer);

impl TestProvider {
    /// One whose challenges lead to this page, and whose messages are signed with this secret.
    pub fn new(page: impl Into<String>, secret: Option<String>) -> Self {
        Self { page: page.into(), secret, ..Self::default() }
    }

    /// The same with a book: a file with one JSON object a line for each thing that it did, read again when it begins, as a
    /// real provider knows its keys whatever becomes of the shop. What a process that died was writing it had not done.
    pub fn with_book(self, path: &Path) -> std::io::Result<Self> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let (mut done, mut whole) = (BTreeMap::new(), 0);
        let mut reader = BufReader::new(&file);
        let mut text = String::new();
        while reader.read_line(&mut text)? > 0 {
            let Ok((command, answer)) = serde_json::from_str::<Line>(&text) else { break };
            whole += text.len() as u64;
            done.insert(command.key.clone(), (command, answer));
            text.clear();
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        let mut seen = self.lock();
        seen.done = done;
        seen.book = Some(file);
        drop(seen);
        Ok(self)
    }

    /// Webhooks that were sent since this was asked last.
    pub fn webhooks(&self) -> Vec<Webhook> {
        std::mem::take(&mut self.lock().webhooks)
    }

    /// The shopper proves themself at the page of a challenge; a webhook says so.
    pub fn pass_challenge(&self, key: &str) {
        let mut seen = self.lock();
        let Some((command, answer)) = seen.done.get_mut(key) else { return };
        *answer = PaymentAnswer::Succeeded;
        let line = (command.clone(), answer.clone());
        let webhook = Webhook::about(&line.0, format!("evt_{key}"), PaymentAnswer::Succeeded);
        seen.webhooks.push(webhook);
        // Who has lost its book has not heard of it.
        let _ = seen.write(&line);
    }

    /// How much was done of an operation in all, in minor units.
    pub fn sum(&self, operation: Operation) -> i64 {
        let seen = self.lock();
        let done = seen.done.values().filter(|(command, answer)| {
            command.operation == operation && *answer == PaymentAnswer::Succeeded
        });
        done.map(|(command, _)| command.amount.amount_minor).sum()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Provider for TestProvider {
    fn ask<'a>(&'a self, command: &'a ProviderCommand) -> BoxFuture<'a, PaymentAnswer> {
        let answer = self.lock().answer(command, &self.page);
        async move { answer }.boxed()
    }

    fn hear(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Webhook, Unheard> {
        let secret = self.secret.as_ref().ok_or(Unheard::NotExpected)?;
        verify(secret, signature, body, now)?;
        serde_json::from_slice(body).map_err(|_| Unheard::Unreadable)
    }

    fn waiting(&self) -> Vec<Webhook> {
        self.webhooks()
    }

    fn has_own_page(&self) -> bool {
        !self.page.is_empty()
    }
}

impl Seen {
    fn answer(&mut self, command: &ProviderCommand, page: &str) -> PaymentAnswer {
        if let Some((_, answer)) = self.done.get(&command.key) {
            return answer.clone();
        }
        if command.only_ask {
            return PaymentAnswer::NeverSeen;
        }
        let is_first = command.operation == Operation::Authorise;
        let ends = |with: &str| is_first && command.method.as_str().ends_with(with);
        if ends("lost") && !self.lost.contains(&command.key) {
            self.lost.push(command.key.clone());
            return PaymentAnswer::Unclear;
        }
        let became = if ends("decline") {
            PaymentAnswer::Declined { reason: "the card was declined".to_owned() }
        } else if ends("challenge") {
            let page = if page.is_empty() { "https://payments.example/challenge" } else { page };
            PaymentAnswer::Challenge { url: format!("{page}/{}/{}", command.order, command.movement) }
        } else {
            PaymentAnswer::Succeeded
        };
        let line = (command.clone(), became.clone());
        if self.write(&line).is_err() {
            return PaymentAnswer::Unclear;
        }
        self.done.insert(command.key.clone(), line);
        if ends("late") {
            self.webhooks.push(Webhook::about(command, format!("evt_{}", command.key), became));
            return PaymentAnswer::Unclear;
        }
        if ends("timeout") { PaymentAnswer::Unclear } else { became }
    }
}

impl Seen {
    /// Writes down what is done, before anybody hears of it.
    fn write(&mut self, line: &Line) -> std::io::Result<()> {
        let Some(book) = &mut self.book else { return Ok(()) };
        let text = serde_json::to_string(line).map_err(std::io::Error::other)?;
        book.write_all(format!("{text}\n").as_bytes())
    }
}

/// Without the secret.
impl fmt::Debug for TestProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestProvider")
            .field("seen", &self.seen)
            .field("page", &self.page)
            .finish_non_exhaustive()
    }
}
