//! Removes what a feed that is the whole truth does not name.

use super::{Import, ImportSummary};
use crate::StoreError;

impl Import {
    /// Removes every record that this import has not seen.
    pub(super) async fn remove_untouched(&mut self, summary: &mut ImportSummary) -> Result<(), StoreError> {
        summary.reviews.removed = self.remove_entries("review", &untouched("review")).await?;
        summary.questions.removed = self.remove_entries("question", &untouched("question")).await?;
        summary.documents.removed = self.remove_documents().await?;
        summary.products.removed = self.remove_products().await?;
        Ok(())
    }

    /// Removes the reviews or questions for which the condition holds, and says how many they were.
    pub(super) async fn remove_entries(&mut self, table: &str, gone: &str) -> Result<u64, StoreError> {
        self.mark(&format!("SELECT product_key FROM {table} WHERE product_key IS NOT NULL AND {gone}"))
            .await?;
        self.delete(&format!("product_reference WHERE subject IN (SELECT id FROM {table} WHERE {gone})"))
            .await?;
        self.delete(&format!("{table} WHERE {gone}")).await
    }

    async fn remove_documents(&mut self) -> Result<u64, StoreError> {
        let gone = untouched("document");
        let ids = format!("SELECT id FROM document WHERE {gone}");
        self.mark(&format!("SELECT product_key FROM document_product WHERE document_id IN ({ids})")).await?;
        self.delete(&format!("product_reference WHERE subject IN ({ids})")).await?;
        self.delete(&format!("document_product WHERE document_id IN ({ids})")).await?;
        self.delete(&format!("document WHERE {gone}")).await
    }

    /// What was said of a removed product stays while the feed names it, and waits for the product to return.
    async fn remove_products(&mut self) -> Result<u64, StoreError> {
        let gone = untouched("product");
        let keys = format!("SELECT key FROM product WHERE {gone}");
        self.run(format!(
            "INSERT INTO removal (generation, product_id) SELECT CAST($1 AS BIGINT), id FROM product WHERE {gone}"
        ))
        .await?;
        for table in ["variant", "product_name", "document_product"] {
            self.delete(&format!("{table} WHERE product_key IN ({keys})")).await?;
        }
        for table in ["review", "question"] {
            self.run(format!(
                "UPDATE {table} SET product_key = NULL, generation = $1 WHERE product_key IN ({keys})"
            ))
            .await?;
        }
        self.delete(&format!("product WHERE {gone}")).await
    }

    /// Marks listings as changed.
    async fn mark(&mut self, product_keys: &str) -> Result<u64, StoreError> {
        self.run(format!("UPDATE product SET generation = $1 WHERE key IN ({product_keys})")).await
    }

    pub(super) async fn delete(&mut self, from: &str) -> Result<u64, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!("DELETE FROM {from}"));
        Ok(sqlx::query(sql).execute(&mut *self.transaction).await?.rows_affected())
    }
}

/// The condition that this import has not seen a row of the table.
fn untouched(table: &str) -> String {
    format!("NOT EXISTS (SELECT 1 FROM touched WHERE touched.id = {table}.id)")
}
