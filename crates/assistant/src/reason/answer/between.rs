//! Whether two products that a question names go together: what either says that names the other, and what both state of that by
//! which things fit each other. Nothing is concluded from less.

use commerce::{Product, Value};
use search::{EvidenceKind, EvidenceRow, analyse};

use crate::bearing::Scored;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::lexicon::stem_list;
use crate::reason::find::is_fitting;
use crate::stance;
use crate::{Request, Snapshot};

/// A word that names a product stands in the texts of so many products at most.
const MAX_WITH_NAME: u64 = 12;
/// Sentences of one product that name the other, at most.
const MAX_NAMING: usize = 2;
/// How sure it is that two products fit each other which state the same.
const CONFIDENCE: f32 = 0.8;

/// States what two products say of each other.
pub(super) fn read(answer: &mut Answer, snapshot: &Snapshot, request: &Request, rows: &[Vec<Scored>]) {
    let ([one, other], [of_one, of_other]) = (request.products.as_slice(), rows) else { return };
    naming(answer, (one, of_one), mark(snapshot, other, one));
    naming(answer, (other, of_other), mark(snapshot, one, other));
    if answer.claims.is_empty() {
        alike(answer, (one, of_one), (other, of_other));
    }
}

/// The rarest word of a title that the other title does not have.
fn mark(snapshot: &Snapshot, product: &Product, beside: &Product) -> Option<String> {
    let others = stem_list(&format!("{} {}", beside.title, beside.brand));
    let is_own = |word: &analyse::Word| {
        !others.contains(&word.stem)
            && !analyse::is_stop_word(&word.text)
            && !word.text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let own = analyse::words(&product.title).into_iter().filter(is_own);
    let rarest = own.min_by_key(|word| snapshot.vocabulary.count(&word.stem))?;
    (snapshot.vocabulary.count(&rarest.stem) <= MAX_WITH_NAME).then_some(rarest.stem)
}

/// What a product's texts say of the one of this mark, the shop's own first.
fn naming(answer: &mut Answer, (product, rows): (&Product, &[Scored]), mark: Option<String>) {
    let Some(mark) = mark else { return };
    let mut found: Vec<&Scored> = rows
        .iter()
        .filter(|own| own.row.kind != EvidenceKind::Offer && own.row.source != "title")
        .filter(|own| own.stems.contains(&mark) && !own.row.quote.trim_end().ends_with('?'))
        .collect();
    found.sort_by(|a, b| a.row.kind.cmp(&b.row.kind).then_with(|| b.score.total_cmp(&a.score)));
    for own in found.into_iter().take(MAX_NAMING) {
        let polarity = match (own.row.kind, stance::denies(&own.stems)) {
            (EvidenceKind::Review, _) => Polarity::Neutral,
            (_, true) => Polarity::Negative,
            (EvidenceKind::Attribute | EvidenceKind::Question, false) => Polarity::Positive,
            _ => Polarity::Neutral,
        };
        state(answer, product, &own.row, polarity);
    }
}

/// What both state of an attribute by which things fit, where it is the same.
fn alike(
    answer: &mut Answer,
    (one, of_one): (&Product, &[Scored]),
    (other, of_other): (&Product, &[Scored]),
) {
    for attribute in one.attributes.iter().filter(|own| is_fitting(&own.label)) {
        let Some(theirs) = other.attributes.find(&attribute.key) else { continue };
        let is_told = |value: &&Value| !matches!(value, Value::Flag(_) | Value::Number(_));
        let is_same = attribute.values.iter().filter(is_told).any(|value| theirs.values.contains(value));
        let polarity = if is_same { Polarity::Positive } else { Polarity::Neutral };
        for (product, rows) in [(one, of_one), (other, of_other)] {
            let is_own =
                |own: &&Scored| own.row.kind == EvidenceKind::Attribute && own.row.source == attribute.key;
            if let Some(own) = rows.iter().find(is_own) {
                state(answer, product, &own.row, polarity);
            }
        }
    }
}

fn state(answer: &mut Answer, product: &Product, row: &EvidenceRow, polarity: Polarity) {
    let claim = Claim {
        subject: Some(product.id.clone()),
        predicate: Predicate::quoting(row),
        polarity,
        support: if polarity == Polarity::Neutral { Support::Stated } else { Support::Derived },
        evidence: vec![row.id.clone()],
        confidence: CONFIDENCE,
    };
    answer.state(claim, &[row]);
}
