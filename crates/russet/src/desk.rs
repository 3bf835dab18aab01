//! Conversations: the sessions and the books beside the catalog, and the workers that look after them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use checkout::Policy;
use conversation::{Counter, Desk, Notices, TokenKey, Webhook};
use jiff::Timestamp;
use payments::{TestProvider, Till};
use server::Reader;
use store::{Books, PrivateNetworks, Runtime};

use crate::config::Config;
use crate::engine::Engine;
use crate::failure::with_hint;
use crate::policy;

/// How long a request waits for its turn at the store.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often payments are looked at, and what has run out.
const PACE: Duration = Duration::from_millis(500);
/// What is ended in one round, at most.
const MAX_EXPIRED: u32 = 100;
/// In which rounds prices are looked at.
const WATCHED_EACH: u64 = 20;
/// How often notices are posted.
const POSTED_EACH: Duration = Duration::from_secs(1);
/// Variants whose prices are looked at together.
const MAX_WATCHED: u32 = 500;

/// What the workers look after.
pub(crate) struct Shift {
    books: Books,
    policy: Arc<Policy>,
    till: Till,
    webhook: Option<Webhook>,
}

/// Opens the desk of these settings; shoppers reach this process at `url`.
pub(crate) async fn open(config: &Config, engine: &Engine, url: &str) -> anyhow::Result<(Desk, Shift)> {
    let policy = Arc::new(rules(config)?);
    let books = open_books(config, engine.store().clone()).await?;
    let till = Till::new(books.clone(), Arc::clone(&policy), Arc::new(provider(config, url)?));
    let counter = Counter::new(books.clone(), Arc::clone(&policy), till.clone());
    let runtime = Runtime::open(&config.sessions_url(), PATIENCE).await?;
    let secret = config.token_secret.reveal();
    let key = match secret.is_empty() {
        true => None,
        false => Some(TokenKey::new(secret).context("token_secret cannot be used")?),
    };
    let webhook = webhook(config, Notices::new(books.clone(), Arc::clone(&policy), Some(runtime.clone())))?;
    let spending = config.model_budget.spending(policy.currency)?;
    let desk = Desk::open(runtime, counter, Arc::new(Reader::new(Arc::clone(&engine.shop))), key, spending)?;
    Ok((desk, Shift { books, policy, till, webhook }))
}

/// Where notices are posted, if anywhere.
fn webhook(config: &Config, notices: Notices) -> anyhow::Result<Option<Webhook>> {
    if config.notice_url.is_empty() {
        return Ok(None);
    }
    let networks =
        if config.notice_private_network { PrivateNetworks::Allow } else { PrivateNetworks::Refuse };
    let webhook = Webhook::new(notices, &config.notice_url, config.notice_secret.reveal(), networks);
    let webhook = webhook.map_err(|error| {
        with_hint(
            error.to_string(),
            "see notice_url, notice_secret and notice_private_network in docs/conversations.md",
        )
    })?;
    Ok(Some(webhook))
}

/// The provider that is built in, with its page at this server.
fn provider(config: &Config, url: &str) -> anyhow::Result<TestProvider> {
    let url = match config.public_url.trim_end_matches('/') {
        "" => url.to_owned(),
        public => public.to_owned(),
    };
    let secret = Some(config.payment_secret.reveal().to_owned()).filter(|secret| !secret.is_empty());
    let provider = TestProvider::new(format!("{url}/pay"), secret);
    match &config.payment_book {
        None => Ok(provider),
        Some(book) => provider
            .with_book(book)
            .with_context(|| format!("the book of the test provider, {}, cannot be used", book.display())),
    }
}

/// Opens the books of these settings.
pub(crate) async fn open_books(config: &Config, catalog: store::Store) -> anyhow::Result<Books> {
    Ok(Books::open(&config.books_url(), catalog, PATIENCE).await?)
}

/// The shop's rules; a file with faults is told with its first one.
pub(crate) fn rules(config: &Config) -> anyhow::Result<Policy> {
    let found = policy::find(config)?;
    found.policy.map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        with_hint(
            format!("the shop's policy cannot be used: {first}"),
            "`russet doctor` lists all that is wrong",
        )
    })
}

impl Shift {
    /// Asks payment providers and ends what has run out, until the process ends.
    pub(crate) async fn work(self) {
        if let Some(webhook) = self.webhook.clone() {
            tokio::spawn(Self::post(webhook));
        }
        let mut fault = None;
        for nth in 0_u64.. {
            let now = self.round(nth).await.err().map(|error| error.to_string());
            // A fault is logged when it begins and when it changes, not each time.
            if now != fault {
                match &now {
                    Some(error) => tracing::error!("orders and payments are not looked after: {error}"),
                    None => tracing::info!("orders and payments are looked after again"),
                }
                fault = now;
            }
            tokio::time::sleep(PACE).await;
        }
    }

    async fn round(&self, nth: u64) -> Result<(), store::StoreError> {
        self.till.settle(Timestamp::now()).await?;
        self.till.collect(Timestamp::now()).await?;
        self.books.expire(&self.policy, Timestamp::now(), MAX_EXPIRED).await?;
        if nth.is_multiple_of(WATCHED_EACH) { self.watch().await } else { Ok(()) }
    }

    /// Posts notices beside everything else, so that a receiver that is slow holds nothing up, until the process ends.
    async fn post(webhook: Webhook) {
        loop {
            if let Err(error) = webhook.deliver(Timestamp::now()).await {
                tracing::error!("notices are not posted: {error}");
            }
            tokio::time::sleep(POSTED_EACH).await;
        }
    }

    /// Looks at all prices that somebody waits for.
    async fn watch(&self) -> Result<(), store::StoreError> {
        let mut after = None;
        loop {
            let watched = self
                .books
                .watch_prices(&self.policy, Timestamp::now(), (after.as_ref(), MAX_WATCHED))
                .await?;
            if !watched.alerts.is_empty() || !watched.orders.is_empty() {
                let (alerts, orders) = (watched.alerts.len(), watched.orders.len());
                tracing::info!(alerts, orders, "prices have been reached");
            }
            match watched.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}
