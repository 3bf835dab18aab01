//! What an import did.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The report of `russet import --json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportReport {
    /// Whether the catalog was changed to what the report says; not so where the import was refused, nor in a dry run,
    /// of which the report says what it would have done.
    pub is_committed: bool,
    /// Every file that was read, in order.
    pub files: Vec<ImportedFile>,
    /// Products, before and after compared.
    pub products: Counts,
    /// Variants in the catalog after the import; in a dry run, after it had been one.
    pub variants: u64,
    /// Reviews, before and after compared.
    pub reviews: Counts,
    /// Reviews that the feeds take back, as deleted or as spam, whether or not the catalog had them; those that it had are
    /// among `reviews.removed`.
    #[serde(default)]
    pub withdrawn_reviews: u64,
    /// Questions, before and after compared.
    pub questions: Counts,
    /// Documents, before and after compared.
    pub documents: Counts,
    /// Pictures that were taken over.
    pub images: u64,
    /// Reviews and questions of products that the catalog does not have; they are kept until it does.
    pub orphans: u64,
    /// Diagnostics of severity `error`: a record was left out.
    pub errors: u64,
    /// Diagnostics of severity `warning`: a field was left out or mended.
    pub warnings: u64,
    /// Diagnostics of severity `note`.
    pub notes: u64,
    /// The first ones, in the order of the files; `errors`, `warnings` and `notes` count all.
    pub diagnostics: Vec<Diagnostic>,
    /// The state of the catalog; rises with every import that changed something.
    pub generation: i64,
    /// How long it took.
    pub timings_ms: ImportTimings,
}

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ImportedFile {
    /// As it was given or found below a folder.
    pub path: String,
    /// The format that was found or given, such as `google-xml`; empty where it is none that is known.
    pub format: String,
    /// Records that were read from it: variants, reviews and withdrawals of reviews, questions, documents, and products in a table of links.
    pub records: u64,
    /// Its size as it lies on disk.
    pub bytes: u64,
}

/// How the catalog changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Not there before.
    pub added: u64,
    /// There before, and different.
    pub changed: u64,
    /// There before, and the same.
    pub unchanged: u64,
    /// No longer there.
    pub removed: u64,
}

/// Something that a feed has wrong, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// What became of the record.
    pub severity: Severity,
    /// The file.
    pub file: String,
    /// From 1; `null` where the format has no lines.
    pub line: Option<u64>,
    /// The id of the record, where it has one.
    pub record: Option<String>,
    /// The field, in the feed's own name.
    pub field: Option<String>,
    /// A stable word for programs.
    pub code: String,
    /// What is wrong.
    pub reason: String,
    /// How to mend it.
    pub hint: String,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It was left out.
    Error,
    /// It went in without, or with a mended, field.
    Warning,
    /// It went in whole.
    Note,
}

/// Milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ImportTimings {
    /// From the first byte to the commit.
    pub total: f64,
}
