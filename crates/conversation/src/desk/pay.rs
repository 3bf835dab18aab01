//! What comes from payment providers and their pages.

use checkout::{Key, OrderId};
use commerce::Money;
use jiff::Timestamp;
use payments::Unheard;

use super::Desk;
use crate::DeskError;

impl Desk {
    /// Takes a message in the name of the payment provider, once however often it comes, and does what follows from it.
    pub async fn hear_provider(
        &self,
        signature: &str,
        body: &[u8],
    ) -> Result<Result<(), Unheard>, DeskError> {
        let heard = self.counter.till.hear(Timestamp::now(), signature, body).await?;
        if heard.is_ok() {
            self.counter.settle().await;
        }
        Ok(heard)
    }

    /// The amount of a payment that waits for its shopper at a page of this server; `None` where none does.
    pub async fn challenged_payment(&self, order: &str, payment: &str) -> Result<Option<Money>, DeskError> {
        let (Some(order), Some(payment)) = (OrderId::parse(order), Key::parse(payment)) else {
            return Ok(None);
        };
        Ok(self.counter.till.challenged(Timestamp::now(), &order, &payment).await?)
    }

    /// What a shopper said at that page.
    pub async fn prove_payment(&self, order: &str, payment: &str, is_proved: bool) -> Result<(), DeskError> {
        if let (Some(order), Some(payment)) = (OrderId::parse(order), Key::parse(payment)) {
            self.counter.till.prove(Timestamp::now(), (order, payment), is_proved).await?;
            self.counter.settle().await;
        }
        Ok(())
    }
}
