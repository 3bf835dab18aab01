//! What shoppers should hear of while they are away, gathered from the books and from the sessions for whoever tells them.

use std::collections::BTreeMap;

use checkout::alert::AlertStatus;
use checkout::mandate::MandateStatus;
use checkout::query::{Query, View};
use checkout::{Actor, Owner, Policy, ShopperId};
use commerce::VariantId;
use jiff::Timestamp;
use store::{Books, BooksError, Delivery, News, ReviewRow, Runtime, StoreError};
use wire::{NoticeDelivery, NoticeKind};

use crate::desk::{ReviewId, described, find_review};
use crate::{DeskError, reviewed};

/// How often a notice is tried.
pub(crate) const MAX_ATTEMPTS: u32 = 15;

/// How many calls that were looked at are read together.
const REVIEWS_PAGE: u32 = 256;

/// All notices of a shop. What came of calls that the staff looked at is among them where there are sessions.
#[derive(Clone, Debug)]
pub struct Notices {
    books: Books,
    policy: std::sync::Arc<Policy>,
    runtime: Option<Runtime>,
}

impl Notices {
    /// The notices of these books and sessions.
    pub fn new(books: Books, policy: std::sync::Arc<Policy>, runtime: Option<Runtime>) -> Self {
        Self { books, policy, runtime }
    }

    /// Where deliveries are noted.
    pub(crate) fn books(&self) -> &Books {
        &self.books
    }

    /// What no courier has taken yet, oldest first, with how far its delivery is.
    pub async fn waiting(&self, limit: u32) -> Result<Vec<wire::Notice>, DeskError> {
        let mut all = Vec::new();
        for notice in self.books.notices(limit).await? {
            all.push(self.of_books(notice).await?);
        }
        all.extend(self.reviewed(limit).await?);
        self.with_deliveries(all).await
    }

    /// What was delivered, newest first.
    pub async fn delivered(&self, limit: u32) -> Result<Vec<wire::Notice>, DeskError> {
        let mut all = Vec::new();
        for delivery in self.books.delivered_last(limit).await? {
            all.extend(self.named(&delivery.id).await?);
        }
        self.with_deliveries(all).await
    }

    /// What may be tried now.
    pub(crate) async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<wire::Notice>, DeskError> {
        let mut all = Vec::new();
        for notice in self.books.notices_due(now, (MAX_ATTEMPTS, limit)).await? {
            all.push(self.of_books(notice).await?);
        }
        all.extend(self.reviews_due(now, limit).await?);
        Ok(all)
    }

    /// What came of calls that the staff looked at, as far as it may be tried now. What waits for its next try keeps nothing else
    /// waiting, however much of it there is.
    async fn reviews_due(&self, now: Timestamp, limit: u32) -> Result<Vec<wire::Notice>, DeskError> {
        let Some(runtime) = &self.runtime else { return Ok(Vec::new()) };
        let due = self.calls_due(runtime, now, limit).await?;
        let mut all = Vec::new();
        for review in described(runtime, due).await? {
            all.push(self.of_review(review).await?);
        }
        Ok(all)
    }

