//! Help me decide: one pick, one to save money and one to step up, by open weights that a shopper can move.
//!
//! The products come from the request or the search, the criteria from what they state; nothing that anybody pays for
//! has a way in.

use commerce::Product;
use search::{Constraint, EvidenceRow, Field, Query, Test};

use super::compare::{self, Sheet, gains, gather, losses};
use super::suit::serving;
use crate::claim::{Answer, Claim, Polarity, Predicate, Support};
use crate::harm::Bars;
use crate::pick::{Choice, Pick, Role, Standing};
use crate::table::RowKind;
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

mod criteria;
mod sensitivity;
mod value;

use criteria::Criteria;

/// Products of a category whose ratings are looked at for its mean.
const CATEGORY_SAMPLE: usize = 60;
/// The mean of ratings where a category has none.
const USUAL_RATING: f64 = 4.0;
/// A pick to save money costs this share of the best pick or less.
const CHEAPER: f64 = 0.95;
/// Reasons told of a choice at most.
const MAX_REASONS: usize = 3;

/// Decides between the products of a request.
pub(crate) fn decide(snapshot: &Snapshot, ask: &Ask, request: &Request) -> Result<Answer, AskError> {
    let sides = gather::sides(snapshot, ask, request, gather::WANTED_TO_DECIDE)?;
    if sides.len() < 2 {
        return compare::too_few(snapshot, request, &sides);
    }
    let sheet = Sheet::new(snapshot, ask, request, sides)?;
    let usual = usual_rating(snapshot, &sheet.sides[0].product)?;
    let barred = barred(ask, request, &sheet);
    let decision = Decision::new(&sheet, criteria::read(&sheet, &ask.weights, usual), &barred);
    let mut answer = compare::begin(snapshot, &sheet)?;
    answer.notes.extend(compare::compared(&sheet));
    let voice = Voice::of(&ask.locale);
    for (side, row) in sheet.sides.iter().zip(&barred) {
        let told =
            row.as_ref().map(|row| voice.say(Line::Barred, &[&side.product.title, &voice.quote(&row.quote)]));
        answer.notes.extend(told);
    }
    decision.state(&mut answer);
    answer.missing.extend(sheet.unmet.iter().cloned());
    answer.pick = Some(decision.pick());
    let order = decision.order.clone();
    let rank = |hit: &crate::Recommended| {
        order.iter().position(|place| sheet.sides[*place].product.id == hit.hit.product_id)
    };
    answer.products.sort_by_key(|shown| rank(shown).unwrap_or(usize::MAX));
    compare::finish(answer, sheet)
}

/// What keeps each product from being picked: what it states that the shopper must do without, or whom it does not serve.
fn barred(ask: &Ask, request: &Request, sheet: &Sheet) -> Vec<Option<EvidenceRow>> {
    let bars = Bars::of(request);
    let of = |rows: &[EvidenceRow]| {
        let denied = serving(ask, &request.context, rows).into_iter().find(|own| !own.is_served);
        bars.row(rows).cloned().or(denied.map(|own| own.row))
    };
    sheet.sides.iter().map(|side| of(side.read())).collect()
}

/// The mean rating of the goods that a product stands among.
fn usual_rating(snapshot: &Snapshot, product: &Product) -> Result<f64, AskError> {
    let Some(category) = product.categories.first() else { return Ok(USUAL_RATING) };
    let test = Test::AnyOf(vec![category.leaf().to_owned()]);
    let constraints = vec![Constraint::filter(Field::Category, test)];
    let query = Query { constraints, limit: CATEGORY_SAMPLE, ..Query::default() };
    let hits = snapshot.index.search(&query, None)?.hits;
    let (sum, count) = hits
        .iter()
        .filter_map(|hit| hit.rating)
        .fold((0.0, 0.0), |(sum, all), (mean, n)| (sum + f64::from(mean) * f64::from(n), all + f64::from(n)));
    Ok(if count > 0.0 { sum / count } else { USUAL_RATING })
}

