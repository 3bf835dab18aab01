use checkout::order::OrderCommand;
use checkout::query::{Query, answer};
use checkout::*;

use crate::shop::{Shop, order_id, saved, shopper, variant};

fn guest(session: &str, proof: Option<(&str, PersonProof)>) -> Actor {
    let proof = proof.map(|(order, who)| OrderProof { order: order_id(order), who });
    Actor::Guest { session: GuestId::parse(session).unwrap(), proof }
}

fn by_name(name: &str, postcode: &str) -> PersonProof {
    PersonProof::NameAndPostcode { name: name.to_owned(), postcode: postcode.to_owned() }
}

#[test]
fn a_guest_sees_an_order_from_elsewhere_with_what_only_they_know() {
    let mut shop = Shop::new();
    let here = guest("here", None);
    let token = order::Tender::Token {
        method: MethodId::parse("tok_1").unwrap(),
        kind: MethodKind::Card,
        label: "Visa ending in 9999".to_owned(),
    };
    let order = shop.place(&here, "G1", &[(variant("Tee", "M"), 1)], token).unwrap();
    shop.settle();
    let code = |actor: &Actor| {
        let seen = answer(&shop.state, &shop.policy, actor, shop.now, &Query::Order(order.clone()));
        seen.map_or_else(|refusal| refusal.code(), |_| "seen")
    };
    assert_eq!(code(&here), "seen");
    assert_eq!(code(&guest("there", Some(("G1", PersonProof::Email("GUS@example.com".to_owned()))))), "seen");
    assert_eq!(code(&guest("there", Some(("G1", by_name("gús  guest", "627 01"))))), "seen");
    assert_eq!(code(&guest("there", None)), "order_not_found");
    assert_eq!(code(&guest("there", Some(("G2", by_name("Gus Guest", "62701"))))), "order_not_found");
    assert_eq!(code(&guest("there", Some(("G1", by_name("Gus Guest", "62702"))))), "order_not_found");
    assert_eq!(code(&guest("there", Some(("G1", PersonProof::Email(String::new()))))), "order_not_found");
    assert_eq!(code(&shopper("ann")), "order_not_found");
    let cancel = Command::Order {
        order: order.clone(),
        command: OrderCommand::Cancel { reason: None, also: Vec::new() },
    };
    shop.run(&guest("there", Some(("G1", by_name("Gus Guest", "62701")))), cancel).unwrap();
    shop.settle();
    assert_eq!(shop.order(&order).refunded_minor(), shop.order(&order).captured_minor());
}

#[test]
fn unknown_and_foreign_things_are_refused_in_the_same_words() {
    let mut shop = Shop::new();
    shop.place(&shopper("ann"), "A1", &[(variant("Tee", "M"), 1)], saved("card")).unwrap();
    let said = |shop: &Shop, number: &str| {
        let query = Query::Order(order_id(number));
        let refusal = answer(&shop.state, &shop.policy, &shopper("bob"), shop.now, &query).unwrap_err();
        refusal.to_string().replace(number, "N")
    };
    assert_eq!(said(&shop, "A1"), said(&shop, "A2"));
    let cart = CartId::parse("cart of A1").unwrap();
    let foreign =
        answer(&shop.state, &shop.policy, &shopper("bob"), shop.now, &Query::Cart(cart)).unwrap_err();
    assert_eq!(foreign, Refusal::CartNotFound);
}

#[test]
fn two_people_of_the_same_details_are_neither() {
    let mut shop = Shop::new();
    let ann = PersonProof::Email("Ann@Example.com".to_owned());
    assert_eq!(identify(&shop.state, &shop.policy, &ann).unwrap().name, "ann Doe");
    let mut twin = shop.state.shoppers.values().next().unwrap().clone();
    twin.id = ShopperId::parse("twin").unwrap();
    shop.state.shoppers.insert(twin.id.clone(), twin);
    assert_eq!(identify(&shop.state, &shop.policy, &ann).unwrap_err().code(), "shopper_not_found");
}
