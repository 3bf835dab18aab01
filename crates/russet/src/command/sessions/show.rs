//! `russet sessions show`.

use agent::{Body, Effect, Entry, Seq, TurnId, trace};
use clap::Args;
use serde_json::json;
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
    if arguments.json {
        let shown = entries.iter().map(|entry| words::object(entry, &contents));
        let entries = shown.collect::<anyhow::Result<Vec<_>>>()?;
        return output::json(&json!({ "session": Listed::of(&row), "entries": entries }));
    }
    for entry in &entries {
        output::text(&format!("{}\n", words::line(entry, &contents)))?;
    }
    Ok(())
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
