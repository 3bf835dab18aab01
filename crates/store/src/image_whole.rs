//! Whether a picture is all there and of a size that a shopper's machine can draw, without drawing it: what is cut off or claims to be
//! as large as a town is refused before a page shows it.

use crate::image_type::{ImageType, NotAnImage};

/// Four bytes each have to be held to draw one.
const MAX_PIXELS: usize = 100_000_000;

/// Checks the bytes of a picture of this kind; drawings of lines have no pixels and are parsed whole.
pub(crate) fn check(kind: ImageType, bytes: &[u8]) -> Result<(), NotAnImage> {
    if kind == ImageType::Svg {
        return Ok(());
    }
    let size = imagesize::blob_size(bytes).map_err(|_| NotAnImage::Damaged)?;
    if size.width.saturating_mul(size.height) > MAX_PIXELS {
        return Err(NotAnImage::TooManyPixels { width: size.width, height: size.height });
    }
    let is_whole = match kind {
        ImageType::Png => png(bytes),
        ImageType::Jpeg => jpeg(bytes),
        ImageType::Gif => bytes.iter().rev().find(|byte| **byte != 0) == Some(&0x3b),
        ImageType::Webp => bytes.get(4..8).is_some_and(|length| number(length, true) + 8 <= bytes.len()),
        ImageType::Avif => boxes(bytes),
        ImageType::Svg => true,
    };
    if is_whole && size.width * size.height > 0 { Ok(()) } else { Err(NotAnImage::Damaged) }
}

/// Chunk follows chunk up to `IEND` (Portable Network Graphics, third edition, section 5).
fn png(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, behind)) = rest.split_at_checked(8) {
        let length = number(&head[..4], false);
        // Its check sum is four bytes more.
        let Some(next) = behind.get(length..).and_then(|behind| behind.get(4..)) else { return false };
        if &head[4..] == b"IEND" {
            return true;
        }
        rest = next;
    }
    false
}

/// Segment follows segment up to the scan, and behind it stands the end of the image (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, after @ ..] = rest {
        rest = match marker {
            0xff => &rest[1..],
            0xda => return after.windows(2).any(|pair| pair == [0xff, 0xd9]),
            _ => match after.get(..2).and_then(|length| after.get(number(length, false)..)) {
                Some(next) => next,
                None => return false,
            },
        };
    }
    false
}

/// Box follows box up to the end (ISO/IEC 14496-12); a length of 0 reaches to it, and one of 1 stands in the next eight bytes.
fn boxes(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some(head) = rest.get(..8) else { return false };
        let length = match number(&head[..4], false) {
            0 => return true,
            1 => rest.get(8..16).map_or(usize::MAX, |length| number(length, false)),
            length => length,
        };
        match rest.get(length.max(8)..) {
            Some(next) => rest = next,
            None => return false,
        }
    }
    true
}

/// A number of up to eight bytes.
fn number(bytes: &[u8], is_little: bool) -> usize {
    let fold = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
    if is_little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) }
}
