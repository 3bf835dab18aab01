//! `russet orders`, `russet stock` and `russet sessions`: what whoever runs the shop sees.

use crate::conversations::Talk;
use crate::program::Place;

#[test]
fn stock_follows_orders_counts_and_feeds() {
    let place = Place::with_coats();
    let free = || place.json(&["stock", "show", "RJ-M"])["free"].clone();
    assert_eq!(free(), 5);
    Talk { place: &place, name: "one" }.buy("rain jacket", "add the first one in M");
    assert_eq!(free(), 4);
    place.run(&["stock", "set", "RJ-M", "0"]).failed_with(1);
    place.run(&["stock", "set", "RJ-M", "9"]).succeeded();
    assert_eq!(free(), 8);
    assert!(place.run(&["stock", "show", "nope"]).failed_with(1).err.contains("nothing of the id nope"));
}

#[test]
fn orders_are_listed_and_shown() {
    let place = Place::with_coats();
    let order = Talk { place: &place, name: "one" }.buy("rain jacket", "add the first one in M");
    assert_eq!(place.json(&["orders", "list"])["id"], *order);
    let shown = place.json(&["orders", "show", &order]);
    assert_eq!(
        (shown["status"].as_str(), shown["lines"][0]["source_id"].as_str()),
        (Some("paid"), Some("RJ-M"))
    );
    assert!(place.run(&["orders", "show", &order]).succeeded().out.contains("Ada Lovelace"));
    place.run(&["orders", "show", "42"]).failed_with(1);
}

#[test]
fn sessions_are_listed_shown_replayed_and_exported() {
    let place = Place::with_coats();
    place.run(&["sessions", "list"]).failed_with(1);
    let talk = Talk { place: &place, name: "one" };
    talk.say("rain jacket");
    talk.say("add the first one in M");
    assert_eq!(place.json(&["sessions", "list"])["session"], "ses_one");
    let shown = place.run(&["sessions", "show", "one"]).succeeded().out;
    assert!(shown.contains("rain jacket") && shown.contains("add_to_cart"), "{shown}");
    let replayed = place.json(&["sessions", "replay", "one"]);
    assert_eq!(replayed["digest"].as_str().map(str::len), Some(64), "{}", replayed["digest"]);
    let spans = place.json(&["sessions", "show", "one", "--trace"]);
    assert!(spans["spans"].as_array().is_some_and(|spans| spans.len() > 2), "{spans}");
    assert!(place.run(&["sessions", "tail", "one", "--once"]).succeeded().out.contains("end_turn"));
    let exported = place.run(&["sessions", "export"]).succeeded().out;
    assert!(exported.lines().count() > 10 && exported.contains("\"content\""), "{exported}");
}
