//! A product as a claim and as a card.

use search::{EvidenceRow, Hit};

use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended, Support};
use crate::directive::without_directive;
use crate::voice::Voice;

/// A product to show, with why.
pub(super) struct Shown {
    pub(super) hit: Hit,
    /// Rendered.
    pub(super) reasons: Vec<String>,
    /// What was asked for and it does not state, in the shopper's words.
    pub(super) lacks: Vec<String>,
    /// Whether the variant is told with the title.
    pub(super) is_of_variant: bool,
    pub(super) polarity: Polarity,
    pub(super) support: Support,
    pub(super) confidence: f32,
}

impl Shown {
    /// A product that follows from what is stated of it and of another one.
    pub(super) fn derived(hit: Hit, reasons: Vec<String>) -> Self {
        Self {
            hit,
            reasons,
            lacks: Vec::new(),
            is_of_variant: false,
            polarity: Polarity::Positive,
            support: Support::Derived,
            confidence: 1.0,
        }
    }

    /// Adds it to an answer with the rows that it rests on.
    pub(super) fn state(self, answer: &mut Answer, voice: Voice, cited: &[&EvidenceRow]) {
        let own = without_directive(&self.hit.title);
        let variant = self.hit.variant.as_ref().map(|variant| variant.title.as_str());
        let title = match variant.filter(|title| self.is_of_variant && !title.is_empty()) {
            Some(variant) => format!("{own}, {variant}"),
            None => own,
        };
        let price = self.hit.price.map(|price| voice.money(price)).unwrap_or_default();
        let reason = self.reasons.join("; ");
        let claim = Claim {
            subject: Some(self.hit.product_id.clone()),
            predicate: Predicate::Fits { title, price, reasons: self.reasons, lacks: self.lacks },
            polarity: self.polarity,
            support: self.support,
            evidence: cited.iter().map(|row| row.id.clone()).collect(),
            confidence: self.confidence,
        };
        answer.state(claim, cited);
        answer.products.push(Recommended { hit: self.hit, reason });
    }
}
