//! What was asked stays asked while something else is said, and only an answer to it is taken for one.

use crate::conversations::{ADDRESS, Talk};
use crate::program::Place;

/// A conversation with a jacket in the cart.
fn with_jacket<'a>(place: &'a Place, name: &'static str) -> Talk<'a> {
    let talk = Talk { place, name };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    talk
}

#[test]
fn a_question_in_between_leaves_the_one_that_was_asked_open() {
    let place = Place::with_coats();
    let talk = with_jacket(&place, "between");
    assert!(talk.tell("check out").starts_with("Where should it go?"));
    talk.say("how long does delivery take?");
    assert!(talk.tell("show my cart").starts_with("Your cart:"));
    let stateless = ADDRESS.replace(" TX,", "");
    assert!(talk.tell(&stateless).starts_with("Please check the state"));
    assert!(talk.tell(ADDRESS).starts_with("How should it be delivered?"));
    talk.say("how fast is express?");
    assert!(talk.say("show my cart")["cart"]["delivery"].is_null(), "nothing was chosen");
    assert!(talk.tell("standard delivery please").starts_with("How would you like to pay"));
    assert!(talk.tell("with my gift card").starts_with("How would you like to pay"));
    talk.say("do you take a card?");
    assert!(talk.tell("my credit card").ends_with("Shall I place the order?"));
}

#[test]
fn the_variant_that_was_asked_for_is_added() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "variant" };
    talk.say("rain jacket");
    assert!(talk.tell("add the first one").starts_with("Which one of"));
    assert_eq!(talk.say("the M one")["cart"]["lines"][0]["source_id"], "RJ-M");
    assert!(talk.tell("add the first one in purple").contains("does not come in purple"));
    assert_eq!(talk.say("L please")["cart"]["lines"][1]["source_id"], "RJ-L");
    assert!(talk.tell("add the first one").starts_with("Which one of"));
    assert_eq!(talk.say("remove it")["cart"]["lines"].as_array().map(Vec::len), Some(1));
}

#[test]
fn goods_that_are_not_there_are_not_added() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "not-there" };
    let white = talk.tell("add the drizzle rain jacket in white");
    assert!(white.starts_with("Drizzle Rain Jacket does not come in white. There is "), "{white}");
    assert_eq!(talk.say("M")["cart"]["lines"][0]["source_id"], "RJ-M");
    let text = talk.tell("add a headlamp");
    assert_eq!(text, "I do not find “headlamp” in this shop, so I have not added anything.");
    assert!(talk.tell("add a jacket").contains("Drizzle Rain Jacket"), "a kind is shown");
}

#[test]
fn after_a_decline_the_order_is_shown_and_can_be_paid() {
    let place = Place::with_coats();
    let talk = with_jacket(&place, "declined-shown");
    talk.say("check out");
    talk.say(ADDRESS);
    talk.say("standard");
    talk.say("card tok_decline");
    talk.say("yes");
    assert!(talk.tell("where is my order").contains("Say how you would like to pay."));
    talk.say("card");
    assert_eq!(talk.say("yes")["orders"][0]["status"], "paid");
}

#[test]
fn a_code_before_the_first_item_finds_the_cart_empty() {
    let place = Place::with_coats();
    assert_eq!(Talk { place: &place, name: "code" }.tell("use code WELCOME"), "Your cart is empty.");
}
