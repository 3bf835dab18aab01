//! Keeping others from what a request touches.

use std::collections::BTreeSet;

use checkout::{Owner, Touched};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Executor};

/// The most locks that one statement takes.
const MAX_LOCKS: usize = 256;

/// Locks everything of these names until the transaction ends, whether it exists yet or not. These are advisory locks of
/// PostgreSQL, taken in the order of their numbers by everybody, so that nobody waits in a circle. SQLite needs none: it has
/// one writer.
pub(super) async fn lock(connection: &mut AnyConnection, touched: &Touched) -> sqlx::Result<()> {
    let numbers: Vec<i64> =
        names(touched).iter().map(|name| number(name)).collect::<BTreeSet<_>>().into_iter().collect();
    for numbers in numbers.chunks(MAX_LOCKS) {
        // A select list is worked out from left to right.
        let calls: Vec<String> =
            numbers.iter().map(|number| format!("pg_advisory_xact_lock({number})")).collect();
        connection.execute(AssertSqlSafe(format!("SELECT {}", calls.join(", ")))).await?;
    }
    Ok(())
}

/// What has a name of its own, and what a collection is locked by: returns by their order, alerts by their owner and by
/// their variant.
fn names(touched: &Touched) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    names.extend(touched.keys.iter().map(|id| format!("key {id}")));
    names.extend(touched.carts.iter().map(|id| format!("cart {id}")));
    names.extend(touched.orders.iter().chain(&touched.returns_of).map(|id| format!("order {id}")));
    names.extend(touched.returns.iter().map(|id| format!("return {id}")));
    names.extend(touched.shoppers.iter().map(|id| format!("shopper {id}")));
    names.extend(touched.alerts_of.iter().map(|owner| match owner {
        Owner::Shopper(id) => format!("shopper {id}"),
        Owner::Guest(id) => format!("guest {id}"),
    }));
    names.extend(touched.alerts.iter().map(|id| format!("alert {id}")));
    names.extend(touched.mandates.iter().map(|id| format!("mandate {id}")));
    let variants = touched.variants.iter().chain(&touched.prices).chain(&touched.alerts_on);
    names.extend(variants.map(|id| format!("variant {id}")));
    names.extend(touched.rule_uses.iter().map(|(rule, _)| format!("rule {rule}")));
    names
}

fn number(name: &str) -> i64 {
    let digest = Sha256::digest(format!("russet books {name}"));
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    i64::from_le_bytes(bytes)
}