/// A decision in the making.
struct Decision<'a> {
    sheet: &'a Sheet,
    criteria: Criteria,
    /// Who is dominated by whom.
    beaten: Vec<Option<usize>>,
    /// Those that can be picked, best first.
    open: Vec<usize>,
    /// All, those that can be picked first.
    order: Vec<usize>,
    is_tie: bool,
}

impl<'a> Decision<'a> {
    fn new(sheet: &'a Sheet, criteria: Criteria, barred: &[Option<EvidenceRow>]) -> Self {
        let all: Vec<usize> = (0..sheet.sides.len()).collect();
        let is_open = |place: &usize| barred[*place].is_none();
        let open: Vec<usize> = all.iter().copied().filter(is_open).collect();
        let all = if open.is_empty() { all } else { open };
        let buyable: Vec<usize> =
            all.iter().copied().filter(|place| sheet.sides[*place].is_buyable()).collect();
        let among = if buyable.is_empty() { all.clone() } else { buyable };
        let beaten = criteria.model.beaten(&among);
        let ranking = criteria.model.ranking(&among);
        let open: Vec<usize> = ranking.iter().copied().filter(|place| beaten[*place].is_none()).collect();
        let mut order = ranking;
        order.extend(all.iter().copied().filter(|place| !among.contains(place)));
        let is_tie = open.len() > 1 && criteria.model.is_tie(open[0], open[1]);
        Self { sheet, criteria, beaten, open, order, is_tie }
    }

    fn best(&self) -> usize {
        self.open.first().copied().unwrap_or(0)
    }

    /// What a product costs, by which one can save.
    fn price(&self, place: usize) -> Option<f64> {
        let line = self.sheet.lines.iter().find(|line| line.row.kind == RowKind::Price)?;
        line.row.better?;
        line.row.cells[place].value
    }

    /// The best of those that cost clearly less.
    fn saver(&self) -> Option<usize> {
        let limit = self.price(self.best())? * CHEAPER;
        self.open.iter().copied().skip(1).find(|place| self.price(*place).is_some_and(|price| price <= limit))
    }

    /// The best of those that cost more, where it is better than the pick when prices do not count.
    fn step_up(&self) -> Option<usize> {
        let best = self.best();
        let own = self.price(best)?;
        let is_price =
            |line: &usize| matches!(self.sheet.lines[*line].row.kind, RowKind::Price | RowKind::UnitPrice);
        let weights = self.criteria.lines.iter().zip(&self.criteria.model.weights);
        let without = weights.map(|(line, weight)| if is_price(line) { 0.0 } else { *weight }).collect();
        let quality = value::Model::new(without, self.criteria.model.options.clone());
        let dearer =
            self.open.iter().copied().filter(|place| self.price(*place).is_some_and(|price| price > own));
        let better: Vec<usize> =
            dearer.filter(|place| quality.value(*place) > quality.value(best) + value::ALIKE).collect();
        quality.ranking(&better).first().copied()
    }

    fn choices(&self) -> Vec<(Role, usize)> {
        let mut choices = vec![(Role::Best, self.best())];
        choices.extend(self.saver().map(|place| (Role::Save, place)));
        choices.extend(self.step_up().map(|place| (Role::StepUp, place)));
        choices
    }

    /// What a choice is set beside: the pick all others that can be picked, the others the pick.
    fn beside(&self, role: Role, place: usize) -> Vec<usize> {
        match role {
            Role::Best => {
                let rivals: Vec<usize> = self.open.iter().copied().filter(|other| *other != place).collect();
                let all = self.order.iter().copied().filter(|other| *other != place);
                if rivals.is_empty() { all.collect() } else { rivals }
            }
            Role::Save | Role::StepUp => vec![self.best()],
        }
    }

