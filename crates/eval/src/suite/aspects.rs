//! Aspects and their sentiment, against reviews that were marked by hand.
//!
//! An aspect that was found is right where its words are those of a marked one, or one holds all words of the other. It is
//! counted twice: as in Hu and Liu, "Mining and summarizing customer reviews" (2004), over the distinct aspects of a
//! product, and over all mentions, sentence by sentence.

use std::collections::BTreeSet;

use insight::{Corpus, Insight, Kind, Language, Options, Review};

use crate::annotated::{Annotated, Mark};

/// Right ones among those found and among those there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Found ones that are right.
    pub right: usize,
    /// All that were found.
    pub found: usize,
    /// Those there are that were found.
    pub met: usize,
    /// All that there are.
    pub there: usize,
}

/// The scores of one product, or of several.
#[derive(Clone, Debug, Default)]
pub struct AspectScores {
    /// The product, or what the products have in common.
    pub name: String,
    /// Distinct aspects.
    pub aspects: Hits,
    /// Aspects sentence by sentence.
    pub mentions: Hits,
    /// Mentions with their orientation.
    pub oriented: Hits,
    /// Mentions that were found and judged, and how many of them the right way.
    pub judged: (usize, usize),
    /// Aspects that were found and are marked nowhere, for reading.
    pub wrong: Vec<String>,
    /// Marked aspects that were not found.
    pub missed: Vec<String>,
}

/// Mines one product and compares.
pub fn score(product: &Annotated) -> AspectScores {
    let mut corpus = Corpus::new(Language::English);
    for review in &product.reviews {
        corpus.review(Review::default(), review.iter().map(|sentence| sentence.text.as_str()));
    }
    let insight = corpus.mine(&options(), |_| true);
    let mut scores = AspectScores { name: product.name.clone(), ..AspectScores::default() };
    distinct(&mut scores, product, &corpus, &insight);
    each(&mut scores, product, &corpus, &insight);
    scores
}

/// Two reviewers make an aspect, as in a shop. The name of the goods counts as one, as the annotators have it.
fn options() -> Options {
    Options::default()
}

/// The scores of several products together.
pub fn total(name: &str, all: &[&AspectScores]) -> AspectScores {
    let mut total = AspectScores { name: name.to_owned(), ..AspectScores::default() };
    for one in all {
        total.aspects.add(one.aspects);
        total.mentions.add(one.mentions);
        total.oriented.add(one.oriented);
        total.judged = (total.judged.0 + one.judged.0, total.judged.1 + one.judged.1);
    }
    total
}

fn distinct(scores: &mut AspectScores, product: &Annotated, corpus: &Corpus, insight: &Insight) {
    let marked: Vec<(&str, BTreeSet<String>)> =
        product.aspects().into_iter().map(|aspect| (aspect, stems(corpus, aspect))).collect();
    let found: Vec<(&str, BTreeSet<String>)> =
        parts(insight).map(|aspect| (aspect.name.as_str(), aspect.stems.iter().cloned().collect())).collect();
    for (name, stems) in &found {
        let is_right = marked.iter().any(|(_, other)| is_same(stems, other));
        scores.aspects.found += 1;
        scores.aspects.right += usize::from(is_right);
        if !is_right {
            scores.wrong.push((*name).to_owned());
        }
    }
    for (name, stems) in &marked {
        let is_met = found.iter().any(|(_, other)| is_same(stems, other));
        scores.aspects.there += 1;
        scores.aspects.met += usize::from(is_met);
        if !is_met {
            scores.missed.push((*name).to_owned());
        }
    }
}

fn each(scores: &mut AspectScores, product: &Annotated, corpus: &Corpus, insight: &Insight) {
    let sentences: Vec<_> = product.reviews.iter().flatten().collect();
    let mut found: Vec<Vec<(BTreeSet<String>, f32)>> = vec![Vec::new(); sentences.len()];
    for aspect in parts(insight) {
        let stems: BTreeSet<String> = aspect.stems.iter().cloned().collect();
        for mention in aspect.voices.iter().flat_map(|voice| &voice.mentions) {
            found[mention.sentence].push((stems.clone(), mention.polarity));
        }
    }
    for (sentence, found) in sentences.iter().zip(&found) {
        let marks: Vec<(&Mark, BTreeSet<String>)> = sentence
            .marks
            .iter()
            .filter(|mark| mark.is_explicit)
            .map(|mark| (mark, stems(corpus, &mark.aspect)))
            .collect();
        // A mention that nobody judges is no opinion: only judged ones are put beside the marks.
        let judged: Vec<_> = found.iter().filter(|(_, polarity)| *polarity != 0.0).collect();
        scores.mentions.found += judged.len();
        scores.oriented.found += judged.len();
        scores.mentions.there += marks.len();
        scores.oriented.there += marks.len();
        for (stems, polarity) in &judged {
            let own: Vec<_> = marks.iter().filter(|(_, other)| is_same(stems, other)).collect();
            scores.mentions.right += usize::from(!own.is_empty());
            let is_right = own.iter().any(|(mark, _)| mark.is_praise == (*polarity > 0.0));
            scores.oriented.right += usize::from(is_right);
        }
        for (mark, stems) in &marks {
            let own: Vec<_> = judged.iter().filter(|(other, _)| is_same(stems, other)).collect();
            let is_right = own.iter().any(|(_, polarity)| mark.is_praise == (*polarity > 0.0));
            scores.mentions.met += usize::from(!own.is_empty());
            scores.oriented.met += usize::from(is_right);
            scores.judged.0 += usize::from(!own.is_empty());
            scores.judged.1 += usize::from(is_right);
        }
    }
}

fn parts(insight: &Insight) -> impl Iterator<Item = &insight::Aspect> {
    insight.aspects.iter().filter(|aspect| aspect.kind != Kind::Quality)
}

fn stems(corpus: &Corpus, text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|word| corpus.stem(word))
        .collect()
}

fn is_same(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    one.is_subset(other) || other.is_subset(one)
}

impl Hits {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.met += other.met;
        self.there += other.there;
    }

    /// The share of those found that are right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// The share of those there are that were found.
    pub fn recall(&self) -> f64 {
        self.met as f64 / self.there.max(1) as f64
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}
