//! Feed and page parsers: bytes in, nouns and diagnostics out.
