//! Reading one file from its bytes to its records.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

use crate::decode::{self, Capped, Meter, Packing, Source};
use crate::detect::detect;
use crate::output::{Output, Place};
use crate::text::Text;
use crate::{
    DiagnosticCode, Format, Item, Options, Severity, Summary, google_reviews, google_tsv, google_xml,
    html_page, jsonl, links_csv, magento_csv, shopify_csv, woo_csv, zip_members,
};

/// Bytes taken from the caller's reader at once.
const INPUT_BYTES: usize = 64 << 10;

/// Why a reading could not be finished. What is wrong with a feed itself is a [`crate::Diagnostic`].
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The caller's reader failed.
    #[error("the file could not be read")]
    Input(#[source] io::Error),
}

/// Reads a feed once from front to back and hands over every record, picture and finding in the order of the file,
/// until the sink breaks. `name` stands in the diagnostics; `format` overrules what the content looks like.
///
/// # Errors
/// [`ReadError::Input`] where `input` itself fails. All else that can be wrong is reported to the sink.
pub fn read(
    name: &str,
    input: &mut dyn Read,
    format: Option<Format>,
    options: &Options,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Summary, ReadError> {
    let meter = Rc::new(Meter::default());
    let failure = Rc::new(Cell::new(None));
    let mut output = Output::new(name, options, sink);
    let source = BufReader::with_capacity(INPUT_BYTES, Source::new(input, &meter, &failure));
    read_packed(source, format, &meter, &mut output);
    match failure.take() {
        Some(error) => Err(ReadError::Input(error)),
        None => Ok(output.summary),
    }
}

fn read_packed(
    source: BufReader<Source<'_>>,
    format: Option<Format>,
    meter: &Rc<Meter>,
    output: &mut Output<'_>,
) {
    let Ok((prefix, source)) = decode::peek(source, Packing::PREFIX_BYTES) else { return };
    match Packing::of(&prefix) {
        Packing::Plain => read_text(Box::new(source), format, output),
        Packing::Gzip => {
            let unpacked = Capped::new(MultiGzDecoder::new(source), meter, output.options);
            read_text(Box::new(unpacked), format, output);
        }
        Packing::Zip => zip_members::read(source, format, meter, output),
    }
}

/// Reads one unpacked file.
pub(crate) fn read_text(source: Box<dyn Read + '_>, format: Option<Format>, output: &mut Output<'_>) {
    let mut text = Text::new(source);
    match format.or_else(|| detect(text.peek())) {
        Some(format) => {
            if !output.summary.formats.contains(&format) {
                output.summary.formats.push(format);
            }
            let (rows, errors) = (output.summary.rows, output.summary.errors);
            read_format(format, &mut text, output);
            if (rows, errors) == (output.summary.rows, output.summary.errors) && !text.has_failed() {
                report_empty(output);
            }
        }
        None if text.peek().trim().is_empty() && text.has_failed() => {}
        None if text.peek().trim().is_empty() => report_empty(output),
        None => report_unknown(output),
    }
    report_ending(&mut text, output);
}

fn read_format(format: Format, text: &mut Text<'_>, output: &mut Output<'_>) {
    match format {
        Format::GoogleXml => google_xml::read(text, output),
        Format::GoogleTsv => google_tsv::read(text, output),
        Format::GoogleReviews => google_reviews::read(text, output),
        Format::ShopifyCsv => shopify_csv::read(text, output),
        Format::WooCsv => woo_csv::read(text, output),
        Format::MagentoCsv => magento_csv::read(text, output),
        Format::LinksCsv => links_csv::read(text, output),
        Format::Html => html_page::read(text, output),
        Format::Jsonl => jsonl::read(text, output),
    }
}

fn report_empty(output: &mut Output<'_>) {
    output.diagnose(
        Severity::Warning,
        DiagnosticCode::Empty,
        Place::default(),
        "there is nothing in the file to import",
        "export it again, or leave it out",
    );
}

fn report_unknown(output: &mut Output<'_>) {
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
    output.diagnose(
        Severity::Error,
        DiagnosticCode::UnknownFormat,
        Place::default(),
        "the content is of no format that is known",
        format!("give one of these, or name the format if it is one of them: {}", formats.join(", ")),
    );
}

/// Reports bytes that were no text and an end before the time.
fn report_ending(text: &mut Text<'_>, output: &mut Output<'_>) {
    if let Some((count, line)) = text.malformed() {
        output.diagnose(
            Severity::Warning,
            DiagnosticCode::Encoding,
            Place { line: Some(line), ..Place::default() },
            format!("{count} bytes are not {}, the first on this line", text.encoding()),
            "save the file as UTF-8",
        );
    }
    if let Some(error) = text.take_failure() {
        let line = text.line();
        report_failure(&error, Some(line), output);
    }
}

/// Reports that unpacking failed here.
pub(crate) fn report_failure(error: &io::Error, line: Option<u64>, output: &mut Output<'_>) {
    let place = Place { line, ..Place::default() };
    if decode::is_bomb(error) {
        output.diagnose(
            Severity::Error,
            DiagnosticCode::CompressionBomb,
            place,
            "the file unpacks to far more than it holds; what comes after this line is left out",
            "check where the file comes from, or give it unpacked",
        );
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        output.diagnose(
            Severity::Error,
            DiagnosticCode::Truncated,
            place,
            "the packed file ends in the middle; what comes after this line is missing",
            "copy or download the file again",
        );
    } else {
        output.diagnose(
            Severity::Error,
            DiagnosticCode::CorruptArchive,
            place,
            "the packed file is damaged; what comes after this line is left out",
            "pack or download the file again",
        );
    }
}
