//! A transformer in process: tokens through the network, mean over tokens, length 1.

use std::path::Path;
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};

use super::encoder::thread_count;
use super::tokens::Tokens;
use crate::InferError;

/// Padded tokens in one pass, so that what passes between layers stays in the cache of a processor.
const MAX_BATCH_TOKENS: usize = 256;

/// Tokens by which the longest text of a batch may exceed the shortest: padding is computed like text.
const MAX_PADDING: usize = 4;

/// The network, its tokenizer, and the threads that it runs on.
pub(super) struct Network {
    model: Model,
    tokens: Tokens,
    inputs: Inputs,
    output: NodeId,
    dimensions: usize,
    threads: Arc<ThreadPool>,
}

struct Inputs {
    ids: NodeId,
    mask: NodeId,
    /// Some exports leave it out.
    types: Option<NodeId>,
}

impl Network {
    /// Reads `model.onnx` and `tokenizer.json`. Blocks.
    pub(super) fn load(folder: &Path, threads: usize) -> Result<Network, InferError> {
        let path = folder.join("model.onnx");
        let damaged = |reason: String| InferError::Damaged { path: path.clone(), reason };
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(false);
        let model = options.load_file(&path).map_err(|e| damaged(e.to_string()))?;
        let node = |name: &str| model.node_id(name).map_err(|e| damaged(e.to_string()));
        let inputs = Inputs {
            ids: node("input_ids")?,
            mask: node("attention_mask")?,
            types: model.find_node("token_type_ids"),
        };
        let output = *model.output_ids().first().ok_or_else(|| damaged("it has no output".to_owned()))?;
        let tokens = Tokens::load(&folder.join("tokenizer.json"))?;
        let threads = Arc::new(ThreadPool::with_num_threads(thread_count(threads)));
        let mut network = Network { model, tokens, inputs, output, dimensions: 0, threads };
        network.dimensions = network.embed(&["dimensions"])?.first().map_or(0, Vec::len);
        Ok(network)
    }

    /// How many numbers a vector has.
    pub(super) fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// One vector per text, in order. Texts of like length go through together, so that little padding is computed.
    pub(super) fn embed(&self, texts: &[impl AsRef<str>]) -> Result<Vec<Vec<f32>>, InferError> {
        let ids: Vec<Vec<i32>> =
            texts.iter().map(|t| self.tokens.encode(t.as_ref())).collect::<Result<_, _>>()?;
        let mut vectors = vec![Vec::new(); texts.len()];
        for batch in batches(&ids) {
            let rows: Vec<&[i32]> = batch.iter().map(|&at| ids[at].as_slice()).collect();
            for (&at, vector) in batch.iter().zip(self.run(&rows)?) {
                vectors[at] = vector;
            }
        }
        Ok(vectors)
    }

    /// One pass through the network.
    fn run(&self, rows: &[&[i32]]) -> Result<Vec<Vec<f32>>, InferError> {
        let width = rows.iter().map(|r| r.len()).max().unwrap_or(0);
        let shape = [rows.len(), width];
        let ids = NdTensor::from_fn(shape, |[row, at]| rows[row].get(at).copied().unwrap_or(0));
        let mask = NdTensor::from_fn(shape, |[row, at]| i32::from(at < rows[row].len()));
        let types = NdTensor::<i32, 2>::zeros(shape);
        let mut inputs = vec![(self.inputs.ids, ids.view().into()), (self.inputs.mask, mask.view().into())];
        inputs.extend(self.inputs.types.map(|node| (node, types.view().into())));
        let options = RunOptions::default().with_thread_pool(Some(self.threads.clone()));
        let outputs = self.model.run(inputs, &[self.output], Some(options)).map_err(InferError::failed)?;
        let output = outputs.into_iter().next().ok_or_else(|| InferError::failed("no output"))?;
        let states: NdTensor<f32, 3> = output.try_into().map_err(|e| InferError::failed(format!("{e:?}")))?;
        Ok(rows.iter().enumerate().map(|(row, ids)| mean(states.slice(row), ids.len())).collect())
    }
}

/// The mean over the first `length` tokens, scaled to length 1.
fn mean(states: NdTensorView<f32, 2>, length: usize) -> Vec<f32> {
    let mut sum = vec![0.0; states.size(1)];
    for token in 0..length {
        for (total, value) in sum.iter_mut().zip(states.slice(token).iter()) {
            *total += value;
        }
    }
    let norm = sum.iter().map(|v: &f32| v * v).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    sum.iter().map(|v| v / norm).collect()
}

/// Positions sorted by length and cut so that no batch is too large or has too much padding.
fn batches(ids: &[Vec<i32>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&at| ids[at].len());
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for at in order {
        let width = ids[at].len();
        let fits = |batch: &&mut Vec<usize>| {
            (batch.len() + 1) * width <= MAX_BATCH_TOKENS && width - ids[batch[0]].len() <= MAX_PADDING
        };
        match batches.last_mut().filter(fits) {
            Some(batch) => batch.push(at),
            None => batches.push(vec![at]),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_text_once_and_stay_small() {
        let ids: Vec<Vec<i32>> = (0..100).map(|n| vec![0; 1 + (n * 37) % 256]).collect();
        let cut = batches(&ids);
        let mut seen: Vec<usize> = cut.iter().flatten().copied().collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
        for batch in cut {
            let width = batch.iter().map(|&at| ids[at].len()).max().unwrap_or(0);
            assert!(width * batch.len() <= MAX_BATCH_TOKENS);
        }
    }

    #[test]
    fn the_mean_leaves_padding_out_and_has_length_one() {
        let states = NdTensor::from([[3.0, 0.0], [0.0, 4.0], [9.0, 9.0]]);
        assert_eq!(mean(states.view(), 1), vec![1.0, 0.0]);
        assert_eq!(mean(states.view(), 2), vec![0.6, 0.8]);
    }
}
