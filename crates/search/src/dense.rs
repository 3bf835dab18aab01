//! Meaning: how near the vector of each product is to that of the query.

use crate::SearchError;
use crate::snapshot::Snapshot;

/// Products that only meaning finds.
const MAX_FOUND: usize = 100;
/// Products farther from the query than the nearest one by this much are not found by meaning.
const MAX_DISTANCE: f32 = 0.15;
/// So many of the nearest products are put in order at first; twice as many each time that they were not enough.
const FIRST_ORDERED: usize = 256;

/// The nearness of all products to a query.
pub(crate) struct Dense {
    /// For each place among all documents the cosine; negative infinity where there is no vector.
    pub(crate) similarities: Vec<f32>,
    /// The places that have a vector.
    pub(crate) found: Vec<u32>,
}

impl Dense {
    /// Compares a vector with those of all products; `None` when the index has no vectors.
    pub(crate) fn new(snapshot: &Snapshot, vector: &[f32]) -> Result<Option<Self>, SearchError> {
        let list = &snapshot.vectors.products;
        if list.ids.is_empty() {
            return Ok(None);
        }
        let vector = list.ready(vector)?;
        let mut similarities = vec![f32::NEG_INFINITY; snapshot.width()];
        let mut found = Vec::new();
        for (row, place) in snapshot.vector_places.iter().enumerate() {
            if *place != u32::MAX {
                similarities[*place as usize] = list.similarity(row, &vector);
                found.push(*place);
            }
        }
        Ok(Some(Self { similarities, found }))
    }

    /// The nearest of the places that fit, nearest first.
    pub(crate) fn nearest<T>(&self, mut fits: impl FnMut(u32) -> Option<T>) -> Vec<T> {
        let nearness = |place: u32| self.similarities[place as usize];
        let order = |a: &u32, b: &u32| nearness(*b).total_cmp(&nearness(*a)).then_with(|| a.cmp(b));
        let mut places = self.found.clone();
        let mut nearest = Vec::new();
        let (mut ordered, mut ahead) = (0, FIRST_ORDERED);
        let mut least = f32::NEG_INFINITY;
        while ordered < places.len() {
            let rest = &mut places[ordered..];
            let count = ahead.min(rest.len());
            if count < rest.len() {
                rest.select_nth_unstable_by(count, order);
            }
            rest[..count].sort_unstable_by(order);
            for place in &rest[..count] {
                if nearness(*place) < least || nearest.len() == MAX_FOUND {
                    return nearest;
                }
                if let Some(fitting) = fits(*place) {
                    if nearest.is_empty() {
                        least = nearness(*place) - MAX_DISTANCE;
                    }
                    nearest.push(fitting);
                }
            }
            (ordered, ahead) = (ordered + count, ahead * 2);
        }
        nearest
    }
}
