//! Reviews that different people wrote: no two say the same in nearly the same words.

use std::collections::{BTreeSet, HashSet};

use crate::shop::of_type;

/// Words that two texts can share without saying the same.
const SMALL: &[&str] = &[
    "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "at", "for", "with", "my", "i", "it", "is",
    "was", "are", "were", "this", "that", "as", "so", "not", "no", "very", "be", "have", "has", "had",
    "they", "them", "its", "me", "you", "we", "from", "by", "after", "than", "too", "all", "one", "just",
    "out", "up", "if", "when",
];
/// The greatest share of all words of two reviews that both have.
const MOST_WORDS: f64 = 0.35;
/// The same for runs of three words.
const MOST_RUNS: f64 = 0.25;
/// Words of a review below which sharing them says nothing.
const LEAST_WORDS: usize = 4;

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn share<T: std::hash::Hash + Eq>(a: &HashSet<T>, b: &HashSet<T>) -> f64 {
    let both = a.intersection(b).count();
    let all = a.len() + b.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}

#[test]
fn no_two_are_paraphrases() {
    let reviews = of_type("review");
    let texts: Vec<Vec<String>> =
        reviews.iter().map(|review| words(review["text"].as_str().unwrap_or_default())).collect();
    let content: Vec<HashSet<&String>> = texts
        .iter()
        .map(|text| text.iter().filter(|word| !SMALL.contains(&word.as_str())).collect())
        .collect();
    let runs: Vec<HashSet<&[String]>> = texts.iter().map(|text| text.windows(3).collect()).collect();
    for one in 0..texts.len() {
        for other in 0..one {
            let is_long = content[one].len().min(content[other].len()) >= LEAST_WORDS;
            let alike = share(&content[one], &content[other]);
            let in_runs = share(&runs[one], &runs[other]);
            assert!(
                (!is_long || alike <= MOST_WORDS) && in_runs <= MOST_RUNS,
                "{alike:.2} and {in_runs:.2}: “{}” and “{}”",
                texts[one].join(" "),
                texts[other].join(" ")
            );
        }
    }
}

#[test]
fn there_is_a_shop_of_them() {
    let (reviews, products) = (of_type("review"), of_type("product"));
    let people: BTreeSet<&str> = reviews.iter().filter_map(|review| review["author"].as_str()).collect();
    let ratings: BTreeSet<String> = reviews.iter().map(|review| review["rating"].to_string()).collect();
    assert!(products.len() >= 80, "{} products", products.len());
    assert!(reviews.len() >= 800, "{} reviews", reviews.len());
    assert!(people.len() >= 100, "{} people", people.len());
    assert!(ratings.len() >= 5, "only the ratings {ratings:?}");
    assert!(reviews.iter().all(|review| !review["text"].as_str().unwrap_or_default().trim().is_empty()));
}
