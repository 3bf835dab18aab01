//! Orders in words that name several things, or say more than one thing at once.

use serde_json::Value;

use crate::conversations::{ADDRESS, Talk};
use crate::identity::{Client, serve};
use crate::program::Place;

fn delivered(place: &Place, order: &str) {
    place.run(&["orders", "ship", order, "--tracking", "1Z1"]).succeeded();
    place.run(&["orders", "deliver", order]).succeeded();
}

/// The goods of a cart with how many there are.
fn lines(reply: &Value) -> Vec<(String, u64)> {
    let lines = reply["cart"]["lines"].as_array().into_iter().flatten();
    lines
        .map(|line| (line["source_id"].as_str().unwrap().to_owned(), line["quantity"].as_u64().unwrap()))
        .collect()
}

#[test]
fn names_without_an_article_are_goods_of_their_own() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "list" };
    let asked = talk.tell("add drizzle jacket and heath jacket and check out");
    assert_eq!(asked, "Which one of Drizzle Rain Jacket? There is L; M; S.");
    assert_eq!(talk.tell("M"), "Which one of Heath Fleece Jacket? There is L; M; S.");
    // What was asked for at first goes on.
    assert!(talk.tell("L").contains("\nWhere should it go?"));
    let own = |id: &str, pieces| (id.to_owned(), pieces);
    assert_eq!(lines(&talk.say("show my cart")), [own("RJ-M", 1), own("FJ-L", 1)]);
    // Looking at the cart was no answer to anything.
    assert_eq!(lines(&talk.say("remove drizzle jacket and heath jacket")), []);
    assert_eq!(talk.tell("show my cart"), "Your cart is empty.");
}

#[test]
fn who_buys_goes_on_to_paying_after_the_question_which_one() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "buys" };
    assert!(talk.tell("buy the drizzle jacket").starts_with("Which one of Drizzle Rain Jacket?"));
    let told = talk.tell("the M one");
    assert!(
        told.starts_with("Your cart has 1 of Drizzle Rain Jacket (M).")
            && told.contains("\nWhere should it go?"),
        "{told}"
    );
    talk.say(ADDRESS);
    talk.say("standard");
    // A short answer is no change of language.
    let asked = talk.tell("visa");
    assert!(asked.ends_with("with card. Shall I place the order?"), "{asked}");
}

#[test]
fn what_does_not_fit_is_exchanged_where_another_size_is_wanted() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "fits" };
    let order = talk.buy("rain jacket", "add the first one in M");
    delivered(&place, &order);
    talk.say("where is my order");
    let mut asked = talk.tell("it doesnt fit, i want it in L");
    if asked.starts_with("Please give one of these reasons") {
        asked = talk.tell("it is too small");
    }
    assert!(asked.starts_with("In which condition"), "{asked}");
    let asked = talk.tell("I have opened it");
    assert!(asked.contains("would become Drizzle Rain Jacket (L)"), "{asked}");
    assert!(talk.tell("yes").contains("becomes Drizzle Rain Jacket (L)"));
    assert!(talk.tell("nah keep it").contains("You would keep 1 × Drizzle Rain Jacket (M)"));
}

#[test]
fn what_is_said_of_a_condition_is_not_asked_again() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "condition" };
    let order = talk.buy("rain jacket", "add the first one in M");
    delivered(&place, &order);
    for words in [
        "return the rain jacket, unopened",
        "return the unopened rain jacket",
        "return the rain jacket, it is still in the box, too small",
    ] {
        let asked = talk.tell(words);
        let asked = if asked.starts_with("Please give one of these reasons") {
            talk.tell("it is too small")
        } else {
            asked
        };
        assert!(asked.contains("The condition is: unopened."), "{words}: {asked}");
        assert!(asked.ends_with("Shall I start the return?"), "{words}: {asked}");
        talk.say("no");
    }
    let refused = talk.tell("return the rain jacket, too small, I have worn it");
    assert!(refused.contains("is taken back only if it is unopened or opened but not used."), "{refused}");
}

#[test]
fn what_a_placed_order_does_not_take_goes_into_a_new_one_to_the_same_address() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "anew" };
    let order = talk.buy("rain jacket", "add the first one in M");
    let offered = talk.tell("add a second rain jacket to my order");
    assert_eq!(
        offered,
        format!(
            "Order {order} is placed, and nothing can be added to it. Shall I put it into a new order to the same address?"
        )
    );
    assert_eq!(talk.tell("no"), "All right, I have not done that.");
    assert_eq!(talk.tell("show my cart"), "Your cart is empty.");
    assert!(talk.tell(&format!("add the heath jacket in L to order {order}")).starts_with("Order"));
    assert!(talk.tell("yes").contains("\nHow should it be delivered?"));
    assert_eq!(lines(&talk.say("show my cart")), [("FJ-L".to_owned(), 1)]);
    talk.say("standard");
    let asked = talk.tell("card");
    assert!(asked.contains("It would go to 12 Oak Street, Austin"), "{asked}");
    // What the shop does not have is no offer.
    assert!(!talk.tell("add a gift note to my order").contains("Shall I put it"));
}

