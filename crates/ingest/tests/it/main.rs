//! The crate at its boundary: bytes in, records and diagnostics out.

mod broken;
mod changed_tables;
mod google;
mod html;
mod jsonl;
mod luma;
mod magento;
mod mutation;
mod shopify;
mod shown;
mod support;
mod woo;
