//! The crate at its boundary: bytes in, records and diagnostics out.

mod html;
mod magento;
mod shopify;
mod support;
mod woo;
