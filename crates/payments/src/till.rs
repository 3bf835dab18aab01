//! Where the books and a provider meet.

use std::sync::Arc;
use std::time::Duration;

use checkout::order::MovementStatus;
use checkout::payment::{Operation, PaymentAnswer, PaymentCommand, ProviderCommand};
use checkout::query::{Query, View};
use checkout::{Actor, Command, Key, Order, OrderId, Policy, Request};
use commerce::Money;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Books, BooksError, PaymentTask, StoreError};

use crate::{Provider, Unheard};

/// How many tasks are taken at a time.
const BATCH: u32 = 32;
/// How long a provider has for an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// When something is asked again that was not answered for good. It is longer than `PATIENCE`, so that no two workers ask
/// the same at the same time.
const AGAIN: Duration = Duration::from_secs(60);

/// Asks a provider for one shop's books.
#[derive(Clone)]
pub struct Till {
    books: Books,
    policy: Arc<Policy>,
    provider: Arc<dyn Provider>,
}

/// What a round has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Questions that were asked.
    pub asked: u32,
    /// Questions whose answer is not known yet.
    pub unclear: u32,
}

/// What a provider says by itself, once or many times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// The provider's id of the event.
    pub id: String,
    /// About which order.
    pub order: OrderId,
    /// About which movement.
    pub movement: Key,
    /// About what.
    pub operation: Operation,
    /// What.
    pub answer: PaymentAnswer,
}

impl Webhook {
    /// A webhook about something that was asked.
    pub fn about(command: &ProviderCommand, id: String, answer: PaymentAnswer) -> Self {
        let (order, movement) = (command.order.clone(), command.movement.clone());
        Self { id, order, movement, operation: command.operation, answer }
    }
}

impl Till {
    /// For these books, under this policy, with this provider.
    pub fn new(books: Books, policy: Arc<Policy>, provider: Arc<dyn Provider>) -> Self {
        Self { books, policy, provider }
    }

    /// Asks all that is due, and what follows from the answers, until nothing is due. Called again and again by a worker; it
    /// does not matter on how many nodes.
    pub async fn settle(&self, now: Timestamp) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        let again = now.saturating_add(AGAIN).unwrap_or(Timestamp::MAX);
        loop {
            let tasks = self.books.take_payments(now, again, BATCH).await?;
            if tasks.is_empty() {
                return Ok(settled);
            }
            for task in tasks {
                settled.asked += 1;
                settled.unclear += u32::from(self.ask(now, task).await? == PaymentAnswer::Unclear);
            }
        }
    }

    /// Takes a message that came in the provider's name, once however often it comes.
    pub async fn hear(
        &self,
        now: Timestamp,
        signature: &str,
        body: &[u8],
    ) -> Result<Result<(), Unheard>, StoreError> {
        let webhook = match self.provider.hear(signature, body, now) {
            Ok(webhook) => webhook,
            Err(unheard) => return Ok(Err(unheard)),
        };
        if !self.knows(now, &webhook.order, &webhook.movement).await? {
            return Ok(Err(Unheard::UnknownPayment));
        }
        self.receive(now, webhook).await.map(Ok)
    }

    /// Brings what the provider has to say by itself, where it cannot send it.
    pub async fn collect(&self, now: Timestamp) -> Result<(), StoreError> {
        for webhook in self.provider.waiting() {
            self.receive(now, webhook).await?;
        }
        Ok(())
    }

    /// The amount of a payment that waits for its shopper at a page of this server; `None` where none does.
    pub async fn challenged(
        &self,
        now: Timestamp,
        order: &OrderId,
        movement: &Key,
    ) -> Result<Option<Money>, StoreError> {
        if !self.provider.has_own_page() {
            return Ok(None);
        }
        let Some(order) = self.order(now, order).await? else { return Ok(None) };
        let known = order.movements.iter().find(|known| known.key == *movement);
        let waits = known.filter(|known| matches!(known.status, MovementStatus::Challenged { .. }));
        Ok(waits.map(|known| order.money(known.amount_minor)))
    }

    /// What a shopper said at that page.
    pub async fn prove(
        &self,
        now: Timestamp,
        (order, movement): (OrderId, Key),
        is_proved: bool,
    ) -> Result<(), StoreError> {
        let answer = match is_proved {
            true => PaymentAnswer::Succeeded,
            false => PaymentAnswer::Declined { reason: "you stopped it at your bank".to_owned() },
        };
        let id = format!("proved {movement}");
        self.receive(now, Webhook { id, order, movement, operation: Operation::Authorise, answer }).await
    }

    async fn knows(&self, now: Timestamp, order: &OrderId, movement: &Key) -> Result<bool, StoreError> {
        let order = self.order(now, order).await?;
        Ok(order.is_some_and(|order| order.movements.iter().any(|known| known.key == *movement)))
    }

    async fn order(&self, now: Timestamp, id: &OrderId) -> Result<Option<Order>, StoreError> {
        match self.books.answer(&self.policy, &Actor::System, now, &Query::Order(id.clone())).await {
            Ok(View::Order(order, _)) => Ok(Some(*order)),
            Ok(_) | Err(BooksError::Refused(_)) => Ok(None),
            Err(BooksError::Store(error)) => Err(error),
        }
    }

    /// Records what a provider says by itself. Its signature was checked by whoever received it.
    pub async fn receive(&self, now: Timestamp, webhook: Webhook) -> Result<(), StoreError> {
        let Webhook { id, order, movement, operation, answer } = webhook;
        let command = PaymentCommand::Answer { movement, operation, answer };
        self.record(now, &format!("webhook {id}"), order, command).await
    }

    async fn ask(&self, now: Timestamp, task: PaymentTask) -> Result<PaymentAnswer, StoreError> {
        let PaymentTask { command: asked, attempt } = task;
        let answer = tokio::time::timeout(PATIENCE, self.provider.ask(&asked)).await;
        let answer = answer.unwrap_or(PaymentAnswer::Unclear);
        let command = PaymentCommand::Answer {
            movement: asked.movement,
            operation: asked.operation,
            answer: answer.clone(),
        };
        self.record(now, &format!("{} {attempt}", asked.key), asked.order, command).await?;
        Ok(answer)
    }

    /// An answer is recorded once under its name, whoever brings it.
    async fn record(
        &self,
        at: Timestamp,
        name: &str,
        order: OrderId,
        command: PaymentCommand,
    ) -> Result<(), StoreError> {
        let digest = Sha256::digest(name);
        let digest: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let key = Key::parse(&format!("answer_{digest}")).expect("a short text without control characters");
        let command = Command::Payment { order, command };
        let request = Request { key, actor: Actor::System, at, command, confirmation: None };
        match self.books.carry_out(&self.policy, &request).await {
            Ok(_) => Ok(()),
            Err(BooksError::Refused(refusal)) => {
                // An answer about nothing that the books know moves nothing.
                tracing::warn!(code = refusal.code(), "an answer of the payment provider was refused");
                Ok(())
            }
            Err(BooksError::Store(error)) => Err(error),
        }
    }
}

impl std::fmt::Debug for Till {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Till").field("books", &self.books).finish_non_exhaustive()
    }
}
