//! The text of a table, of which the row that was read last can be given back: a quotation mark that is opened and never
//! closed swallows the rows behind it, and these are read again without it.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use crate::text::Text;

/// How often one table may be gone back in. A table that needs it more often is broken in some other way.
const MAX_REWINDS: usize = 256;

/// The text with what was taken of it for the row being read.
pub(super) struct Rewind<'t, 's> {
    text: &'t mut Text<'s>,
    line: u64,
    /// The line that was next when the row began.
    row: u64,
    taken: Vec<u8>,
    /// What was given back, and how much of it has been read again.
    again: Vec<u8>,
    again_at: usize,
    rewinds: usize,
}

impl<'t, 's> Rewind<'t, 's> {
    pub(super) fn new(text: &'t mut Text<'s>) -> Self {
        let line = text.line();
        Self { text, line, row: line, taken: Vec::new(), again: Vec::new(), again_at: 0, rewinds: 0 }
    }

    /// The line on which the row begins, behind blank lines and the rest of the end of the row before: of `\r\n` a reader takes
    /// the `\r` only.
    pub(super) fn row_line(&self) -> u64 {
        let before = self.taken.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
        self.row + before.filter(|byte| **byte == b'\n').count() as u64
    }

    /// Begins a row: what was taken before stays taken.
    pub(super) fn begin_row(&mut self) {
        self.row = self.line;
        self.taken.clear();
    }

    /// The bytes that come next; none at the end.
    pub(super) fn fill(&mut self) -> &[u8] {
        match self.again_at < self.again.len() {
            true => &self.again[self.again_at..],
            // A text never fails; what cut it short is reported when the file ends.
            false => self.text.fill_buf().unwrap_or(&[]),
        }
    }

    /// Takes bytes that were seen. They are kept unless nobody can want them back.
    pub(super) fn consume(&mut self, count: usize, is_kept: bool) {
        let is_again = self.again_at < self.again.len();
        let seen = match is_again {
            true => &self.again[self.again_at..],
            false => self.text.fill_buf().unwrap_or(&[]),
        };
        self.line += seen[..count].iter().filter(|byte| **byte == b'\n').count() as u64;
        if is_kept {
            self.taken.extend_from_slice(&seen[..count]);
        }
        match is_again {
            true => self.again_at += count,
            false => self.text.consume(count),
        }
    }

    /// Gives back all lines of the row but its first, where the line behind that is a whole row of so many fields. Then
    /// the mark that the first line opens was never meant to reach that far.
    pub(super) fn go_back(&mut self, separator: u8, fields: usize) -> bool {
        let start = self.taken.iter().position(|byte| !matches!(byte, b'\n' | b'\r')).unwrap_or(0);
        let Some(length) = self.taken[start..].iter().position(|byte| *byte == b'\n') else { return false };
        let rest = &self.taken[start + length + 1..];
        let second = rest.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
        let is_row = second.is_some_and(|line| fields > 1 && count_fields(line, separator) == fields);
        if !is_row || self.rewinds == MAX_REWINDS {
            return false;
        }
        self.line -= rest.iter().filter(|byte| **byte == b'\n').count() as u64;
        let mut again = rest.to_vec();
        again.extend_from_slice(&self.again[self.again_at..]);
        (self.again, self.again_at) = (again, 0);
        self.taken.clear();
        self.rewinds += 1;
        true
    }
}

fn count_fields(line: &[u8], separator: u8) -> usize {
    let mut reader: Reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut fields, mut at) = (0, 0);
    let (mut into, mut ends) = ([0; 1024], [0; 64]);
    loop {
        let (result, taken, _, ended) = reader.read_record(&line[at..], &mut into, &mut ends);
        at += taken;
        fields += ended;
        if matches!(result, ReadRecordResult::Record | ReadRecordResult::End) {
            return fields;
        }
    }
}