    /// A choice with its reasons; the lines of the reasons as well.
    fn choice(&self, role: Role, place: usize) -> (Choice, Vec<usize>) {
        let beside = self.beside(role, place);
        let nearest = &beside[..beside.len().min(1)];
        let lines = &self.sheet.lines;
        let mut gained = gains(self.sheet.voice, lines, place, &beside);
        if gained.is_empty() {
            gained = gains(self.sheet.voice, lines, place, nearest);
        }
        let mut lost =
            losses(self.sheet.voice, lines, place, if role == Role::Best { nearest } else { &beside });
        let counts = |gain: &compare::Gain| self.criteria.lines.contains(&gain.line);
        gained.sort_by_key(|gain| !counts(gain));
        lost.sort_by_key(|gain| !counts(gain));
        gained.truncate(MAX_REASONS);
        lost.truncate(MAX_REASONS);
        let lines = gained.iter().chain(&lost).map(|gain| gain.line).collect();
        let product = &self.sheet.sides[place].product;
        let choice = Choice {
            role,
            product: product.id.clone(),
            title: product.title.clone(),
            gains: gained.into_iter().map(|gain| gain.text).collect(),
            losses: lost.into_iter().map(|gain| gain.text).collect(),
        };
        (choice, lines)
    }

    fn pick(&self) -> Pick {
        let id = |place: usize| self.sheet.sides[place].product.id.clone();
        let standing = |place: &usize| Standing {
            product: id(*place),
            title: self.sheet.sides[*place].product.title.clone(),
            value: rounded(self.criteria.model.value(*place)),
            doubt: rounded(self.criteria.model.doubt(*place)),
            beaten_by: self.beaten[*place].map(id),
            is_buyable: self.sheet.sides[*place].is_buyable(),
        };
        let mut weights = self.criteria.weights.clone();
        weights.iter_mut().for_each(|weight| weight.weight = rounded(weight.weight));
        Pick {
            choices: self.choices().into_iter().map(|(role, place)| self.choice(role, place).0).collect(),
            weights,
            standings: self.order.iter().map(standing).collect(),
            sensitivity: sensitivity::lines(self.sheet, &self.criteria, &self.open),
            is_tie: self.is_tie,
        }
    }

    /// States the choices, a tie, what is left out, and what would change the pick.
    fn state(&self, answer: &mut Answer) {
        let title = |place: usize| self.sheet.sides[place].product.title.clone();
        if self.is_tie {
            let titles = vec![title(self.open[0]), title(self.open[1])];
            self.claim(answer, Predicate::Tie { titles }, &self.criteria.lines, None);
        }
        for (role, place) in self.choices() {
            let (choice, lines) = self.choice(role, place);
            let lines = if lines.is_empty() { self.criteria.lines.clone() } else { lines };
            self.claim(answer, Predicate::Picked { choice }, &lines, Some(place));
        }
        for place in self.order.iter().copied() {
            let is_gone = !self.sheet.sides[place].is_buyable();
            if is_gone {
                self.gone(answer, place);
            }
            if let Some(by) = self.beaten[place].filter(|_| !is_gone) {
                let predicate = Predicate::Beaten { title: title(place), by: title(by) };
                self.claim(answer, predicate, &self.criteria.lines, Some(place));
            }
        }
        for found in sensitivity::lines(self.sheet, &self.criteria, &self.open).into_iter().take(1) {
            self.claim(answer, Predicate::Turning { text: found.text }, &self.criteria.lines, None);
        }
    }

    /// Says that a product cannot be bought and is therefore no choice.
    fn gone(&self, answer: &mut Answer, place: usize) {
        let side = &self.sheet.sides[place];
        let Some(offer) = side.offer() else { return };
        let claim = Claim {
            subject: Some(side.product.id.clone()),
            predicate: Predicate::Availability { state: self.sheet.voice.word("out of stock") },
            polarity: Polarity::Negative,
            support: Support::Stated,
            evidence: vec![offer.id.clone()],
            confidence: 1.0,
        };
        answer.state(claim, &[offer]);
    }

    fn claim(&self, answer: &mut Answer, predicate: Predicate, lines: &[usize], subject: Option<usize>) {
        let lines = lines.iter().filter_map(|line| self.sheet.lines.get(*line));
        let mut evidence = compare::cited(self.sheet, lines);
        if evidence.is_empty() {
            evidence = compare::cited(self.sheet, self.sheet.lines.iter());
        }
        let claim = Claim {
            subject: subject.map(|place| self.sheet.sides[place].product.id.clone()),
            predicate,
            polarity: Polarity::Neutral,
            support: Support::Derived,
            evidence,
            confidence: 1.0,
        };
        answer.state(claim, &self.sheet.evidence());
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
