//! ROUGE: how much of a reference's words, pairs of words and order a summary has (Lin, "ROUGE: A package for automatic
//! evaluation of summaries", 2004). F1, on lower-case words without stemming.

use std::collections::HashMap;

/// ROUGE-1, ROUGE-2 and ROUGE-L as F1.
pub fn rouge(summary: &str, reference: &str) -> [f64; 3] {
    let (summary, reference) = (words(summary), words(reference));
    [grams(&summary, &reference, 1), grams(&summary, &reference, 2), longest(&summary, &reference)]
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn grams(summary: &[String], reference: &[String], length: usize) -> f64 {
    let mut there: HashMap<&[String], usize> = HashMap::new();
    for gram in reference.windows(length) {
        *there.entry(gram).or_default() += 1;
    }
    let mut shared = 0;
    for gram in summary.windows(length) {
        if let Some(left) = there.get_mut(gram).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    let count = |words: &[String]| (words.len() + 1).saturating_sub(length);
    f1(shared, count(summary), count(reference))
}

/// The longest common subsequence.
fn longest(summary: &[String], reference: &[String]) -> f64 {
    let mut row = vec![0; reference.len() + 1];
    for word in summary {
        let mut above_left = 0;
        for (place, other) in reference.iter().enumerate() {
            let above = row[place + 1];
            row[place + 1] = if word == other { above_left + 1 } else { above.max(row[place]) };
            above_left = above;
        }
    }
    f1(row.last().copied().unwrap_or(0), summary.len(), reference.len())
}

fn f1(shared: usize, found: usize, there: usize) -> f64 {
    if shared == 0 { 0.0 } else { 2.0 * shared as f64 / (found + there) as f64 }
}

#[cfg(test)]
mod tests {
    use super::rouge;

    #[test]
    fn the_same_text_is_one_and_another_is_none() {
        assert_eq!(rouge("The lid is loose.", "the lid is loose"), [1.0; 3]);
        assert_eq!(rouge("The lid is loose.", "great handle"), [0.0; 3]);
        assert_eq!(rouge("a b c d", "a x b c"), [0.75, 1.0 / 3.0, 0.75]);
    }
}
