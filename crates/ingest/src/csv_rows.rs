//! Tables of comma, semicolon or tab separated rows, read one row at a time into buffers that are used again.
//!
//! Quoted fields may hold separators and line breaks (RFC 4180). A row that is too long or has too many fields is
//! reported and left out; reading goes on behind it. So is a row that opens a quotation mark and never closes it, see
//! `rewind`.

use std::collections::HashMap;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::output::{Output, Place};
use crate::text::Text;
use crate::{DiagnosticCode, Severity};

mod held;
mod rewind;

pub(crate) use held::HeldRow;
use rewind::Rewind;

/// A table whose header has been read.
pub(crate) struct CsvRows<'t, 's> {
    text: Rewind<'t, 's>,
    reader: Reader,
    separator: u8,
    /// The names of the columns as written.
    names: Vec<String>,
    /// The place of each name, in lower case.
    places: HashMap<String, usize>,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

/// A column that the table may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Column(Option<usize>);

/// One row.
#[derive(Clone, Copy)]
pub(crate) struct CsvRow<'a> {
    /// The line that the row starts on.
    pub(crate) line: u64,
    fields: &'a str,
    ends: &'a [usize],
    max_field_bytes: usize,
}

/// How the reading of one row ended.
enum Outcome {
    Row {
        bytes: usize,
        fields: usize,
    },
    TooLong,
    TooManyFields,
    /// A quotation mark that the row opens is never closed.
    Unclosed,
    End,
}

impl<'t, 's> CsvRows<'t, 's> {
    /// Reads the header; `None` where there is none, which is reported.
    pub(crate) fn open(text: &'t mut Text<'s>, output: &mut Output<'_>) -> Option<Self> {
        let separator = separator_of(text.peek());
        let mut rows = Self {
            text: Rewind::new(text),
            reader: ReaderBuilder::new().delimiter(separator).build(),
            separator,
            names: Vec::new(),
            places: HashMap::new(),
            fields: vec![0; 16 << 10],
            ends: vec![0; 128],
        };
        match rows.read_record(output) {
            Outcome::Row { bytes, fields } => rows.take_header(bytes, fields, output),
            Outcome::TooManyFields => {
                output.diagnose(
                    Severity::Error,
                    DiagnosticCode::TooManyColumns,
                    Place { line: Some(1), ..Place::default() },
                    format!("the table has more than {} columns and is left out", output.options.max_columns),
                    "check the separator of the table, or export the columns that are needed only",
                );
                return None;
            }
            _ => {
                output.diagnose(
                    Severity::Error,
                    DiagnosticCode::Malformed,
                    Place { line: Some(1), ..Place::default() },
                    "the first line is no row of column names",
                    "export the table again with its header",
                );
                return None;
            }
        }
        Some(rows)
    }

    /// The names of the columns, as written.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of this name, in any case.
    pub(crate) fn column(&self, name: &str) -> Column {
        Column(self.places.get(&name.to_lowercase()).copied())
    }

    /// The column that has the first of these names that is there.
    pub(crate) fn any_column(&self, names: &[&str]) -> Column {
        names.iter().map(|name| self.column(name)).find(|column| column.is_there()).unwrap_or_default()
    }

