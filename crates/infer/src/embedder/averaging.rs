//! The multilingual Universal Sentence Encoder in process: word pieces, what stands beside them, their average, and a
//! small network on top.
//!
//! The network of Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval" (2019), in the sizes of
//! its third published version: pieces of 512 numbers; three branches of 256 that look at 2, 3 and 5 neighbours, twice
//! each; the average of all 1280, scaled by the root of the length; a residual network with 512 numbers at its end.

mod arrays;
mod layers;
mod pieces;
mod table;

use std::path::Path;

use rten::ThreadPool;

use super::encoder::thread_count;
use crate::InferError;
use arrays::Arrays;
use layers::{Branch, Head, Linear, Norm};
use pieces::Pieces;
use table::Table;

/// The width of a piece and of a vector.
const WIDTH: usize = 512;
/// The width of a branch.
const BRANCH: usize = 256;
/// Pieces that go through the network together: enough to use its weights more than once, few enough for the cache.
const MAX_BATCH_PIECES: usize = 384;

/// The network, its vocabulary, and the threads that it runs on.
pub(super) struct Averaging {
    pieces: Pieces,
    table: Table,
    entry: [Linear; 3],
    entry_norm: Norm,
    branches: [Branch; 3],
    norm: Norm,
    head: Head,
    threads: ThreadPool,
}

impl Averaging {
    /// Reads `weights.npz` and `sp.model`. Blocks.
    pub(super) fn load(folder: &Path, threads: usize) -> Result<Averaging, InferError> {
        let pieces = Pieces::load(&folder.join("sp.model"))?;
        let mut arrays = Arrays::load(&folder.join("weights.npz"))?;
        let table = Table::take(&mut arrays, pieces.len())?;
        let mut entry = |of: usize| {
            Linear::take(&mut arrays, &format!("proj{of}"), Some(&format!("proj_b{of}")), [WIDTH, BRANCH])
        };
        let entry = [entry(2)?, entry(3)?, entry(5)?];
        let entry_norm = Norm::take(&mut arrays, &["2", "3", "5"], BRANCH)?;
        let mut branch = |of, left| Branch::take(&mut arrays, of, left);
        let branches = [branch(2, 0)?, branch(3, 1)?, branch(5, 2)?];
        let norm = Norm::take(&mut arrays, &[""], WIDTH + 3 * BRANCH)?;
        let head = Head::take(&mut arrays)?;
        let threads = ThreadPool::with_num_threads(thread_count(threads));
        Ok(Averaging { pieces, table, entry, entry_norm, branches, norm, head, threads })
    }

    /// How many numbers a vector has.
    pub(super) fn dimensions(&self) -> usize {
        WIDTH
    }

    /// One vector per text, in order.
    pub(super) fn embed(&self, texts: &[impl AsRef<str>]) -> Result<Vec<Vec<f32>>, InferError> {
        let ids: Vec<Vec<u32>> = texts.iter().map(|text| self.pieces.encode(text.as_ref())).collect();
        let mut vectors = Vec::with_capacity(ids.len());
        let mut rest = ids.as_slice();
        while !rest.is_empty() {
            let (batch, behind) = rest.split_at(batch_len(rest));
            vectors.extend(self.threads.run(|| self.run(batch))?);
            rest = behind;
        }
        Ok(vectors)
    }

    /// One pass through the network. The pieces of all texts stand below each other as the rows of one matrix.
    fn run(&self, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, InferError> {
        let pieces = self.table.rows(texts.iter().flatten().copied());
        let entered = self.enter(&pieces)?;
        let neighbours: Vec<Vec<f32>> = self
            .branches
            .iter()
            .zip(&entered)
            .map(|(branch, input)| branch.run(input, texts))
            .collect::<Result<_, _>>()?;
        let count = pieces.len() / WIDTH;
        let mut features = Vec::with_capacity(count * self.norm.width());
        for at in 0..count {
            features.extend_from_slice(row(&pieces, at, WIDTH));
            neighbours.iter().for_each(|branch| features.extend_from_slice(row(branch, at, BRANCH)));
        }
        self.norm.apply(&mut features);
        let vectors = self.head.run(&sums(&features, self.norm.width(), texts), texts)?;
        Ok(vectors.chunks(WIDTH).map(of_length_one).collect())
    }

    /// What enters each branch. The three are normalised as one row.
    fn enter(&self, pieces: &[f32]) -> Result<[Vec<f32>; 3], InferError> {
        let [two, three, five] = &self.entry;
        let apply = |linear: &Linear| linear.apply(pieces);
        let mut parts = [apply(two)?, apply(three)?, apply(five)?];
        for at in 0..pieces.len() / WIDTH {
            let mut joined =
                parts.iter().flat_map(|part| row(part, at, BRANCH)).copied().collect::<Vec<f32>>();
            self.entry_norm.apply(&mut joined);
            for (part, normal) in parts.iter_mut().zip(joined.chunks(BRANCH)) {
                part[at * BRANCH..][..BRANCH].copy_from_slice(normal);
            }
        }
        Ok(parts)
    }
}

/// How many of these texts go through the network together. One that is too long goes alone.
fn batch_len(texts: &[Vec<u32>]) -> usize {
    let mut pieces = 0;
    let fits = texts.iter().take_while(|text| {
        pieces += text.len();
        pieces <= MAX_BATCH_PIECES
    });
    fits.count().max(1)
}

fn row(matrix: &[f32], at: usize, width: usize) -> &[f32] {
    &matrix[at * width..][..width]
}

/// The sum of the rows of each text.
fn sums(rows: &[f32], width: usize, texts: &[Vec<u32>]) -> Vec<f32> {
    let mut rows = rows.chunks(width);
    let mut sums = vec![0.0; width * texts.len()];
    for (sum, text) in sums.chunks_mut(width).zip(texts) {
        for row in rows.by_ref().take(text.len()) {
            sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
    }
    sums
}

fn of_length_one(vector: &[f32]) -> Vec<f32> {
    let norm = vector.iter().map(|v| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|v| v / norm).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_as_long_as_fits_and_never_empty() {
        let texts = |lengths: &[usize]| lengths.iter().map(|n| vec![0; *n]).collect::<Vec<Vec<u32>>>();
        assert_eq!(batch_len(&texts(&[200, 100, 84, 1])), 3);
        assert_eq!(batch_len(&texts(&[1000, 3])), 1);
        assert_eq!(batch_len(&texts(&[3])), 1);
    }

    #[test]
    fn each_text_has_the_sum_of_its_own_rows() {
        let rows = [1.0, 2.0, 10.0, 20.0, 5.0, 6.0];
        assert_eq!(sums(&rows, 2, &[vec![0], vec![0, 0]]), [1.0, 2.0, 15.0, 26.0]);
    }
}
