//! Connects reviews, questions and documents with the products that they name, in the engine, for all at once.

use sqlx::AssertSqlSafe;

use super::Import;
use crate::StoreError;

/// A maker's part number counts where it names one product only.
const CERTAIN: &str = "(wanted.is_part_number = 0 OR NOT EXISTS (SELECT 1 FROM product_name AS other \
                       WHERE other.hash = found.hash AND other.product_key <> found.product_key))";

impl Import {
    /// Finds the products of all records that have none yet, and says how many were found.
    pub(super) async fn resolve_references(&mut self) -> Result<u64, StoreError> {
        let mut resolved = 0;
        for table in ["review", "question"] {
            let named = format!(
                "product_reference AS wanted JOIN product_name AS found ON found.hash = wanted.hash AND {CERTAIN} \
                 WHERE wanted.subject = {table}.id"
            );
            resolved += self
                .run(format!(
                    "UPDATE {table} SET generation = $1, product_key = \
                     (SELECT found.product_key FROM {named} ORDER BY wanted.place, found.product_key LIMIT 1) \
                     WHERE product_key IS NULL AND EXISTS (SELECT 1 FROM {named})"
                ))
                .await?;
        }
        resolved += self
            .run(format!(
                "INSERT INTO document_product (product_key, document_id, generation) \
                 SELECT DISTINCT found.product_key, document.id, CAST($1 AS BIGINT) FROM document \
                 JOIN product_reference AS wanted ON wanted.subject = document.id \
                 JOIN product_name AS found ON found.hash = wanted.hash AND {CERTAIN} \
                 WHERE NOT EXISTS (SELECT 1 FROM document_product AS link \
                 WHERE link.product_key = found.product_key AND link.document_id = document.id)"
            ))
            .await?;
        Ok(resolved)
    }

    /// Marks the listings of products about which something was said or newly found.
    pub(super) async fn mark_listings(&mut self) -> Result<(), StoreError> {
        for table in ["review", "question", "document_product"] {
            self.run(format!(
                "UPDATE product SET generation = $1 WHERE generation <> $1 AND key IN \
                 (SELECT product_key FROM {table} WHERE generation = $1 AND product_key IS NOT NULL)"
            ))
            .await?;
        }
        Ok(())
    }

    /// Runs one statement whose only parameter is the generation that the import leads to.
    pub(super) async fn run(&mut self, sql: String) -> Result<u64, StoreError> {
        let done =
            sqlx::query(AssertSqlSafe(sql)).bind(self.generation).execute(&mut *self.transaction).await?;
        Ok(done.rows_affected())
    }
}
