//! The vectors of the pieces, six bits for each number, as they are published.

use super::WIDTH;
use super::arrays::Arrays;
use crate::InferError;

/// Pieces are dealt out to so many chunks in turn; each chunk has a scale of its own.
const CHUNKS: usize = 17;

/// A vector for each piece.
pub(super) struct Table {
    chunks: Vec<Chunk>,
}

struct Chunk {
    numbers: Vec<u8>,
    scale: f32,
    lowest: f32,
}

impl Table {
    /// Takes the chunks, which have to hold at least so many pieces.
    pub(super) fn take(arrays: &mut Arrays, pieces: usize) -> Result<Table, InferError> {
        let (scales, lowest) = (arrays.floats("scale", CHUNKS)?, arrays.floats("lo", CHUNKS)?);
        let len = pieces.div_ceil(CHUNKS) * WIDTH;
        let mut chunks = Vec::with_capacity(CHUNKS);
        for (at, (scale, lowest)) in scales.into_iter().zip(lowest).enumerate() {
            chunks.push(Chunk { numbers: arrays.bytes(&format!("q{}", at + 1), len)?, scale, lowest });
        }
        Ok(Table { chunks })
    }

    /// The vectors of these pieces, one row for each.
    pub(super) fn rows(&self, pieces: impl Iterator<Item = u32>) -> Vec<f32> {
        let mut rows = Vec::new();
        for piece in pieces {
            let chunk = &self.chunks[piece as usize % CHUNKS];
            let numbers = &chunk.numbers[piece as usize / CHUNKS * WIDTH..][..WIDTH];
            rows.extend(numbers.iter().map(|n| f32::from(*n) * chunk.scale + chunk.lowest));
        }
        rows
    }
}
