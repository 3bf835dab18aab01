//! The kinds of sentence encoder that run in process, told apart by the files that they are made of.

use std::path::Path;

use super::averaging::Averaging;
use super::network::Network;
use crate::InferError;

/// A network that turns texts into vectors of length 1.
pub(super) enum Encoder {
    /// `model.onnx` and `tokenizer.json`: a transformer.
    Transformer(Box<Network>),
    /// `weights.npz` and `sp.model`: word pieces, averaged.
    Averaging(Box<Averaging>),
}

impl Encoder {
    /// Reads the files of a folder. Blocks.
    pub(super) fn load(folder: &Path, threads: usize) -> Result<Encoder, InferError> {
        if folder.join("weights.npz").exists() {
            return Ok(Encoder::Averaging(Box::new(Averaging::load(folder, threads)?)));
        }
        Ok(Encoder::Transformer(Box::new(Network::load(folder, threads)?)))
    }

    /// How many numbers a vector has.
    pub(super) fn dimensions(&self) -> usize {
        match self {
            Encoder::Transformer(network) => network.dimensions(),
            Encoder::Averaging(averaging) => averaging.dimensions(),
        }
    }

    /// One vector per text, in order.
    pub(super) fn embed(&self, texts: &[impl AsRef<str>]) -> Result<Vec<Vec<f32>>, InferError> {
        match self {
            Encoder::Transformer(network) => network.embed(texts),
            Encoder::Averaging(averaging) => averaging.embed(texts),
        }
    }
}

/// Threads for one batch, where 0 stands for as many as there are processors.
pub(super) fn thread_count(wanted: usize) -> usize {
    match wanted {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        wanted => wanted,
    }
}
