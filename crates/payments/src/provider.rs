//! What a payment provider has to be able to do.

use checkout::payment::{PaymentAnswer, ProviderCommand};
use futures::future::BoxFuture;

/// A payment provider. Its interface is that of providers with idempotency keys: one call for each thing to be done, and a
/// webhook for what takes longer.
pub trait Provider: Send + Sync {
    /// Does what is asked, or says what became of it where it was asked before under the same key; with
    /// [`ProviderCommand::only_ask`] it does nothing and only says. Whoever calls gives up after a while and takes that for
    /// [`PaymentAnswer::Unclear`].
    fn ask<'a>(&'a self, command: &'a ProviderCommand) -> BoxFuture<'a, PaymentAnswer>;
}
