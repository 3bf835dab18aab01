//! The books on both engines: what `checkout` decides is kept whole, once, and seen by those who may.

#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

mod crash;
mod delivery;
mod model;
mod rush;
mod shop;
mod watch;

use checkout::cart::CartCommand;
use checkout::order::OrderCommand;
use checkout::payment::PaymentAnswer;
use checkout::placement::PlacementCommand;
use checkout::query::{Query, View};
use checkout::stock::StockCommand;
use checkout::{
    Actor, CartId, Command, GuestId, OrderId, OrderProof, OrderStatus, PersonProof, Refusal, Request,
};
use store::{BooksError, Expired, Fate};

use crate::engine::Place;
use crate::on_every_engine;
use shop::{Shop, saved, shopper, staff, variant};

on_every_engine!(
    takes_an_order_from_cart_to_door,
    carries_a_request_out_once,
    a_refusal_ends_its_key,
    shows_people_what_is_theirs,
    takes_the_count_of_the_feed_once,
    ends_what_has_run_out,
    finds_accounts_by_what_people_know,
    tries_count_by_order_and_by_guest_until_they_are_old,
);

async fn takes_an_order_from_cart_to_door(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let order = shop.place("ann", "1042", &[("TEE-M", 2)], saved("card")).await?;
    assert_eq!(shop.order(&order).await?.status, OrderStatus::Placed);
    // The provider is asked to set the amount aside, and then to take it.
    shop.settle(PaymentAnswer::Succeeded).await?;
    assert_eq!(shop.order(&order).await?.status, OrderStatus::Paid);
    assert_eq!(shop.order(&order).await?.captured_minor(), 4_498);
    let ship = OrderCommand::Ship { items: vec![], carrier: "Post".to_owned(), tracking: "T1".to_owned() };
    for command in [ship, OrderCommand::Deliver] {
        shop.run(&staff(), Command::Order { order: order.clone(), command }).await?;
    }
    let View::Order(seen, returns) = shop.ask(&shopper("ann"), Query::Order(order.clone())).await? else {
        anyhow::bail!("not an order");
    };
    assert_eq!((seen.status, returns.len()), (OrderStatus::Delivered, 0));
    assert_eq!(shop.stock("TEE-M").await?.on_hand, 8);
    shop.check_ledger().await
}

async fn carries_a_request_out_once(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let cart = CartId::parse("c1").unwrap();
    let open =
        shop.request(&shopper("ann"), Command::Cart { cart: cart.clone(), command: CartCommand::Open });
    assert_eq!(shop.books.fate(&open.key).await?, Fate::NeverSeen);
    let first = shop.books.carry_out(&shop.policy, &open).await?;
    let again = shop.books.carry_out(&shop.policy, &open).await?;
    assert_eq!(first, again);
    let Fate::Done(line) = shop.books.fate(&open.key).await? else { anyhow::bail!("it was carried out") };
    assert_eq!((line.changes, line.tool.as_str()), (first, "open_cart"));
    let other = CartId::parse("c2").unwrap();
    let reused = Request { command: Command::Cart { cart: other, command: CartCommand::Open }, ..open };
    let refused = shop.books.carry_out(&shop.policy, &reused).await;
    assert!(matches!(refused, Err(BooksError::Refused(Refusal::KeyReused { .. }))), "{refused:?}");
    assert_eq!(shop.books.ledger_after(0, 10).await?.len(), 1);
    Ok(())
}

async fn a_refusal_ends_its_key(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let cart = CartId::parse("c1").unwrap();
    let open =
        shop.request(&shopper("ann"), Command::Cart { cart: cart.clone(), command: CartCommand::Open });
    let refused = Fate::Refused(Box::new(Refusal::NothingToChange));
    assert_eq!(shop.books.refuse(&open, &Refusal::NothingToChange).await?, refused);
    assert_eq!(shop.books.fate(&open.key).await?, refused);
    let late = shop.books.carry_out(&shop.policy, &open).await;
    assert!(matches!(late, Err(BooksError::Refused(Refusal::KeyReused { .. }))), "{late:?}");
    let again = shop.request(&shopper("ann"), open.command);
    shop.books.carry_out(&shop.policy, &again).await?;
    let done = shop.books.refuse(&again, &Refusal::NothingToChange).await?;
    assert!(matches!(done, Fate::Done(_)), "what was carried out stays so: {done:?}");
    assert_eq!(shop.books.ledger_after(0, 10).await?.len(), 1);
    shop.check_ledger().await
}

async fn shows_people_what_is_theirs(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let order = shop.place("ann", "1042", &[("MUG", 1)], saved("card")).await?;
    let guest = |proof| Actor::Guest { session: GuestId::parse("g1").unwrap(), proof };
    let proof = |email: &str| OrderProof { order: order.clone(), who: PersonProof::Email(email.to_owned()) };
    let actors = [
        (shopper("ann"), true),
        (shopper("bob"), false),
        (guest(None), false),
        (guest(Some(proof("bob@example.com"))), false),
        (guest(Some(proof(" Ann@Example.COM "))), true),
        (staff(), true),
    ];
    for (actor, is_seen) in actors {
        let answer = shop.ask(&actor, Query::Order(order.clone())).await;
        assert_eq!(answer.is_ok(), is_seen, "{actor:?}: {answer:?}");
    }
    let orders = Query::Orders(shopper_id("ann"));
    assert!(matches!(shop.ask(&shopper("ann"), orders.clone()).await?, View::Orders(all) if all.len() == 1));
    assert!(shop.ask(&shopper("bob"), orders).await.is_err());
    Ok(())
}

