//! What happens while a model is pulled, for a caller that draws it.

/// One event of a pull. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The file is there already and is right.
    Present {
        /// Name of the file.
        file: String,
    },
    /// A source is asked for a file.
    Asking {
        /// Name of the file.
        file: String,
        /// The source in words.
        source: String,
    },
    /// So much of the file is here.
    Received {
        /// Name of the file.
        file: String,
        /// Bytes so far, those of an earlier, broken run included.
        received: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The source gave nothing; the next one is asked.
    GaveUp {
        /// Name of the file.
        file: String,
        /// The source in words.
        source: String,
        /// Why.
        reason: String,
    },
    /// The bytes are here and their sum is being checked.
    Verifying {
        /// Name of the file.
        file: String,
    },
    /// The file is in place and right.
    Ready {
        /// Name of the file.
        file: String,
    },
}
