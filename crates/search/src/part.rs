//! One segment as a snapshot sees it: shared columns, the documents that are alive, and the places of its words in
//! the whole catalog.

use std::sync::Arc;

use tantivy::fastfield::AliveBitSet;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{SegmentReader, Term};

use crate::SearchError;
use crate::columns::{Columns, Words};
use crate::schema::{ProductFields, TEXTS};

/// A segment of the product index in one snapshot.
pub(crate) struct Part {
    /// The place of its first document among the documents of all segments.
    pub(crate) base: u32,
    pub(crate) columns: Arc<Columns>,
    /// For each place in the segment's dictionary, the place among the terms of the catalog.
    pub(crate) term_ids: Vec<u32>,
    /// The same for number fields.
    pub(crate) number_ids: Vec<u32>,
    /// The place of the catalog's currency in this segment.
    pub(crate) currency: u32,
    alive: Option<AliveBitSet>,
    texts: Vec<(Arc<InvertedIndexReader>, FieldNormReader)>,
    terms: Arc<InvertedIndexReader>,
    codes: Arc<InvertedIndexReader>,
}

impl Part {
    /// The part of a segment; the places among the catalog's terms come later.
    pub(crate) fn new(
        reader: &SegmentReader,
        fields: &ProductFields,
        columns: Arc<Columns>,
        base: u32,
    ) -> Result<Self, SearchError> {
        let text = |field| {
            Ok::<_, SearchError>((reader.inverted_index(field)?, reader.get_fieldnorms_reader(field)?))
        };
        Ok(Self {
            base,
            columns,
            term_ids: Vec::new(),
            number_ids: Vec::new(),
            currency: u32::MAX - 1,
            alive: reader.alive_bitset().cloned(),
            texts: fields.texts.iter().map(|field| text(*field)).collect::<Result<_, _>>()?,
            terms: reader.inverted_index(fields.term)?,
            codes: reader.inverted_index(fields.code)?,
        })
    }

    /// Whether the document has not been deleted.
    pub(crate) fn is_alive(&self, doc: u32) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(doc))
    }

    /// Whether some document has been deleted.
    pub(crate) fn has_dead(&self) -> bool {
        self.alive.is_some()
    }

    /// The documents that have not been deleted.
    pub(crate) fn alive(&self) -> impl Iterator<Item = u32> {
        (0..self.columns.len() as u32).filter(|doc| self.is_alive(*doc))
    }

    /// How many words each document has in the text of this place.
    pub(crate) fn norms(&self, text: usize) -> &FieldNormReader {
        &self.texts[text].1
    }

    /// The dictionary and postings of the text of this place.
    pub(crate) fn text(&self, text: usize) -> &InvertedIndexReader {
        &self.texts[text].0
    }

    /// The documents, dead ones too, that have a stem in a text, and how often.
    pub(crate) fn postings(
        &self,
        text: usize,
        stem: &Term,
    ) -> Result<Option<BlockSegmentPostings>, SearchError> {
        Ok(self.texts[text].0.read_block_postings(stem, IndexRecordOption::WithFreqs)?)
    }

    /// Calls back with every document, dead ones too, that has a stem in a text, and how often.
    pub(crate) fn each_posting(
        &self,
        text: usize,
        stem: &Term,
        mut found: impl FnMut(&[u32], &[u32]),
    ) -> Result<(), SearchError> {
        debug_assert!(text < TEXTS.len());
        let Some(mut block) = self.postings(text, stem)? else { return Ok(()) };
        while !block.docs().is_empty() {
            found(block.docs(), block.freqs());
            block.advance();
        }
        Ok(())
    }

    /// Calls back with every document, dead ones too, that states a term.
    pub(crate) fn each_stating(&self, term: &Term, found: impl FnMut(&[u32])) -> Result<(), SearchError> {
        each_document(&self.terms, term, found)
    }

    /// Calls back with every document, dead ones too, that has a code.
    pub(crate) fn each_with_code(&self, code: &Term, found: impl FnMut(&[u32])) -> Result<(), SearchError> {
        each_document(&self.codes, code, found)
    }

    /// The place of a word in a dictionary of this segment.
    pub(crate) fn place_of(words: &Option<Words>, word: &str) -> Result<Option<u32>, SearchError> {
        let Some(words) = words else { return Ok(None) };
        Ok(words.term_ord(word)?.map(|place| place as u32))
    }
}

fn each_document(
    index: &InvertedIndexReader,
    term: &Term,
    mut found: impl FnMut(&[u32]),
) -> Result<(), SearchError> {
    let Some(mut block) = index.read_block_postings(term, IndexRecordOption::Basic)? else { return Ok(()) };
    while !block.docs().is_empty() {
        found(block.docs());
        block.advance();
    }
    Ok(())
}

/// All words of a dictionary, in order.
pub(crate) fn all_words(words: &Option<Words>) -> Result<Vec<String>, SearchError> {
    let mut all = Vec::new();
    if let Some(words) = words {
        let mut stream = words.stream()?;
        while stream.advance() {
            all.push(String::from_utf8_lossy(stream.key()).into_owned());
        }
    }
    Ok(all)
}
