//! Taking over records that were kept elsewhere: accounts, and orders of an older system.

use checkout::stock::StockChange;
use checkout::{Change, State, StockLevel, Touched};

use super::load::Loaded;
use super::save::Saver;
use super::{Books, payment, stock};
use crate::StoreError;

impl Books {
    /// Lays all records of a state over those of the same ids, in one transaction. They come from elsewhere, so the ledger
    /// says nothing of them; items are the catalog's, and keys and uses of price rules are not taken over.
    pub async fn put(&self, state: &State) -> Result<(), StoreError> {
        let names = Touched {
            carts: state.carts.keys().cloned().collect(),
            orders: state.orders.keys().cloned().collect(),
            returns: state.returns.keys().cloned().collect(),
            shoppers: state.shoppers.keys().cloned().collect(),
            alerts: state.alerts.keys().cloned().collect(),
            mandates: state.mandates.keys().cloned().collect(),
            prices: state.prices.keys().cloned().collect(),
            variants: state.stock.keys().cloned().collect(),
            ..Touched::default()
        };
        let held = |(variant, level): (&commerce::VariantId, &StockLevel)| -> Vec<Change> {
            let change = |(holder, hold): (&checkout::Holder, &checkout::stock::Hold)| Change::Stock {
                variant: variant.clone(),
                change: StockChange::Held(holder.clone(), *hold),
            };
            level.held.iter().map(change).collect()
        };
        let holds: Vec<Change> = state.stock.iter().flat_map(held).collect();
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        Saver { engine: self.engine, connection: &mut transaction, state }.records(&names).await?;
        payment::queue(&mut transaction, state, &names.orders).await?;
        let loaded = Loaded { state: state.clone(), ..Loaded::default() };
        stock::save(self.engine, &mut transaction, &loaded, &names.variants, &holds).await?;
        transaction.commit().await?;
        Ok(())
    }
}
