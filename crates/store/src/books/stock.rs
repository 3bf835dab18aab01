//! Stock as rows: how many pieces, and a row for each holder, so that a hot item's level does not grow with its orders.

use std::collections::{BTreeMap, BTreeSet};

use checkout::stock::{Hold, StockChange};
use checkout::{Change, Holder, StockLevel, apply};
use commerce::VariantId;
use sqlx::{AnyConnection, Row};

use super::catalog::Offered;
use super::load::Loaded;
use super::names;
use crate::statement::{Insert, select_among};
use crate::{Engine, StoreError};

const STOCK: Insert = Insert {
    into: "books_stock (variant, on_hand, promised, fed)",
    columns: 4,
    conflict: "ON CONFLICT (variant) DO UPDATE SET on_hand = excluded.on_hand, promised = excluded.promised, \
               fed = excluded.fed",
};
const HOLD: Insert = Insert {
    into: "books_hold (variant, holder, quantity, until)",
    columns: 4,
    conflict: "ON CONFLICT (variant, holder) DO UPDATE SET quantity = excluded.quantity, until = excluded.until",
};

/// Reads levels: one by one what passes by itself and what the touched holders have, the rest as one number.
pub(super) async fn load(
    engine: Engine,
    connection: &mut AnyConnection,
    variants: &[VariantId],
    loaded: &mut Loaded,
) -> Result<(), StoreError> {
    let ids: Vec<String> = variants.iter().map(VariantId::to_string).collect();
    let select = ("SELECT variant, on_hand, promised, fed FROM books_stock WHERE variant", "");
    let mut promised = BTreeMap::new();
    for row in select_among(engine, connection, select, &ids).await? {
        let variant = variant(row.try_get(0)?)?;
        let level = StockLevel { on_hand: names::count(row.try_get(1)?), ..StockLevel::default() };
        promised.insert(variant.clone(), names::count(row.try_get(2)?));
        loaded.fed.insert(variant.clone(), row.try_get::<Option<i64>, _>(3)?.map(names::count));
        loaded.state.stock.insert(variant, level);
    }
    let columns = "SELECT variant, holder, quantity, until FROM books_hold WHERE";
    let passing = format!("{columns} until IS NOT NULL AND variant");
    let mut rows = select_among(engine, connection, (&passing, ""), &ids).await?;
    let holders: Vec<String> = loaded.touched.holders.iter().map(names::holder).collect();
    rows.extend(select_among(engine, connection, (&format!("{columns} holder"), ""), &holders).await?);
    for row in rows {
        let until: Option<i64> = row.try_get(3)?;
        let until = until.map(names::time).transpose()?;
        let hold = Hold { quantity: names::count(row.try_get(2)?), until };
        if let Some(level) = loaded.state.stock.get_mut(&variant(row.try_get(0)?)?) {
            level.held.insert(names::parse_holder(row.try_get(1)?)?, hold);
        }
    }
    for (variant, promised) in promised {
        if let Some(level) = loaded.state.stock.get_mut(&variant) {
            level.promised_elsewhere = promised.saturating_sub(level.promised());
        }
    }
    Ok(())
}

/// Takes over what the feed says anew; gives what that changes.
pub(super) fn adopt(loaded: &mut Loaded, offered: &BTreeMap<VariantId, Offered>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (variant, (_, given)) in offered {
        let last = loaded.fed.get(variant).copied().flatten();
        let level = loaded.state.stock.get(variant);
        if let Some(change) = StockLevel::adopt(level, last, *given) {
            let change = Change::Stock { variant: variant.clone(), change };
            apply(&mut loaded.state, &change);
            changes.push(change);
        }
        if given.is_some() && loaded.state.stock.contains_key(variant) {
            loaded.fed.insert(variant.clone(), *given);
        }
    }
    changes
}

/// Writes the levels of these variants, and of each the holders that changes name.
pub(super) async fn save(
    engine: Engine,
    connection: &mut AnyConnection,
    loaded: &Loaded,
    variants: &BTreeSet<VariantId>,
    changes: &[Change],
) -> Result<(), StoreError> {
    let levels: Vec<(&VariantId, &StockLevel)> =
        variants.iter().filter_map(|variant| loaded.state.stock.get_key_value(variant)).collect();
    STOCK
        .run(engine, connection, levels, |statement, (variant, level)| {
            let fed = loaded.fed.get(variant).copied().flatten();
            statement
                .bind(variant.to_string())
                .bind(i64::from(level.on_hand))
                .bind(i64::from(level.promised()))
                .bind(fed.map(i64::from))
        })
        .await?;
    let mut holds = Vec::new();
    for (variant, holder) in holders(changes) {
        match loaded.state.stock.get(variant).and_then(|level| level.held.get(holder)) {
            Some(hold) => holds.push((variant, holder, *hold)),
            None => drop_hold(connection, variant, holder).await?,
        }
    }
    HOLD.run(engine, connection, holds, |statement, (variant, holder, hold)| {
        statement
            .bind(variant.to_string())
            .bind(names::holder(holder))
            .bind(i64::from(hold.quantity))
            .bind(hold.until.map(names::micros))
    })
    .await?;
    Ok(())
}

async fn drop_hold(
    connection: &mut AnyConnection,
    variant: &VariantId,
    holder: &Holder,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM books_hold WHERE variant = $1 AND holder = $2")
        .bind(variant.to_string())
        .bind(names::holder(holder))
        .execute(connection)
        .await?;
    Ok(())
}

/// Whose holds changes are about, each once.
fn holders(changes: &[Change]) -> BTreeSet<(&VariantId, &Holder)> {
    fn holder(change: &Change) -> Option<(&VariantId, &Holder)> {
        match change {
            Change::Stock {
                variant,
                change:
                    StockChange::Held(holder, _) | StockChange::Released(holder) | StockChange::Taken(holder, _),
            } => Some((variant, holder)),
            _ => None,
        }
    }
    changes.iter().filter_map(holder).collect()
}

fn variant(text: &str) -> Result<VariantId, StoreError> {
    VariantId::parse(text).ok_or_else(|| StoreError::corrupt("a variant", text))
}
