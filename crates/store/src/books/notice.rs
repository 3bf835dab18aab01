//! News for people who are away: an outbox for whoever mails them, and whether a conversation has something to tell. A row is
//! written with what it tells of, in one transaction.

use checkout::alert::AlertStatus;
use checkout::mandate::MandateStatus;
use checkout::{Alert, AlertId, Mandate, MandateId, Owner, State};
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use super::{Books, names};
use crate::statement::{Insert, execute_among};
use crate::{Engine, StoreError};

const NOTICE: Insert = Insert {
    into: "books_notice (id, owner, kind, at, untold, unsent)",
    columns: 6,
    conflict: "ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, untold = excluded.untold",
};

/// Notices with what they tell of, as [`notice`] reads them.
pub(super) const NOTICES: &str = "SELECT books_notice.id, books_notice.owner, books_notice.at, books_alert.doc, \
                                  books_mandate.doc FROM books_notice \
                                  LEFT JOIN books_alert ON books_alert.id = books_notice.id \
                                  LEFT JOIN books_mandate ON books_mandate.id = books_notice.id";

/// Something that its owner should hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The id of the alert or the standing order: it is news once.
    pub id: String,
    /// Whose.
    pub owner: Owner,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub news: News,
}

/// What can be news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A price alert went off.
    Alert(Alert),
    /// A standing order bought, or its time is over.
    Mandate(Mandate),
}

impl Books {
    /// Whether there is something that an owner was not told.
    pub async fn has_news(&self, owner: &Owner) -> Result<bool, StoreError> {
        let sql = "SELECT id FROM books_notice WHERE owner = $1 AND untold = 1 LIMIT 1";
        let row = sqlx::query(sql).bind(names::owner(owner)).fetch_optional(&self.readers).await?;
        Ok(row.is_some())
    }

    /// What no courier has taken yet, oldest first, at most so many.
    pub async fn notices(&self, limit: u32) -> Result<Vec<Notice>, StoreError> {
        let sql = format!("{NOTICES} WHERE unsent = 1 ORDER BY books_notice.at, books_notice.id LIMIT $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(i64::from(limit));
        let rows = query.fetch_all(&self.readers).await?;
        rows.iter().map(notice).collect()
    }

    /// Notes that a courier has taken these.
    pub async fn notices_sent(&self, ids: &[String]) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        let update = "UPDATE books_notice SET unsent = 0 WHERE id";
        execute_among(self.engine, &mut transaction, update, ids).await?;
        Ok(transaction.commit().await?)
    }
}

/// Writes what has become news among these.
pub(super) async fn save<'a>(
    engine: Engine,
    connection: &mut AnyConnection,
    state: &State,
    alerts: impl Iterator<Item = &'a AlertId>,
    mandates: impl Iterator<Item = &'a MandateId>,
) -> Result<(), StoreError> {
    let mut rows: Vec<(String, String, &str, i64, bool)> = Vec::new();
    for (id, alert) in alerts.filter_map(|id| state.alerts.get_key_value(id)) {
        if let AlertStatus::Fired { at, .. } = alert.status {
            rows.push((
                id.to_string(),
                names::owner(&alert.owner),
                "alert",
                names::micros(at),
                alert.is_news(),
            ));
        }
    }
    for (id, mandate) in mandates.filter_map(|id| state.mandates.get_key_value(id)) {
        let at = match &mandate.status {
            MandateStatus::Acted { order } => state.orders.get(order).and_then(|order| order.placed_at),
            MandateStatus::RanOut => Some(mandate.terms.valid_until),
            MandateStatus::Waiting | MandateStatus::Revoked => continue,
        };
        let at = at.map_or(0, names::micros);
        let owner = names::owner(&Owner::Shopper(mandate.terms.shopper.clone()));
        rows.push((id.to_string(), owner, "mandate", at, mandate.is_news()));
    }
    NOTICE
        .run(engine, connection, rows, |row, (id, owner, kind, at, is_news)| {
            row.bind(id).bind(owner).bind(kind.to_owned()).bind(at).bind(i64::from(is_news)).bind(1_i64)
        })
        .await?;
    Ok(())
}

pub(super) fn notice(row: &sqlx::any::AnyRow) -> Result<Notice, StoreError> {
    let (id, owner): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let (alert, mandate): (Option<String>, Option<String>) = (row.try_get(3)?, row.try_get(4)?);
    let corrupt = |error: serde_json::Error| StoreError::corrupt("a notice", error);
    let news = match (alert, mandate) {
        (Some(alert), _) => News::Alert(serde_json::from_str(&alert).map_err(corrupt)?),
        (None, Some(mandate)) => News::Mandate(serde_json::from_str(&mandate).map_err(corrupt)?),
        (None, None) => return Err(StoreError::corrupt("a notice of nothing", &id)),
    };
    Ok(Notice { owner: names::parse_owner(&owner)?, at: names::time(row.try_get(2)?)?, news, id })
}
