//! Reviews of Hu and Liu (2004) as a JSONL feed. In their files a line is a sentence, with marks such as
//! `battery life[+2], size[-1]##` before it, and `[t]` begins a review. The marks do not go into the feed.

use std::fs;
use std::path::Path;

use anyhow::Context;
use serde_json::json;

/// The folders that hold a file for each product.
const FOLDERS: [&str; 2] = ["product_reviews_1", "product_reviews_2"];

/// A sentence with the aspects that it judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    /// The aspect, and whether it is praised.
    pub(crate) marks: Vec<(String, bool)>,
}

/// The feed: each product without a price, followed by its reviews.
pub(super) fn to_jsonl(folder: &Path) -> anyhow::Result<String> {
    let mut lines = vec![json!({"type": "shop", "name": "Amazon reviews", "currency": "USD"}).to_string()];
    for (id, reviews) in products(folder)? {
        lines.push(json!({"type": "product", "id": id, "title": id.replace('_', " ")}).to_string());
        for (place, review) in reviews.iter().enumerate() {
            let text: Vec<&str> = review.iter().map(|sentence| sentence.text.as_str()).collect();
            // The feed wants stars; the praise among the marks stands for them.
            let marks: Vec<bool> = review.iter().flat_map(|s| s.marks.iter().map(|mark| mark.1)).collect();
            let praise = marks.iter().filter(|is_praise| **is_praise).count();
            let stars = if marks.is_empty() { 3 } else { 1 + (4 * praise) / marks.len() };
            lines.push(
                json!({"type": "review", "id": format!("{id}-{place}"), "product": id, "rating": stars, "text": text.join(" ")})
                    .to_string(),
            );
        }
    }
    Ok(lines.join("\n"))
}

/// The products by the name of their file, with the sentences of each review.
pub(crate) fn products(folder: &Path) -> anyhow::Result<Vec<(String, Vec<Vec<Sentence>>)>> {
    let mut products = Vec::new();
    for folder in FOLDERS.map(|name| folder.join(name)) {
        let entries = fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().replace(' ', "_");
            if name != "README" {
                products.push((name, reviews(&String::from_utf8_lossy(&fs::read(&path)?))));
            }
        }
    }
    products.sort_by(|a: &(String, _), b| a.0.cmp(&b.0));
    Ok(products)
}

fn reviews(text: &str) -> Vec<Vec<Sentence>> {
    let mut reviews: Vec<Vec<Sentence>> = Vec::new();
    for line in text.lines() {
        if line.starts_with('*') {
            continue;
        }
        if let Some(title) = line.strip_prefix("[t]") {
            reviews.push(Vec::new());
            if !title.trim().is_empty() {
                push(&mut reviews, Sentence { text: title.trim().to_owned(), marks: Vec::new() });
            }
        } else if let Some((marks, text)) = line.split_once("##")
            && !text.trim().is_empty()
        {
            push(&mut reviews, Sentence { text: text.trim().to_owned(), marks: read_marks(marks) });
        }
    }
    reviews.retain(|review| !review.is_empty());
    reviews
}

fn push(reviews: &mut Vec<Vec<Sentence>>, sentence: Sentence) {
    if reviews.is_empty() {
        reviews.push(Vec::new());
    }
    if let Some(review) = reviews.last_mut() {
        review.push(sentence);
    }
}

/// `battery life[+2][u], size[-1]`.
fn read_marks(marks: &str) -> Vec<(String, bool)> {
    let mark = |mark: &str| {
        let (aspect, rest) = mark.split_once('[')?;
        let is_praise = match rest.chars().next()? {
            '+' => true,
            '-' => false,
            _ => return None,
        };
        Some((aspect.trim().to_lowercase(), is_praise))
    };
    marks.split(',').filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_and_left_out_of_the_text() {
        let text = "*** head\n[t]good phone .\nphone[+3], at&t service[-2][p]##works well .\n##no mark .\n";
        let reviews = reviews(text);
        assert_eq!(reviews.len(), 1);
        assert_eq!(reviews[0][1].text, "works well .");
        assert_eq!(reviews[0][1].marks, [("phone".to_owned(), true), ("at&t service".to_owned(), false)]);
        assert!(reviews[0][2].marks.is_empty());
    }
}
