//! Feed and page parsers: bytes in, nouns and diagnostics out.
//!
//! [`read`] takes the bytes of one file, finds out how they are packed, encoded and laid out, and hands every record
//! to a sink as soon as it is whole. A wrong row becomes a [`Diagnostic`] and is left out; the rest goes in.
//!
//! **Invariant**: nothing here opens a file or a connection, panics on bad input, or holds more of a feed than one
//! product and the buffers that [`Options`] caps.

mod composed;
mod csv_rows;
mod decode;
mod detect;
mod diagnostic;
mod google_field_table;
mod google_product;
mod google_reviews;
mod google_tsv;
mod google_xml;
mod html_page;
mod html_text;
mod html_token;
mod json_ld;
mod jsonl;
mod links_csv;
mod magento_csv;
mod options;
mod output;
mod read;
mod record;
mod row;
mod shopify_csv;
mod table_price;
mod table_product;
mod text;
mod variant_group;
mod variant_notes;
mod woo_csv;
mod xml;
mod zip_members;

pub use detect::Format;
pub use diagnostic::{Diagnostic, DiagnosticCode, Severity};
pub use jsonl::jsonl_schema;
pub use options::Options;
pub use read::{ReadError, read};
pub use record::{Item, Record, Shop, Summary};
