//! A thousand shoppers want the last ten pieces at the same moment.

use std::sync::Arc;

use checkout::cart::{Cart, CartCommand, CartLine};
use checkout::placement::PlacementCommand;
use checkout::{Actor, CartId, Command, Key, OrderId, Owner, Request, ShopperId, State};
use store::BooksError;

use super::shop::{Shop, account, code, confirm_and_run, count, saved, shopper, staff, variant};
use crate::engine::Place;
use crate::on_every_engine;

on_every_engine!(
    a_thousand_checkouts_of_the_last_ten_make_ten_orders,
    what_many_send_at_the_same_moment_is_carried_out_once,
);

/// Half of the callers send one request, the others each their own: some that are refused, some that are not.
async fn what_many_send_at_the_same_moment_is_carried_out_once(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let open = |shop: &mut Shop, name: &str| {
        let cart = CartId::parse(name).unwrap();
        shop.request(&shopper("ann"), Command::Cart { cart, command: CartCommand::Open })
    };
    let shared = open(&mut shop, "shared");
    let requests: Vec<Request> = (0..90)
        .map(|number| match number % 3 {
            0 => shared.clone(),
            1 => open(&mut shop, &format!("cart {number}")),
            _ => {
                let cart = CartId::parse("nobody's").unwrap();
                shop.request(&shopper("ann"), Command::Cart { cart, command: CartCommand::AcceptPrices })
            }
        })
        .collect();
    let sent = requests.iter().map(|request| shop.books.carry_out(&shop.policy, request));
    let done = futures::future::join_all(sent).await;
    for (number, outcome) in done.into_iter().enumerate() {
        match number % 3 {
            2 => assert_eq!(code(outcome), "cart_not_found"),
            _ => drop(outcome?),
        }
    }
    assert_eq!(shop.books.ledger_after(0, 1_000).await?.len(), 31);
    assert_eq!(shop.books.everything().await?.carts.len(), 31);
    shop.check_ledger().await
}

async fn a_thousand_checkouts_of_the_last_ten_make_ten_orders(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    shop.run(&staff(), count("TEE-M", 10)).await?;
    // All carts are filled before the first order is placed.
    let mut filled = State::default();
    for place in 0..1000 {
        let shopper = account(&format!("shopper {place}"));
        let mut cart = Cart::new(Owner::Shopper(shopper.id.clone()));
        cart.lines.push(CartLine::new(variant("TEE-M"), 1, 2_249));
        cart.address = shopper.address.clone();
        cart.contact = Some(checkout::Contact { name: shopper.name.clone(), email: shopper.email.clone() });
        filled.carts.insert(CartId::parse(&format!("cart {place}")).unwrap(), cart);
        filled.shoppers.insert(shopper.id.clone(), shopper);
    }
    shop.books.put(&filled).await?;
    let shop = Arc::new(shop);
    let mut rush = tokio::task::JoinSet::new();
    for place in 0..1000 {
        let shop = shop.clone();
        rush.spawn(
            async move { confirm_and_run(&shop.books, &shop.policy, place_order(place, &shop)).await },
        );
    }
    let (mut placed, mut refused) = (0, 0);
    while let Some(outcome) = rush.join_next().await {
        match outcome? {
            Ok(()) => placed += 1,
            Err(BooksError::Refused(refusal)) if refusal.code() == "out_of_stock" => refused += 1,
            Err(other) => return Err(other.into()),
        }
    }
    assert_eq!((placed, refused), (10, 990));
    let all = shop.books.everything().await?;
    let level = &all.stock[&variant("TEE-M")];
    assert_eq!((all.orders.len(), level.on_hand, level.held.len()), (10, 10, 10));
    assert_eq!(shop.books.take_payments(shop.now, shop.now, 100).await?.len(), 10);
    Ok(())
}

fn place_order(place: u32, shop: &Shop) -> Request {
    let order = OrderId::parse(&format!("order {place}")).unwrap();
    let command = PlacementCommand::Place { order, pay_with: saved("card") };
    let cart = CartId::parse(&format!("cart {place}")).unwrap();
    Request {
        key: Key::parse(&format!("checkout {place}")).unwrap(),
        actor: Actor::Shopper(ShopperId::parse(&format!("shopper {place}")).unwrap()),
        at: shop.now,
        command: Command::Placement { cart, command },
        confirmation: None,
    }
}
