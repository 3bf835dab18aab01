//! Price alerts and standing orders in words: set, listed, stopped, and told of once they have happened.

use serde_json::Value;

use crate::conversations::{ADDRESS, Talk};
use crate::identity::{Client, serve, token};
use crate::program::Place;

/// How often somebody asks until the shop has looked at its prices.
const TRIES: u32 = 400;

/// What a client is told first, once there is something.
fn news(client: &mut Client<'_>, beginning: &str) -> Value {
    let mut replies = (0..TRIES).map(|_| client.say("show my cart"));
    let told = replies.find(|reply| reply["text"].as_str().is_some_and(|text| text.starts_with(beginning)));
    told.expect("the shop looks at its prices when it opens")
}

fn cheaper(place: &Place) {
    place.write("cheaper.jsonl", Place::coats().replace("60.00 USD", "35.00 USD"));
    place.run(&["import", "cheaper.jsonl"]).succeeded();
}

#[test]
fn alerts_are_listed_and_stopped() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "alerts" };
    assert_eq!(talk.tell("show my alerts"), "You have no price alerts and no standing orders.");
    talk.say("rain jacket");
    talk.say("tell me when the first one drops below 40");
    let listed = talk.tell("what alerts do I have?");
    assert!(listed.contains("an alert at $39.99 or less; it costs $60.00 now"), "{listed}");
    assert_eq!(talk.tell("stop the alert for the tent"), "You have no price alert on that.");
    assert_eq!(talk.tell("stop the alert for the rain jacket"), "The price alert is off.");
    assert_eq!(talk.tell("stop my alerts"), "You have no price alert.");
    assert!(talk.tell("buy it in M when it is under 30").contains("please sign in first"));
}

#[test]
fn an_alert_that_went_off_is_told_once_and_waits_for_a_courier() {
    let place = Place::with_coats();
    let mut session = None;
    {
        let server = serve(&place);
        let mut ada = Client::guest(&server);
        ada.say("rain jacket");
        ada.say("tell me when the first one drops below 40");
        session.clone_from(&ada.session);
    }
    cheaper(&place);
    let server = serve(&place);
    let mut ada = Client { session, ..Client::guest(&server) };
    let told = news(&mut ada, "Your price alert went off: ");
    assert!(told["text"].as_str().unwrap().contains("came down to $35.00"), "{told}");
    assert_eq!(ada.say("show my cart")["text"], "Your cart is empty.");
    let waiting = place.json(&["notices", "list"]);
    assert_eq!(waiting["kind"], "price_reached", "{waiting}");
    place.run(&["notices", "sent", waiting["id"].as_str().unwrap()]).succeeded();
    let left = place.run(&["notices", "list", "--json"]).succeeded();
    assert!(!left.out.contains("price_reached"), "{}", left.out);
}

#[test]
fn a_standing_order_is_agreed_to_buys_once_and_is_told() {
    let place = Place::with_coats();
    let mut session = None;
    let ada_token = token(&place, "ada");
    {
        let server = serve(&place);
        let mut ada = Client { token: Some(ada_token.clone()), ..Client::guest(&server) };
        ada.say("rain jacket");
        let early = ada.say("buy the first one in M when it is under 40");
        assert!(early["text"].as_str().unwrap().contains("Your next order tells me"), "{early}");
        for words in ["add the first one in L", "check out", ADDRESS, "standard", "card", "yes"] {
            ada.say(words);
        }
        ada.say("rain jacket");
        let asked = ada.say("buy two of the first one in M when it drops below 40, for two weeks");
        let text = asked["confirm"]["text"].as_str().unwrap();
        assert!(
            text.starts_with("2 × ") && text.contains("would be bought once it costs $39.99 or less"),
            "{text}"
        );
        assert!(
            text.contains("for at most $") && text.contains("with card") && text.contains("12 Oak Street"),
            "{text}"
        );
        let given = ada.say("yes");
        assert!(
            given["text"].as_str().unwrap().contains("is bought once it costs $39.99 or less"),
            "{given}"
        );
        let listed = ada.say("what standing orders do I have?");
        assert!(
            listed["text"].as_str().unwrap().contains("a standing order at $39.99 or less until"),
            "{listed}"
        );
        session.clone_from(&ada.session);
    }
    cheaper(&place);
    let server = serve(&place);
    let mut ada = Client { session, token: Some(ada_token), ..Client::guest(&server) };
    let told = news(&mut ada, "Your standing order has bought 2 × ");
    let orders = ada.say("show my orders");
    assert_eq!(orders["orders"].as_array().map(Vec::len), Some(2), "{orders} {told}");
    assert!(
        ada.say("cancel the standing order")["text"].as_str().unwrap().contains("You have no standing order")
    );
}

#[test]
fn a_standing_order_is_taken_back() {
    let place = Place::with_coats();
    let server = serve(&place);
    let mut ada = Client { token: Some(token(&place, "ada")), ..Client::guest(&server) };
    ada.say("rain jacket");
    for words in ["add the first one in L", "check out", ADDRESS, "standard", "card", "yes"] {
        ada.say(words);
    }
    ada.say("rain jacket");
    ada.say("buy the first one in M when it drops below 40");
    ada.say("yes");
    assert_eq!(ada.say("cancel the standing order")["text"], "The standing order is off.");
    assert_eq!(ada.say("show my alerts")["text"], "You have no price alerts and no standing orders.");
}
