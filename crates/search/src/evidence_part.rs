//! The columns of one segment of the evidence index, opened once: to open one reads the head of each of its blocks, which
//! would cost more than the few values that a question needs of it.

use tantivy::SegmentReader;
use tantivy::columnar::Column;

use crate::SearchError;

/// What the rows of a segment state in numbers.
pub(crate) struct EvidencePart {
    kind: Column<u64>,
    place: Column<u64>,
}

impl EvidencePart {
    /// Opens the columns of a segment.
    pub(crate) fn open(reader: &SegmentReader) -> Result<Self, SearchError> {
        let fast = reader.fast_fields();
        Ok(Self { kind: fast.u64("kind")?, place: fast.u64("place")? })
    }

    /// The kind of a row, as its number.
    pub(crate) fn kind(&self, doc: u32) -> u64 {
        self.kind.first(doc).unwrap_or(0)
    }

    /// Where a row stands among those of its product.
    pub(crate) fn place(&self, doc: u32) -> u64 {
        self.place.first(doc).unwrap_or(0)
    }
}
