//! Reading of feeds that stand in the tests or in the folder of real data.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use commerce::{Currency, Document, Product};
use ingest::{Diagnostic, Format, Item, Options, Record, Summary};

/// Everything that came out of one reading.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) products: Vec<Product>,
    pub(crate) records: Vec<Record>,
    pub(crate) documents: Vec<Document>,
    pub(crate) pictures: Vec<(String, Vec<u8>)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) summary: Summary,
}

/// Reads a feed in dollars.
pub(crate) fn read(name: &str, format: Option<Format>, bytes: &[u8]) -> Reading {
    let options = Options { default_currency: Currency::parse("USD"), ..Options::default() };
    read_with(name, format, bytes, &options)
}

/// Reads a feed with these options.
pub(crate) fn read_with(name: &str, format: Option<Format>, mut bytes: &[u8], options: &Options) -> Reading {
    let mut reading = Reading::default();
    let mut sink = |item| {
        match item {
            Item::Record(Record::Product(product)) => reading.products.push(product),
            Item::Record(Record::Document(document)) => reading.documents.push(document),
            Item::Record(record) => reading.records.push(record),
            Item::Diagnostic(diagnostic) => reading.diagnostics.push(diagnostic),
            Item::File { path, bytes } => reading.pictures.push((path, bytes)),
        }
        ControlFlow::Continue(())
    };
    let summary = ingest::read(name, &mut bytes, format, options, &mut sink).expect("memory can be read");
    reading.summary = summary;
    reading
}

impl Reading {
    /// The findings, one a line.
    pub(crate) fn findings(&self) -> String {
        self.diagnostics.iter().map(Diagnostic::to_string).collect::<Vec<_>>().join("\n")
    }
}

/// A file of the folder of real data; `None`, with a line that says so, where the folder is missing.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    let bytes = fs::read(&file).ok();
    if bytes.is_none() {
        println!("left out: {path} of the folder of real data is not there");
    }
    bytes
}
