//! Russet's own feed: one JSON object on each line, whose `type` says what it is. A product without a price is kept,
//! with a warning: it can be found and asked about, and cannot be bought.

use std::io::BufRead;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::output::{Output, shortened};
use crate::row::Row;
use crate::text::Text;
use crate::{DiagnosticCode, Record, Shop};

mod product;
mod said;
mod schema;

pub use schema::jsonl_schema;
use schema::{DocumentLine, ProductLine, QuestionLine, ReviewLine, ShopLine};

/// The part of a line that is read first.
#[derive(Deserialize)]
struct Head {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    id: schema::Scalar,
}

/// Reads all lines.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let mut line = Vec::new();
    while !output.is_stopped() {
        let number = text.line();
        match next_line(text, &mut line, output.options.max_row_bytes) {
            Found::Nothing => return,
            Found::TooLong => report_too_long(number, output),
            Found::Line { is_last } => read_line(&line, number, is_last, output),
        }
    }
}

/// What stands next in the text.
enum Found {
    Line { is_last: bool },
    TooLong,
    Nothing,
}

/// Reads up to the end of a line; of one that is too long the rest is passed over.
fn next_line(text: &mut Text<'_>, line: &mut Vec<u8>, max_bytes: usize) -> Found {
    line.clear();
    let mut is_too_long = false;
    let mut has_any = false;
    loop {
        let held = text.fill_buf().unwrap_or(&[]);
        if held.is_empty() {
            return match (has_any, is_too_long) {
                (false, _) => Found::Nothing,
                (true, true) => Found::TooLong,
                (true, false) => Found::Line { is_last: true },
            };
        }
        has_any = true;
        let end = held.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(held.len(), |end| end + 1);
        is_too_long |= line.len() + taken > max_bytes;
        if !is_too_long {
            line.extend_from_slice(&held[..taken]);
        }
        text.consume(taken);
        if end.is_some() {
            return if is_too_long { Found::TooLong } else { Found::Line { is_last: false } };
        }
    }
}

fn read_line(line: &[u8], number: u64, is_last: bool, output: &mut Output<'_>) {
    let line = line.trim_ascii();
    if line.is_empty() {
        return;
    }
    output.count_row();
    let mut row = Row { output, line: number, record: "" };
    let head: Head = match serde_json::from_slice(line) {
        Ok(head) => head,
        Err(error) => return refuse_broken(&error, is_last, &mut row),
    };
    let id = head.id.text();
    let mut row = Row { output: row.output, line: number, record: &id };
    match head.kind.as_str() {
        "shop" => take(line, &mut row, shop),
        "product" => take(line, &mut row, |line: ProductLine, row| product::read(line, row)),
        "review" => take(line, &mut row, |line: ReviewLine, row| said::review(line, row)),
        "question" => take(line, &mut row, |line: QuestionLine, row| said::question(line, row)),
        "document" => take(line, &mut row, |line: DocumentLine, row| said::document(line, row)),
        other => row.refuse(
            "type",
            DiagnosticCode::UnknownField,
            format!("\"{}\" is no type of line; the line is left out", shortened(other)),
            "use shop, product, review, question or document",
        ),
    }
}

/// Reads a line as this type and hands over what comes of it.
fn take<L: DeserializeOwned>(
    line: &[u8],
    row: &mut Row<'_, '_>,
    read: impl FnOnce(L, &mut Row<'_, '_>) -> Option<Record>,
) {
    match serde_json::from_slice(line) {
        Ok(line) => {
            if let Some(record) = read(line, row) {
                row.output.record(record);
            }
        }
        Err(error) => refuse_broken(&error, false, row),
    }
}

fn shop(line: ShopLine, row: &mut Row<'_, '_>) -> Option<Record> {
    let currency = commerce::Currency::parse(line.currency.trim());
    if currency.is_none() && !line.currency.trim().is_empty() {
        row.warn(
            "currency",
            DiagnosticCode::InvalidValue,
            format!("\"{}\" is no ISO 4217 currency; it is left out", shortened(&line.currency)),
            "use three letters, such as USD",
        );
    }
    if row.output.default_currency.is_none() {
        row.output.default_currency = currency;
    }
    Some(Record::Shop(Shop { name: line.name.trim().to_owned(), currency, url: row.url("url", &line.url) }))
}

fn refuse_broken(error: &serde_json::Error, is_last: bool, row: &mut Row<'_, '_>) {
    if error.is_eof() && is_last {
        let reason = "the file ends in the middle of this line; the line is left out";
        return row.refuse("", DiagnosticCode::Truncated, reason, "export or copy the file again");
    }
    let (code, hint) = match error.classify() {
        serde_json::error::Category::Data => {
            (DiagnosticCode::InvalidValue, "compare the line with the JSON Schema")
        }
        _ => (DiagnosticCode::Malformed, "put one whole JSON object on each line"),
    };
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("");
    let reason = format!("column {}: {}; the line is left out", error.column(), shortened(message));
    row.refuse("", code, reason, hint);
}

fn report_too_long(number: u64, output: &mut Output<'_>) {
    output.count_row();
    let reason = format!("the line has more than {} bytes and is left out", output.options.max_row_bytes);
    Row { output, line: number, record: "" }.refuse("", DiagnosticCode::RowTooLong, reason, "split it up");
}
