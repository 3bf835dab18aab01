//! The way from a format's reader to the caller's sink: counts, stops, and remembers ids.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;

use commerce::Currency;

use crate::{Diagnostic, DiagnosticCode, Item, Options, Record, Severity, Summary};

/// Where readers put what they find. Once the sink has asked to stop, nothing more reaches it; readers look at
/// [`Output::is_stopped`] between rows.
pub(crate) struct Output<'a> {
    /// The file that is being read, with the path inside its archive.
    pub(crate) file: String,
    pub(crate) options: &'a Options,
    pub(crate) summary: Summary,
    /// What prices are in that name no currency: the caller's, or what the feed says of the whole shop.
    pub(crate) default_currency: Option<Currency>,
    sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    known: HashSet<u64>,
}

/// Where in the file something was found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place<'a> {
    pub(crate) line: Option<u64>,
    pub(crate) record: Option<&'a str>,
    pub(crate) field: Option<&'a str>,
}

/// What an id names: the same text may be the id of a row, of a group and of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum IdKind {
    /// A row of a product feed.
    Variant,
    /// A product with variants.
    Product,
    /// A review.
    Review,
    /// A question.
    Question,
    /// A document.
    Document,
}

impl<'a> Output<'a> {
    pub(crate) fn new(
        file: &str,
        options: &'a Options,
        sink: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            options,
            summary: Summary::default(),
            default_currency: options.default_currency,
            sink,
            known: HashSet::new(),
        }
    }

    /// Goes over to another file of an archive; ids of one file say nothing about those of another.
    pub(crate) fn begin_file(&mut self, file: String) {
        self.file = file;
        self.default_currency = self.options.default_currency;
        self.known.clear();
    }

    /// Whether the caller wants no more.
    pub(crate) fn is_stopped(&self) -> bool {
        self.summary.is_stopped
    }

    /// Hands over one record.
    pub(crate) fn record(&mut self, record: Record) {
        if self.is_stopped() {
            return;
        }
        match &record {
            Record::Product(product) => {
                self.summary.products += 1;
                self.summary.variants += product.variants.len() as u64;
            }
            Record::Review(_) => self.summary.reviews += 1,
            Record::WithdrawnReview(_) => self.summary.withdrawn += 1,
            Record::Question(_) => self.summary.questions += 1,
            Record::Document(_) => self.summary.documents += 1,
            Record::Links { .. } => self.summary.links += 1,
            Record::Shop(_) => {}
        }
        self.hand_over(Item::Record(record));
    }

    /// Hands over a picture of an archive.
    pub(crate) fn picture(&mut self, path: String, bytes: Vec<u8>) {
        if !self.is_stopped() {
            self.summary.pictures += 1;
            self.hand_over(Item::File { path, bytes });
        }
    }

    /// Counts one row as looked at.
    pub(crate) fn count_row(&mut self) {
        self.summary.rows += 1;
    }

    /// Counts one row as left out; the reason is diagnosed apart.
    pub(crate) fn count_skipped(&mut self) {
        self.summary.skipped += 1;
    }

    /// Reports a finding.
    pub(crate) fn diagnose(
        &mut self,
        severity: Severity,
        code: DiagnosticCode,
        place: Place<'_>,
        reason: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if self.is_stopped() {
            return;
        }
        self.summary.is_cut_short |= matches!(
            code,
            DiagnosticCode::UnknownFormat
                | DiagnosticCode::Truncated
                | DiagnosticCode::CompressionBomb
                | DiagnosticCode::CorruptArchive
                | DiagnosticCode::FileTooLarge
        );
        match severity {
            Severity::Note => self.summary.notes += 1,
            Severity::Warning => self.summary.warnings += 1,
            Severity::Error => self.summary.errors += 1,
        }
        let diagnostic = Diagnostic {
            severity,
            file: self.file.clone(),
            line: place.line,
            record: place.record.map(shortened),
            field: place.field.map(shortened),
            code,
            reason: reason.into(),
            hint: hint.into(),
        };
        self.hand_over(Item::Diagnostic(diagnostic));
    }

    /// Remembers an id and says whether it is new. Beyond the cap every id counts as new.
    pub(crate) fn is_new(&mut self, kind: IdKind, id: &str) -> bool {
        let hash = hash(kind, id);
        if self.known.len() >= self.options.max_known_ids {
            return !self.known.contains(&hash);
        }
        self.known.insert(hash)
    }

    /// Whether an id was remembered.
    pub(crate) fn is_known(&self, kind: IdKind, id: &str) -> bool {
        self.known.contains(&hash(kind, id))
    }

    fn hand_over(&mut self, item: Item) {
        if (self.sink)(item).is_break() {
            self.summary.is_stopped = true;
        }
    }
}

/// Sixty-four bits of SipHash with fixed keys: the same on every run, and a false duplicate among ten million ids has
/// a chance of one in three hundred thousand.
fn hash(kind: IdKind, id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, id).hash(&mut hasher);
    hasher.finish()
}

/// Text from a feed as it may stand in a message: one line of at most eighty characters.
pub(crate) fn shortened(text: &str) -> String {
    const MAX_SHOWN: usize = 80;
    let mut shown: String =
        text.chars().take(MAX_SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
