//! How much of a need's words a product speaks of: what keeps a match on one stray word from being told as a find.

use commerce::Product;
use search::{EvidenceKind, EvidenceRow, Understood, analyse};

use crate::Snapshot;
use crate::lexicon::{has_phrase, stems};
use crate::understand::rarity;

/// What a word is worth that a product only mentions, beside one in its name, category or attributes.
const MENTIONED: f32 = 0.5;

/// The words of a need with their weights and stand-ins.
pub(crate) struct Need {
    words: Vec<Word>,
}

struct Word {
    stem: String,
    weight: f32,
    others: Vec<(String, f32)>,
}

impl Need {
    /// The words that are left when constraints are read.
    pub(crate) fn new(snapshot: &Snapshot, need: &Understood) -> Self {
        let words = analyse::words(&need.text)
            .into_iter()
            .map(|word| Word {
                weight: rarity(snapshot, &word.stem),
                others: need
                    .alternatives
                    .iter()
                    .filter(|alternative| alternative.word == word.text)
                    .flat_map(|a| a.others.iter().map(|other| (stems(other), a.weight)))
                    .collect(),
                stem: word.stem,
            })
            .collect();
        Self { words }
    }

    /// The share of the words' weight that a product's own data has, from 0 to 1; 1 for a need without words.
    pub(crate) fn coverage(&self, product: &Product, rows: &[EvidenceRow]) -> f32 {
        let mut name = format!("{} {}", product.title, product.brand);
        let mut text = String::new();
        for category in product.categories.iter().flat_map(|path| path.names()) {
            name.push(' ');
            name.push_str(category);
        }
        for row in rows.iter().filter(|row| row.kind != EvidenceKind::Review) {
            let part = if row.kind == EvidenceKind::Attribute { &mut name } else { &mut text };
            part.push(' ');
            part.push_str(&row.quote);
        }
        let (named, said) = (self.share(&name), self.share(&format!("{name} {text}")));
        named + MENTIONED * (said - named).max(0.0)
    }

    /// The sentence of the description that has the most of the words.
    pub(crate) fn best_sentence<'a>(&self, rows: &'a [EvidenceRow]) -> Option<&'a EvidenceRow> {
        let said =
            rows.iter().filter(|row| row.kind == EvidenceKind::Description && row.source == "description");
        said.map(|row| (self.share(&row.quote), row))
            .filter(|(share, _)| *share > 0.0 && !self.words.is_empty())
            .max_by(|(a, first), (b, second)| {
                a.total_cmp(b).then_with(|| second.position.cmp(&first.position))
            })
            .map(|(_, row)| row)
    }

    fn share(&self, text: &str) -> f32 {
        let whole: f32 = self.words.iter().map(|word| word.weight).sum();
        if whole == 0.0 {
            return 1.0;
        }
        let stems: Vec<String> = analyse::words(text).into_iter().map(|word| word.stem).collect();
        let present = |word: &Word| {
            let near =
                word.others.iter().filter(|(other, _)| has_phrase(&stems, other)).map(|(_, weight)| *weight);
            if stems.contains(&word.stem) { 1.0 } else { near.fold(0.0, f32::max) }
        };
        self.words.iter().map(|word| word.weight * present(word)).sum::<f32>() / whole
    }
}
