//! Adding up what words found, for a few thousand neighbouring documents at a time: no array is as long as the catalog.

/// Documents that are added up at once: small enough for the processor's nearest memory.
pub(crate) const WINDOW: u32 = 4096;

/// Sums for the documents of one window.
pub(crate) struct Window {
    sums: Vec<f32>,
    words: Vec<u32>,
    /// A bit for each document that has a sum.
    touched: [u64; WINDOW as usize / 64],
}

impl Default for Window {
    fn default() -> Self {
        let touched = [0; WINDOW as usize / 64];
        Self { sums: vec![0.0; WINDOW as usize], words: vec![0; WINDOW as usize], touched }
    }
}

impl Window {
    /// Adds to the sum of a document.
    pub(crate) fn add(&mut self, offset: u32, sum: f32) {
        self.sums[offset as usize] += sum;
        self.touched[offset as usize / 64] |= 1 << (offset % 64);
    }

    /// Says that a document has a word.
    pub(crate) fn mark(&mut self, offset: u32, word: usize) {
        self.words[offset as usize] |= 1 << word;
    }

    /// Keeps what another window has too, with the smaller of both sums, and empties the other.
    pub(crate) fn meet(&mut self, other: &mut Self) {
        let touched = self.touched;
        for (place, bits) in touched.into_iter().enumerate() {
            for offset in (0..64).filter(|bit| bits & 1 << bit != 0).map(|bit| place * 64 + bit) {
                let is_in_both = other.touched[place] & 1 << (offset % 64) != 0;
                let sum = self.sums[offset].min(other.sums[offset]);
                self.sums[offset] = if is_in_both { sum } else { 0.0 };
            }
            self.touched[place] &= other.touched[place];
        }
        other.drain(|_, _, _| {});
    }

    /// Gives every document that has a sum, in order, with its words, and forgets them.
    pub(crate) fn drain(&mut self, mut found: impl FnMut(u32, f32, u32)) {
        for place in 0..self.touched.len() {
            let mut bits = std::mem::take(&mut self.touched[place]);
            while bits != 0 {
                let offset = place * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let sum = std::mem::take(&mut self.sums[offset]);
                found(offset as u32, sum, std::mem::take(&mut self.words[offset]));
            }
        }
    }
}
