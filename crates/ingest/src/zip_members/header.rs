//! What stands before and behind the bytes of a member.

use std::io::{self, BufRead, Read};

const LOCAL_HEADER: u32 = 0x0403_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const END_OF_DIRECTORY: u32 = 0x0605_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
/// A length that stands in the Zip64 extra field instead.
const IN_EXTRA_FIELD: u32 = u32::MAX;
const ZIP64: u16 = 1;

/// How the bytes of a member are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
    Encrypted,
    Other(u16),
}

/// The local header of a member.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The path in the archive, without leading slashes and steps up.
    pub(super) path: String,
    pub(super) method: Method,
    /// `None` where it stands behind the member only.
    pub(super) packed_bytes: Option<u64>,
    pub(super) crc: u32,
    pub(super) has_descriptor: bool,
    is_directory: bool,
}

impl Header {
    /// The header that stands here; `None` where the members end.
    pub(super) fn read(source: &mut impl BufRead) -> io::Result<Option<Self>> {
        match u32_of(source)? {
            LOCAL_HEADER => {}
            CENTRAL_HEADER | END_OF_DIRECTORY => return Ok(None),
            _ => return Err(io::Error::other("no header of a member")),
        }
        let mut fixed = [0u8; 26];
        source.read_exact(&mut fixed)?;
        let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        let name = bytes_of(source, short(22))?;
        let extra = bytes_of(source, short(24))?;
        let (flags, packed) = (short(2), long(14));
        let is_encrypted = flags & 1 != 0;
        let has_descriptor = flags & 8 != 0;
        let method = match short(4) {
            _ if is_encrypted => Method::Encrypted,
            0 => Method::Stored,
            8 => Method::Deflated,
            other => Method::Other(other),
        };
        let packed_bytes = match packed {
            IN_EXTRA_FIELD => zip64_packed_bytes(&extra),
            _ if has_descriptor && packed == 0 => None,
            _ => Some(u64::from(packed)),
        };
        let name = String::from_utf8_lossy(&name).replace('\\', "/");
        Ok(Some(Self {
            is_directory: name.ends_with('/'),
            path: safe_path(&name),
            method,
            packed_bytes,
            crc: long(10),
            has_descriptor,
        }))
    }

    pub(super) fn is_directory(&self) -> bool {
        self.is_directory
    }
}

/// The packed length in the extra fields, which come as an id, a length and that many bytes.
fn zip64_packed_bytes(mut extra: &[u8]) -> Option<u64> {
    while let [id0, id1, length0, length1, rest @ ..] = extra {
        let length = usize::from(u16::from_le_bytes([*length0, *length1]));
        let field = rest.get(..length)?;
        if u16::from_le_bytes([*id0, *id1]) == ZIP64 {
            return field.get(8..16).and_then(|bytes| bytes.try_into().ok()).map(u64::from_le_bytes);
        }
        extra = &rest[length..];
    }
    None
}

/// Names without a step out of the archive.
fn safe_path(name: &str) -> String {
    let steps = name.split('/').filter(|step| !matches!(*step, "" | "." | ".."));
    steps.map(|step| step.replace(char::is_control, "_")).collect::<Vec<_>>().join("/")
}

/// The checksum in the descriptor behind a member. Its signature may be left out, and its two lengths have four or
/// eight bytes each; the header that follows tells which.
pub(super) fn read_descriptor(source: &mut impl BufRead) -> io::Result<u32> {
    let first = u32_of(source)?;
    let crc = if first == DESCRIPTOR { u32_of(source)? } else { first };
    source.read_exact(&mut [0u8; 8])?;
    let follows_header = source.fill_buf()?.starts_with(b"PK");
    if !follows_header {
        source.read_exact(&mut [0u8; 8])?;
    }
    Ok(crc)
}

fn u32_of(source: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0u8; 4];
    source.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn bytes_of(source: &mut impl Read, length: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0u8; usize::from(length)];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}
