//! Counting what an import read and what was wrong with it.

use ingest::Summary;
use wire::{Diagnostic, ImportReport, ImportedFile, Severity};

use super::inputs::Input;

/// Diagnostics of one severity that are kept; all are counted.
const MAX_KEPT: u64 = 1_000;

/// The report as it grows.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) report: ImportReport,
}

impl Tally {
    /// Counts a diagnostic of a feed, and keeps it unless there are too many.
    pub(crate) fn diagnose(&mut self, found: ingest::Diagnostic) {
        let severity = match found.severity {
            ingest::Severity::Error => Severity::Error,
            ingest::Severity::Warning => Severity::Warning,
            ingest::Severity::Note => Severity::Note,
        };
        self.push(Diagnostic {
            severity,
            file: found.file,
            line: found.line,
            record: found.record,
            field: found.field,
            code: word(&found.code),
            reason: found.reason,
            hint: found.hint,
        });
    }

    /// Counts a diagnostic of the import itself.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let report = &mut self.report;
        let count = match diagnostic.severity {
            Severity::Error => &mut report.errors,
            Severity::Warning => &mut report.warnings,
            Severity::Note => &mut report.notes,
        };
        *count += 1;
        if *count <= MAX_KEPT {
            report.diagnostics.push(diagnostic);
        }
    }

    /// Adds a file that has been read.
    pub(crate) fn end_file(&mut self, input: &Input, summary: &Summary) {
        let formats: Vec<&str> = summary.formats.iter().map(|format| format.as_str()).collect();
        self.report.files.push(ImportedFile {
            path: input.name(),
            format: formats.join(", "),
            records: summary.variants + summary.reviews + summary.questions + summary.documents,
            bytes: input.bytes(),
        });
    }
}

/// The word of a code as it stands in JSON.
fn word(code: &impl serde::Serialize) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
