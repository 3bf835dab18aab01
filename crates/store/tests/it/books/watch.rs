//! Price alerts and standing orders: once, whoever looks, and however often.

use checkout::alert::{AlertCommand, AlertStatus};
use checkout::mandate::{MandateCommand, MandateTerms, Signature, canonical_bytes};
use checkout::{AlertId, Command, MandateId, MethodId, Refusal, ShopperId, State};
use ed25519_dalek::{Signer, SigningKey};
use jiff::SignedDuration;
use store::Watched;
use testkit::fixtures;

use super::shop::{Shop, account, shopper, variant};
use crate::engine::Place;
use crate::on_every_engine;

on_every_engine!(
    an_alert_goes_off_once_on_however_many_nodes,
    an_alert_at_a_price_that_was_seen_before_goes_off,
    a_standing_order_buys_once_on_however_many_nodes,
);

/// How many nodes look at the same moment.
const NODES: usize = 6;

async fn look(shop: &Shop) -> anyhow::Result<Watched> {
    Ok(shop.books.watch_prices(&shop.policy, shop.now, (None, 100)).await?)
}

async fn look_at_once(shop: &Shop) -> anyhow::Result<()> {
    let looks = (0..NODES).map(|_| look(shop));
    futures::future::try_join_all(looks).await?;
    Ok(())
}

async fn set(shop: &mut Shop, alert: &str, price: &str) -> anyhow::Result<AlertId> {
    let alert = AlertId::parse(alert).unwrap();
    let command = AlertCommand::Set { variant: variant("MUG"), at_or_below: fixtures::price(price) };
    shop.run(&shopper("ann"), Command::Alert { alert: alert.clone(), command }).await?;
    Ok(alert)
}

async fn an_alert_goes_off_once_on_however_many_nodes(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    assert_eq!(look(&shop).await?, Watched::default(), "nobody waits for anything");
    let alert = set(&mut shop, "a", "10.00 USD").await?;
    let first = look(&shop).await?;
    assert_eq!((first.prices, first.alerts.len()), (1, 0));
    shop.price("MUG", "9.50 USD").await?;
    look_at_once(&shop).await?;
    let kept = shop.books.everything().await?;
    assert!(
        matches!(kept.alerts[&alert].status, AlertStatus::Fired { price, .. } if price.amount_minor == 950)
    );
    assert_eq!(kept.prices[&variant("MUG")].points().len(), 2);
    shop.price("MUG", "8.00 USD").await?;
    let later = look(&shop).await?;
    assert_eq!((later.prices, later.alerts), (1, vec![]));
    assert_eq!(look(&shop).await?, Watched::default(), "nothing is new");
    shop.check_ledger().await
}

async fn an_alert_at_a_price_that_was_seen_before_goes_off(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    set(&mut shop, "first", "10.00 USD").await?;
    shop.price("MUG", "9.00 USD").await?;
    assert_eq!(look(&shop).await?.alerts.len(), 1);
    // Between two looks it is dearer, somebody waits for it, and it is back.
    shop.price("MUG", "12.00 USD").await?;
    let second = set(&mut shop, "second", "9.00 USD").await?;
    shop.price("MUG", "9.00 USD").await?;
    let seen = look(&shop).await?;
    assert_eq!((seen.prices, seen.alerts), (0, vec![second]));
    shop.check_ledger().await
}

async fn a_standing_order_buys_once_on_however_many_nodes(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut ann = account("ann");
    ann.mandate_keys.push(hex(key.verifying_key().as_bytes()));
    let changed = State { shoppers: [(ann.id.clone(), ann)].into(), ..State::default() };
    shop.books.put(&changed).await?;
    shop.before.shoppers.extend(changed.shoppers);
    let mandate = sign(&mut shop, &key, "30.00 USD").await?;
    assert_eq!(look(&shop).await?.orders, []);
    shop.price("TEE-M", "15.00 USD").await?;
    look_at_once(&shop).await?;
    look_at_once(&shop).await?;
    let kept = shop.books.everything().await?;
    assert_eq!(kept.orders.len(), 1);
    assert!(matches!(&kept.mandates[&mandate].status, checkout::mandate::MandateStatus::Acted { .. }));
    assert_eq!(shop.books.take_payments(shop.now, shop.now, 10).await?.len(), 1);
    // One whose cap in all is too low stays, and says why.
    let dear = sign(&mut shop, &key, "16.00 USD").await?;
    let seen = look(&shop).await?;
    assert!(matches!(&seen.refused[..], [(id, Refusal::AboveCap { .. })] if *id == dear), "{seen:?}");
    // Once its time is over it is ended, once, and that is news.
    shop.now += SignedDuration::from_hours(25);
    assert_eq!(look(&shop).await?.run_out, [dear]);
    assert_eq!(look(&shop).await?.run_out, []);
    assert_eq!(shop.books.notices(10).await?.len(), 2);
    shop.check_ledger().await
}

async fn sign(shop: &mut Shop, key: &SigningKey, total_cap: &str) -> anyhow::Result<MandateId> {
    let terms = MandateTerms {
        shopper: ShopperId::parse("ann").unwrap(),
        variant: variant("TEE-M"),
        quantity: 2,
        unit_cap: fixtures::price("15.00 USD"),
        total_cap: fixtures::price(total_cap),
        pay_with: MethodId::parse("card").unwrap(),
        shipping: None,
        valid_until: shop.now + SignedDuration::from_hours(24),
        as_order: None,
    };
    let signature = Signature {
        key: hex(key.verifying_key().as_bytes()),
        signature: hex(&key.sign(&canonical_bytes(&terms)).to_bytes()),
    };
    let mandate = MandateId::parse(&format!("mandate {total_cap}")).unwrap();
    let command = MandateCommand::Sign { terms, signature };
    shop.run(&shopper("ann"), Command::Mandate { mandate: mandate.clone(), command }).await?;
    Ok(mandate)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
