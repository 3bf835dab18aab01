//! Products for a need: the search that the words come to, with a reason for each product drawn from its evidence.

use commerce::Product;
use search::{Constraint, EvidenceKind, EvidenceRow, Field, Hit, Test};

use super::comparison::{self, Amount};
use super::render;
use crate::claim::{Answer, Claim, Polarity, Predicate, Recommended, Support};
use crate::relevance::Need;
use crate::{Ask, AskError, Request, Snapshot};

/// Products shown unless the caller says otherwise.
const DEFAULT_LIMIT: usize = 5;
/// Products shown at most.
const MAX_LIMIT: usize = 20;
/// Products are looked at for each one shown, because not all that match a word are about the need.
const WIDEN: usize = 3;
/// A product is shown only if it has at least this share of the need's words where the best has all.
const MIN_SHARE_OF_BEST: f32 = 0.6;
/// Where even the best product has less of the need's words than this, nothing fits.
const MIN_COVERAGE: f32 = 0.55;
/// The same for products that state a liked attribute.
const MIN_COVERAGE_IF_LIKED: f32 = 0.34;
/// Reasons told for one product at most.
const MAX_REASONS: usize = 3;

/// Finds products.
pub(crate) fn find(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let limit = if ask.limit == 0 { DEFAULT_LIMIT } else { ask.limit.min(MAX_LIMIT) };
    let query = request.need.query(limit * WIDEN);
    // The words of such a question are not those of the goods.
    let vector = ask.vector.as_deref().filter(|_| !request.is_below_page);
    let hits = snapshot.index.search(&query, vector)?;
    let mut answer = Answer { relaxed: relaxed(&hits.relaxed), ..Answer::default() };
    let need = Need::new(snapshot, &request.need);
    let mut found: Vec<Found> = Vec::new();
    for hit in hits.hits.into_iter().filter(|hit| costs_less(request, ask, hit)) {
        let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
        let rows = snapshot.index.evidence_of(&hit.product_id)?;
        found.push((need.coverage(&product, &rows), hit, product, rows));
    }
    let best = found.iter().map(|(coverage, ..)| *coverage).fold(0.0, f32::max);
    let is_liked = found.iter().any(|(_, hit, product, rows)| {
        let liked = request.need.preferences.iter().chain(&request.need.constraints);
        liked.into_iter().any(|constraint| stated(constraint, product, hit, rows, ask).is_some())
    });
    if best >= if is_liked { MIN_COVERAGE_IF_LIKED } else { MIN_COVERAGE } {
        found.retain(|(coverage, ..)| *coverage >= MIN_SHARE_OF_BEST * best);
        order(ask, request, &mut found);
        found.truncate(limit);
        let told = answer.relaxed.clone();
        let unmet = relaxed(&unmet(request, ask, &found)).into_iter().filter(|words| !told.contains(words));
        answer.relaxed.extend(unmet);
        for (_, hit, product, rows) in found {
            recommend(&mut answer, ask, request, &need, hit, &product, &rows);
        }
    }
    if answer.claims.is_empty() {
        answer.is_abstention = true;
        answer.relaxed.clear();
        answer.missing.push(request.text.trim_end_matches(['?', '.', '!', ' ']).to_owned());
        answer.looked_at.push(format!("{} products", snapshot.index.len()));
    }
    answer.follow_ups = super::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// Whether a product costs less than the one on the page, where that is wanted.
fn costs_less(request: &Request, ask: &Ask, hit: &Hit) -> bool {
    let Some(page) = request.products.first().filter(|_| request.is_below_page) else { return true };
    let limit = render::prices(page, ask.now).map(|(low, _)| low);
    let is_other = hit.product_id != page.id;
    is_other
        && limit.zip(hit.price).is_some_and(|(limit, price)| {
            price.currency == limit.currency && price.amount_minor < limit.amount_minor
        })
}

/// Likings that no product of the answer is known to meet.
fn unmet(request: &Request, ask: &Ask, shown: &[Found]) -> Vec<Constraint> {
    let is_met = |liking: &&Constraint| {
        shown.iter().any(|(_, hit, product, rows)| stated(liking, product, hit, rows, ask).is_some())
    };
    let is_told =
        |liking: &&Constraint| matches!(liking.field, Field::Attribute(_)) && !liking.words.is_empty();
    request.need.preferences.iter().filter(is_told).filter(|liking| !is_met(liking)).cloned().collect()
}

/// A product that was found, with its share of the need's words and the rows about it.
type Found = (f32, Hit, Product, Vec<EvidenceRow>);

/// `Which is lightest` puts those first that state the least, and those last that do not say.
fn order(ask: &Ask, request: &Request, found: &mut [Found]) {
    let Some(asked) = comparison::asked(&request.text).filter(|asked| asked.concept.is_some()) else {
        return;
    };
    let key = |(_, _, product, rows): &Found| {
        let base = compared(ask, request, product, rows).map(|amount| amount.base);
        base.map_or(f64::INFINITY, |base| if asked.wants_most { -base } else { base })
    };
    found.sort_by(|a, b| key(a).total_cmp(&key(b)));
}

/// What a product has of what is compared, other than its price, which is told anyway.
fn compared<'a>(
    ask: &Ask,
    request: &Request,
    product: &'a Product,
    rows: &'a [EvidenceRow],
) -> Option<Amount<'a>> {
    let asked = comparison::asked(&request.text).filter(|asked| asked.concept.is_some())?;
    comparison::amount(ask, asked, product, &rows.iter().collect::<Vec<_>>())
}