    async fn calls_due(
        &self,
        runtime: &Runtime,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ReviewRow>, DeskError> {
        let mut due = Vec::new();
        let mut after = None;
        while due.len() < limit as usize {
            let rows = runtime.reviewed(after.as_ref(), REVIEWS_PAGE).await?;
            after = rows.last().cloned();
            if after.is_none() {
                break;
            }
            due.extend(self.tried_now(now, rows).await?);
        }
        due.truncate(limit as usize);
        Ok(due)
    }

    async fn tried_now(&self, now: Timestamp, rows: Vec<ReviewRow>) -> Result<Vec<ReviewRow>, DeskError> {
        let ids: Vec<String> = rows.iter().map(|row| ReviewId::of(row).to_string()).collect();
        let known = self.books.deliveries(&ids).await?;
        let waits = |id: &str| known.iter().any(|known| known.id == id && !may_be_tried(known, now));
        Ok(rows.into_iter().zip(&ids).filter(|(_, id)| !waits(id)).map(|(row, _)| row).collect())
    }

    /// Notes that somebody else has told these.
    pub async fn sent(&self, ids: Vec<String>) -> Result<(), DeskError> {
        let (reviews, notices): (Vec<_>, Vec<_>) =
            ids.into_iter().partition(|id| ReviewId::parse(id).is_some());
        self.books.notices_sent(&notices).await?;
        for id in &reviews {
            self.review_sent(id).await?;
        }
        Ok(())
    }

    /// Notes that a notice was taken.
    pub(crate) async fn taken(&self, id: &str, now: Timestamp) -> Result<(), DeskError> {
        self.books.delivered(id, now).await?;
        self.review_sent(id).await
    }

    async fn review_sent(&self, id: &str) -> Result<(), DeskError> {
        if let (Some(runtime), Some(id)) = (&self.runtime, ReviewId::parse(id)) {
            runtime.review_sent(&id.session, id.key).await?;
        }
        Ok(())
    }

    async fn named(&self, id: &str) -> Result<Option<wire::Notice>, DeskError> {
        if let (Some(runtime), Some(review)) = (&self.runtime, ReviewId::parse(id)) {
            let found = find_review(runtime, &review).await?;
            return match found {
                Some(review) => Ok(Some(self.of_review(review).await?)),
                None => Ok(None),
            };
        }
        match self.books.notices_of(&[id.to_owned()]).await?.pop() {
            Some(notice) => Ok(Some(self.of_books(notice).await?)),
            None => Ok(None),
        }
    }

    async fn reviewed(&self, limit: u32) -> Result<Vec<wire::Notice>, DeskError> {
        let Some(runtime) = &self.runtime else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        for review in reviewed(runtime, limit).await? {
            all.push(self.of_review(review).await?);
        }
        Ok(all)
    }

    async fn of_review(&self, review: wire::Review) -> Result<wire::Notice, DeskError> {
        let shopper = review.shopper.as_deref().and_then(ShopperId::parse);
        let at = review.answers.last().map(|answer| answer.at.clone()).unwrap_or(review.asked_at);
        Ok(wire::Notice {
            id: review.id,
            at,
            email: self.email(shopper.as_ref()).await?,
            shopper: review.shopper,
            title: review.text.lines().next().unwrap_or_default().to_owned(),
            status: Some(review.status),
            outcome: Some(review.outcome),
            ..empty(NoticeKind::LookedAt)
        })
    }

    async fn of_books(&self, notice: store::Notice) -> Result<wire::Notice, DeskError> {
        let shopper = match &notice.owner {
            Owner::Shopper(id) => Some(id.clone()),
            Owner::Guest(_) => None,
        };
        let told = match notice.news {
            News::Alert(alert) => wire::Notice {
                title: self.title(&alert.variant).await?,
                at_or_below: Some(alert.at_or_below),
                price: match alert.status {
                    AlertStatus::Fired { price, .. } => Some(price),
                    AlertStatus::Waiting | AlertStatus::Dropped => None,
                },
                ..empty(NoticeKind::PriceReached)
            },
            News::Mandate(mandate) => {
                let (kind, order) = match &mandate.status {
                    MandateStatus::Acted { order } => {
                        (NoticeKind::StandingOrderBought, Some(order.to_string()))
                    }
                    _ => (NoticeKind::StandingOrderOver, None),
                };
                let (title, quantity) =
                    (self.title(&mandate.terms.variant).await?, Some(mandate.terms.quantity));
                wire::Notice { title, quantity, order, ..empty(kind) }
            }
        };
        let email = self.email(shopper.as_ref()).await?;
        let (id, at) = (notice.id, notice.at.to_string());
        Ok(wire::Notice { id, at, email, shopper: shopper.map(|id| id.to_string()), ..told })
    }

    async fn with_deliveries(&self, notices: Vec<wire::Notice>) -> Result<Vec<wire::Notice>, DeskError> {
        let ids: Vec<String> = notices.iter().map(|notice| notice.id.clone()).collect();
        let known = self.books.deliveries(&ids).await?;
        let known: BTreeMap<&str, &Delivery> = known.iter().map(|known| (known.id.as_str(), known)).collect();
        let told = |notice: wire::Notice| {
            let delivery = known.get(notice.id.as_str()).map(|known| delivery(known));
            wire::Notice { delivery, ..notice }
        };
        Ok(notices.into_iter().map(told).collect())
    }

    async fn title(&self, variant: &VariantId) -> Result<String, StoreError> {
        Ok(match self.view(&Query::Item(variant.clone())).await? {
            Some(View::Items(items)) => items.first().map(|(item, _)| item.name()).unwrap_or_default(),
            _ => String::new(),
        })
    }

    async fn email(&self, shopper: Option<&ShopperId>) -> Result<String, StoreError> {
        let Some(id) = shopper else { return Ok(String::new()) };
        Ok(match self.view(&Query::Profile(id.clone())).await? {
            Some(View::Profile(shopper, _)) => shopper.email,
            _ => String::new(),
        })
    }

    async fn view(&self, query: &Query) -> Result<Option<View>, StoreError> {
        match self.books.answer(&self.policy, &Actor::System, Timestamp::now(), query).await {
            Ok(view) => Ok(Some(view)),
            Err(BooksError::Refused(_)) => Ok(None),
            Err(BooksError::Store(error)) => Err(error),
        }
    }
}

fn empty(kind: NoticeKind) -> wire::Notice {
    wire::Notice {
        id: String::new(),
        kind,
        at: String::new(),
        shopper: None,
        email: String::new(),
        title: String::new(),
        at_or_below: None,
        price: None,
        quantity: None,
        order: None,
        status: None,
        outcome: None,
        delivery: None,
    }
}

/// What was taken before a process died is among it: nobody has noted that where the call stands.
fn may_be_tried(known: &Delivery, now: Timestamp) -> bool {
    known.sent_at.is_some() || (known.due <= now && known.attempts < MAX_ATTEMPTS)
}

fn delivery(known: &Delivery) -> NoticeDelivery {
    let is_tried = known.sent_at.is_none() && known.attempts < MAX_ATTEMPTS;
    NoticeDelivery {
        attempts: known.attempts,
        delivered_at: known.sent_at.map(|at| at.to_string()),
        next_at: is_tried.then(|| known.due.to_string()),
        fault: known.fault.clone(),
    }
}

#[cfg(test)]
mod tests;
