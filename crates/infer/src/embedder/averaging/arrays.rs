//! Reads the arrays of an `.npz` file: a zip archive of NumPy's own format, as described in NEP 1.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::InferError;

/// The largest array that is read.
const MAX_ARRAY_BYTES: u64 = 64 * 1024 * 1024;
/// Arrays in one file.
const MAX_ARRAYS: usize = 256;
const MAGIC: &[u8] = b"\x93NUMPY";

/// The arrays of a file by name, each taken once.
pub(super) struct Arrays {
    path: PathBuf,
    arrays: HashMap<String, Array>,
}

struct Array {
    /// NumPy's name of the type: `<f4` or `|u1` here.
    kind: String,
    bytes: Vec<u8>,
}

impl Arrays {
    /// Reads all arrays of a file. Blocks.
    pub(super) fn load(path: &Path) -> Result<Arrays, InferError> {
        let damaged = |reason: String| InferError::Damaged { path: path.to_owned(), reason };
        let file = File::open(path).map_err(InferError::folder(path))?;
        let mut archive = ZipArchive::new(file).map_err(|e| damaged(e.to_string()))?;
        let mut arrays = HashMap::new();
        for at in 0..archive.len().min(MAX_ARRAYS) {
            let entry = archive.by_index(at).map_err(|e| damaged(e.to_string()))?;
            let name = entry.name().map_err(|e| damaged(e.to_string()))?.trim_end_matches(".npy").to_owned();
            let mut bytes = Vec::new();
            entry.take(MAX_ARRAY_BYTES).read_to_end(&mut bytes).map_err(|e| damaged(e.to_string()))?;
            let array = parse(bytes).ok_or_else(|| damaged(format!("{name} is no array in rows")))?;
            arrays.insert(name, array);
        }
        Ok(Arrays { path: path.to_owned(), arrays })
    }

    /// Takes an array of so many numbers of four bytes.
    pub(super) fn floats(&mut self, name: &str, len: usize) -> Result<Vec<f32>, InferError> {
        let bytes = self.take(name, "<f4", len * size_of::<f32>()..=len * size_of::<f32>())?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// Takes an array of at least so many bytes.
    pub(super) fn bytes(&mut self, name: &str, len: usize) -> Result<Vec<u8>, InferError> {
        self.take(name, "|u1", len..=usize::MAX)
    }

    fn take(
        &mut self,
        name: &str,
        kind: &str,
        len: std::ops::RangeInclusive<usize>,
    ) -> Result<Vec<u8>, InferError> {
        let array = self.arrays.remove(name).filter(|a| a.kind == kind && len.contains(&a.bytes.len()));
        let damaged =
            || InferError::Damaged { path: self.path.clone(), reason: format!("{name} is not as expected") };
        Ok(array.ok_or_else(damaged)?.bytes)
    }
}

/// Cuts an array out of its file. `None` where it is none, or has its columns behind each other.
fn parse(mut bytes: Vec<u8>) -> Option<Array> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (header, data) = match version[0] {
        1 => rest.split_first_chunk().map(|(len, rest)| (usize::from(u16::from_le_bytes(*len)), rest)),
        _ => rest.split_first_chunk().map(|(len, rest)| (u32::from_le_bytes(*len) as usize, rest)),
    }
    .and_then(|(len, rest)| rest.split_at_checked(len))?;
    let header = std::str::from_utf8(header).ok()?;
    if header.contains("'fortran_order': True") {
        return None;
    }
    let kind = header.split("'descr': '").nth(1)?.split('\'').next()?.to_owned();
    let start = bytes.len() - data.len();
    bytes.drain(..start);
    Some(Array { kind, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        [MAGIC, &[1, 0], &(header.len() as u16).to_le_bytes(), header.as_bytes(), data].concat()
    }

    #[test]
    fn reads_the_kind_and_the_data() {
        let array =
            parse(file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", &[0, 0, 128, 63]));
        let array = array.unwrap();
        assert_eq!((array.kind.as_str(), array.bytes.as_slice()), ("<f4", [0, 0, 128, 63].as_slice()));
    }

    #[test]
    fn what_is_no_array_in_rows_is_refused() {
        for bytes in [
            b"".to_vec(),
            b"\x93NUMPY".to_vec(),
            b"\x93NUMPY\x01\x00\xff\xff{".to_vec(),
            file("{'fortran_order': False}", &[]),
            file("{'descr': '<f4', 'fortran_order': True}", &[0; 4]),
        ] {
            assert!(parse(bytes).is_none());
        }
    }
}
