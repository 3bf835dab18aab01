//! Mining of generated reviews, all at once, on one core: time and memory.

use std::time::Instant;

use insight::{Corpus, Language, Options, Review};
use search::sentences;

use crate::catalog::Catalog;
use crate::report::megabytes;

/// Reads and mines so many reviews of a catalog; what comes back is a line of the report.
pub fn measure(catalog: Catalog, wanted: usize) -> String {
    let listings = catalog.listings().flat_map(|listing| listing.reviews);
    let reviews: Vec<commerce::Review> = listings.take(wanted).collect();
    let started = Instant::now();
    let mut corpus = Corpus::new(Language::English);
    for review in &reviews {
        let said = sentences(&review.text);
        corpus.review(Review { rating: review.rating }, said.iter().map(|sentence| sentence.text));
    }
    let read = started.elapsed();
    let insight = corpus.mine(&Options::default(), |_| true);
    format!(
        "- mining of {} reviews with {} sentences: read in {:.2} s, mined in {:.2} s on one core, {} aspects; {:.1} MB, {:.0} bytes a \
         sentence",
        reviews.len(),
        corpus.len(),
        read.as_secs_f64(),
        (started.elapsed() - read).as_secs_f64(),
        insight.aspects.len(),
        megabytes(corpus.bytes() as u64),
        corpus.bytes() as f64 / corpus.len().max(1) as f64
    )
}
