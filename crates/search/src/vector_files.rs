//! Vectors on disk: a file for each commit that changed any, oldest first, joined into one when there are many.
//!
//! A file is a list of changes: each drops everything of a group (a product's vector, or the rows of a product) and
//! then adds vectors. Little-endian: `RSTV`, version, number of dimensions, number of dropped groups, number of
//! vectors; the groups as half (0 products, 1 evidence) and key; the vectors as half, group, key and parts; the
//! length of the whole at the end.

use std::collections::BTreeMap;
use std::path::Path;

use tantivy::Directory;

use crate::SearchError;
use crate::vectors::{VectorList, Vectors};

const MAGIC: &[u8; 4] = b"RSTV";
const FORMAT: u32 = 1;
/// More files are joined into one.
pub(crate) const MAX_FILES: usize = 8;

/// One of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Half {
    Products,
    Evidence,
}

/// The vectors of one group with their keys.
pub(crate) type Group = Vec<(u64, Vec<i8>)>;

/// What a commit changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VectorChanges {
    pub(crate) dimensions: usize,
    /// For each group all its vectors now; none when it is dropped.
    pub(crate) groups: BTreeMap<(Half, u64), Group>,
}

impl VectorChanges {
    /// The bytes of a file.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let count: usize = self.groups.values().map(Vec::len).sum();
        let mut bytes = MAGIC.to_vec();
        for number in [FORMAT, self.dimensions as u32, self.groups.len() as u32, count as u32] {
            bytes.extend(number.to_le_bytes());
        }
        for (half, group) in self.groups.keys() {
            bytes.push(*half as u8);
            bytes.extend(group.to_le_bytes());
        }
        for ((half, group), vectors) in &self.groups {
            for (key, parts) in vectors {
                bytes.push(*half as u8);
                bytes.extend(group.to_le_bytes());
                bytes.extend(key.to_le_bytes());
                bytes.extend(parts.iter().map(|part| *part as u8));
            }
        }
        let length = bytes.len() as u64 + 8;
        bytes.extend(length.to_le_bytes());
        bytes
    }

    /// Reads a file; `None` when it is damaged.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        let (format, dimensions) = (reader.u32()?, reader.u32()? as usize);
        let (groups, count) = (reader.u32()?, reader.u32()?);
        if format != FORMAT {
            return None;
        }
        let mut changes = Self { dimensions, groups: BTreeMap::new() };
        for _ in 0..groups {
            changes.groups.insert((reader.half()?, reader.u64()?), Vec::new());
        }
        for _ in 0..count {
            let group = (reader.half()?, reader.u64()?);
            let key = reader.u64()?;
            let parts = reader.take(dimensions)?.iter().map(|byte| *byte as i8).collect();
            changes.groups.get_mut(&group)?.push((key, parts));
        }
        (reader.u64()? == bytes.len() as u64 && reader.0.is_empty()).then_some(changes)
    }

    /// Everything that these vectors are, as changes to nothing.
    pub(crate) fn all_of(vectors: &Vectors) -> Self {
        let dimensions = vectors.products.dimensions.max(vectors.evidence.dimensions);
        let mut changes = Self { dimensions, groups: BTreeMap::new() };
        for (half, list) in [(Half::Products, &vectors.products), (Half::Evidence, &vectors.evidence)] {
            for (place, (group, key)) in list.ids.iter().enumerate() {
                changes.groups.entry((half, *group)).or_default().push((*key, list.vector(place).to_vec()));
            }
        }
        changes
    }

    fn list(&self, half: Half, old: &VectorList) -> VectorList {
        let added = self.groups.iter().filter(|((own, _), _)| *own == half);
        let mut rows: Vec<((u64, u64), &[i8])> = added
            .flat_map(|((_, group), vectors)| {
                vectors.iter().map(|(key, parts)| ((*group, *key), parts.as_slice()))
            })
            .collect();
        let kept =
            old.ids.iter().enumerate().filter(|(_, (group, _))| !self.groups.contains_key(&(half, *group)));
        if old.dimensions == self.dimensions {
            rows.extend(kept.map(|(place, id)| (*id, old.vector(place))));
        }
        rows.sort_by_key(|(id, _)| *id);
        rows.dedup_by_key(|(id, _)| *id);
        VectorList {
            dimensions: self.dimensions,
            ids: rows.iter().map(|(id, _)| *id).collect(),
            parts: rows.iter().flat_map(|(_, parts)| parts.iter().copied()).collect(),
        }
    }
}

impl Vectors {
    /// Reads the files of a commit.
    pub(crate) fn read(directory: &dyn Directory, files: &[String]) -> Result<Self, SearchError> {
        let mut vectors = Self::default();
        for file in files {
            let bytes = directory.atomic_read(Path::new(file)).ok();
            let changes = bytes.and_then(|bytes| VectorChanges::parse(&bytes));
            let Some(changes) = changes else {
                return Err(SearchError::outdated("a file of vectors is missing or damaged"));
            };
            vectors = vectors.with(&changes);
        }
        Ok(vectors)
    }

    /// These vectors after changes. Vectors of other dimensions, from another model, are dropped.
    pub(crate) fn with(&self, changes: &VectorChanges) -> Self {
        Self {
            products: changes.list(Half::Products, &self.products),
            evidence: changes.list(Half::Evidence, &self.evidence),
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Option<u64> {
        self.take(8)?.try_into().ok().map(u64::from_le_bytes)
    }

    fn half(&mut self) -> Option<Half> {
        match self.take(1)? {
            [0] => Some(Half::Products),
            [1] => Some(Half::Evidence),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_survive_a_file_and_replace_groups() {
        let mut first = VectorChanges { dimensions: 2, groups: BTreeMap::new() };
        first.groups.insert((Half::Products, 7), vec![(0, vec![1, -2])]);
        first.groups.insert((Half::Evidence, 7), vec![(1, vec![3, 4]), (2, vec![5, 6])]);
        let read = VectorChanges::parse(&first.to_bytes()).unwrap();
        assert_eq!(read, first);
        let vectors = Vectors::default().with(&read);
        let mut second = VectorChanges { dimensions: 2, groups: BTreeMap::new() };
        second.groups.insert((Half::Evidence, 7), vec![(9, vec![7, 7])]);
        let vectors = vectors.with(&second);
        assert_eq!(vectors.products.ids, [(7, 0)]);
        assert_eq!(vectors.evidence.ids, [(7, 9)]);
        assert_eq!(VectorChanges::all_of(&vectors).groups.len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn damaged_files_are_refused(cut in 0usize..60, byte: u8) {
            let mut changes = VectorChanges { dimensions: 3, groups: BTreeMap::new() };
            changes.groups.insert((Half::Products, 1), vec![(0, vec![1, 2, 3])]);
            let mut bytes = changes.to_bytes();
            bytes.truncate(cut.min(bytes.len() - 1));
            proptest::prop_assert!(VectorChanges::parse(&bytes).is_none());
            bytes.push(byte);
            let _ = VectorChanges::parse(&bytes);
        }
    }
}
