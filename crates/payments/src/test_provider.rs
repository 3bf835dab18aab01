//! A provider that moves no money: for demos, and for trying what a shop does when a payment fails.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use checkout::payment::{Operation, PaymentAnswer, ProviderCommand};
use futures::FutureExt;
use futures::future::BoxFuture;

use crate::{Provider, Webhook};

/// Behaves as the end of a method's id says: `…decline` is declined, `…challenge` sends the shopper to a page first, `…timeout`
/// does it but loses the answer, `…lost` loses the question, `…late` answers by a webhook only. Everything else succeeds.
#[derive(Debug, Default)]
pub struct TestProvider {
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// What was asked under each key, with what became of it.
    done: BTreeMap<String, (ProviderCommand, PaymentAnswer)>,
    /// Keys whose question was lost once.
    lost: Vec<String>,
    webhooks: Vec<Webhook>,
}

impl TestProvider {
    /// Webhooks that were sent since this was asked last.
    pub fn webhooks(&self) -> Vec<Webhook> {
        std::mem::take(&mut self.lock().webhooks)
    }

    /// The shopper proves themself at the page of a challenge; a webhook says so.
    pub fn pass_challenge(&self, key: &str) {
        let mut seen = self.lock();
        let Some((command, answer)) = seen.done.get_mut(key) else { return };
        *answer = PaymentAnswer::Succeeded;
        let webhook = Webhook::about(command, format!("evt_{key}"), PaymentAnswer::Succeeded);
        seen.webhooks.push(webhook);
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
        let answer = self.lock().answer(command);
        async move { answer }.boxed()
    }
}

impl Seen {
    fn answer(&mut self, command: &ProviderCommand) -> PaymentAnswer {
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
            PaymentAnswer::Challenge { url: format!("https://payments.example/challenge/{}", command.key) }
        } else {
            PaymentAnswer::Succeeded
        };
        self.done.insert(command.key.clone(), (command.clone(), became.clone()));
        if ends("late") {
            self.webhooks.push(Webhook::about(command, format!("evt_{}", command.key), became));
            return PaymentAnswer::Unclear;
        }
        if ends("timeout") { PaymentAnswer::Unclear } else { became }
    }
}
