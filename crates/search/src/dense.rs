//! Meaning: how near the vector of each product is to that of the query.

use crate::SearchError;
use crate::snapshot::Snapshot;

/// Products that only meaning finds.
const MAX_FOUND: usize = 100;
/// Products farther from the query than the nearest one by this much are not found by meaning.
const MAX_DISTANCE: f32 = 0.15;

/// The nearness of all products to a query.
pub(crate) struct Dense {
    /// For each place among all documents the cosine; negative infinity where there is no vector.
    pub(crate) similarities: Vec<f32>,
    /// The nearest places, nearest first.
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
        let nearness = |place: &u32| similarities[*place as usize];
        found.sort_unstable_by(|a, b| nearness(b).total_cmp(&nearness(a)).then_with(|| a.cmp(b)));
        Ok(Some(Self { similarities, found }))
    }

    /// The nearest of these places, which are in the order of nearness.
    pub(crate) fn nearest(&self, fitting: &[u32]) -> usize {
        let Some(first) = fitting.first() else { return 0 };
        let least = self.similarities[*first as usize] - MAX_DISTANCE;
        fitting
            .iter()
            .take(MAX_FOUND)
            .take_while(|place| self.similarities[**place as usize] >= least)
            .count()
    }
}
