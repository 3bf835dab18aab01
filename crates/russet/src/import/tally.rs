//! Counting what an import read and what was wrong with it.

use ingest::Summary;
use store::ImportMode;
use wire::{Diagnostic, ImportReport, ImportedFile, Severity};

use super::inputs::Input;

/// Diagnostics of one severity that are kept; all are counted.
const MAX_KEPT: u64 = 1_000;

/// The report as it grows.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) report: ImportReport,
    /// Products that the files named.
    products: u64,
    /// Files of which a part was left out because it could not be read.
    cut_short: Vec<String>,
}

impl Tally {
    /// Whether the files cannot be the whole truth: part of one is missing, or they name no product. To replace the
    /// catalog by them would remove what is missing; that is reported.
    pub(crate) fn refuses_replacing(&mut self, mode: ImportMode) -> bool {
        if mode != ImportMode::Replace {
            return false;
        }
        let (file, reason, hint) = match self.cut_short.first() {
            Some(file) => (
                file.clone(),
                "part of the file could not be read, and --replace would remove what stands there",
                "mend the file, or import it without --replace",
            ),
            None if self.products == 0 => (
                self.report.files.first().map(|file| file.path.clone()).unwrap_or_default(),
                "no product is in the files, and --replace would empty the catalog",
                "give the product feed with them, or import without --replace",
            ),
            None => return false,
        };
        self.push(Diagnostic {
            severity: Severity::Error,
            file,
            line: None,
            record: None,
            field: None,
            code: "refused_replace".to_owned(),
            reason: reason.to_owned(),
            hint: hint.to_owned(),
        });
        true
    }

    /// Reports links to or from products that the catalog does not have.
    pub(crate) fn push_unknown_links(&mut self, count: u64) {
        let of_links = self.report.files.iter().find(|file| file.format.contains("links"));
        let file = of_links.map(|file| file.path.clone()).unwrap_or_default();
        self.push(Diagnostic {
            severity: Severity::Warning,
            file,
            line: None,
            record: None,
            field: None,
            code: "unknown_product".to_owned(),
            reason: format!("{count} ids in links are those of no product in the catalog; they lead nowhere"),
            hint: "import the products first, or in the same import".to_owned(),
        });
    }

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
        self.products += summary.products;
        self.report.withdrawn_reviews += summary.withdrawn;
        if summary.is_cut_short {
            self.cut_short.push(input.name());
        }
        let formats: Vec<&str> = summary.formats.iter().map(|format| format.as_str()).collect();
        self.report.files.push(ImportedFile {
            path: input.name(),
            format: formats.join(", "),
            records: summary.variants
                + summary.reviews
                + summary.withdrawn
                + summary.questions
                + summary.documents
                + summary.links,
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