    /// The next row; `None` at the end of the table or when the caller wants no more.
    pub(crate) fn next(&mut self, output: &mut Output<'_>) -> Option<CsvRow<'_>> {
        let (line, bytes, fields) = loop {
            if output.is_stopped() {
                return None;
            }
            let outcome = self.read_record(output);
            let line = self.text.row_line();
            if matches!(outcome, Outcome::End) {
                return None;
            }
            output.count_row();
            match outcome {
                Outcome::Row { bytes, fields } if self.is_sound(line, bytes, fields, output) => {
                    break (line, bytes, fields);
                }
                Outcome::TooLong => report_too_long(line, output),
                Outcome::TooManyFields => report_too_many(line, output),
                Outcome::Unclosed => report_unclosed(line, output),
                _ => {}
            }
            output.count_skipped();
        };
        Some(self.row(line, bytes, fields, output))
    }

    fn row(&self, line: u64, bytes: usize, fields: usize, output: &Output<'_>) -> CsvRow<'_> {
        CsvRow {
            line,
            fields: std::str::from_utf8(&self.fields[..bytes]).unwrap_or(""),
            ends: &self.ends[..fields],
            max_field_bytes: output.options.max_field_bytes,
        }
    }

    fn take_header(&mut self, bytes: usize, fields: usize, output: &mut Output<'_>) {
        let row = self.row(1, bytes, fields, output);
        let names: Vec<String> = (0..fields)
            .map(|place| row.text(Column::at(place)).trim_start_matches('\u{feff}').to_owned())
            .collect();
        for (place, name) in names.iter().enumerate() {
            let key = name.to_lowercase();
            if !key.is_empty() && self.places.contains_key(&key) {
                output.diagnose(
                    Severity::Warning,
                    DiagnosticCode::DuplicateColumn,
                    Place { line: Some(1), field: Some(name), ..Place::default() },
                    "the column stands twice; the first one is read",
                    "take out or rename one of them",
                );
            }
            self.places.entry(key).or_insert(place);
        }
        self.names = names;
    }

    /// Reads up to the end of a row, growing the buffers up to their caps.
    fn read_record(&mut self, output: &Output<'_>) -> Outcome {
        let (max_bytes, max_fields) = (output.options.max_row_bytes, output.options.max_columns);
        let (mut bytes, mut fields) = (0, 0);
        let mut excess = None;
        self.text.begin_row();
        loop {
            let input = self.text.fill();
            let (result, taken, given, ended) =
                self.reader.read_record(input, &mut self.fields[bytes..], &mut self.ends[fields..]);
            self.text.consume(taken, excess.is_none());
            bytes += given;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() < max_bytes => {
                    self.fields.resize((self.fields.len() * 2).min(max_bytes), 0);
                }
                ReadRecordResult::OutputFull if excess.is_none() && self.goes_back() => {
                    return Outcome::Unclosed;
                }
                ReadRecordResult::OutputFull => {
                    excess.get_or_insert(Outcome::TooLong);
                    bytes = 0;
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < max_fields => {
                    self.ends.resize((self.ends.len() * 2).min(max_fields), 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    excess.get_or_insert(Outcome::TooManyFields);
                    fields = 0;
                }
                ReadRecordResult::Record if fields != self.names.len() && self.goes_back() => {
                    return Outcome::Unclosed;
                }
                ReadRecordResult::Record => return excess.unwrap_or(Outcome::Row { bytes, fields }),
                ReadRecordResult::End => return Outcome::End,
            }
        }
    }

    /// Whether the row's first line opens a quotation mark by mistake; then the lines behind it are read again.
    fn goes_back(&mut self) -> bool {
        let goes_back = self.text.go_back(self.separator, self.names.len());
        if goes_back {
            self.reader.reset();
        }
        goes_back
    }

    /// Whether the row has the columns of the header: fields that are missing at its end are blank, more than those
    /// of the header mean that a separator stands where none should. Long fields are reported.
    fn is_sound(&mut self, line: u64, bytes: usize, fields: usize, output: &mut Output<'_>) -> bool {
        let expected = self.names.len();
        let is_extra_blank = || {
            let start = self.ends[expected - 1];
            self.fields[start..bytes].iter().all(u8::is_ascii_whitespace)
        };
        if fields > expected && !(expected > 0 && is_extra_blank()) {
            report_width(line, fields, expected, Severity::Error, output);
            return false;
        }
        if fields < expected {
            let is_cut_off = self.text.fill().is_empty();
            if is_cut_off {
                report_cut_off(line, output);
                return false;
            }
            report_width(line, fields, expected, Severity::Warning, output);
        }
        let mut start = 0;
        for (place, end) in self.ends[..fields].iter().enumerate() {
            if end - start > output.options.max_field_bytes {
                report_long_field(line, self.names.get(place), output);
            }
            start = *end;
        }
        true
    }
}

impl Column {
    /// Whether the table has it.
    pub(crate) fn is_there(self) -> bool {
        self.0.is_some()
    }

    /// The column at this place of the header.
    pub(crate) fn at(place: usize) -> Self {
        Self(Some(place))
    }
}

impl<'a> CsvRow<'a> {
    /// Whether nothing but white space stands in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.fields.trim().is_empty()
    }

    /// The text of a field without white space around it; empty where the table or the row has no such field.
    pub(crate) fn text(&self, column: Column) -> &'a str {
        let Some((place, end)) = column.0.and_then(|place| Some((place, *self.ends.get(place)?))) else {
            return "";
        };
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        let field = self.fields.get(start..end).unwrap_or("");
        field[..field.floor_char_boundary(self.max_field_bytes)].trim()
    }
}

/// Which sign separates the fields: the one among tab, comma, semicolon and bar that the first line has most of.
pub(crate) fn separator_of(start: &str) -> u8 {
    let line = first_row(start);
    let mut is_quoted = false;
    let mut counts = [0usize; 4];
    for byte in line.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            _ => {
                if let Some(place) = SEPARATORS.iter().position(|sign| *sign == byte) {
                    counts[place] += 1;
                }
            }
        }
    }
    let most = (0..SEPARATORS.len()).rev().max_by_key(|place| counts[*place]).unwrap_or(1);
    if counts[most] == 0 { b',' } else { SEPARATORS[most] }
}

