//! What was wrong with a feed, where, and how to mend it.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The file, with the path inside the archive where there is one.
    pub file: String,
    /// The line in the unpacked file, from 1 on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The id of the product, review or page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// The column, element or key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What kind of finding it is.
    pub code: DiagnosticCode,
    /// What is wrong, as a sentence.
    pub reason: String,
    /// How to mend it, as a sentence.
    pub hint: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing was lost.
    Note,
    /// The row is in; something of it was left out or changed.
    Warning,
    /// A row, or more, was left out.
    Error,
}

/// The kinds of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosticCode {
    /// The layout is none of those that are known.
    UnknownFormat,
    /// Bytes that are no text of the file's encoding.
    Encoding,
    /// The file ends in the middle.
    Truncated,
    /// The syntax of the file is broken.
    Malformed,
    /// The file declares entities of its own; they are never expanded.
    EntityDeclared,
    /// The file unpacks to far more than it holds.
    CompressionBomb,
    /// The archive or compressed stream is damaged.
    CorruptArchive,
    /// An archive inside an archive, which is not opened.
    NestedArchive,
    /// A file in an archive that is neither a feed nor a picture.
    MemberSkipped,
    /// A file that is too large to be held whole.
    FileTooLarge,
    /// A field that is needed is missing or blank.
    MissingField,
    /// No price.
    MissingPrice,
    /// A price that cannot be read.
    InvalidPrice,
    /// A sale price or its dates that cannot be used.
    InvalidSale,
    /// A word for the availability that is not known.
    InvalidAvailability,
    /// A word for the condition that is not known.
    InvalidCondition,
    /// A trade item number that is none.
    InvalidGtin,
    /// A number of pieces that is none.
    InvalidStock,
    /// A date that cannot be read.
    InvalidDate,
    /// An address that is none.
    InvalidUrl,
    /// A rating outside its scale.
    InvalidRating,
    /// A value of the wrong type or form.
    InvalidValue,
    /// A field, type or column that is not known.
    UnknownField,
    /// A row with an id that was there before.
    DuplicateId,
    /// A column that stands twice.
    DuplicateColumn,
    /// A field longer than the cap.
    FieldTooLong,
    /// A row longer than the cap.
    RowTooLong,
    /// More columns or values than the cap.
    TooManyColumns,
    /// A row with more or fewer fields than the header.
    WrongColumnCount,
    /// Products whose groups point at each other.
    VariantCycle,
    /// A variant whose product is not in the feed.
    OrphanVariant,
    /// A product that the shop does not show.
    NotPublished,
    /// A review, question or answer that names no product.
    UnknownProduct,
    /// There is nothing in it to import.
    Empty,
}

/// `feed.xml:12: error: [MH01] price: the price has no digits; give it as 12.50 USD`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: ", self.severity)?;
        if let Some(record) = &self.record {
            write!(f, "[{record}] ")?;
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        write!(f, "{}; {}", self.reason, self.hint)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
