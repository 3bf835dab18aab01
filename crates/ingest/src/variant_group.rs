//! Rows of variants put together to products.
