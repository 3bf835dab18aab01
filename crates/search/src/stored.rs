//! The texts that a document of an index stores. One is read without a look at those behind it, so what is read often
//! is stored first.

use tantivy::schema::Field;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::{DocAddress, Searcher};

use crate::SearchError;

/// The place of a product's card among what its document stores, and that of the whole product.
pub(crate) const CARD: usize = 0;
pub(crate) const PRODUCT: usize = 1;
/// The place of a row of evidence.
pub(crate) const ROW: usize = 0;

/// The text at a place, with its field.
struct At<const PLACE: usize>(Field, String);

impl<const PLACE: usize> DocumentDeserialize for At<PLACE> {
    fn deserialize<'de, D>(mut document: D) -> Result<Self, DeserializeError>
    where
        D: DocumentDeserializer<'de>,
    {
        for _ in 0..PLACE {
            document.next_field::<String>()?;
        }
        let found = document.next_field::<String>()?;
        found
            .map(|(field, text)| Self(field, text))
            .ok_or_else(|| DeserializeError::custom("a text is missing"))
    }
}

/// The text of a field that a document stores at this place.
pub(crate) fn stored<const PLACE: usize>(
    searcher: &Searcher,
    address: DocAddress,
    field: Field,
) -> Result<String, SearchError> {
    let At::<PLACE>(found, text) = searcher.doc(address)?;
    if found == field { Ok(text) } else { Err(SearchError::outdated("a stored document lacks a field")) }
}
