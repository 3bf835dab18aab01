//! `russet sessions show`.

use std::collections::BTreeMap;

use agent::{Body, Contents, Effect, Entry, EventKind, Key, Private, Seq, Spent, TurnId, Usage, trace};
use clap::Args;
use commerce::Currency;
use serde::Serialize;
use serde_json::{Value, json};
use store::Runtime;

use super::list::Listed;
use super::{find, words};
use crate::config::Config;
use crate::cost::Amount;
use crate::desk;
use crate::output::{self, Style};

/// Show one session from its beginning
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// The session, or the beginning of its name
    #[arg(value_name = "ID")]
    session: String,

    /// Show the spans of each turn instead of the entries
    #[arg(long)]
    trace: bool,

    /// Show what language models were asked and what they wrote, whole, instead of the entries
    #[arg(long, conflicts_with = "trace")]
    prompts: bool,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let row = find(runtime, &arguments.session).await?;
    let entries = runtime.entries(&row.session, Seq(0)).await?;
    if arguments.trace {
        return show_spans(&entries, arguments.json);
    }
    let contents = runtime.load(&row.session).await?.contents;
    let cost = Cost::of(&entries, desk::rules(config).ok().map(|rules| rules.currency));
    let is_shown = |entry: &&Entry| !arguments.prompts || is_of_model(entry);
    let entries: Vec<&Entry> = entries.iter().filter(is_shown).collect();
    if arguments.json {
        let shown = entries.into_iter().map(|entry| words::object(entry, &contents));
        let entries = shown.collect::<anyhow::Result<Vec<_>>>()?;
        return output::json(&json!({ "session": Listed::of(&row), "models": cost, "entries": entries }));
    }
    for entry in entries {
        output::text(&format!("{}\n", words::line(entry, &contents)))?;
        if arguments.prompts {
            output::text(&output::tame(&of_model(entry, &contents, &cost)))?;
        }
    }
    if cost.asked > 0 {
        output::text(&format!(
            "language models: asked {} times, {} tokens{}\n",
            cost.asked,
            cost.tokens,
            cost.money(cost.money_micros)
        ))?;
    }
    Ok(())
}

/// What language models came to in a conversation.
#[derive(Debug, Serialize)]
struct Cost {
    /// How often one was asked.
    asked: u32,
    /// Tokens read and written; where nobody knows, those that were set aside.
    tokens: u64,
    /// Millionths of the currency.
    money_micros: u64,
    /// The shop's currency, where its policy can be read.
    currency: Option<Currency>,
}

impl Cost {
    fn of(entries: &[Entry], currency: Option<Currency>) -> Self {
        let mut used: BTreeMap<Key, Usage> = BTreeMap::new();
        for entry in entries {
            match &entry.body {
                Body::Event(EventKind::Consulted(asked)) => {
                    used.insert(entry.seq.into(), asked.reserved);
                }
                Body::Event(EventKind::Advised(advised)) => {
                    used.extend(advised.usage.map(|usage| (advised.key, usage)));
                }
                _ => {}
            }
        }
        let spent = used.values().fold(Spent::default(), |sum, usage| sum.plus(usage.spent()));
        let asked = u32::try_from(used.len()).unwrap_or(u32::MAX);
        Self { asked, tokens: spent.tokens, money_micros: spent.money_micros, currency }
    }

    /// An amount behind a comma; nothing where there is none.
    fn money(&self, micros: u64) -> String {
        match self.currency.filter(|_| micros > 0) {
            Some(currency) => format!(", {}", Amount::new(micros, currency)),
            None => String::new(),
        }
    }
}

fn is_of_model(entry: &Entry) -> bool {
    matches!(&entry.body, Body::Event(EventKind::Consulted(_) | EventKind::Advised(_)))
}

/// What a model was shown, or wrote: texts as they were, anything else as JSON.
fn of_model(entry: &Entry, contents: &Contents, cost: &Cost) -> String {
    let whole = |private: &Private| match contents.value(private) {
        None => words::ERASED.to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(fields)) => {
            let field = |(name, value): (&String, &Value)| match value {
                Value::String(text) => format!("{name}:\n{text}"),
                other => format!("{name}: {other}"),
            };
            fields.iter().map(field).collect::<Vec<_>>().join("\n")
        }
        Some(other) => other.to_string(),
    };
    match &entry.body {
        Body::Event(EventKind::Consulted(asked)) => format!("{}\n\n", whole(&asked.prompt)),
        Body::Event(EventKind::Advised(advised)) => {
            let output = advised.output.as_ref().map_or_else(|| "no answer".to_owned(), whole);
            let used = advised.usage.map_or_else(
                || "nobody knows what it used".to_owned(),
                |used| {
                    let money = cost.money(used.money_micros);
                    format!("{} tokens read, {} written{money}", used.input_tokens, used.output_tokens)
                },
            );
            format!("{output}\n({used})\n\n")
        }
        _ => String::new(),
    }
}

fn show_spans(entries: &[Entry], is_json: bool) -> anyhow::Result<()> {
    let turns = entries.iter().filter_map(|entry| match &entry.body {
        Body::Effect(Effect::BeginTurn(_)) => Some(TurnId::from(entry.seq)),
        _ => None,
    });
    let spans: Vec<_> = turns.flat_map(|turn| trace::spans(entries, turn)).collect();
    if is_json {
        return output::json(&json!({ "spans": spans }));
    }
    let style = Style::of_output();
    for span in spans {
        let indent = if span.parent_span_id.is_some() { "  " } else { "" };
        let took =
            span.end.map_or_else(|| "running".to_owned(), |end| format!("{} ms", end.since(span.start)));
        let error = match span.attributes.get(trace::ERROR_TYPE) {
            Some(trace::SpanValue::Text(error)) => format!("  {error}"),
            _ => String::new(),
        };
        let start = style.faint(&words::time(span.start));
        output::text(&format!("{start}  {indent}{}  {took}{error}\n", span.name))?;
    }
    Ok(())
}
