//! The postings of one word in one text of one segment.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;

/// One list of postings, read from left to right.
pub(crate) struct Scan<'a> {
    postings: BlockSegmentPostings,
    /// The next document in the block.
    next: usize,
    norms: &'a FieldNormReader,
    worth: &'a [f32; 256],
}

impl<'a> Scan<'a> {
    /// Reads postings of a text with these lengths, an occurrence in each of which is worth so much.
    pub(crate) fn new(
        postings: BlockSegmentPostings,
        norms: &'a FieldNormReader,
        worth: &'a [f32; 256],
    ) -> Self {
        Self { postings, next: 0, norms, worth }
    }

    /// The document that comes next.
    pub(crate) fn doc(&self) -> Option<u32> {
        self.postings.docs().get(self.next).copied()
    }

    /// Calls back with the documents before `end`, each with what its occurrences are worth.
    pub(crate) fn run(&mut self, end: u32, mut found: impl FnMut(u32, f32)) {
        loop {
            let (docs, counts) = (&self.postings.docs()[self.next..], &self.postings.freqs()[self.next..]);
            let here = docs.partition_point(|doc| *doc < end);
            for (doc, count) in docs[..here].iter().zip(counts) {
                found(*doc, *count as f32 * self.worth[self.norms.fieldnorm_id(*doc) as usize]);
            }
            self.next += here;
            if here < docs.len() || docs.is_empty() {
                return;
            }
            self.postings.advance();
            self.next = 0;
        }
    }
}