#[test]
fn a_return_is_told_by_its_own_number_after_another_one() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "numbers" };
    talk.say("rain jacket");
    talk.say("add the fleece jacket in L");
    let order = talk.buy("rain jacket", "add 4 of the first one in M");
    delivered(&place, &order);
    let mut numbers: Vec<String> = Vec::new();
    for _ in 0..4 {
        talk.say("return the rain jacket, unopened, it is too small");
        let told = talk.tell("yes");
        let number = told.split(' ').nth(2).unwrap().to_owned();
        assert!(told.starts_with("Your return ret_") && !numbers.contains(&number), "{told}");
        numbers.push(number);
    }
}

#[test]
fn a_conversation_goes_on_under_the_rules_of_now() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "rules" };
    talk.say("rain jacket");
    talk.say("tell me when the first one drops below 40");
    let shown = place.run(&["policy", "show"]).succeeded().out;
    let stricter = shown.replace("also = [\"change_order_address\"]", "also = [\"drop_alert\"]");
    assert_ne!(stricter, shown);
    place.write("data/policy.toml", stricter);
    let asked = talk.say("stop my alerts");
    assert_eq!(asked["confirm"]["text"], asked["text"], "{asked}");
    assert_eq!(talk.tell("yes"), "The price alert is off.");
}

#[test]
fn kinds_of_goods_in_a_list_are_asked_for_one_after_another() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "kinds" };
    let asked = talk.tell("put two jackets and the drizzle jacket in my cart");
    assert!(asked.starts_with("Which one for “jackets”?\n- "), "{asked}");
    assert_eq!(talk.tell("the fleece one"), "Which one of Heath Fleece Jacket? There is L; M; S.");
    // The number that was said first is kept over both questions.
    assert_eq!(talk.tell("S"), "Which one of Drizzle Rain Jacket? There is L; M; S.");
    let own = |id: &str, pieces| (id.to_owned(), pieces);
    assert_eq!(lines(&talk.say("M")), [own("FJ-S", 2), own("RJ-M", 1)]);
}

#[test]
fn a_kind_of_goods_is_shown_and_the_wish_stays() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "kind" };
    let shown = talk.say("add a jacket");
    assert_eq!(shown["products"].as_array().unwrap().len(), 2, "{shown}");
    assert_eq!(talk.tell("the fleece one"), "Which one of Heath Fleece Jacket? There is L; M; S.");
    // What is asked for is what is talked about.
    assert_eq!(talk.tell("add it in XL"), "Heath Fleece Jacket does not come in xl. There is L; M; S.");
    assert_eq!(lines(&talk.say("add two of them in S")), [("FJ-S".to_owned(), 2)]);
}

#[test]
fn nobody_guesses_the_details_of_an_order_for_long() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client::guest(&server);
    for words in ["rain jacket", "add the first one in M", "check out", ADDRESS, "standard", "card"] {
        ada.say(words);
    }
    let order = ada.say("yes")["orders"][0]["id"].as_str().unwrap().to_owned();
    let text = |reply: &Value| reply["text"].as_str().unwrap().to_owned();
    let tell = |client: &mut Client<'_>, details: &str| text(&client.say(&format!("{order}, {details}")));
    let refused =
        "Details of an order that did not fit were given too often. Please try again in 1 hour, or sign in.";
    let mut eve = Client::guest(&server);
    for nth in 0..5 {
        assert!(tell(&mut eve, &format!("a{nth}@example.com")).starts_with("I could not find an order"));
    }
    // Neither the right one nor another order is looked at for whoever was wrong so often.
    assert_eq!(tell(&mut eve, "a6@example.com"), refused);
    assert_eq!(tell(&mut eve, "ada@example.com"), refused);
    assert_eq!(text(&eve.say("111122223333, ada@example.com")), refused);
    // Others are heard, until all together were wrong too often: then one detail is not enough.
    let mut mallory = Client::guest(&server);
    for nth in 0..5 {
        assert!(tell(&mut mallory, &format!("b{nth}@example.com")).starts_with("I could not find an order"));
    }
    let mut guest = Client::guest(&server);
    let more = tell(&mut guest, "ada@example.com");
    assert!(more.contains("the full name and the postcode in one message"), "{more}");
    // However many know nothing of it, who knows all is heard.
    for nth in 0..3 {
        let mut nobody = Client::guest(&server);
        for post in 0..5 {
            let wrong = tell(&mut nobody, &format!("c{nth}@example.com, Ann Other, {post}0000"));
            assert!(wrong.starts_with("I could not find an order"), "{wrong}");
        }
    }
    assert!(
        tell(&mut guest, "ada@example.com, Ada Lovelace, 10001").starts_with("I could not find an order")
    );
    let found = tell(&mut guest, "ada@example.com, Ada Lovelace, 78701");
    assert!(found.contains("is being prepared"), "{found}");
    // Whoever placed it here needs no details.
    assert!(text(&ada.say("where is my order?")).contains(&order));
}
