//! The text of a feed: bytes of any usual encoding in, UTF-8 out, a buffer at a time, with the line it has reached.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read at once; also how much the encoding and the format are judged by.
const RAW_BYTES: usize = 64 << 10;
/// Enough for any encoding's worst case: one byte becomes three.
const TEXT_BYTES: usize = 3 * RAW_BYTES + 16;
/// How far into a file a declaration of its encoding is looked for.
const DECLARATION_BYTES: usize = 1024;

/// UTF-8 text that never fails: where the bytes end too early or cannot be unpacked, the text ends and
/// [`Text::take_failure`] says why. Bytes that are no text of the encoding are read as Windows-1252 and counted.
pub(crate) struct Text<'a> {
    source: Box<dyn Read + 'a>,
    decoder: Decoder,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    raw_at: usize,
    raw_is_last: bool,
    out: Vec<u8>,
    out_at: usize,
    is_done: bool,
    line: u64,
    malformed: u64,
    first_malformed_line: u64,
    failure: Option<io::Error>,
}

impl<'a> Text<'a> {
    /// Reads the first bytes and settles the encoding.
    pub(crate) fn new(source: Box<dyn Read + 'a>) -> Self {
        let mut text = Self {
            source,
            decoder: UTF_8.new_decoder(),
            encoding: UTF_8,
            raw: Vec::with_capacity(RAW_BYTES),
            raw_at: 0,
            raw_is_last: false,
            out: Vec::with_capacity(TEXT_BYTES),
            out_at: 0,
            is_done: false,
            line: 1,
            malformed: 0,
            first_malformed_line: 0,
            failure: None,
        };
        text.read_raw();
        text.encoding = sniff(&text.raw);
        text.decoder = text.encoding.new_decoder();
        text.decode();
        text
    }

    /// The text from here on, as much of it as is held; at the start of a file that is up to 64 KiB of its bytes.
    pub(crate) fn peek(&self) -> &str {
        std::str::from_utf8(&self.out[self.out_at..]).unwrap_or_else(|error| {
            std::str::from_utf8(&self.out[self.out_at..self.out_at + error.valid_up_to()]).unwrap_or("")
        })
    }

    /// The line that comes next, from 1 on.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// What the bytes were read as.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// How many bytes were no text of the encoding, and the line of the first.
    pub(crate) fn malformed(&self) -> Option<(u64, u64)> {
        (self.malformed > 0).then_some((self.malformed, self.first_malformed_line))
    }

    /// Whether the text ended before its time.
    pub(crate) fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Why the text ended before its time, if it did.
    pub(crate) fn take_failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// Fills the raw buffer as far as the source gives.
    fn read_raw(&mut self) {
        self.raw.resize(RAW_BYTES, 0);
        self.raw_at = 0;
        let mut length = 0;
        while length < RAW_BYTES {
            match self.source.read(&mut self.raw[length..]) {
                Ok(0) => {
                    self.raw_is_last = true;
                    break;
                }
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.raw_is_last = true;
                    break;
                }
            }
        }
        self.raw.truncate(length);
    }

    /// Decodes the raw bytes that are left into the text buffer.
    fn decode(&mut self) {
        self.out.resize(TEXT_BYTES, 0);
        self.out_at = 0;
        let mut length = 0;
        loop {
            let (result, taken, given) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[self.raw_at..],
                &mut self.out[length..],
                self.raw_is_last,
            );
            let before = self.raw_at;
            self.raw_at += taken;
            length += given;
            match result {
                DecoderResult::InputEmpty => {
                    self.is_done = self.raw_is_last;
                    break;
                }
                DecoderResult::OutputFull => break,
                DecoderResult::Malformed(bad, after) => {
                    if TEXT_BYTES - length < 16 {
                        self.raw_at = before;
                        break;
                    }
                    let end = self.raw_at.saturating_sub(usize::from(after));
                    let start = end.saturating_sub(usize::from(bad)).max(before.min(end));
                    length += self.stand_in(start, end, length);
                }
            }
        }
        self.out.truncate(length);
    }

    /// Writes what malformed bytes most likely were: in a UTF-8 file the same bytes of Windows-1252, else U+FFFD.
    fn stand_in(&mut self, start: usize, end: usize, at: usize) -> usize {
        if self.malformed == 0 {
            let newlines = self.out[..at].iter().filter(|byte| **byte == b'\n').count();
            self.first_malformed_line = self.line + newlines as u64;
        }
        self.malformed += (end - start).max(1) as u64;
        let bytes = &self.raw[start..end];
        let text = match self.encoding == UTF_8 && !bytes.is_empty() {
            true => WINDOWS_1252.decode_without_bom_handling(bytes).0,
            false => "\u{fffd}".into(),
        };
        self.out[at..at + text.len()].copy_from_slice(text.as_bytes());
        text.len()
    }
}

impl Read for Text<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        read_held(self, into)
    }
}

/// Reads out of what a source holds in its buffer.
pub(crate) fn read_held(source: &mut impl BufRead, into: &mut [u8]) -> io::Result<usize> {
    let held = source.fill_buf()?;
    let count = held.len().min(into.len());
    into[..count].copy_from_slice(&held[..count]);
    source.consume(count);
    Ok(count)
}

impl BufRead for Text<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.out_at == self.out.len() && !self.is_done {
            if self.raw_at == self.raw.len() && !self.raw_is_last {
                self.read_raw();
            }
            self.decode();
        }
        Ok(&self.out[self.out_at..])
    }

    fn consume(&mut self, count: usize) {
        let taken = &self.out[self.out_at..self.out_at + count];
        self.line += taken.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.out_at += count;
    }
}

/// The encoding of a file by its first bytes: a byte order mark, zero bytes, a declaration, else whether they are
/// UTF-8.
fn sniff(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    match bytes {
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => return UTF_16LE,
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => return UTF_16BE,
        _ => {}
    }
    let declared = declaration(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    if let Some(encoding) = declared
        && encoding.is_ascii_compatible()
        && encoding != UTF_8
    {
        return encoding;
    }
    let mut invalid = 0;
    let mut wide = 0;
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += chunk.invalid().len();
    }
    // A character cut off at the end of the buffer is no sign of another encoding.
    if declared == Some(UTF_8) || invalid <= 3 || wide >= invalid { UTF_8 } else { WINDOWS_1252 }
}

/// The encoding that an XML declaration or an HTML `meta` element names.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let after = |mark: &str| start.find(mark).map(|place| &start[place + mark.len()..]);
    let named = if start.trim_start().starts_with("<?xml") {
        after("encoding")?
    } else if start.trim_start().starts_with('<') {
        after("charset")?
    } else {
        return None;
    };
    let label = named.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
    let end = label
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
        .unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests;
