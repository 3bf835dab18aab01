//! The built-in store: an original shop with products, reviews, questions, guides, policies and pictures, compressed.
//!
//! **Invariant**: it is one more feed; it goes in through the same import as any other, and no code knows what is in it.

/// The store as a zip archive of JSONL feeds and the pictures that they name.
pub fn archive() -> &'static [u8] {
    include_bytes!(concat!(env!("OUT_DIR"), "/store.zip"))
}

/// The rules of the store as its pages tell them: a policy file.
pub fn policy() -> &'static str {
    include_str!("../store/policy.toml")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    #[test]
    fn holds_feeds_and_pictures_in_order_and_nothing_else() {
        let archive = zip::ZipArchive::new(Cursor::new(super::archive())).unwrap();
        let names: Vec<_> = archive.file_names().map(Result::unwrap).collect();
        assert!(names.is_sorted());
        assert!(names.iter().all(|name| name.ends_with(".jsonl") || name.ends_with(".svg")));
    }
}
