//! `russet sessions show`.

use agent::{Body, Contents, Effect, Entry, EventKind, Private, Seq, TurnId, trace};
use clap::Args;
use serde_json::{Value, json};
use store::Runtime;

use super::list::Listed;
use super::{find, words};
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

pub(super) async fn run(runtime: &Runtime, arguments: Arguments) -> anyhow::Result<()> {
    let row = find(runtime, &arguments.session).await?;
    let entries = runtime.entries(&row.session, Seq(0)).await?;
    if arguments.trace {
        return show_spans(&entries, arguments.json);
    }
    let contents = runtime.load(&row.session).await?.contents;
    let is_shown = |entry: &&Entry| !arguments.prompts || is_of_model(entry);
    let entries: Vec<&Entry> = entries.iter().filter(is_shown).collect();
    if arguments.json {
        let shown = entries.into_iter().map(|entry| words::object(entry, &contents));
        let entries = shown.collect::<anyhow::Result<Vec<_>>>()?;
        return output::json(&json!({ "session": Listed::of(&row), "entries": entries }));
    }
    for entry in entries {
        output::text(&format!("{}\n", words::line(entry, &contents)))?;
        if arguments.prompts {
            output::text(&output::tame(&of_model(entry, &contents)))?;
        }
    }
    Ok(())
}

fn is_of_model(entry: &Entry) -> bool {
    matches!(&entry.body, Body::Event(EventKind::Consulted(_) | EventKind::Advised(_)))
}

/// What a model was shown, or wrote: texts as they were, anything else as JSON.
fn of_model(entry: &Entry, contents: &Contents) -> String {
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
                |used| format!("{} tokens read, {} written", used.input_tokens, used.output_tokens),
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
