//! Things that are done by asking: carts, orders, returns, alerts, through `russet ask --session`.

use serde_json::Value;

use crate::program::{Place, keeps_to};

pub(crate) const ADDRESS: &str = "Ada Lovelace, ada@example.com, 12 Oak Street, Austin, TX, 78701, US";
const QUESTION: &str = "Is the Drizzle Rain Jacket waterproof?";

/// A conversation on the command line.
pub(crate) struct Talk<'a> {
    pub(crate) place: &'a Place,
    pub(crate) name: &'static str,
}

impl Talk<'_> {
    #[track_caller]
    pub(crate) fn say(&self, words: &str) -> Value {
        let reply = self.place.json(&["ask", "--session", self.name, words]);
        keeps_to("ask-reply", &reply);
        reply
    }

    #[track_caller]
    pub(crate) fn tell(&self, words: &str) -> String {
        self.say(words)["text"].as_str().unwrap().to_owned()
    }

    /// Buys one of the first thing that is shown, and gives the number of the order.
    #[track_caller]
    pub(crate) fn buy(&self, search: &str, add: &str) -> String {
        self.say(search);
        self.say(add);
        self.say("check out");
        self.say(ADDRESS);
        self.say("standard");
        let asked = self.say("card");
        assert!(asked["confirm"]["text"].as_str().unwrap().ends_with("Shall I place the order?"), "{asked}");
        let reply = self.say("yes");
        assert_eq!(reply["orders"][0]["status"], "paid", "{reply}");
        reply["orders"][0]["id"].as_str().unwrap().to_owned()
    }
}

#[test]
fn the_second_one_in_medium_is_added_and_the_cart_shown() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "cart" };
    let shown = talk.say("jackets");
    assert_eq!(shown["products"].as_array().unwrap().len(), 2, "{shown}");
    let second = shown["products"][1]["title"].as_str().unwrap().to_owned();
    let added = talk.say("add the second one in medium");
    let line = &added["cart"]["lines"][0];
    assert_eq!((line["title"].as_str(), line["options"].as_str()), (Some(&*second), Some("M")), "{added}");
    let cart = talk.say("show my cart");
    assert_eq!(cart["cart"]["lines"][0]["title"], *second);
    assert!(cart["text"].as_str().unwrap().contains("Total: "), "{cart}");
    let set = talk.say("make it three");
    assert_eq!(set["cart"]["lines"][0]["quantity"], 3, "{set}");
    let removed = talk.tell("remove it");
    assert!(removed.ends_with("is no longer in your cart. Your cart is empty."), "{removed}");
}

#[test]
fn an_order_is_placed_after_a_yes_to_its_summary_and_cancelled_after_another() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "buy" };
    let order = talk.buy("rain jacket", "add the first one in L");
    let shown = talk.say("where is my order");
    assert_eq!(shown["orders"][0]["id"], *order, "{shown}");
    assert!(shown["text"].as_str().unwrap().contains("is being prepared"), "{shown}");
    let asked = talk.say("cancel it");
    assert!(asked["text"].as_str().unwrap().ends_with("Shall I cancel it?"), "{asked}");
    assert_eq!(talk.tell("no"), "All right, I have not done that.");
    assert_eq!(talk.say("where is my order")["orders"][0]["status"], "paid");
    talk.say("cancel it");
    let cancelled = talk.say("yes");
    assert_eq!(cancelled["orders"][0]["status"], "cancelled", "{cancelled}");
    assert!(talk.tell("yes").contains("nothing that I have asked"));
}

