//! Entries as people read them.

use agent::{Body, Contents, Effect, Entry, EventKind, Private, Teller, Time, Words};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::output::tame;

/// What stands where something was erased.
pub(super) const ERASED: &str = "[erased]";
/// Letters of a content that a line shows.
const MAX_SHOWN: usize = 200;

/// A moment as text: RFC 3339, in UTC.
pub(super) fn time(time: Time) -> String {
    Timestamp::from_millisecond(time.millis()).map(|time| time.to_string()).unwrap_or_default()
}

/// An entry for programs: as it is stored, with the words that it refers to by name, `null` where they were erased.
pub(super) fn object(entry: &Entry, contents: &Contents) -> anyhow::Result<Value> {
    let mut object: Value = serde_json::from_str(&entry.to_line())?;
    let mut words = Map::new();
    gather(&object, contents, &mut words);
    if let Value::Object(fields) = &mut object {
        fields.insert("time".to_owned(), json!(time(entry.at)));
        fields.insert("words".to_owned(), Value::Object(words));
    }
    Ok(object)
}

/// Finds references: objects with `id` and `tokens`.
fn gather(value: &Value, contents: &Contents, words: &mut Map<String, Value>) {
    match value {
        Value::Object(fields) => {
            if let Ok(private) = serde_json::from_value::<Private>(value.clone()) {
                let held = contents.value(&private).cloned().unwrap_or(Value::Null);
                words.insert(private.id.as_str().to_owned(), held);
            }
            fields.values().for_each(|field| gather(field, contents, words));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, contents, words)),
        _ => {}
    }
}

/// An entry in one line for people.
pub(super) fn line(entry: &Entry, contents: &Contents) -> String {
    let (name, about) = match &entry.body {
        Body::Event(event) => (event.name(), of_event(event, contents)),
        Body::Effect(effect) => (effect.name(), of_effect(effect, contents)),
    };
    let mark = if matches!(entry.body, Body::Event(_)) { "" } else { "  " };
    let time = time(entry.at);
    format!("{:>5}  {time:<24}  {mark}{name} {}", entry.seq.0, tame(&about)).trim_end().to_owned()
}

fn of_event(event: &EventKind, contents: &Contents) -> String {
    match event {
        EventKind::Opened(opened) => format!("for {} by {}", opened.owner, opened.node),
        EventKind::LeaseTaken(taken) => format!("by {}, epoch {}", taken.node, taken.epoch),
        EventKind::Message(message) => said(&message.text, contents),
        EventKind::Uttered(uttered) => said(&uttered.part, contents),
        EventKind::Consulted(asked) => {
            format!("{} {} {}", asked.key, asked.model, said(&asked.prompt, contents))
        }
        EventKind::Advised(advised) => {
            let output = advised
                .output
                .as_ref()
                .map_or_else(|| "no answer".to_owned(), |output| said(output, contents));
            let tokens =
                advised.usage.map(|used| format!("{}+{} tokens ", used.input_tokens, used.output_tokens));
            format!("{} {}{output}", advised.key, tokens.unwrap_or_default())
        }
        EventKind::Repeated(repeated) => {
            repeated.facts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        }
        EventKind::Inherited(inherited) => format!("{} facts of {}", inherited.facts.len(), inherited.from),
        EventKind::Bequeathed(left) => format!("{} facts to {}", left.facts.len(), left.to),
        EventKind::Learned(learned) => {
            format!("{} = {}", said(&learned.topic, contents), said(&learned.content, contents))
        }
        EventKind::Approved(approved) => format!("{} by {}", approved.key, word(&approved.by)),
        EventKind::Denied(denied) => format!("{} by {}", denied.key, word(&denied.by)),
        EventKind::Returned(returned) => format!("{} {}", returned.key, word(&returned.answer)),
        EventKind::Told(told) => match &told.by {
            Teller::Callee => format!("{} {}", told.key, word(&told.fate)),
            Teller::Staff(id) => format!("{} {} by staff {id}", told.key, word(&told.fate)),
        },
        EventKind::Thought(thought) => format!("{} {}", thought.key, word(&thought.outcome)),
        _ => String::new(),
    }
}

fn of_effect(effect: &Effect, contents: &Contents) -> String {
    match effect {
        Effect::Reply(reply) => match &reply.words {
            Words::Said(text) => said(text, contents),
            Words::Notice(notice) => word(notice),
        },
        Effect::Think(think) => format!("{} {}", think.key, think.decider),
        Effect::Propose(propose) => {
            format!("{} {} {}", propose.key, propose.tool, said(&propose.input, contents))
        }
        Effect::Call(call) => format!("{} {} attempt {}", call.key, call.tool, call.attempt),
        Effect::Ask(ask) => format!("{} {}", ask.key, ask.tool),
        Effect::RequestApproval(request) => format!("{} {}", request.key, said(&request.text, contents)),
        Effect::CloseApproval(closed) => {
            let verdict = if closed.is_granted { "granted" } else { "refused" };
            format!("{} {verdict} by {}", closed.key, word(&closed.by))
        }
        Effect::Settle(settle) => format!("{} {}", settle.key, word(&settle.fate)),
        Effect::EndTurn(ended) => word(&ended.end),
        Effect::Refuse(refuse) => word(&refuse.refusal),
        Effect::Shred(shred) => format!("{} contents", shred.contents.len()),
        _ => String::new(),
    }
}

/// What a reference refers to, cut to a line. An object that has a text shows its text.
fn said(private: &Private, contents: &Contents) -> String {
    let text = match contents.value(private) {
        None => return ERASED.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => format!("{} parts", parts.len()),
        Some(other) => ["/text", "/reply/text", "/prompt"]
            .iter()
            .find_map(|place| other.pointer(place)?.as_str().map(str::to_owned))
            .unwrap_or_else(|| other.to_string()),
    };
    let mut shown: String = text.replace('\n', " ").chars().take(MAX_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The name of a variant as the journal writes it.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}
