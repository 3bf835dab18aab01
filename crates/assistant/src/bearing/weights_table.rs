//! What the features of a row weigh when it is decided whether it answers a question.
//!
//! Set by hand so that these hold: a row with all that was asked and the kind of answer that is wanted passes with no
//! embeddings (0.9); one that lacks the kind of answer does not (0.2); half of what was asked with its rarest word does
//! not pass by words (0.55) but does where the meaning is near as well; without the rarest word it takes nearly all of
//! the rest, or a row that stands out in meaning.

/// The share of the question's weight that the row speaks of.
pub(super) const COVERAGE: f32 = 0.70;
/// The term that decides most is there.
pub(super) const HEAVIEST: f32 = 0.20;
/// The row is near in meaning and nearer than the others.
pub(super) const NEARNESS: f32 = 0.30;
/// The row does not hold the kind of answer that is wanted: a measure, a number of things, a value of a kind.
pub(super) const STATES_NOT: f32 = 0.70;
/// It enumerates values and not the one that is asked for: rows that have it come first.
pub(super) const LACKS_VALUE: f32 = 0.10;
/// From this score on a row answers.
pub(super) const ANSWERS: f32 = 0.60;
/// And only with at least this share of the question's weight.
pub(super) const LEAST_COVERAGE: f32 = 0.40;

/// The share of a question that an attribute speaks of at least whose whole name is asked for.
pub(super) const NAMED: f32 = 0.62;
/// A term is there from this presence on.
pub(super) const PRESENT: f32 = 0.55;
/// A word in what a row stands under, beside one in the row.
pub(super) const CONTEXT: f32 = 0.75;
/// A contrary, beside the word itself: the row speaks of the matter.
pub(super) const OPPOSED: f32 = 0.85;
/// Some words of a concept's name without what states it.
pub(super) const PARTIAL: f32 = 0.50;

/// The question's own words count above what states the same in others.
pub(super) const OWN_WORDS: f32 = 0.15;

/// Similarities (all-MiniLM-L6-v2) at which two texts begin to have to do with each other, and say the same.
pub(super) const SIMILARITY: (f32, f32) = (0.35, 0.70);
/// How much above the other rows' similarity begins to tell, and tells all.
pub(super) const MARGIN: (f32, f32) = (0.05, 0.25);

/// Where nothing answers in known words, a row is told as what comes nearest when it is likely enough to support an
/// answer. The likelihood is logistic in these features; fitted on the rows of the 249 judged questions of seven stores,
/// each store's questions scored by weights that were fitted on the six others.
pub(super) const LIKELY_BASE: f32 = -3.34;
/// For the cosine.
pub(super) const LIKELY_COSINE: f32 = 1.39;
/// For how much that is above the median of the rows beside it.
pub(super) const LIKELY_LEAD: f32 = 1.66;
/// For how much that is above the best of the others: two rows that are alike near say little.
pub(super) const LIKELY_MARGIN: f32 = 2.84;
/// For the share of the question's weight that it speaks of.
pub(super) const LIKELY_COVERAGE: f32 = 3.31;
/// For a row that does not hold the kind of answer that is wanted.
pub(super) const LIKELY_STATES_NOT: f32 = -1.42;
/// From this likelihood on: on stores that the weights were not fitted on, such a row supports the answer in four of
/// five questions that can be answered and is told to one in ten of those that cannot.
pub(super) const LIKELY: f32 = 0.22;
/// From this one on it is shown beside silence, as what comes closest. Of 63 questions on seven stores that could be answered and met silence
/// the two closest rows held the answer of 33; nine of ten of those that could not be answered are shown something as well.
pub(super) const CLOSE: f32 = 0.06;

/// The same without an embedding model, for the number of terms that a row speaks of; fitted on the rows of those judged
/// questions of nine stores that meet silence by words, 164 of 424. Each store's were scored by weights that were fitted
/// on the eight others: a row above [`LIKELY`] supported the answer to 21 of the 58 that can be answered, was beside the
/// point in 8, and was told to 15 of the 106 that cannot. The weights here are of one of these nine fits, without `tools`.
pub(super) const WORDS_BASE: f32 = -4.02;
/// For each term that the row speaks of.
pub(super) const WORDS_PRESENT: f32 = 2.75;
/// For the share of the question's weight that it speaks of.
pub(super) const WORDS_COVERAGE: f32 = 1.86;
/// For the weight of all that is asked, up to [`MOST_ASKED`]: half of much is left open more than half of little.
pub(super) const WORDS_ASKED: f32 = -0.33;
pub(super) const MOST_ASKED: f32 = 8.0;
/// For the logarithm of the row's length in words.
pub(super) const WORDS_LENGTH: f32 = 0.65;
/// For a row of the shop's pages: they speak of much that has the words.
pub(super) const WORDS_OF_SHOP: f32 = -2.2;
/// For a row that does not hold the kind of answer that is wanted.
pub(super) const WORDS_STATES_NOT: f32 = -0.61;

/// The share of a question's weight that another question has at least that asks for the same.
pub(super) const SAME_QUESTION: f32 = 0.6;
