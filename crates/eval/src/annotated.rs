//! Reviews whose aspects were marked by hand, in the format of Hu and Liu's customer review data: a line is
//! `aspect[+2], other aspect[-1][u]##sentence`, `[t]` opens a review.

use std::collections::BTreeSet;

/// A product's reviews.
pub struct Annotated {
    /// The name of the file.
    pub name: String,
    /// In their order.
    pub reviews: Vec<Vec<Sentence>>,
}

/// One sentence with what is marked in it.
pub struct Sentence {
    /// As it stands, in lower case and with spaces around punctuation.
    pub text: String,
    /// What it speaks of.
    pub marks: Vec<Mark>,
}

/// One marked aspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// As written by the annotators.
    pub aspect: String,
    /// Whether it is praised.
    pub is_praise: bool,
    /// Whether its words stand in the sentence.
    pub is_explicit: bool,
}

/// Files whose results were looked at while the mining was built; all others are held out.
pub const DEVELOPMENT: &[&str] = &[
    "Apex_AD2600_Progressive_scan_DVD player",
    "Canon_G3",
    "Creative_Labs_Nomad_Jukebox_Zen_Xtra_40GB",
    "Canon_S100",
    "Hitachi_router",
    "MicroMP3",
    "ipod",
];

impl Annotated {
    /// Reads a file. In one that does not say where reviews begin, each sentence stands for a reviewer.
    pub fn parse(name: &str, text: &str) -> Self {
        let mut reviews: Vec<Vec<Sentence>> = Vec::new();
        let is_marked = text.lines().filter(|line| line.starts_with("[t]")).count() > 1;
        for line in text.lines().map(str::trim) {
            if line.starts_with("[t]") || !is_marked && line.contains("##") {
                reviews.push(Vec::new());
            }
            if let (Some((marks, text)), Some(review)) = (line.split_once("##"), reviews.last_mut()) {
                let marks = marks.trim_start_matches("[t]").split(',').filter_map(mark).collect();
                review.push(Sentence { text: text.trim().to_owned(), marks });
            }
        }
        Self { name: name.to_owned(), reviews }
    }

    /// Whether it was looked at while the mining was built.
    pub fn is_development(&self) -> bool {
        DEVELOPMENT.contains(&self.name.as_str())
    }

    /// The distinct aspects whose words stand in a sentence.
    pub fn aspects(&self) -> BTreeSet<&str> {
        let marks = self.reviews.iter().flatten().flat_map(|sentence| &sentence.marks);
        marks.filter(|mark| mark.is_explicit).map(|mark| mark.aspect.as_str()).collect()
    }
}

/// `picture quality[+3][u]`; what has no orientation is no mark.
fn mark(text: &str) -> Option<Mark> {
    let (aspect, flags) = text.trim().split_once('[')?;
    let is_praise = flags.contains('+');
    if aspect.trim().is_empty() || !is_praise && !flags.starts_with('-') {
        return None;
    }
    let is_explicit = !flags.contains("[u]") && !flags.contains("[p]");
    Some(Mark { aspect: aspect.trim().to_lowercase(), is_praise, is_explicit })
}
