//! Questions for a judgement, `is the zip good`, `good on long grass`: that something is there or is named is no praise of it.

use insight::{Corpus, Language, Options, Review};
use search::{EvidenceRow, analyse};

/// Words that ask whether something is good, as they are typed.
const PRAISE: &[&str] =
    &["good", "great", "nice", "decent", "well", "ok", "okay", "fine", "excellent", "solid", "reliable"];
/// Words behind them that say for what: then what goods are for answers as well.
const USES: &[&str] = &["for", "in", "on", "with", "at", "against", "to", "as", "when", "while", "enough"];

/// What kind of judgement is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Praise {
    /// Of the thing itself.
    Plain,
    /// Of its use for something.
    ForUse,
}

/// What kind of judgement a text asks for; `None` where it asks for none.
pub(super) fn asked(text: &str) -> Option<Praise> {
    let words = analyse::words(text);
    let at = words.iter().rposition(|word| PRAISE.contains(&word.text.as_str()))?;
    // What is all right is allowed, and a warning speaks against that.
    let asks_leave = matches!(words[at].text.as_str(), "ok" | "okay" | "fine");
    let is_used = asks_leave || words.get(at + 1).is_some_and(|next| USES.contains(&next.text.as_str()));
    Some(if is_used { Praise::ForUse } else { Praise::Plain })
}

/// Verbs of questions that hope for a yes, as they are typed: what is hoped for can fail.
const HOPES: &[&str] = &[
    "hold", "holds", "work", "works", "last", "lasts", "fit", "fits", "use", "like", "likes", "love",
    "close", "closes", "survive", "keep", "stay", "stays", "wear", "give", "help",
];

/// Whether a question hopes for a yes and faults nothing itself.
pub(super) fn is_hopeful(text: &str) -> bool {
    let hopes = analyse::words(text).iter().any(|word| HOPES.contains(&word.text.as_str()));
    hopes && weigh([(None, text.trim_end_matches(['?', ' ']))]).iter().all(|judged| *judged >= 0.0)
}

/// How much each of these sentences of reviews praises, below 0 where it faults, by the words that judge in it.
pub(in crate::reason) fn judged(sentences: &[&EvidenceRow]) -> Vec<f32> {
    weigh(sentences.iter().map(|sentence| (sentence.rating, sentence.quote.as_str())))
}

/// The sum of the judging words of each text, with the rating that it came with.
fn weigh<'a>(texts: impl IntoIterator<Item = (Option<f32>, &'a str)>) -> Vec<f32> {
    let mut corpus = Corpus::new(Language::English);
    for (rating, text) in texts {
        corpus.review(Review { rating }, [text]);
    }
    corpus.mine(&Options { least_reviews: usize::MAX, ..Options::default() }, |_| true).judged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praise_is_asked_for_of_the_thing_or_of_its_use() {
        assert_eq!(asked("is the zip of it good?"), Some(Praise::Plain));
        assert_eq!(asked("is it good on long grass"), Some(Praise::ForUse));
        assert_eq!(asked("I have a toddler, is it ok?"), Some(Praise::ForUse));
        assert_eq!(asked("does it have a zip"), None);
    }
}
