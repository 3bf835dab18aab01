//! Faults in the shape of a policy: keys that there are not, words that are none of the listed. A reader stops at the first
//! one, so each table is read by itself, and again without what it has told, until nothing is left to tell.

use std::ops::Range;

use super::{Fault, Policy};

/// The most faults that one table tells.
const MAX_FAULTS: usize = 50;

/// The faults of each table, in the file's order; `first` is that of the file as a whole.
pub(super) fn faults(text: &str, first: &toml::de::Error) -> Vec<Fault> {
    let tables = tables(text);
    let mut names: Vec<&str> = Vec::new();
    for name in tables.iter().flatten() {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let mut found: Vec<Fault> = Vec::new();
    for name in names {
        // The other tables are left blank, so that lines and places stay what they are.
        let of_table = |(line, table): (&str, &Option<&str>)| match table.is_none_or(|table| table == name) {
            true => line.to_owned(),
            false => blank(line),
        };
        let part = text.split('\n').zip(&tables).map(of_table).collect();
        for fault in of_part(text, part) {
            if !found.contains(&fault) {
                found.push(fault);
            }
        }
    }
    if found.is_empty() { vec![Fault::of_syntax(text, first)] } else { found }
}

/// The faults of one table: each is taken out once it is told, so that the next one shows.
fn of_part(text: &str, mut lines: Vec<String>) -> Vec<Fault> {
    let mut found: Vec<Fault> = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    while found.len() < MAX_FAULTS {
        let Err(error) = toml::from_str::<Policy>(&lines.join("\n")) else { break };
        let fault = Fault::of_syntax(text, &error);
        let missing = missing_field(&fault.what).map(str::to_owned);
        let is_own = missing.as_ref().is_some_and(|name| taken.contains(name));
        let at = lines_of(text, error.span());
        let at = if missing.is_some() { block(&lines, at.start) } else { at };
        // What was taken out already cannot be taken out again.
        if lines[at.clone()].iter().all(|line| line.trim().is_empty()) {
            break;
        }
        if missing.is_some() {
            taken.extend(full_name(&lines[at.start]).rsplit('.').next().map(str::to_owned));
        }
        lines[at].iter_mut().for_each(|line| *line = blank(line));
        if !is_own {
            taken.extend(fault.key.rsplit('.').next().map(str::to_owned));
            found.push(fault);
        }
    }
    found.sort_by_key(|fault| fault.line);
    found
}

/// As many bytes of nothing.
fn blank(line: &str) -> String {
    " ".repeat(line.len())
}

/// The key that is not there, where that is the fault.
fn missing_field(what: &str) -> Option<&str> {
    what.strip_prefix("missing field `")?.split('`').next()
}

/// The lines that a span of the text touches.
fn lines_of(text: &str, span: Option<Range<usize>>) -> Range<usize> {
    let Some(span) = span else { return 0..0 };
    let line =
        |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
    let last = line(span.end.saturating_sub(1).max(span.start));
    line(span.start)..last + 1
}

/// The table that a line belongs to, with the tables in it.
fn block(lines: &[String], line: usize) -> Range<usize> {
    let name = |at: usize| full_name(&lines[at]);
    let is_header = |at: &usize| header(&lines[*at]).is_some();
    let Some(start) = (0..=line.min(lines.len().saturating_sub(1))).rev().find(is_header) else {
        return 0..0;
    };
    let is_within = |at: usize| name(at).strip_prefix(name(start)).is_some_and(|rest| rest.starts_with('.'));
    let end = (start + 1..lines.len()).filter(is_header).find(|at| !is_within(*at)).unwrap_or(lines.len());
    start..end
}

/// The whole name in a header.
fn full_name(line: &str) -> &str {
    line.trim().trim_start_matches('[').split(']').next().unwrap_or_default()
}

/// The first name of the table that each line belongs to; `None` before the first table.
fn tables(text: &str) -> Vec<Option<&str>> {
    let mut table = None;
    let of_line = |line| {
        table = header(line).or(table);
        table
    };
    text.split('\n').map(of_line).collect()
}

/// The first name in a header such as `[[shipping.method]]`.
fn header(line: &str) -> Option<&str> {
    let inner = line.trim_start().strip_prefix('[')?;
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    let name = &inner[..inner.find(']')?];
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_key);
    is_name.then(|| name.split('.').next()).flatten()
}
