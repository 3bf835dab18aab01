//! Rows of a CSV file by the names of their columns.

use csv_core::{ReadRecordResult, Reader};

/// The most rows that are read.
const MAX_ROWS: usize = 10_000;

/// One row.
pub(super) struct Row(Vec<(String, String)>);

impl Row {
    /// The text of a column, trimmed; empty where it is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(column, _)| column == name).map_or("", |(_, text)| text.trim())
    }

    /// Whether a column says yes.
    pub(super) fn is_on(&self, name: &str) -> bool {
        matches!(self.text(name), "1" | "true" | "yes")
    }
}

/// The rows below the header.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let mut records = records(text).into_iter();
    let header = records.next().unwrap_or_default();
    records.take(MAX_ROWS).map(|record| Row(header.iter().cloned().zip(record).collect())).collect()
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = Reader::new();
    let mut left = text.trim_start_matches('\u{feff}').as_bytes();
    // No field is longer than the file, and no record has more fields than the file has bytes.
    let mut buffer = vec![0; left.len() + 1];
    let mut ends = vec![0; left.len() + 2];
    let mut records = Vec::new();
    let (mut written, mut ended) = (0, 0);
    loop {
        let (result, read, wrote, more) =
            reader.read_record(left, &mut buffer[written..], &mut ends[ended..]);
        left = &left[read..];
        (written, ended) = (written + wrote, ended + more);
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::Record => {
                records.push(fields(&buffer, &ends[..ended]));
                (written, ended) = (0, 0);
            }
            _ => return records,
        }
    }
}

fn fields(buffer: &[u8], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    ends.iter()
        .map(|end| {
            let field = String::from_utf8_lossy(&buffer[start..*end]).into_owned();
            start = *end;
            field
        })
        .collect()
}