#[test]
fn a_jacket_is_exchanged_for_a_larger_one_after_it_has_arrived() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "back" };
    let order = talk.buy("rain jacket", "add the first one in M");
    let early = talk.say("return the jacket, it is too small, send me an L");
    let early = early["confirm"]["text"].as_str().unwrap();
    assert!(
        early.ends_with("Shall I change it?"),
        "what has not left is changed and need not come back: {early}"
    );
    talk.say("no");
    place.run(&["orders", "ship", &order, "--carrier", "UPS", "--tracking", "1Z99"]).succeeded();
    assert!(talk.tell("where is my order").contains("tracking number 1Z99"));
    place.run(&["orders", "deliver", &order]).succeeded();
    let condition = talk.tell("return the jacket, it is too small, send me an L");
    assert!(condition.starts_with("In which condition"), "{condition}");
    let asked = talk.say("I have opened it");
    assert!(asked["text"].as_str().unwrap().ends_with("Shall I start the exchange?"), "{asked}");
    let done = talk.say("yes");
    assert_eq!(done["orders"][0]["returns"][0]["kind"], "exchange", "{done}");
    let free = || place.json(&["stock", "show", "RJ-L"])["free"].clone();
    assert_eq!(free(), 4, "one is held for the exchange");
    let asked = talk.say("I will keep it after all");
    let text = asked["confirm"]["text"].as_str().unwrap_or_else(|| panic!("{asked}"));
    assert!(text.contains("You would keep 1 × Drizzle Rain Jacket"), "{text}");
    assert!(text.ends_with("Shall I call it off?"), "{text}");
    assert!(talk.tell("yes").contains("You keep 1 × Drizzle Rain Jacket"));
    let kept = talk.say("where is my order");
    assert_eq!(kept["orders"][0]["returns"][0]["status"], "withdrawn", "{kept}");
    assert_eq!(free(), 5);
    assert_eq!(talk.tell("cancel my return"), "Nothing of yours is to be sent back.");
}

#[test]
fn a_price_alert_is_set() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "alert" };
    talk.say(QUESTION);
    let text = talk.tell("tell me when it drops below 40");
    assert!(text.starts_with("You are told once") && text.contains("$39.99 or less"), "{text}");
}

#[test]
fn a_summary_that_is_out_of_date_is_refused() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "late" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    talk.say("check out");
    talk.say(ADDRESS);
    talk.say("standard");
    talk.say("card");
    place.write("dearer.jsonl", Place::coats().replace("60.00 USD", "65.00 USD"));
    place.run(&["import", "dearer.jsonl"]).succeeded();
    let refused = talk.say("yes");
    assert!(refused["orders"].as_array().is_none_or(Vec::is_empty), "{refused}");
    let new = refused["confirm"]["text"].as_str().unwrap();
    assert!(new.contains("$65.00") && refused["text"].as_str().unwrap().ends_with(new), "{refused}");
    assert!(talk.say("what did I order")["orders"].is_null(), "nothing was ordered");
}

#[test]
fn a_yes_after_a_remark_is_asked_for_again() {
    let place = Place::with_coats();
    let talk = with_delivery(&place, "remark");
    let asked = talk.say("card");
    talk.say("where is my order");
    let again = talk.say("yes");
    assert_eq!(again["confirm"]["digest"], asked["confirm"]["digest"], "{again}");
    assert!(again["orders"].is_null(), "nothing is done by a yes to something else: {again}");
    assert_eq!(talk.say("yes")["orders"][0]["status"], "paid");
    let mine = talk.say("show my orders");
    assert_eq!(
        mine["orders"].as_array().map(Vec::len),
        Some(1),
        "a guest sees what they placed here: {mine}"
    );
    assert_eq!(talk.tell("yes"), "There is nothing that I have asked you.");
}

#[test]
fn a_declined_card_is_told_and_another_one_pays() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "declined" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    talk.say("check out");
    talk.say(ADDRESS);
    talk.say("standard");
    talk.say("card tok_decline");
    let declined = talk.say("yes");
    assert_eq!(declined["orders"][0]["status"], "placed", "{declined}");
    // Another try is told as it ended, not as it was meant.
    talk.say("card tok_decline");
    let again = talk.tell("yes");
    assert!(again.contains("is not paid yet. card did not work") && !again.contains("is paid"), "{again}");
    talk.say("card tok_challenge");
    let bank = talk.say("yes");
    let (text, url) = (bank["text"].as_str().unwrap(), bank["orders"][0]["challenge_url"].as_str().unwrap());
    assert!(text.contains("is not paid yet. Your bank") && text.contains(url), "{bank}");
}

