//! Words that the grammar does not cover, read by a language model: a scripted one, on the server that a model would be on.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};

use serde_json::{Value, json};

use crate::conversations::Talk;
use crate::program::{Place, keeps_to};

/// What a model says to a request; `None` where the server breaks off.
type Script = fn(&str) -> Option<Value>;

/// A model that answers by a script, and what it was asked.
struct Model {
    url: String,
    asked: Receiver<Value>,
}

impl Model {
    fn start(script: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1#scripted", listener.local_addr().unwrap());
        let (told, asked) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // A connection that is kept open asks again.
                let told = told.clone();
                std::thread::spawn(move || answer(stream, script, &told));
            }
        });
        Self { url, asked }
    }

    /// What it was asked since the last look.
    fn asked(&self) -> Vec<Value> {
        self.asked.try_iter().collect()
    }
}

fn answer(stream: TcpStream, script: Script, told: &Sender<Value>) {
    let mut reader = BufReader::new(stream);
    let lines = reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let headers: Vec<String> = lines.map(|line| line.to_lowercase()).collect();
    let length = headers.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
    let Some(length) = length else { return };
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap();
    let prompt = body["messages"][1]["content"].as_str().unwrap().to_owned();
    let said = script(&prompt);
    told.send(body).unwrap();
    let mut events = String::new();
    if let Some(said) = said {
        let piece = json!({ "choices": [{ "delta": { "content": said.to_string() } }] });
        let end = json!({ "choices": [{ "delta": {}, "finish_reason": "stop" }] });
        let usage = json!({ "choices": [], "usage": { "prompt_tokens": 90, "completion_tokens": 7 } });
        events = format!("data: {piece}\n\ndata: {end}\n\ndata: {usage}\n\ndata: [DONE]\n\n");
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close";
    let sent = format!("{head}\r\ncontent-length: {}\r\n\r\n{events}", events.len());
    reader.into_inner().write_all(sent.as_bytes()).unwrap();
}

/// A shop whose settings name the model.
fn place(model: &Model) -> Place {
    let place = Place::with_coats();
    place.write("russet.toml", format!("model = \"{}\"\nphrasing = \"model\"\n", model.url));
    place
}

/// Whether a model was asked which order is meant.
fn is_reading(asked: &Value) -> bool {
    asked.to_string().contains("\"required\":[\"action\"]")
}

/// Reads some orders; whatever is not about them it has no words for.
fn clerk(prompt: &str) -> Option<Value> {
    let orders = [
        ("sling two of those", json!({ "action": "add", "item": "those", "quantity": 2, "option": null })),
        ("out with that jacket", json!({ "action": "remove", "item": "that jacket" })),
        ("cheaper than forty", json!({ "action": "price_alert", "item": "it", "price": "forty" })),
        ("pull the plug", json!({ "action": "cancel_order", "order": null })),
        (
            "she lives at",
            json!({ "action": "change_address", "order": null, "address": "7 Elm Road, Austin, TX, 78702, US" }),
        ),
        ("by the till", json!({ "action": "none" })),
    ];
    let known = orders.into_iter().find(|(words, _)| prompt.contains(words));
    known.map(|(_, said)| said).or(Some(json!({ "sentences": [] })))
}

fn say(place: &Place, words: &str) -> Value {
    Talk { place, name: "words" }.say(words)
}

fn text(reply: &Value) -> &str {
    reply["text"].as_str().unwrap_or_default()
}

#[test]
fn an_order_that_the_grammar_does_not_cover_is_read_by_the_model_and_carried_out() {
    let model = Model::start(clerk);
    let place = place(&model);
    say(&place, "is the Drizzle Rain Jacket waterproof?");
    model.asked();
    let which = say(&place, "could u sling two of those in my trolley");
    assert!(text(&which).starts_with("Which one of Drizzle Rain Jacket?"), "{which}");
    let asked = model.asked();
    assert_eq!(asked.len(), 2, "the action first, then what it needs: {asked:#?}");
    let offered = &asked[0]["response_format"]["json_schema"]["schema"]["properties"]["action"]["enum"];
    assert_eq!(*offered, json!(["add", "none"]));
    let added = say(&place, "in M");
    let line = &added["cart"]["lines"][0];
    assert_eq!((&line["quantity"], &line["options"]), (&json!(2), &json!("M")), "{added}");
    assert!(model.asked().is_empty(), "what the grammar reads waits for no model");
    assert!(text(&say(&place, "you know, out with that jacket")).ends_with("Your cart is empty."));
    assert!(text(&say(&place, "let me know once it's cheaper than forty")).contains("$39.99 or less"));
}

#[test]
fn templates_phrase_answers_unless_the_settings_say_otherwise() {
    let model = Model::start(clerk);
    let place = Place::with_coats();
    place.write("russet.toml", format!("model = \"{}\"\n", model.url));
    let talk = Talk { place: &place, name: "templates" };
    let reply = talk.say("Is the Drizzle Rain Jacket waterproof?");
    assert_eq!(reply["model"]["name"], "none", "{reply}");
    assert!(model.asked().iter().all(is_reading), "an answer waits for no model");
}

#[test]
fn what_a_model_reads_never_skips_a_yes() {
    let model = Model::start(clerk);
    let place = place(&model);
    let talk = Talk { place: &place, name: "words" };
    let order = talk.buy("rain jacket", "add the first one in M");
    let asked = talk.say("the parcel is for my mum now, she lives at 7 Elm Road, Austin, TX, 78702, US");
    let confirm = asked["confirm"]["text"].as_str().unwrap_or_else(|| panic!("{asked}"));
    assert!(confirm.contains("7 Elm Road") && confirm.ends_with("Shall I send it there?"), "{confirm}");
    assert_eq!(talk.tell("no"), "All right, I have not done that.");
    let asked = talk.say("you can pull the plug on that order");
    assert!(text(&asked).ends_with("Shall I cancel it?"), "{asked}");
    assert_eq!(talk.say("where is my order")["orders"][0]["status"], "paid");
    talk.say("you can pull the plug on that order");
    let done = talk.say("yes");
    assert_eq!(
        (&done["orders"][0]["id"], &done["orders"][0]["status"]),
        (&json!(order), &json!("cancelled"))
    );
}

#[test]
fn what_it_does_not_read_is_a_question_as_ever() {
    let model = Model::start(clerk);
    let place = place(&model);
    let ask = |place: &Place, words: &str| {
        let reply = say(place, words);
        keeps_to("ask-reply", &reply);
        (reply["intent"].clone(), reply["products"].clone(), reply["cart"].clone())
    };
    let words = "is there a rain jacket in my basket by the till, could you look";
    let with = ask(&place, words);
    assert_eq!(model.asked()[0]["response_format"]["json_schema"]["schema"]["required"], json!(["action"]));
    assert_eq!(with, ask(&Place::with_coats(), words));
    // An ordinary question is asked of the model for words only.
    say(&place, "is the Drizzle Rain Jacket waterproof?");
    let asked = model.asked();
    assert!(
        asked.iter().all(|asked| asked["response_format"].to_string().contains("sentences")),
        "{asked:#?}"
    );
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_model_that_fails_changes_nothing() {
    let model = Model::start(|_| None);
    let place = place(&model);
    say(&place, "is the Drizzle Rain Jacket waterproof?");
    let words = "could u sling two of those in my trolley";
    let failed = say(&place, words);
    assert_eq!(model.asked().iter().filter(|asked| is_reading(asked)).count(), 1);
    let plain = Place::with_coats();
    say(&plain, "is the Drizzle Rain Jacket waterproof?");
    let without = say(&plain, words);
    for field in ["text", "intent", "products", "cart"] {
        assert_eq!(failed[field], without[field], "{field}");
    }
}

#[test]
fn every_call_of_a_model_stands_in_the_journal_and_replays_without_one() {
    let model = Model::start(clerk);
    let place = place(&model);
    say(&place, "is the Drizzle Rain Jacket waterproof?");
    say(&place, "could u sling two of those in my trolley");
    let sent = model.asked();
    assert_eq!(sent.len(), 3, "one to phrase, two to read: {sent:#?}");
    let shown = place.json(&["sessions", "show", "ses_words"]);
    let entries = shown["entries"].as_array().unwrap();
    let body = |entry: &Value, kind: &str| entry["body"]["event"].get(kind).cloned();
    let consulted: Vec<(Value, Value)> = entries
        .iter()
        .filter_map(|entry| {
            let consulted = body(entry, "consulted")?;
            Some((consulted.clone(), entry["words"][consulted["prompt"]["id"].as_str().unwrap()].clone()))
        })
        .collect();
    assert_eq!(consulted.len(), sent.len());
    for ((consulted, prompt), sent) in consulted.iter().zip(&sent) {
        assert_eq!(consulted["model"], "scripted");
        assert_eq!(prompt["system"], sent["messages"][0]["content"]);
        assert_eq!(prompt["prompt"], sent["messages"][1]["content"]);
        assert_eq!(prompt["schema"], sent["response_format"]["json_schema"]["schema"]);
        assert_eq!(prompt["max_tokens"], sent["max_tokens"]);
    }
    let advised: Vec<Value> = entries.iter().filter_map(|entry| body(entry, "advised")).collect();
    assert_eq!(advised.len(), 3);
    assert!(advised.iter().all(|advised| advised["usage"]["input_tokens"] == 90), "{advised:#?}");
    let printed = place.run(&["sessions", "show", "ses_words", "--prompts"]).succeeded().out;
    for part in [
        sent[1]["messages"][0]["content"].as_str().unwrap(),
        "sling two of those",
        "90 tokens read, 7 written",
    ] {
        assert!(printed.contains(part), "{part}\n{printed}");
    }
    drop(model);
    let replayed = place.json(&["sessions", "replay", "ses_words"]);
    assert_eq!(replayed["state"]["spent"]["tokens"], 3 * 97, "{replayed}");
    let spans = place.json(&["sessions", "show", "ses_words", "--trace"]).to_string();
    assert!(spans.contains("chat scripted"), "{spans}");
}

#[test]
fn what_a_model_was_shown_is_erased_with_what_was_said() {
    let model = Model::start(clerk);
    let place = place(&model);
    say(&place, "rain jacket");
    say(&place, "I'm allergic to peanuts, show me a rain jacket");
    let before = place.run(&["sessions", "export"]).succeeded().out;
    assert!(before.contains("peanuts"), "{before}");
    let forgotten = say(&place, "forget that I'm allergic to peanuts");
    assert!(text(&forgotten).starts_with("That is forgotten."), "{forgotten}");
    let exported = place.run(&["sessions", "export"]).succeeded().out;
    assert!(exported.contains("consulted") && !exported.contains("peanuts"), "{exported}");
    place.run(&["sessions", "replay", "ses_words"]).succeeded();
}

/// A shop whose model costs a dollar for a million tokens read and ten for a million written.
fn paid(model: &Model, more: &str) -> Place {
    let place = Place::with_coats();
    let url = &model.url;
    let price = format!("[model_prices.\"{url}\"]\ninput = \"1 USD\"\noutput = \"10 USD\"\n");
    place.write("russet.toml", format!("model = \"{url}\"\nphrasing = \"model\"\n\n{price}{more}"));
    place
}

#[test]
fn what_a_model_costs_is_in_the_journal() {
    let model = Model::start(clerk);
    let place = paid(&model, "");
    say(&place, "is the Drizzle Rain Jacket waterproof?");
    say(&place, "could u sling two of those in my trolley");
    let asked = model.asked().len() as u64;
    assert!(asked >= 2, "{asked}");
    let shown = place.json(&["sessions", "show", "ses_words"]);
    let models =
        json!({ "asked": asked, "tokens": asked * 97, "money_micros": asked * 160, "currency": "USD" });
    assert_eq!(shown["models"], models);
    let replayed = place.json(&["sessions", "replay", "ses_words"]);
    assert_eq!(replayed["state"]["spent"]["money_micros"], asked * 160, "{replayed}");
    let shown = place.run(&["sessions", "show", "ses_words", "--prompts"]).succeeded().out;
    assert!(shown.contains("(90 tokens read, 7 written, 0.00016 USD)"), "{shown}");
    let total = format!("language models: asked {asked} times, {} tokens, 0.000", asked * 97);
    assert!(shown.lines().last().is_some_and(|line| line.starts_with(&total)), "{shown}");
}

#[test]
fn where_the_money_is_spent_no_model_is_asked_and_the_grammar_goes_on() {
    let model = Model::start(clerk);
    let place = paid(&model, "\n[model_budget]\nturn = \"1 USD\"\nconversation = \"0.000001 USD\"\n");
    let answer = say(&place, "is the Drizzle Rain Jacket waterproof?");
    assert!(!text(&answer).is_empty(), "{answer}");
    say(&place, "could u sling two of those in my trolley");
    assert!(model.asked().is_empty(), "there is no room for what it may use");
    assert_eq!(text(&say(&place, "show my cart")), "Your cart is empty.");
    let replayed = place.json(&["sessions", "replay", "ses_words"]);
    assert_eq!(replayed["state"]["spent"]["money_micros"], 0, "{replayed}");
}

#[test]
fn a_price_in_money_that_the_shop_does_not_take_is_refused() {
    let model = Model::start(clerk);
    let place = paid(&model, "\n[model_budget]\nturn = \"1 EUR\"\n");
    let refused = place.run(&["ask", "rain jacket", "--session", "words"]).failed_with(1);
    assert!(
        refused.err.contains("model_budget is in EUR, and the shop's money is in USD"),
        "{}",
        refused.err
    );
}