const SEPARATORS: [u8; 4] = *b"\t,;|";

/// The names of the columns, as far as the start of the text has them.
pub(crate) fn header_of(start: &str) -> Vec<String> {
    const MAX_HEADER_COLUMNS: usize = 4_096;
    let separator = char::from(separator_of(start));
    let mut is_quoted = false;
    first_row(start)
        .split(|c| {
            is_quoted ^= c == '"';
            c == separator && !is_quoted
        })
        .take(MAX_HEADER_COLUMNS)
        .map(|name| name.trim().trim_matches('"').to_owned())
        .collect()
}

fn first_row(start: &str) -> &str {
    start.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty()).unwrap_or("")
}

fn report_too_long(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::RowTooLong,
        Place { line: Some(line), ..Place::default() },
        format!("the row has more than {} bytes and is left out", output.options.max_row_bytes),
        "look for a quotation mark that is opened on this line and never closed",
    );
}

fn report_unclosed(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::Malformed,
        Place { line: Some(line), ..Place::default() },
        "a quotation mark is opened on this line and never closed; the line is left out",
        "close it, or double it where it is a sign of the text",
    );
}

fn report_too_many(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::TooManyColumns,
        Place { line: Some(line), ..Place::default() },
        format!("the row has more than {} fields and is left out", output.options.max_columns),
        "check the separator of the table",
    );
}

fn report_width(line: u64, fields: usize, expected: usize, severity: Severity, output: &mut Output<'_>) {
    let what_follows = match severity {
        Severity::Error => "it is left out",
        _ => "what is missing is taken as blank",
    };
    output.diagnose(
        severity,
        DiagnosticCode::WrongColumnCount,
        Place { line: Some(line), ..Place::default() },
        format!("the row has {fields} fields and the header {expected}; {what_follows}"),
        "put quotation marks around fields that hold a separator or a line break, and double those inside",
    );
}

fn report_cut_off(line: u64, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::Truncated,
        Place { line: Some(line), ..Place::default() },
        "the file ends in the middle of this row; the row is left out",
        "export or copy the file again",
    );
}

fn report_long_field(line: u64, name: Option<&String>, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::FieldTooLong,
        Place { line: Some(line), field: name.map(String::as_str), ..Place::default() },
        format!("the field has more than {} bytes; the rest is cut off", output.options.max_field_bytes),
        "shorten it",
    );
}