#[test]
fn a_declined_card_is_followed_by_one_that_pays() {
    let place = Place::with_coats();
    let talk = with_delivery(&place, "declined-then-paid");
    talk.say("card tok_decline");
    talk.say("yes");
    talk.say("card tok_timeout");
    let unsure = talk.tell("yes");
    assert!(unsure.starts_with("The payment of") && unsure.ends_with("is under way."), "{unsure}");
}

#[test]
fn another_card_pays() {
    let place = Place::with_coats();
    let talk = with_delivery(&place, "another-card");
    talk.say("card tok_decline");
    talk.say("yes");
    talk.say("card");
    let paid = talk.say("yes");
    assert_eq!(paid["orders"][0]["status"], "paid");
    assert!(paid["text"].as_str().unwrap().contains(" is paid: $"), "{paid}");
}

#[test]
fn a_question_in_a_conversation_is_answered_as_without_one() {
    let place = Place::with_coats();
    let talk = Talk { place: &place, name: "ask" };
    let (with, without) = (talk.say(QUESTION), place.json(&["ask", QUESTION]));
    for field in ["intent", "text", "claims", "evidence", "products", "abstained", "missing", "follow_ups"] {
        assert_eq!(with[field], without[field], "{field}");
    }
    assert_eq!(with["session"], "ses_ask");
}

#[test]
fn a_yes_to_something_else_places_no_order() {
    let place = Place::with_coats();
    let talk = with_delivery(&place, "other-yes");
    talk.say("card");
    for words in ["yes, cancel it", "sure, return it", "yes?"] {
        let again = talk.tell(words);
        assert!(again.starts_with("This still waits for your yes."), "{words}: {again}");
    }
    assert!(talk.tell("was I charged?").starts_with("I do not see an order of yours"));
    assert!(talk.tell("check out").starts_with("How would you like to pay"));
}

#[test]
fn what_a_summary_says_can_be_changed_before_the_yes() {
    let place = Place::with_coats();
    let talk = with_delivery(&place, "revised");
    let summary = |reply: &Value| reply["confirm"]["text"].as_str().unwrap_or_default().to_owned();
    let first = summary(&talk.say("card"));
    let quicker = summary(&talk.say("no, express please"));
    assert!(quicker.ends_with("Shall I place the order?") && quicker != first, "{quicker}");
    let more = summary(&talk.say("make it two"));
    assert!(more.starts_with("2 × ") && more.ends_with("Shall I place the order?"), "{more}");
    assert_eq!(talk.say("yes, place it")["orders"][0]["status"], "paid");
    // The summaries before are over with it.
    assert!(talk.tell("did it ship?").contains("is being prepared"));
    assert!(summary(&talk.say("cancel it")).ends_with("Shall I cancel it?"));
}

#[test]
fn a_prompt_is_answered_in_the_words_that_it_offers() {
    let place = Place::with_coats();
    let say = |words: &str| place.json(&["ask", "--session", "german", "--locale", "de-DE", words]);
    say("rain jacket");
    say("add the first one in M");
    say("zur Kasse");
    say(ADDRESS);
    say("Standardlieferung");
    let asked = say("Karte");
    assert!(
        asked["confirm"]["text"].as_str().unwrap().ends_with("Soll ich die Bestellung aufgeben?"),
        "{asked}"
    );
    let order = say("ja")["orders"][0]["id"].as_str().unwrap().to_owned();
    assert!(say("ist sie schon verschickt?")["text"].as_str().unwrap().contains(&order));
}

/// A conversation up to the question how to pay.
fn with_delivery<'a>(place: &'a Place, name: &'static str) -> Talk<'a> {
    let talk = Talk { place, name };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    talk.say("check out");
    talk.say(ADDRESS);
    talk.say("standard");
    talk
}
