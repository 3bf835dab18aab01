use checkout::alert::{AlertCommand, AlertStatus};
use checkout::mandate::{MandateCommand, MandateTerms, Signature, canonical_bytes, due};
use checkout::price_history::PriceCommand;
use checkout::*;
use ed25519_dalek::{Signer, SigningKey};
use jiff::SignedDuration;

use crate::shop::{Shop, order_id, shopper, usd, variant};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn terms(shop: &Shop) -> MandateTerms {
    MandateTerms {
        shopper: ShopperId::parse("ann").unwrap(),
        variant: variant("Tee", "M"),
        quantity: 2,
        unit_cap: usd(1500),
        total_cap: usd(4000),
        pay_with: MethodId::parse("card").unwrap(),
        shipping: Some("standard".to_owned()),
        valid_until: shop.now + SignedDuration::from_hours(24 * 30),
        as_order: None,
    }
}

fn signed(terms: &MandateTerms, key: &SigningKey) -> Signature {
    let signature = key.sign(&canonical_bytes(terms)).to_bytes();
    Signature { key: hex(key.verifying_key().as_bytes()), signature: hex(&signature) }
}

fn on(command: MandateCommand) -> Command {
    Command::Mandate { mandate: MandateId::parse("m").unwrap(), command }
}

fn shop_with_key() -> (Shop, SigningKey) {
    let mut shop = Shop::new();
    let key = SigningKey::from_bytes(&[7; 32]);
    let ann = shop.state.shoppers.get_mut(&ShopperId::parse("ann").unwrap()).unwrap();
    ann.mandate_keys.push(hex(key.verifying_key().as_bytes()));
    (shop, key)
}

fn price(shop: &mut Shop, minor: i64) {
    shop.state.items.get_mut(&variant("Tee", "M")).unwrap().price = Some(usd(minor));
    let seen = PriceCommand::Seen { variant: variant("Tee", "M"), price: usd(minor) };
    shop.run(&Actor::System, Command::Price(seen)).unwrap();
}

#[test]
fn a_mandate_buys_once_at_its_price_within_its_caps() {
    let (mut shop, key) = shop_with_key();
    let terms = terms(&shop);
    let signature = signed(&terms, &key);
    shop.run(&shopper("ann"), on(MandateCommand::Sign { terms, signature })).unwrap();
    assert!(due(&shop.state, &shop.policy, shop.now).is_empty());
    let act = |order: &str| on(MandateCommand::Act { order: order_id(order) });
    assert_eq!(shop.refused(&Actor::System, act("1")), "above_cap");
    price(&mut shop, 1400);
    assert_eq!(due(&shop.state, &shop.policy, shop.now).len(), 1);
    assert_eq!(shop.refused(&shopper("ann"), act("1")), "staff_only");
    shop.run(&Actor::System, act("1")).unwrap();
    assert_eq!(shop.refused(&Actor::System, act("2")), "mandate_acted");
    assert_eq!(shop.refused(&shopper("ann"), on(MandateCommand::Revoke)), "mandate_acted");
    assert_eq!(shop.state.orders.len(), 1);
    assert!(due(&shop.state, &shop.policy, shop.now).is_empty());
}

#[test]
fn a_mandate_can_be_taken_back_until_it_acts_and_runs_out() {
    let (mut shop, key) = shop_with_key();
    let sign = |shop: &mut Shop, name: &str| {
        let terms = terms(shop);
        let signature = signed(&terms, &key);
        let mandate = MandateId::parse(name).unwrap();
        shop.run(
            &shopper("ann"),
            Command::Mandate { mandate, command: MandateCommand::Sign { terms, signature } },
        )
    };
    sign(&mut shop, "m").unwrap();
    assert_eq!(shop.refused(&shopper("bob"), on(MandateCommand::Revoke)), "mandate_not_found");
    shop.run(&shopper("ann"), on(MandateCommand::Revoke)).unwrap();
    price(&mut shop, 1000);
    let act = |name: &str| Command::Mandate {
        mandate: MandateId::parse(name).unwrap(),
        command: MandateCommand::Act { order: order_id("1") },
    };
    assert_eq!(shop.refused(&Actor::System, act("m")), "mandate_revoked");
    sign(&mut shop, "late").unwrap();
    shop.wait(31 * 24 * 60);
    assert_eq!(shop.refused(&Actor::System, act("late")), "mandate_expired");
}

#[test]
fn only_the_shoppers_own_signature_under_these_very_terms_counts() {
    let (mut shop, key) = shop_with_key();
    let terms = terms(&shop);
    let good = signed(&terms, &key);
    let other = SigningKey::from_bytes(&[8; 32]);
    let dearer = MandateTerms { total_cap: usd(40_000), ..terms.clone() };
    let mut code = |terms: &MandateTerms, signature: Signature| {
        shop.refused(&shopper("ann"), on(MandateCommand::Sign { terms: terms.clone(), signature }))
    };
    assert_eq!(code(&terms, signed(&terms, &other)), "signature_invalid");
    assert_eq!(code(&dearer, good.clone()), "signature_invalid");
    assert_eq!(code(&terms, Signature { signature: "zz".to_owned(), ..good }), "signature_invalid");
    let large = MandateTerms { total_cap: usd(60_000), ..terms.clone() };
    assert_eq!(code(&large, signed(&large, &key)), "mandate_too_large");
    let many = MandateTerms { quantity: 4, ..terms.clone() };
    assert_eq!(code(&many, signed(&many, &key)), "mandate_quantity");
    let long = MandateTerms { valid_until: terms.valid_until + SignedDuration::from_hours(24 * 90), ..terms };
    assert_eq!(code(&long, signed(&long, &key)), "mandate_too_long");
}

#[test]
fn an_alert_goes_off_once_when_its_price_is_there() {
    let mut shop = Shop::new();
    let set = |minor| AlertCommand::Set { variant: variant("Tee", "M"), at_or_below: usd(minor) };
    let alert = AlertId::parse("a").unwrap();
    let on = |command| Command::Alert { alert: alert.clone(), command };
    assert_eq!(shop.refused(&shopper("ann"), on(set(2099))), "already_cheaper");
    shop.run(&shopper("ann"), on(set(1800))).unwrap();
    price(&mut shop, 1801);
    assert_eq!(shop.state.alerts[&alert].status, AlertStatus::Waiting);
    price(&mut shop, 1750);
    let fired = shop.state.alerts[&alert].status;
    assert!(matches!(fired, AlertStatus::Fired { price, .. } if price == usd(1750)));
    price(&mut shop, 1600);
    assert_eq!(shop.state.alerts[&alert].status, fired);
    assert_eq!(shop.refused(&shopper("bob"), on(AlertCommand::Drop)), "alert_not_found");
    let history = &shop.state.prices[&variant("Tee", "M")];
    assert_eq!(history.points().len(), 3);
    assert_eq!(history.lowest_since(shop.now).map(|point| point.price), Some(usd(1600)));
}
