//! Changes of carts and orders in words.

use crate::conversations::Talk;
use crate::program::Place;

#[test]
fn a_cart_changes_by_name_place_number_and_size() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "cart-words" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    assert_eq!(talk.say("2 please")["cart"]["lines"][0]["quantity"], 2);
    assert_eq!(talk.say("change it to 3")["cart"]["lines"][0]["quantity"], 3);
    assert_eq!(talk.say("make it two")["cart"]["lines"][0]["quantity"], 2);
    assert_eq!(talk.say("change the jacket to L")["cart"]["lines"][0]["source_id"], "RJ-L");
    assert_eq!(talk.tell("take the first one out").split(". ").last(), Some("Your cart is empty."));
}

#[test]
fn an_order_goes_elsewhere_and_its_items_change_after_a_yes() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "order-words" };
    let order = talk.buy("rain jacket", "add the first one in M");
    let asked = talk.say(&format!("change the jacket in order {order} to L"));
    let text = asked["confirm"]["text"].as_str().unwrap();
    assert!(text.contains("would become") && text.ends_with("Shall I change it?"), "{text}");
    let changed = talk.say("yes");
    assert_eq!(changed["orders"][0]["lines"][0]["source_id"], "RJ-L", "{changed}");
    let asked = talk.say("change the address of my order to 99 Elm Street, Austin, TX, 78702, US");
    let text = asked["confirm"]["text"].as_str().unwrap_or_default();
    assert!(text.contains(&format!("Order {order} would go to 99 Elm Street")), "{asked}");
    assert!(talk.say("yes")["orders"][0]["address"].as_str().unwrap().starts_with("99 Elm Street"));
    assert!(talk.tell("send my order to my office").starts_with("Where should it go?"));
    let asked = talk.say("1 Main Street, Austin, TX 78703");
    assert!(asked["confirm"]["text"].as_str().unwrap().contains("would go to 1 Main Street"), "{asked}");
}

#[test]
fn what_was_exchanged_is_on_its_way_and_then_delivered() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "replaced" };
    let order = talk.buy("rain jacket", "add the first one in M");
    place.run(&["orders", "ship", &order, "--carrier", "UPS", "--tracking", "1Z99"]).succeeded();
    place.run(&["orders", "deliver", &order]).succeeded();
    talk.say("return the jacket, it is too small, send me an L");
    talk.say("I have opened it");
    let done = talk.say("yes");
    let back = done["orders"][0]["returns"][0]["id"].as_str().unwrap();
    place.run(&["orders", "receive", back, "--restock"]).succeeded();
    let where_is = || talk.say("where is my order")["text"].as_str().unwrap().to_owned();
    assert!(where_is().contains("in exchange: being prepared"), "{}", where_is());
    place.run(&["orders", "ship", &order, "--carrier", "UPS", "--tracking", "1Z100"]).succeeded();
    assert!(where_is().contains("in exchange: on its way with UPS, tracking number 1Z100"), "{}", where_is());
    place.run(&["orders", "deliver", &order]).succeeded();
    assert!(where_is().contains("in exchange: delivered"), "{}", where_is());
}

#[test]
fn a_price_that_rose_is_told_in_the_summary() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "rose" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    place.write("dearer.jsonl", Place::coats().replace("60.00 USD", "65.00 USD"));
    place.run(&["import", "dearer.jsonl"]).succeeded();
    talk.say("check out");
    talk.say(crate::conversations::ADDRESS);
    talk.say("standard");
    let asked = talk.tell("card");
    assert!(asked.contains("One costs $65.00 now; it was $60.00 when you put it into your cart."), "{asked}");
}

#[test]
fn several_goods_are_put_in_taken_out_and_paid_in_one_message() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "several" };
    let wish = "add 2 rain jackets in M and a fleece jacket";
    assert!(talk.tell(wish).starts_with("Which one of Heath Fleece Jacket?"));
    assert_eq!(talk.tell("show my cart"), "Your cart is empty.", "nothing is done before all of it is clear");
    assert!(talk.tell("add a rain jacket in M and an umbrella").contains("I do not find “umbrella” here"));
    talk.say(wish);
    let cart = talk.say("L")["cart"].clone();
    let lines = cart["lines"].as_array().unwrap().iter();
    let lines: Vec<_> =
        lines.map(|line| (line["source_id"].as_str().unwrap(), line["quantity"].as_u64().unwrap())).collect();
    assert_eq!(lines, [("RJ-M", 2), ("FJ-L", 1)]);
    let told = talk.tell("remove the fleece jacket and check out");
    assert!(told.contains("is no longer in your cart.") && told.contains("\nWhere should it go?"), "{told}");
    assert_eq!(talk.say("show my cart")["cart"]["lines"].as_array().unwrap().len(), 1);
}

