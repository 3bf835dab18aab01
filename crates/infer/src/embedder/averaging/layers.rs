//! The layers of the network. A matrix is a slice of rows behind each other.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::arrays::Arrays;
use super::{BRANCH, WIDTH};
use crate::InferError;

/// What keeps a division from being one by nothing.
const EPSILON: f32 = 1e-12;
/// The width of the hidden layers of the head.
const HIDDEN: usize = 320;

/// A linear map, its weights laid out for this processor.
pub(super) struct Linear {
    weights: PackedBMatrix<f32>,
    bias: Option<Vec<f32>>,
    inputs: usize,
    outputs: usize,
}

impl Linear {
    /// Takes the weights of this name, `inputs` rows of `outputs` numbers.
    pub(super) fn take(
        arrays: &mut Arrays,
        weights: &str,
        bias: Option<&str>,
        [inputs, outputs]: [usize; 2],
    ) -> Result<Linear, InferError> {
        let numbers = arrays.floats(weights, inputs * outputs)?;
        let weights = GemmExecutor::<f32>::new()
            .prepack_b(NdTensorView::from_data([inputs, outputs], numbers.as_slice()));
        let bias = bias.map(|name| arrays.floats(name, outputs)).transpose()?;
        Ok(Linear { weights, bias, inputs, outputs })
    }

    /// Maps each row.
    pub(super) fn apply(&self, rows: &[f32]) -> Result<Vec<f32>, InferError> {
        let count = rows.len() / self.inputs;
        let mut output = vec![0.0; count * self.outputs];
        let input = GemmInputA::Unpacked(NdTensorView::from_data([count, self.inputs], rows));
        let bias = self.bias.as_deref().map(BiasVector::Row);
        let options = GemmOptions { bias, ..GemmOptions::default() };
        // The program for this processor is chosen by each executor in the same way, and none may be handed to a thread.
        let done = GemmExecutor::new().gemm(&mut output, input, GemmInputB::Packed(&self.weights), options);
        done.map_err(|e| InferError::failed(format!("{e:?}")))?;
        Ok(output)
    }
}

/// Brings each row to mean 0 and variance 1, then stretches and shifts it.
pub(super) struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    /// Takes the parts of these names, each of this width, as one row.
    pub(super) fn take(arrays: &mut Arrays, parts: &[&str], width: usize) -> Result<Norm, InferError> {
        let mut joined = |name: &str| {
            let parts = parts.iter().map(|part| arrays.floats(&format!("{name}{part}"), width));
            Ok::<_, InferError>(parts.collect::<Result<Vec<_>, _>>()?.concat())
        };
        Ok(Norm { gain: joined("ln_g")?, shift: joined("ln_b")? })
    }

    /// The width of a row.
    pub(super) fn width(&self) -> usize {
        self.gain.len()
    }

    /// Normalises each row.
    pub(super) fn apply(&self, rows: &mut [f32]) {
        let width = self.width() as f32;
        for row in rows.chunks_mut(self.width()) {
            let mean = row.iter().sum::<f32>() / width;
            let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / width;
            let scale = 1.0 / (variance + EPSILON).sqrt();
            for ((value, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
                *value = (*value - mean) * scale * gain + shift;
            }
        }
    }
}

/// Two layers that see a piece with its neighbours, each added to what it was given.
pub(super) struct Branch {
    layers: [Linear; 2],
    /// Pieces that are seen at once.
    span: usize,
    /// How many of them stand before the piece.
    left: usize,
}

impl Branch {
    /// Takes the branch that sees so many pieces at once.
    pub(super) fn take(arrays: &mut Arrays, span: usize, left: usize) -> Result<Branch, InferError> {
        let mut layer = |number: usize| {
            let (weights, bias) = (format!("w{number}_{span}"), format!("b{number}_{span}"));
            Linear::take(arrays, &weights, Some(&bias), [span * BRANCH, BRANCH])
        };
        Ok(Branch { layers: [layer(1)?, layer(2)?], span, left })
    }

    /// What the branch makes of the rows of these texts.
    pub(super) fn run(&self, input: &[f32], texts: &[Vec<u32>]) -> Result<Vec<f32>, InferError> {
        let mut rows = input.to_vec();
        for layer in &self.layers {
            let seen = layer.apply(&self.windows(&rows, texts))?;
            rows.iter_mut().zip(seen).for_each(|(row, seen)| *row += seen.max(0.0));
        }
        Ok(rows)
    }

    /// For each row the rows around it behind each other, with zeros for what lies outside of its text.
    fn windows(&self, rows: &[f32], texts: &[Vec<u32>]) -> Vec<f32> {
        let mut windows = vec![0.0; rows.len() * self.span];
        let mut window = windows.chunks_mut(self.span * BRANCH);
        let mut first = 0;
        for text in texts {
            for (at, window) in window.by_ref().take(text.len()).enumerate() {
                let before = self.left.min(at);
                let behind = (self.span - self.left).min(text.len() - at);
                let seen = &rows[(first + at - before) * BRANCH..(first + at + behind) * BRANCH];
                window[(self.left - before) * BRANCH..][..seen.len()].copy_from_slice(seen);
            }
            first += text.len();
        }
        windows
    }
}

/// From the sum over the pieces of a text to its vector.
pub(super) struct Head {
    mean: Linear,
    mean_bias: Vec<f32>,
    down: [Linear; 2],
    down_past: Linear,
    up: [Linear; 2],
    up_past: Linear,
}

impl Head {
    /// Takes the weights of the head.
    pub(super) fn take(arrays: &mut Arrays) -> Result<Head, InferError> {
        let mut linear = |name: &str, shape| Linear::take(arrays, name, None, shape);
        let mean = linear("cnn_W", [WIDTH + 3 * BRANCH, WIDTH])?;
        let down = [linear("d0", [WIDTH, HIDDEN])?, linear("d1", [HIDDEN, HIDDEN])?];
        let down_past = linear("p1", [WIDTH, HIDDEN])?;
        let up = [linear("d2", [HIDDEN, WIDTH])?, linear("d3", [WIDTH, WIDTH])?];
        let up_past = linear("p3", [HIDDEN, WIDTH])?;
        let mean_bias = arrays.floats("cnn_b", WIDTH)?;
        Ok(Head { mean, mean_bias, down, down_past, up, up_past })
    }

    /// One row for each text, not yet of length 1.
    pub(super) fn run(&self, sums: &[f32], texts: &[Vec<u32>]) -> Result<Vec<f32>, InferError> {
        let mut mean = self.mean.apply(sums)?;
        for (row, text) in mean.chunks_mut(WIDTH).zip(texts) {
            let length = text.len() as f32;
            for (value, bias) in row.iter_mut().zip(&self.mean_bias) {
                *value = (*value + length * bias) / length.sqrt();
            }
        }
        let deep = |layers: &[Linear; 2], input: &[f32]| {
            let inner = positive(layers[0].apply(input)?);
            layers[1].apply(&inner)
        };
        let narrow = positive(added(deep(&self.down, &mean)?, self.down_past.apply(&mean)?));
        let mut wide = added(deep(&self.up, &narrow)?, self.up_past.apply(&narrow)?);
        wide.iter_mut().for_each(|value| *value = value.tanh());
        Ok(wide)
    }
}

fn positive(mut rows: Vec<f32>) -> Vec<f32> {
    rows.iter_mut().for_each(|value| *value = value.max(0.0));
    rows
}

fn added(mut rows: Vec<f32>, others: Vec<f32>) -> Vec<f32> {
    rows.iter_mut().zip(others).for_each(|(value, other)| *value += other);
    rows
}
