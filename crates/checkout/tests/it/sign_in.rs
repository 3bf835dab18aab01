//! What a guest has ordered and waits for is in the account that they sign in to, once, and nothing else is.

use checkout::alert::AlertCommand;
use checkout::order::{Event, OrderCommand};
use checkout::shopper::ProfileCommand;
use checkout::*;

use crate::shop::{POLICY, Shop, shopper, usd, variant};

const WELCOME: &str = "
[[price_rule]]
id = \"welcome\"
title = \"Welcome\"
max_uses_per_shopper = 1
deduct = { percent = \"10%\" }
";

fn guest(name: &str) -> Actor {
    Actor::Guest { session: GuestId::parse(name).unwrap(), proof: None }
}

fn card() -> order::Tender {
    order::Tender::Token {
        method: MethodId::parse("tok").unwrap(),
        kind: MethodKind::Card,
        label: "card".to_owned(),
    }
}

fn take_over(shopper: &str, guest: &str) -> Command {
    let (shopper, guest) = (ShopperId::parse(shopper).unwrap(), GuestId::parse(guest).unwrap());
    Command::Profile(ProfileCommand::TakeOver { shopper, guest })
}

#[test]
fn orders_and_alerts_of_one_guest_come_along_once() {
    let mut shop = Shop::new();
    let tee = variant("Tee", "M");
    let own = shop.place(&guest("g"), "1", &[(tee.clone(), 1)], card()).unwrap();
    let foreign = shop.place(&guest("h"), "2", &[(tee.clone(), 1)], card()).unwrap();
    shop.settle();
    let alert = AlertId::parse("a").unwrap();
    let set = AlertCommand::Set { variant: tee, at_or_below: usd(900) };
    shop.run(&guest("g"), Command::Alert { alert: alert.clone(), command: set }).unwrap();
    assert_eq!(shop.refused(&shopper("ann"), take_over("ann", "g")), "staff_only");
    assert_eq!(shop.refused(&Actor::System, take_over("nobody", "g")), "shopper_not_found");
    let lines = shop.run(&Actor::System, take_over("ann", "g")).unwrap();
    insta::assert_snapshot!(lines.join("\n"), @"
    Order 1 is in your account now.
    The price alert on Tee (M) is in your account now.
    ");
    let ann = Owner::Shopper(ShopperId::parse("ann").unwrap());
    assert_eq!((&shop.order(&own).owner, &shop.state.alerts[&alert].owner), (&ann, &ann));
    assert_eq!(shop.order(&own).count(Event::TakenOver), 1);
    assert_eq!(shop.order(&foreign).owner, Owner::Guest(GuestId::parse("h").unwrap()));
    assert_eq!(shop.run(&Actor::System, take_over("ann", "g")).unwrap(), Vec::<String>::new(), "once");
    let cancel = Command::Order {
        order: own.clone(),
        command: OrderCommand::Cancel { reason: None, also: Vec::new() },
    };
    assert_eq!(shop.refused(&guest("g"), cancel.clone()), "order_not_found");
    shop.run(&shopper("ann"), cancel).unwrap();
    shop.settle();
}

#[test]
fn what_a_guest_has_used_of_a_rule_counts_in_the_account() {
    let mut shop = Shop::with_policy(&format!("{POLICY}{WELCOME}"));
    let (ann, tee) = (shopper("ann"), variant("Tee", "M"));
    let order = shop.place(&guest("g"), "1", &[(tee.clone(), 1)], card()).unwrap();
    shop.settle();
    assert_eq!(shop.order(&order).limited_rules, ["welcome"]);
    shop.run(&Actor::System, take_over("ann", "g")).unwrap();
    let second = shop.place(&ann, "2", &[(tee.clone(), 1)], card()).unwrap();
    shop.settle();
    assert!(shop.order(&second).limited_rules.is_empty(), "it was used once already");
    let cancel = |order: &OrderId| Command::Order {
        order: order.clone(),
        command: OrderCommand::Cancel { reason: None, also: Vec::new() },
    };
    shop.run(&ann, cancel(&order)).unwrap();
    shop.settle();
    let third = shop.place(&ann, "3", &[(tee, 1)], card()).unwrap();
    assert_eq!(shop.order(&third).limited_rules, ["welcome"], "a use that was given back is there again");
}
