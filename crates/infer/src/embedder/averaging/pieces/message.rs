//! What is needed of SentencePiece's `ModelProto`, a message of Protocol Buffers: pieces with their scores, and the
//! table that brings text into the form of NFKC.

const PIECES: u64 = 1;
const NORMALIZER: u64 = 3;
const TEXT: u64 = 1;
const SCORE: u64 = 2;
const CHARSMAP: u64 = 2;

/// A model as far as it is read.
pub(super) struct Model<'a> {
    /// Each piece with its score, by id.
    pub(super) pieces: Vec<(&'a str, f32)>,
    /// The table of the normalizer.
    pub(super) charsmap: &'a [u8],
}

impl<'a> Model<'a> {
    /// Reads a model. `None` where it is none.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Model<'a>> {
        let mut model = Model { pieces: Vec::new(), charsmap: &[] };
        let mut fields = Fields { rest: bytes };
        while !fields.rest.is_empty() {
            match fields.next()? {
                (PIECES, bytes) => model.pieces.push(piece(bytes)?),
                (NORMALIZER, bytes) => model.charsmap = field(bytes, CHARSMAP)?,
                _ => {}
            }
        }
        Some(model)
    }
}

fn piece(bytes: &[u8]) -> Option<(&str, f32)> {
    let text = std::str::from_utf8(field(bytes, TEXT)?).ok()?;
    let score = field(bytes, SCORE).and_then(|bytes| bytes.try_into().ok());
    Some((text, score.map_or(0.0, f32::from_le_bytes)))
}

fn field(bytes: &[u8], number: u64) -> Option<&[u8]> {
    let mut fields = Fields { rest: bytes };
    loop {
        let (found, bytes) = fields.next()?;
        if found == number {
            return Some(bytes);
        }
    }
}

/// The fields of a message, each with its bytes; those of a number that is no fixed size are empty.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    fn next(&mut self) -> Option<(u64, &'a [u8])> {
        let tag = self.varint()?;
        let len = match tag & 7 {
            0 => {
                self.varint()?;
                0
            }
            1 => 8,
            2 => usize::try_from(self.varint()?).ok()?,
            5 => 4,
            _ => return None,
        };
        let (bytes, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some((tag >> 3, bytes))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pieces_scores_and_the_table() {
        let piece = [&[0x0a, 2, b'a', b'b', 0x15][..], &(-2.5f32).to_le_bytes()].concat();
        let bytes =
            [&[0x0a, piece.len() as u8][..], &piece, &[0x0a, 3, 0x0a, 1, b'c'], &[0x1a, 3, 0x12, 1, 7]]
                .concat();
        let model = Model::parse(&bytes).unwrap();
        assert_eq!(model.pieces, [("ab", -2.5), ("c", 0.0)]);
        assert_eq!(model.charsmap, [7]);
    }

    #[test]
    fn what_is_cut_off_is_no_model() {
        assert!(Model::parse(&[0x0a, 9, 0x0a]).is_none());
        assert!(Model::parse(&[0xff; 12]).is_none());
    }
}