fn recommend(
    answer: &mut Answer,
    ask: &Ask,
    request: &Request,
    need: &Need,
    hit: Hit,
    product: &Product,
    rows: &[EvidenceRow],
) {
    let mut cited: Vec<&EvidenceRow> = offer_of(&hit, rows).into_iter().collect();
    let mut reasons: Vec<String> = Vec::new();
    let demanded = request.need.constraints.iter().filter(|constraint| !constraint.is_negated);
    for constraint in demanded.chain(&request.need.preferences) {
        if reasons.len() < MAX_REASONS
            && let Some((reason, row)) = stated(constraint, product, &hit, rows, ask)
            && !cited.iter().any(|known| known.id == row.id)
        {
            reasons.push(reason);
            cited.push(row);
        }
    }
    if reasons.len() < MAX_REASONS
        && let Some(row) = need.best_sentence(rows)
    {
        reasons.push(format!("“{}”", row.quote));
        cited.push(row);
    }
    if let Some(amount) = compared(ask, request, product, rows)
        && !cited.iter().any(|known| known.id == amount.row.id)
    {
        reasons.insert(0, amount.row.context.clone() + ": " + &amount.shown);
        reasons.truncate(MAX_REASONS);
        cited.push(amount.row);
    }
    let price = hit.price.map(|price| price.to_string()).unwrap_or_default();
    let title = match &hit.variant {
        Some(variant) if names_variant(request, product) && !variant.title.is_empty() => {
            format!("{}, {}", hit.title, variant.title)
        }
        _ => hit.title.clone(),
    };
    let reason = reasons.join("; ");
    if cited.is_empty() {
        cited.extend(rows.first());
    }
    let claim = Claim {
        subject: Some(product.id.clone()),
        predicate: Predicate::Fits { title, price, reasons },
        polarity: Polarity::Positive,
        support: Support::Stated,
        evidence: cited.iter().map(|row| row.id.clone()).collect(),
        confidence: 1.0,
    };
    answer.state(claim, &cited);
    answer.products.push(Recommended { hit, reason });
}

/// The row of the offer that is shown: the variant's own where there is one.
fn offer_of<'a>(hit: &Hit, rows: &'a [EvidenceRow]) -> Option<&'a EvidenceRow> {
    let mut offers = rows.iter().filter(|row| row.kind == EvidenceKind::Offer);
    let title = hit.variant.as_ref().map(|variant| variant.title.as_str());
    let own = offers.clone().find(|row| title.is_some_and(|title| row.context == title));
    own.or_else(|| offers.next())
}

/// Whether the need is for a variant, so that it is told which one fits.
fn names_variant(request: &Request, product: &Product) -> bool {
    let is_option = |key: &str| product.variants.iter().any(|variant| variant.options.contains_key(key));
    request
        .need
        .constraints
        .iter()
        .any(|constraint| matches!(&constraint.field, Field::Attribute(key) if is_option(key)))
}

/// What a product states that a constraint or liking asks for, rendered, with the row that states it.
fn stated<'a>(
    constraint: &Constraint,
    product: &Product,
    hit: &Hit,
    rows: &'a [EvidenceRow],
    ask: &Ask,
) -> Option<(String, &'a EvidenceRow)> {
    let Field::Attribute(key) = &constraint.field else { return None };
    let row = rows.iter().find(|row| row.kind == EvidenceKind::Attribute && row.source == *key)?;
    let variant = product
        .variants
        .iter()
        .find(|v| hit.variant.as_ref().is_some_and(|hit| hit.source_id == v.source_id));
    let choice = variant.and_then(|variant| variant.options.get(key));
    let attribute = product.attributes.find(key).or_else(|| variant.and_then(|v| v.attributes.find(key)));
    let label =
        attribute.map_or_else(|| commerce::Attribute::label(key), |attribute| attribute.label.clone());
    let values: Vec<String> = match (&constraint.test, attribute, choice) {
        (Test::AnyOf(wanted), _, Some(choice)) if wanted.contains(choice) => vec![choice.clone()],
        (Test::AnyOf(wanted), Some(attribute), _) => attribute
            .values
            .iter()
            .filter(|value| wanted.contains(&value.display()))
            .map(|value| render::value(value, &ask.locale))
            .collect(),
        (Test::AnyOf(_), None, _) => Vec::new(),
        (_, Some(attribute), _) => {
            attribute.values.iter().map(|value| render::value(value, &ask.locale)).collect()
        }
        (_, None, Some(choice)) => vec![choice.clone()],
        (_, None, None) => Vec::new(),
    };
    (!values.is_empty()).then(|| (format!("{label}: {}", render::list(&values)), row))
}

/// What had to be given up, in the shopper's words.
fn relaxed(constraints: &[Constraint]) -> Vec<String> {
    constraints
        .iter()
        .map(|constraint| match (&constraint.words, &constraint.field) {
            (words, _) if !words.is_empty() => words.clone(),
            (_, Field::Attribute(key)) => commerce::Attribute::label(key),
            (_, field) => format!("{field:?}").to_lowercase(),
        })
        .collect()
}
