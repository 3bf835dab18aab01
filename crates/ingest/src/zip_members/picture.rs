//! Pictures inside an archive.

use std::io::Read;

use super::header::Header;
use crate::output::{Output, Place};
use crate::{DiagnosticCode, Severity};

/// Whether a file that starts so is a picture that a page can show.
pub(super) fn is_picture(start: &[u8]) -> bool {
    match start {
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => true,
        [b'G', b'I', b'F', b'8', ..] => true,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => true,
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f' | b's', ..] => true,
        _ => is_svg(start),
    }
}

/// Whether the first element is `svg`.
fn is_svg(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_markup = text.starts_with("<svg") || text.starts_with("<?xml") || text.starts_with("<!");
    is_markup && text.contains("<svg") && !text.contains("<html") && !text.contains("<rss")
}

/// Reads a picture whole and hands it over; one that is too large is reported and left out.
pub(super) fn hand_over(content: impl Read, header: &Header, output: &mut Output<'_>) {
    let cap = output.options.max_picture_bytes;
    let mut bytes = Vec::new();
    if content.take(cap as u64 + 1).read_to_end(&mut bytes).is_err() {
        // The archive's end is reported when the next member cannot be found.
        return;
    }
    if bytes.len() > cap {
        output.diagnose(
            Severity::Warning,
            DiagnosticCode::FileTooLarge,
            Place::default(),
            format!("the picture has more than {cap} bytes and is left out"),
            "make it smaller",
        );
        return;
    }
    output.picture(header.path.clone(), bytes);
}
