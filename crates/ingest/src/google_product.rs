//! The fields of Google Merchant product data, shared by its XML and its table form.
