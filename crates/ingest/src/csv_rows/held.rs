//! A row that is kept while the next ones are read, since one of them may change it.

use super::{Column, CsvRow};

/// A copy of a row.
pub(crate) struct HeldRow {
    line: u64,
    fields: String,
    ends: Vec<usize>,
    max_field_bytes: usize,
}

impl HeldRow {
    /// A copy of this row.
    pub(crate) fn of(row: &CsvRow<'_>) -> Self {
        Self {
            line: row.line,
            fields: row.fields.to_owned(),
            ends: row.ends.to_vec(),
            max_field_bytes: row.max_field_bytes,
        }
    }

    /// The row as it stands now.
    pub(crate) fn row(&self) -> CsvRow<'_> {
        CsvRow {
            line: self.line,
            fields: &self.fields,
            ends: &self.ends,
            max_field_bytes: self.max_field_bytes,
        }
    }

    /// Lays another row over this one: what that one fills replaces what stands here, but for the column `kept` and
    /// for the column `joined`, of which both stay with a comma between them.
    pub(crate) fn overlay(&mut self, newer: &CsvRow<'_>, kept: Column, joined: Column) {
        let columns = self.ends.len().max(newer.ends.len());
        let (mut fields, mut ends) = (String::with_capacity(self.fields.len()), Vec::with_capacity(columns));
        let older = self.row();
        for column in (0..columns).map(Column::at) {
            let (old, new) = (older.text(column), newer.text(column));
            match (old.is_empty(), new.is_empty()) {
                (false, false) if column == joined => fields.extend([old, ",", new]),
                (_, false) if column != kept => fields.push_str(new),
                _ => fields.push_str(old),
            }
            ends.push(fields.len());
        }
        (self.fields, self.ends) = (fields, ends);
    }
}
