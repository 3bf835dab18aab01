//! Unit vectors in eight bits, flat, beside the ids they belong to.
//!
//! A vector of an embedding model has length one. Its parts are scaled so that the largest is 127 and rounded, and
//! vectors are compared by cosine, which the scale does not change.

use simsimd::SpatialSimilarity;

use crate::SearchError;

/// The vectors of products and of evidence rows.
#[derive(Clone, Default)]
pub(crate) struct Vectors {
    /// By the key of the product.
    pub(crate) products: VectorList,
    /// By the key of the product (0 for the shop) and of the row.
    pub(crate) evidence: VectorList,
}

/// Vectors with their ids, sorted by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct VectorList {
    pub(crate) dimensions: usize,
    /// What the vectors belong to, in order: the group and the one in it.
    pub(crate) ids: Vec<(u64, u64)>,
    pub(crate) parts: Vec<i8>,
}

impl VectorList {
    /// The vector at a place.
    pub(crate) fn vector(&self, place: usize) -> &[i8] {
        &self.parts[place * self.dimensions..(place + 1) * self.dimensions]
    }

    /// The cosine with the vector at a place.
    pub(crate) fn similarity(&self, place: usize, vector: &[i8]) -> f32 {
        i8::cosine(self.vector(place), vector).map_or(0.0, |distance| 1.0 - distance as f32)
    }

    /// The vector of a query, ready to be compared; an error when it has other dimensions.
    pub(crate) fn ready(&self, vector: &[f32]) -> Result<Vec<i8>, SearchError> {
        if vector.len() != self.dimensions {
            return Err(SearchError::Dimensions { expected: self.dimensions, found: vector.len() });
        }
        Ok(quantise(vector))
    }

    /// The place of an id.
    pub(crate) fn find(&self, id: (u64, u64)) -> Option<usize> {
        self.ids.binary_search(&id).ok()
    }
}

/// Eight bits for each part.
pub(crate) fn quantise(vector: &[f32]) -> Vec<i8> {
    let largest = vector.iter().fold(0.0f32, |largest, part| largest.max(part.abs()));
    let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    vector.iter().map(|part| (part * scale).round() as i8).collect()
}
