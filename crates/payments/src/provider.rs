//! What a payment provider has to be able to do.

use checkout::payment::{PaymentAnswer, ProviderCommand};
use futures::future::BoxFuture;
use jiff::Timestamp;

use crate::Webhook;

/// A payment provider. Its interface is that of providers with idempotency keys: one call for each thing to be done, and a
/// webhook for what takes longer.
pub trait Provider: Send + Sync {
    /// Does what is asked, or says what became of it where it was asked before under the same key; with
    /// [`ProviderCommand::only_ask`] it does nothing and only says. Whoever calls gives up after a while and takes that for
    /// [`PaymentAnswer::Unclear`].
    fn ask<'a>(&'a self, command: &'a ProviderCommand) -> BoxFuture<'a, PaymentAnswer>;

    /// Reads a message that came in the provider's name, if its signature shows that the provider sent it.
    fn hear(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Webhook, Unheard> {
        let _ = (signature, body, now);
        Err(Unheard::NotExpected)
    }

    /// What the provider has to say by itself and nobody has brought yet. Real providers send it.
    fn waiting(&self) -> Vec<Webhook> {
        Vec::new()
    }

    /// Whether shoppers prove themselves at a page of this very server, as for the test provider.
    fn has_own_page(&self) -> bool {
        false
    }
}

/// Why a message in a provider's name does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unheard {
    /// There is no secret to check it with.
    #[error("this shop expects no messages of a payment provider: its secret is not set")]
    NotExpected,
    /// It was not signed with the provider's secret.
    #[error("the signature is not the provider's")]
    Signature,
    /// It was signed too long ago, or in the future.
    #[error("the signature is of another time")]
    Stale,
    /// It is signed and cannot be read.
    #[error("the message cannot be read")]
    Unreadable,
    /// It is about a payment that these books do not know.
    #[error("the payment is not known here")]
    UnknownPayment,
}
