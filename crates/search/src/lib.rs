//! Finding products and evidence: what a query means in the catalog's own words, the two indexes, retrieval, fusion,
//! ranking and facets.
//!
//! **Invariant**: a search reads one immutable [`Index`] from beginning to end; the same index and query give the same
//! hits in the same order.

pub mod analyse;
mod card;
mod catalog;
mod codes;
mod columns;
mod cursor;
mod denials;
mod dense;
mod error;
mod evidence;
mod evidence_part;
mod evidence_rows;
mod evidence_search;
mod facets;
mod field_key;
mod filter;
mod hits;
mod index;
mod kinds;
mod language;
mod lexical;
mod lexicon;
mod measure;
mod page;
mod part;
mod product_document;
mod query;
mod rank;
mod relax;
mod retrieve;
mod schema;
mod sentences;
mod slots;
mod snapshot;
mod state;
mod stored;
mod tokenizer;
mod understand;
mod unmet;
mod vector_files;
mod vector_text;
mod vectors;
mod vocabulary;
mod writer;

pub use error::SearchError;
pub use evidence::{EvidenceKind, EvidenceRow};
pub use evidence_rows::{document_rows, evidence_rows};
pub use evidence_search::{EvidenceHit, EvidenceQuery};
pub use facets::{Facet, FacetRange, FacetValue};
pub use hits::{Hit, HitVariant, Hits};
pub use index::{Directories, Index};
pub use language::Language;
pub use lexicon::Lexicon;
pub use query::{Alternative, Constraint, Field, Query, Sort, Term, Test};
pub use sentences::{Sentence, sentences};
pub use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
pub use understand::{Correction, Spellings, Understood, Unheld, Why, understand};
pub use vector_text::{product_text, row_text};
pub use vocabulary::{Meaning, NumericField, Vocabulary};
pub use writer::{IndexWriter, ListingVectors, WriterOptions};
