//! Texts as pieces of words: the unigram model of SentencePiece (Kudo, "Subword Regularization", 2018).

mod message;

use std::collections::HashMap;
use std::path::Path;

use tokenizers::normalizers::Precompiled;

use crate::InferError;
use message::Model;

/// The longest text, in pieces: what stands behind is left out.
const MAX_PIECES: usize = 256;
/// What stands for the space before a word.
const SPACE: char = '\u{2581}';
const UNKNOWN: u32 = 0;
const BEGIN: u32 = 1;
const END: u32 = 2;
/// How much less likely than the least likely piece a character is that no piece has.
const UNKNOWN_PENALTY: f32 = 10.0;

/// The vocabulary, and how text is brought into its form.
pub(super) struct Pieces {
    charsmap: Precompiled,
    vocabulary: HashMap<Box<str>, Piece>,
    unknown_score: f32,
    /// The longest piece, in characters.
    max_chars: usize,
}

#[derive(Clone, Copy)]
struct Piece {
    id: u32,
    /// The logarithm of its likelihood.
    score: f32,
}

/// The best way to a place of a word.
#[derive(Clone, Copy)]
struct Way {
    score: f32,
    from: usize,
    id: u32,
}

impl Pieces {
    /// Reads `sp.model`. Blocks.
    pub(super) fn load(path: &Path) -> Result<Pieces, InferError> {
        let bytes = std::fs::read(path).map_err(InferError::folder(path))?;
        let damaged = |reason: &str| InferError::Damaged { path: path.to_owned(), reason: reason.to_owned() };
        let model = Model::parse(&bytes).ok_or_else(|| damaged("it is no model of SentencePiece"))?;
        let charsmap = Precompiled::from(model.charsmap).map_err(|e| damaged(&e.to_string()))?;
        if model.pieces.len() <= END as usize {
            return Err(damaged("it has no pieces"));
        }
        let lowest = model.pieces.iter().map(|(_, score)| *score).fold(0.0, f32::min);
        let max_chars = model.pieces.iter().map(|(text, _)| text.chars().count()).max().unwrap_or(1);
        let numbered = model.pieces.into_iter().zip(0..);
        let vocabulary = numbered.map(|((text, score), id)| (text.into(), Piece { id, score })).collect();
        Ok(Pieces { charsmap, vocabulary, unknown_score: lowest - UNKNOWN_PENALTY, max_chars })
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.vocabulary.len()
    }

    /// The ids of a text, with those that mark its beginning and end.
    pub(super) fn encode(&self, text: &str) -> Vec<u32> {
        let mut ids = vec![BEGIN];
        let text = self.charsmap.normalize_string(text);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            ids.extend(self.cut(&format!("{SPACE}{word}")));
            if ids.len() >= MAX_PIECES {
                break;
            }
        }
        if ids.len() == 1 {
            ids.push(UNKNOWN);
        }
        ids.truncate(MAX_PIECES - 1);
        ids.push(END);
        ids
    }

    /// The likeliest pieces of a word. Of ways that are equally likely the one counts that was found first.
    fn cut(&self, word: &str) -> Vec<u32> {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        let nowhere = Way { score: f32::NEG_INFINITY, from: 0, id: UNKNOWN };
        let mut ways = vec![nowhere; ends.len()];
        ways[0].score = 0.0;
        for from in 0..ends.len() - 1 {
            let reach = (from + self.max_chars).min(ends.len() - 1);
            for to in from + 1..=reach {
                let piece = self.vocabulary.get(&word[ends[from]..ends[to]]).copied();
                let unknown = || (to == from + 1).then_some(Piece { id: UNKNOWN, score: self.unknown_score });
                let Some(piece) = piece.or_else(unknown) else { continue };
                let score = ways[from].score + piece.score;
                if score > ways[to].score {
                    ways[to] = Way { score, from, id: piece.id };
                }
            }
        }
        let mut ids = Vec::new();
        let mut at = ends.len() - 1;
        while at > 0 {
            ids.push(ways[at].id);
            at = ways[at].from;
        }
        ids.reverse();
        ids
    }
}
