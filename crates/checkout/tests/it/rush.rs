use checkout::*;

use crate::shop::{Shop, saved, shopper, variant};

#[test]
fn a_thousand_checkouts_of_the_last_ten_make_ten_orders() {
    let mut shop = Shop::new();
    let tee = variant("Tee", "M");
    shop.state.stock.insert(tee.clone(), StockLevel { on_hand: 10, ..StockLevel::default() });
    let shoppers: Vec<Actor> =
        (0..1000).map(|place| shopper(if place % 2 == 0 { "ann" } else { "bob" })).collect();
    // All carts are filled before the first order is placed.
    let carts: Vec<CartId> = shoppers
        .iter()
        .enumerate()
        .map(|(place, actor)| shop.cart(actor, &format!("cart {place}"), &[(tee.clone(), 1)]).unwrap())
        .collect();
    let mut refused = 0;
    for (place, (actor, cart)) in shoppers.iter().zip(carts).enumerate() {
        let order = OrderId::parse(&format!("order {place}")).unwrap();
        let command = placement::PlacementCommand::Place { order, pay_with: saved("card") };
        let outcome = shop.run(actor, Command::Placement { cart, command });
        refused += usize::from(outcome.is_err_and(|refusal| refusal.code() == "out_of_stock"));
    }
    assert_eq!((shop.state.orders.len(), refused, shop.free(&tee)), (10, 990, 0));
    shop.settle();
    assert!(shop.state.orders.values().all(|order| order.status == OrderStatus::Paid));
}
