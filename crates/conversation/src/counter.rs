//! The shop's books with the policy they are kept by.

use std::sync::Arc;

use checkout::query::{Query, View};
use checkout::{Actor, Change, Order, Owner, Policy, Request, Summary};
use jiff::Timestamp;
use payments::Till;
use store::{Books, BooksError, StoreError};

use crate::Party;

/// What guide and clerk work with.
#[derive(Clone, Debug)]
pub struct Counter {
    pub(crate) books: Books,
    pub(crate) policy: Arc<Policy>,
    pub(crate) till: Till,
}

impl Counter {
    /// These books under this policy, with this till.
    pub fn new(books: Books, policy: Arc<Policy>, till: Till) -> Self {
        Self { books, policy, till }
    }

    /// Where payments are asked for and answered.
    pub fn till(&self) -> &Till {
        &self.till
    }

    /// The rules.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What somebody may see of this.
    pub(crate) async fn view(&self, actor: &Actor, query: &Query) -> Result<View, BooksError> {
        self.books.answer(&self.policy, actor, Timestamp::now(), query).await
    }

    pub(crate) async fn preview(&self, request: &Request) -> Result<Summary, BooksError> {
        self.books.preview(&self.policy, request).await
    }

    pub(crate) async fn carry_out(&self, request: &Request) -> Result<Vec<Change>, BooksError> {
        self.books.carry_out(&self.policy, request).await
    }

    /// The orders of an owner, newest first.
    pub(crate) async fn orders_of(&self, owner: &Owner) -> Result<Vec<Order>, StoreError> {
        self.books.orders_of(owner).await
    }

    /// Whether somebody has orders or price alerts.
    pub(crate) async fn has_claims(&self, party: &Party) -> Result<bool, StoreError> {
        if !self.orders_of(&party.owner()).await?.is_empty() {
            return Ok(true);
        }
        match self.view(&party.actor(None), &Query::Alerts).await {
            Ok(View::Alerts(alerts, _)) => Ok(!alerts.is_empty()),
            Ok(_) | Err(BooksError::Refused(_)) => Ok(false),
            Err(BooksError::Store(error)) => Err(error),
        }
    }

    /// Whether there is something that an owner was not told.
    pub(crate) async fn has_news(&self, owner: &Owner) -> Result<bool, StoreError> {
        self.books.has_news(owner).await
    }

    /// Asks the payment provider what is to be asked. A worker does so as well: what goes wrong here is done there.
    pub(crate) async fn settle(&self) {
        if let Err(error) = self.till.settle(Timestamp::now()).await {
            tracing::warn!(%error, "payments are left to the worker");
        }
    }
}
