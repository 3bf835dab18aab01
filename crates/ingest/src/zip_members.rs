//! Zip archives, read forwards member by member so that nothing has to be sought or held (APPNOTE.TXT 6.3.10, sections
//! 4.3.7 local file header, 4.3.9 data descriptor, 4.5.3 Zip64 extra field). Every member is judged by its content.

use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use crate::decode::{self, Capped, Meter, Packing};
use crate::output::{Output, Place};
use crate::read::{read_text, report_failure};
use crate::{DiagnosticCode, Format, Severity};

mod header;
mod picture;

use header::{Header, Method};

/// Bytes of a member by which it is told what it is.
const SNIFFED_BYTES: usize = 512;

/// Reads all members: feeds are read, pictures handed over.
pub(crate) fn read<R: BufRead>(
    mut source: R,
    format: Option<Format>,
    meter: &Rc<Meter>,
    output: &mut Output<'_>,
) {
    let archive = output.file.clone();
    let mut count = 0;
    while !output.is_stopped() {
        let header = match Header::read(&mut source) {
            Ok(Some(header)) => header,
            Ok(None) => break,
            Err(error) => {
                report_failure(&error, None, output);
                break;
            }
        };
        count += 1;
        if count > output.options.max_members {
            report_too_many(output);
            break;
        }
        output.begin_file(format!("{archive}/{}", header.path));
        let outcome = read_member(&mut source, &header, format, meter, output);
        if let Err(broken) = outcome {
            if let Some(error) = broken {
                report_failure(&error, None, output);
            }
            break;
        }
    }
    output.begin_file(archive);
}

/// Reads one member to its end, whatever it is. After an error the next member cannot be found; there is none in it
/// where it has been reported already.
fn read_member<R: BufRead>(
    source: &mut R,
    header: &Header,
    format: Option<Format>,
    meter: &Rc<Meter>,
    output: &mut Output<'_>,
) -> Result<(), Option<io::Error>> {
    let unpacked: Box<dyn Read + '_> = match (header.method, header.packed_bytes) {
        (Method::Stored, Some(length)) => Box::new(source.by_ref().take(length)),
        (Method::Deflated, _) => Box::new(DeflateDecoder::new(source.by_ref())),
        (Method::Other(_) | Method::Encrypted, Some(length)) => {
            report_skipped("it is encrypted or packed in a way that is not known", output);
            return io::copy(&mut source.by_ref().take(length), &mut io::sink()).map(drop).map_err(Some);
        }
        (_, None) => return Err(Some(io::Error::other("a member without a length"))),
    };
    let mut member = Summed { inner: Capped::new(unpacked, meter, output.options), crc: Crc::new() };
    let is_wanted = !header.is_directory() && !is_litter(&header.path);
    let findings = output.summary.errors;
    if is_wanted {
        read_content(&mut member, header, format, meter, output);
    }
    if let Err(error) = io::copy(&mut member, &mut io::sink()) {
        return Err((output.summary.errors == findings).then_some(error));
    }
    let sum = member.crc.sum();
    drop(member);
    let expected =
        if header.has_descriptor { header::read_descriptor(source).map_err(Some)? } else { header.crc };
    if is_wanted && sum != expected {
        output.diagnose(
            Severity::Warning,
            DiagnosticCode::CorruptArchive,
            Place::default(),
            "the content does not fit its checksum; what was read of it is in",
            "pack or download the archive again",
        );
    }
    Ok(())
}

/// Reads a member as what its content says it is.
fn read_content<R: Read>(
    member: R,
    header: &Header,
    format: Option<Format>,
    meter: &Rc<Meter>,
    output: &mut Output<'_>,
) {
    let Ok((start, content)) = decode::peek(BufReader::new(member), SNIFFED_BYTES) else { return };
    if picture::is_picture(&start) {
        return picture::hand_over(content, header, output);
    }
    match Packing::of(&start[..start.len().min(Packing::PREFIX_BYTES)]) {
        Packing::Zip => output.diagnose(
            Severity::Error,
            DiagnosticCode::NestedArchive,
            Place::default(),
            "an archive inside an archive is not opened",
            "pack the files into one archive",
        ),
        Packing::Gzip => {
            read_text(
                Box::new(Capped::new(MultiGzDecoder::new(content), meter, output.options)),
                format,
                output,
            );
        }
        Packing::Plain if format.is_none() && !is_text(&start) => {
            report_skipped("it is neither a feed nor a picture", output);
        }
        Packing::Plain => read_text(Box::new(content), format, output),
    }
}

/// Whether it looks like text of any encoding: zero bytes stand in UTF-16 only, and there in every second place.
fn is_text(start: &[u8]) -> bool {
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    let control = start.iter().filter(|byte| **byte < 9).count() - zeros;
    control == 0 && (zeros == 0 || zeros * 3 > start.len())
}

/// Files that archivers of desktops add by themselves.
fn is_litter(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/")
        || name.starts_with("._")
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// Counts the checksum of what passes.
struct Summed<R> {
    inner: R,
    crc: Crc,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.crc.update(&into[..count]);
        Ok(count)
    }
}

fn report_skipped(reason: &str, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Note,
        DiagnosticCode::MemberSkipped,
        Place::default(),
        format!("the file is left out: {reason}"),
        "nothing is to be done unless it was meant to be imported",
    );
}

fn report_too_many(output: &mut Output<'_>) {
    output.diagnose(
        Severity::Error,
        DiagnosticCode::TooManyColumns,
        Place::default(),
        format!("the archive has more than {} files; the rest is left out", output.options.max_members),
        "split it up",
    );
}
