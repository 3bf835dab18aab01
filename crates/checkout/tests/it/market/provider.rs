//! A payment provider with accounts of its own: what it has really taken and given back, whatever it said about it.

use std::collections::BTreeMap;

use agent::sim::Random;
use checkout::OrderId;
use checkout::payment::{Operation, PaymentAnswer, ProviderCommand};

/// What it has done under each key, and what that came to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provider {
    done: BTreeMap<String, (ProviderCommand, bool)>,
    moved: BTreeMap<(OrderId, Operation), i64>,
    /// Answers that are on their way.
    pub(crate) late: Vec<(ProviderCommand, PaymentAnswer)>,
}

/// How it is with the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It answers at once, and yes.
    Calm,
    /// It declines, wants proofs, is late and loses answers.
    Moody,
    /// That, and it knows no key again.
    Forgetful,
}

impl Provider {
    /// Does what it is asked; gives the answers that come at once, if any does.
    pub(crate) fn ask(
        &mut self,
        asked: &ProviderCommand,
        mood: Mood,
        random: &mut Random,
    ) -> Vec<PaymentAnswer> {
        let breaks = |random: &mut Random, percent| mood != Mood::Calm && random.percent(percent);
        if breaks(random, 10) {
            // It was never sent: whoever was to do so died.
            return Vec::new();
        }
        let is_known = self.done.contains_key(&asked.key);
        if !is_known && asked.only_ask {
            return vec![PaymentAnswer::NeverSeen];
        }
        if !is_known || (mood == Mood::Forgetful && !asked.only_ask) {
            let is_done = !(asked.operation == Operation::Authorise && breaks(random, 12));
            self.done.insert(asked.key.clone(), (asked.clone(), is_done));
            if is_done {
                *self.moved.entry((asked.order.clone(), asked.operation)).or_default() +=
                    asked.amount.amount_minor;
            }
        }
        let answer = self.answer(asked);
        if asked.operation == Operation::Authorise && breaks(random, 10) {
            self.late.push((asked.clone(), answer));
            return vec![PaymentAnswer::Challenge { url: "https://bank.example".to_owned() }];
        }
        if breaks(random, 12) {
            // It is done, and whoever asked died before they noted it.
            return Vec::new();
        }
        if breaks(random, 12) {
            self.late.push((asked.clone(), answer));
            return vec![PaymentAnswer::Unclear];
        }
        if breaks(random, 8) {
            self.late.push((asked.clone(), answer.clone()));
        }
        vec![answer]
    }

    fn answer(&self, asked: &ProviderCommand) -> PaymentAnswer {
        match self.done.get(&asked.key) {
            Some((_, false)) => PaymentAnswer::Declined { reason: "no".to_owned() },
            _ => PaymentAnswer::Succeeded,
        }
    }

    /// What an operation came to for an order, in minor units.
    pub(crate) fn sum(&self, order: &OrderId, operation: Operation) -> i64 {
        self.moved.get(&(order.clone(), operation)).copied().unwrap_or_default()
    }

    /// What all shoppers have paid by it, less what they got back.
    pub(crate) fn taken(&self) -> i64 {
        let sum = |wanted| -> i64 {
            self.moved.iter().filter(|((_, operation), _)| *operation == wanted).map(|(_, minor)| minor).sum()
        };
        sum(Operation::Capture) - sum(Operation::Refund)
    }
}
