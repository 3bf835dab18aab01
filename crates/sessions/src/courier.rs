//! Those who tell people.

use agent::{Contents, Effect};
use futures::future::BoxFuture;
use store::OutboxEffect;

/// Takes replies, questions of approval and what is handed over to staff to where people see them, beside the streams. It is
/// told each at least once; telling twice must do no more than telling once.
pub trait Courier: Send + Sync {
    /// Whether it takes such an effect at all. What no courier takes costs nothing to keep; the nodes of one store have the
    /// same courier. It is not asked about what the runtime sees to itself: remembering and erasing.
    fn wants(&self, effect: &Effect) -> bool {
        let _ = effect;
        true
    }

    /// Delivers an effect, with the words that it refers to as far as they have not been erased.
    fn deliver<'a>(
        &'a self,
        effect: &'a OutboxEffect,
        words: &'a Contents,
    ) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// It could not be delivered and will be tried again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct Undelivered {
    /// Why.
    pub why: String,
}

/// For front ends that read the streams.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoCourier;

impl Courier for NoCourier {
    fn wants(&self, _: &Effect) -> bool {
        false
    }

    fn deliver<'a>(&'a self, _: &'a OutboxEffect, _: &'a Contents) -> BoxFuture<'a, Result<(), Undelivered>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
