//! Faults in the shape of a policy: keys that there are not, words that are none of the listed. A reader stops at the first
//! one, so each table is read by itself, and each tells its own.

use super::{Fault, Policy};

/// The first fault of each table, in the file's order; `first` is that of the file as a whole.
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
        // The other tables are left blank, so that the lines keep their numbers.
        let of_table = |(line, table): (&str, &Option<&str>)| -> String {
            if table.is_none_or(|table| table == name) { line.to_owned() } else { String::new() }
        };
        let part: Vec<String> = text.lines().zip(&tables).map(of_table).collect();
        let part = part.join("\n");
        if let Err(error) = toml::from_str::<Policy>(&part) {
            let fault = Fault::of_syntax(&part, &error);
            if !found.contains(&fault) {
                found.push(fault);
            }
        }
    }
    if found.is_empty() { vec![Fault::of_syntax(text, first)] } else { found }
}

/// The first name of the table that each line belongs to; `None` before the first table.
fn tables(text: &str) -> Vec<Option<&str>> {
    let mut table = None;
    let of_line = |line| {
        table = header(line).or(table);
        table
    };
    text.lines().map(of_line).collect()
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
