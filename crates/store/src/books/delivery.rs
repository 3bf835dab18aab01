//! What a courier has tried to deliver: when, how often, and what stood in the way. A try is taken by one process alone, and what
//! was delivered is tried no more.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::notice::{NOTICES, Notice, notice};
use super::{Books, names};
use crate::StoreError;
use crate::statement::select_among;

const COLUMNS: &str = "SELECT id, attempts, due, sent_at, fault FROM books_delivery";

/// How far a delivery is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The name of the notice.
    pub id: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again.
    pub due: Timestamp,
    /// When it was taken.
    pub sent_at: Option<Timestamp>,
    /// What stood in the way last; empty where nothing did.
    pub fault: String,
}

impl Books {
    /// Notices that may be tried now, oldest first, at most so many; what was tried so often already is not among them.
    pub async fn notices_due(
        &self,
        now: Timestamp,
        (most, limit): (u32, u32),
    ) -> Result<Vec<Notice>, StoreError> {
        let sql = format!(
            "{NOTICES} LEFT JOIN books_delivery ON books_delivery.id = books_notice.id WHERE unsent = 1 \
             AND (books_delivery.id IS NULL OR (sent_at IS NULL AND due <= $1 AND attempts < $2)) \
             ORDER BY books_notice.at, books_notice.id LIMIT $3"
        );
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(names::micros(now));
        let rows = query.bind(i64::from(most)).bind(i64::from(limit)).fetch_all(&self.readers).await?;
        rows.iter().map(notice).collect()
    }

    /// Takes one try, which nobody else may make before `until`; the number of the try, or `None` where it is not due, was
    /// delivered, or was tried so often already.
    pub async fn claim_delivery(
        &self,
        id: &str,
        (now, until): (Timestamp, Timestamp),
        most: u32,
    ) -> Result<Option<u32>, StoreError> {
        let sql = "INSERT INTO books_delivery (id, attempts, due, sent_at, fault) VALUES ($1, 1, $2, NULL, '') \
                   ON CONFLICT (id) DO UPDATE SET attempts = books_delivery.attempts + 1, due = excluded.due \
                   WHERE books_delivery.sent_at IS NULL AND books_delivery.due <= $3 \
                   AND books_delivery.attempts < $4 RETURNING attempts";
        let query = sqlx::query(sql).bind(id.to_owned()).bind(names::micros(until)).bind(names::micros(now));
        let row = query.bind(i64::from(most)).fetch_optional(&self.writer).await?;
        row.map(|row| Ok(names::count(row.try_get(0)?))).transpose()
    }

    /// Notes that a notice was taken, and that no courier has to be found for it any more.
    pub async fn delivered(&self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        sqlx::query("UPDATE books_delivery SET sent_at = $1, fault = '' WHERE id = $2 AND sent_at IS NULL")
            .bind(names::micros(now))
            .bind(id.to_owned())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("UPDATE books_notice SET unsent = 0 WHERE id = $1")
            .bind(id.to_owned())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Notes what stood in the way of a try, and when the next one is.
    pub async fn not_delivered(&self, id: &str, due: Timestamp, fault: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE books_delivery SET due = $1, fault = $2 WHERE id = $3 AND sent_at IS NULL")
            .bind(names::micros(due))
            .bind(fault.to_owned())
            .bind(id.to_owned())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// How far the deliveries of these notices are; what was never tried is not among them.
    pub async fn deliveries(&self, ids: &[String]) -> Result<Vec<Delivery>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let before = format!("{COLUMNS} WHERE id");
        let rows = select_among(self.engine, &mut connection, (&before, ""), ids).await?;
        rows.iter().map(read).collect()
    }

    /// What was delivered, newest first, at most so many.
    pub async fn delivered_last(&self, limit: u32) -> Result<Vec<Delivery>, StoreError> {
        let sql = format!("{COLUMNS} WHERE sent_at IS NOT NULL ORDER BY sent_at DESC, id LIMIT $1");
        let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(i64::from(limit));
        query.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// The notices of these names, as far as there are any.
    pub async fn notices_of(&self, ids: &[String]) -> Result<Vec<Notice>, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let before = format!("{NOTICES} WHERE books_notice.id");
        let rows = select_among(self.engine, &mut connection, (&before, ""), ids).await?;
        rows.iter().map(notice).collect()
    }
}

fn read(row: &AnyRow) -> Result<Delivery, StoreError> {
    let sent_at: Option<i64> = row.try_get(3)?;
    Ok(Delivery {
        id: row.try_get(0)?,
        attempts: names::count(row.try_get(1)?),
        due: names::time(row.try_get(2)?)?,
        sent_at: sent_at.map(names::time).transpose()?,
        fault: row.try_get(4)?,
    })
}