#[test]
fn a_piece_leaves_an_order_and_its_price_goes_back() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "taken-out" };
    talk.say("rain jacket");
    talk.say("add the fleece jacket in L");
    let order = talk.buy("rain jacket", "add the first one in M");
    let asked = talk.tell("remove the fleece jacket from my order");
    assert!(asked.contains("1 × Heath Fleece Jacket (L) would leave the order; it cost $52.06."), "{asked}");
    let done = talk.say("yes");
    assert_eq!(done["orders"][0]["lines"].as_array().unwrap().len(), 1, "{done}");
    // What is left is all of it: the order is called off instead.
    let asked = talk.tell(&format!("take the rain jacket out of order {order}"));
    assert!(asked.ends_with("Shall I cancel it?"), "{asked}");
    assert_eq!(talk.tell("cancel"), format!("This still waits for your yes.\n{asked}"));
    assert_eq!(talk.tell("no"), "All right, I have not done that.");
    let cart = talk.say("order the rain jacket again")["cart"].clone();
    assert_eq!(cart["lines"][0]["source_id"], "RJ-M", "{cart}");
}

#[test]
fn a_parcel_may_hold_a_part_of_an_order() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "parts" };
    talk.say("rain jacket");
    talk.say("add the fleece jacket in L");
    let order = talk.buy("rain jacket", "add the first one in M");
    let ship = |item: &str, tracking: &str| {
        place.run(&["orders", "ship", &order, "--carrier", "UPS", "--tracking", tracking, "--item", item])
    };
    ship("FJ-L", "1Z1").succeeded();
    let shown = place.json(&["orders", "show", &order]);
    assert_eq!(shown["status"], "partly_shipped", "{shown}");
    let refused = ship("UMBRELLA", "1Z2");
    assert!(refused.err.contains("has no item UMBRELLA"), "{}", refused.err);
    ship("RJ-M=1", "1Z2").succeeded();
    assert_eq!(place.json(&["orders", "show", &order])["status"], "shipped");
}

#[test]
fn a_return_whose_money_is_to_go_elsewhere_is_asked_once_more_and_answered_once() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "elsewhere" };
    let order = talk.buy("rain jacket", "add the first one in M");
    place.run(&["orders", "ship", &order, "--tracking", "1Z1"]).succeeded();
    place.run(&["orders", "deliver", &order]).succeeded();
    talk.say("return everything, it is too small");
    let asked = talk.tell("I have not opened it");
    assert!(asked.ends_with("Shall I start the return?"), "{asked}");
    assert!(talk.tell("refund it to my gift card").starts_with("I do not know that way to be paid."));
    assert!(talk.tell("put the money on my card").ends_with("Shall I start the return?"));
    assert!(talk.tell("yes").starts_with("Your return"));
    // The question before it is none any more.
    assert_eq!(talk.tell("no"), "There is nothing that I have asked you.");
}

#[test]
fn several_orders_are_called_off_by_one_yes_and_those_that_have_left_stay() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "several" };
    let [first, second, left] = [0; 3].map(|_| talk.buy("rain jacket", "add the first one in M"));
    place.run(&["orders", "ship", &left, "--tracking", "1Z1"]).succeeded();
    assert_eq!(talk.tell(&format!("cancel orders {first} and 4711")), "I find no order 4711 of yours.");
    let asked = talk.tell("cancel all my orders");
    for said in [
        format!("Order {first} would be cancelled."),
        format!("Order {second} would be cancelled."),
        format!("Order {left} stays as it is. Order {left} is on its way, so this can no longer be done."),
    ] {
        assert!(asked.contains(&said), "{said}: {asked}");
    }
    assert!(asked.ends_with("Shall I cancel them?"), "{asked}");
    // What is not the answer leaves the question open, and a summary that became another is not what a yes is to.
    place.run(&["orders", "ship", &second, "--tracking", "1Z2"]).succeeded();
    let again = talk.tell("yes");
    assert!(again.starts_with("Something has changed since you said yes."), "{again}");
    assert!(
        again.ends_with("Shall I cancel it?") && again.contains(&format!("Order {second} stays")),
        "{again}"
    );
    assert!(talk.tell(&format!("cancel order {first}")).ends_with("Shall I cancel it?"));
    let done = talk.say("yes");
    assert!(done["text"].as_str().unwrap().contains(&format!("Order {first} is cancelled.")), "{done}");
    let states: Vec<String> = [&first, &second, &left]
        .map(|id| place.json(&["orders", "show", id])["status"].as_str().unwrap().to_owned())
        .to_vec();
    assert_eq!(states, ["cancelled", "shipped", "shipped"]);
    let refused = talk.tell(&format!("cancel order {second}, {left}"));
    assert_eq!(refused.matches("is on its way, so this can no longer be done.").count(), 2, "{refused}");
    // Somebody else's conversation has none of them.
    let other = Talk { place: &place, name: "another" };
    assert!(other.tell("cancel both orders").starts_with("I do not see an order of yours."));
    assert_eq!(other.say(&format!("cancel orders {first} and {second}"))["confirm"], serde_json::Value::Null);
}

#[test]
fn both_are_the_price_alerts_that_were_just_set() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "both" };
    talk.buy("rain jacket", "add the first one in M");
    talk.say("tell me when the rain jacket drops below 40");
    talk.say("tell me when the fleece jacket drops below 40");
    assert_eq!(talk.tell("cancel both"), "The price alert is off.");
    assert_eq!(talk.tell("show my alerts"), "You have no price alerts and no standing orders.");
    assert!(talk.tell("cancel both orders").ends_with("Shall I cancel it?"));
}