async fn takes_the_count_of_the_feed_once(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    shop.feed("LAMP", Some(3)).await?;
    let order = shop.place("ann", "1", &[("LAMP", 2)], saved("gift")).await?;
    assert_eq!((shop.stock("LAMP").await?.on_hand, shop.stock("LAMP").await?.promised()), (3, 2));
    let ship = OrderCommand::Ship { items: vec![], carrier: "Post".to_owned(), tracking: "T1".to_owned() };
    shop.run(&staff(), Command::Order { order, command: ship }).await?;
    // The same feed again says nothing new: one piece is left.
    shop.feed("LAMP", Some(3)).await?;
    let refused = shop.place("bob", "2", &[("LAMP", 2)], saved("gift")).await;
    assert_eq!(shop::code(refused), "out_of_stock");
    // Another number is a count.
    shop.feed("LAMP", Some(7)).await?;
    shop.place("bob", "3", &[("LAMP", 6)], saved("gift")).await?;
    // Less than what is promised cannot be right.
    shop.feed("LAMP", Some(0)).await?;
    let count = StockCommand::Receive { variant: variant("LAMP"), quantity: 1 };
    shop.run(&staff(), Command::Stock(count)).await?;
    assert_eq!((shop.stock("LAMP").await?.on_hand, shop.stock("LAMP").await?.promised()), (7, 6));
    shop.check_ledger().await
}

async fn ends_what_has_run_out(place: Place) -> anyhow::Result<()> {
    let mut shop = Shop::open(&place).await?;
    let cart = shop.cart("ann", "c1", &[("TEE-M", 10)]).await?;
    shop.run(&shopper("ann"), Command::Placement { cart, command: PlacementCommand::Hold }).await?;
    shop.place("bob", "unpaid", &[("MUG", 1)], saved("card")).await?;
    assert_eq!(shop::code(shop.cart("bob", "c2", &[("TEE-M", 1)]).await), "out_of_stock");
    assert_eq!(shop.books.expire(&shop.policy, shop.now, 10).await?, Expired::default());
    shop.wait(15);
    let expired = shop.books.expire(&shop.policy, shop.now, 10).await?;
    assert_eq!(expired, Expired { carts: 1, orders: 1 });
    assert_eq!(shop.books.expire(&shop.policy, shop.now, 10).await?, Expired::default());
    let unpaid = OrderId::parse("unpaid").unwrap();
    assert_eq!(shop.order(&unpaid).await?.status, OrderStatus::Cancelled);
    // The provider's yes comes too late: what it has set aside goes back.
    shop.settle(PaymentAnswer::Succeeded).await?;
    assert_eq!(shop.order(&unpaid).await?.captured_minor(), 0);
    shop.cart("bob", "c3", &[("TEE-M", 1)]).await?;
    Ok(())
}

async fn finds_accounts_by_what_people_know(place: Place) -> anyhow::Result<()> {
    let shop = Shop::open(&place).await?;
    let guest = Actor::Guest { session: GuestId::parse("g1").unwrap(), proof: None };
    let ask = |proof| shop.ask(&guest, Query::FindShopper(proof));
    let found = ask(PersonProof::Email("ANN@example.com".to_owned())).await?;
    assert_eq!(found, View::Shopper(shopper_id("ann")));
    let name = |name: &str, postcode: &str| PersonProof::NameAndPostcode {
        name: name.to_owned(),
        postcode: postcode.to_owned(),
    };
    assert_eq!(ask(name("Bób  Doe", "627-01")).await?, View::Shopper(shopper_id("bob")));
    assert!(ask(name("Bob Doe", "62702")).await.is_err());
    Ok(())
}

async fn tries_count_by_order_and_by_guest_until_they_are_old(place: Place) -> anyhow::Result<()> {
    let shop = Shop::open(&place).await?;
    let since = shop.now - jiff::SignedDuration::from_mins(60);
    let take = async |key: &str, (order, is_whole): (&str, bool), guest: &str, now, since| {
        let (key, order) = (checkout::Key::parse(key).unwrap(), OrderId::parse(order));
        let guest = &GuestId::parse(guest).unwrap();
        let guess = store::Guess { guest, order: order.as_ref(), is_whole };
        let made = shop.books.take_guess(&key, guess, (now, since)).await?;
        anyhow::Ok((made.by_guest, made.on_order))
    };
    assert_eq!(take("k1", ("o1", false), "eve", shop.now, since).await?, (1, 1));
    // The same call that is made again is one try.
    assert_eq!(take("k1", ("o1", false), "eve", shop.now, since).await?, (1, 1));
    assert_eq!(take("k2", ("o1", false), "mallory", shop.now, since).await?, (1, 2));
    assert_eq!(take("k3", ("o2", false), "eve", shop.now, since).await?, (2, 1));
    assert_eq!(take("k4", ("o3", false), "bob", shop.now, since).await?, (1, 1));
    shop.books.forget_guess(&checkout::Key::parse("k2").unwrap()).await?;
    assert_eq!(take("k5", ("o1", false), "bob", shop.now, since).await?, (2, 2));
    // All details together are counted apart, and where none of them is right for the guest alone.
    assert_eq!(take("k6", ("o1", true), "bob", shop.now, since).await?, (3, 1));
    assert_eq!(take("k7", ("", true), "bob", shop.now, since).await?, (4, 0));
    let later = shop.now + jiff::SignedDuration::from_mins(61);
    let since = later - jiff::SignedDuration::from_mins(60);
    assert_eq!(take("k8", ("o1", false), "eve", later, since).await?, (1, 1));
    Ok(())
}

fn shopper_id(name: &str) -> checkout::ShopperId {
    checkout::ShopperId::parse(name).unwrap()
}
