//! The crate at its boundary: bytes in, records and diagnostics out.

#![expect(clippy::disallowed_methods, reason = "tests read their feeds from folders")]
#![expect(clippy::print_stdout, reason = "a test that is left out says so")]

mod broken;
mod changed_tables;
mod google;
mod html;
mod jsonl;
mod links;
mod luma;
mod magento;
mod mutation;
mod shopify;
mod shown;
mod support;
mod woo;
