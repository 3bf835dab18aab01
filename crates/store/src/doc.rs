//! Records as they are stored: JSON, compressed with Zstandard when that pays, and a fingerprint.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use zstd::bulk::{Compressor, Decompressor};

use crate::StoreError;

/// Shorter JSON is stored as it is.
const MIN_COMPRESSED_BYTES: usize = 512;
/// No record may say that it is longer than this when unpacked.
const MAX_DOC_BYTES: usize = 256 * 1024 * 1024;
/// The first byte of a compressed record; JSON starts with a brace.
const COMPRESSED: u8 = 1;
/// The tag and the length before the compressed bytes.
const HEADER_BYTES: usize = 5;

/// What tells one state of a record from another.
pub(crate) type Fingerprint = [u8; 16];

/// Packs records.
pub(crate) struct Packer(Compressor<'static>);

/// Unpacks records.
pub(crate) struct Unpacker(Decompressor<'static>);

impl Packer {
    pub(crate) fn new() -> Result<Self, StoreError> {
        Compressor::new(1).map(Self).map_err(|error| StoreError::corrupt("compressor", error))
    }

    /// The record as stored, with the fingerprint of the record and of what is stored beside it.
    pub(crate) fn pack(
        &mut self,
        record: &impl Serialize,
        beside: impl FnOnce(&mut Sha256),
    ) -> Result<(Vec<u8>, Fingerprint), StoreError> {
        let json = serde_json::to_vec(record).map_err(|error| StoreError::corrupt("record", error))?;
        let mut hasher = Sha256::new();
        hasher.update(&json);
        beside(&mut hasher);
        let mut fingerprint = Fingerprint::default();
        fingerprint.copy_from_slice(&hasher.finalize()[..16]);
        Ok((self.compress(json)?, fingerprint))
    }

    fn compress(&mut self, json: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        let Ok(length) = u32::try_from(json.len()) else {
            return Err(StoreError::corrupt("record", "longer than 4 GiB"));
        };
        if json.len() < MIN_COMPRESSED_BYTES {
            return Ok(json);
        }
        let packed = self.0.compress(&json).map_err(|error| StoreError::corrupt("record", error))?;
        let mut doc = Vec::with_capacity(HEADER_BYTES + packed.len());
        doc.push(COMPRESSED);
        doc.extend(length.to_le_bytes());
        doc.extend(packed);
        Ok(doc)
    }
}

impl Unpacker {
    pub(crate) fn new() -> Result<Self, StoreError> {
        Decompressor::new().map(Self).map_err(|error| StoreError::corrupt("decompressor", error))
    }

    /// The record of stored bytes; `what` names it should it be damaged.
    pub(crate) fn unpack<T: DeserializeOwned>(&mut self, what: &str, doc: &[u8]) -> Result<T, StoreError> {
        let damaged = |why: &dyn std::fmt::Display| StoreError::corrupt(what, why);
        let parsed = match doc.split_first_chunk::<HEADER_BYTES>() {
            Some((&[COMPRESSED, a, b, c, d], packed)) => {
                let length = u32::from_le_bytes([a, b, c, d]) as usize;
                if length > MAX_DOC_BYTES {
                    return Err(damaged(&"its length is out of bounds"));
                }
                let json = self.0.decompress(packed, length).map_err(|error| damaged(&error))?;
                serde_json::from_slice(&json)
            }
            _ => serde_json::from_slice(doc),
        };
        parsed.map_err(|error| damaged(&error))
    }
}
