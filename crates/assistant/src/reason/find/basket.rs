//! Several goods for one sum: of each what fits, together within the budget.
//!
//! Of the combinations of the best finds within the budget the one is taken whose goods fit best (see `combine`); where none
//! is within it, the cheapest is shown with what it is over. Counts, pieces in a pack and stock are respected; sums are exact.

use commerce::{Money, Product};
use search::analyse::{self, Word};
use search::{Constraint, Field, Test, Understood};

use super::combine::{self, Choice, Combination};
use super::{Found, candidates, fitting, pack, recommend};
use crate::claim::{Answer, Claim, Difference, Polarity, Predicate, Support};
use crate::lexicon::stem_list;
use crate::relevance::Need;
use crate::request::{Basket, Wanted};
use crate::voice::{Line, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Finds that are combined for one thing.
const MAX_FINDS: usize = 10;
/// What a find is worth less than the one before it, beside the share of the words that it has.
const RANK_WEIGHT: f64 = 0.02;

/// Words behind which stands what a thing is for or has.
const SAID_AFTER: &[&str] = &["for", "with", "without", "of", "in", "from", "to"];
/// Words for goods of children.
const OF_CHILDREN: &[&str] = &[
    "kid",
    "kids",
    "child",
    "children",
    "childrens",
    "junior",
    "toddler",
    "baby",
    "infant",
    "youth",
    "boys",
    "girls",
];

/// The finds for one thing.
struct Shelf {
    request: Request,
    need: Need,
    found: Vec<(Found, Money)>,
    /// How many packs of each find are needed.
    packs: Vec<u32>,
}

/// Finds the goods of a basket.
pub(super) fn fill(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    basket: &Basket,
) -> Result<Answer, AskError> {
    let mut answer = Answer { missing: basket.unknown.clone(), ..Answer::default() };
    let mut shelves = Vec::new();
    for wanted in &basket.items {
        match shelf(snapshot, ask, request, wanted)? {
            shelf if shelf.found.is_empty() => answer.missing.push(wanted.words.clone()),
            shelf => shelves.push(shelf),
        }
    }
    if let Some(combination) = choose(&shelves, basket.budget) {
        tell(&mut answer, ask, shelves, &combination, basket.budget);
    } else {
        answer.is_abstention = true;
        let voice = Voice::of(&ask.locale);
        answer.looked_at.push(voice.say(Line::Products, &[&snapshot.index.len().to_string()]));
    }
    answer.follow_ups = crate::reason::follow_ups::suggest(snapshot, request, &answer)?;
    Ok(answer)
}

/// What there is of one thing, in one currency, enough pieces of it at hand.
fn shelf(snapshot: &Snapshot, ask: &Ask, request: &Request, wanted: &Wanted) -> Result<Shelf, AskError> {
    let mut read = search::understand(&snapshot.vocabulary, &wanted.words);
    shared(snapshot, request, &mut read);
    let request = Request { text: wanted.words.clone(), need: read, basket: None, ..request.clone() };
    // The vector is that of the whole text.
    let ask = Ask { vector: None, ..ask.clone() };
    let need = Need::new(snapshot, &request.need);
    let query = request.need.query(MAX_FINDS);
    let hits = candidates(snapshot, &ask, &request, &need, &query)?.found;
    let currency = snapshot.index.currency();
    let priced = fitting(&ask, &request, &need, hits).into_iter().filter_map(|found| {
        let price = found.hit.price.filter(|price| Some(price.currency) == currency)?;
        let packs = pack::needed(&found.product, wanted);
        (found.hit.availability.is_buyable() && has_pieces(&found, packs)).then_some((found, price))
    });
    let mut found: Vec<(Found, Money)> =
        priced.filter(|(found, _)| is_thing(&request, &found.product)).collect();
    // What is made for children comes after what is not, unless it is asked for.
    found.sort_by_key(|(found, _)| is_for_children(&found.product.title) && !is_for_children(&wanted.words));
    let packs = found.iter().map(|(found, _)| pack::needed(&found.product, wanted)).collect();
    Ok(Shelf { request, need, found, packs })
}

/// Adds what the whole wish says of all pieces, `in scale N`, to the need of one of them, as far as goods of its kind state it.
fn shared(snapshot: &Snapshot, request: &Request, read: &mut Understood) {
    let basket = request.basket.iter().flat_map(|basket| &basket.items);
    let first = basket.clone().next().map_or("", |item| item.words.as_str());
    // What stands in a piece before the last one is said of that piece.
    let is_of_piece = |own: &Constraint| {
        let mut pieces = basket.clone().rev().skip(1);
        own.words.is_empty() || pieces.any(|item| item.words.contains(own.words.as_str()))
    };
    let is_said_of_all = |own: &&Constraint| {
        let Field::Attribute(key) = &own.field else { return false };
        let is_option = snapshot.vocabulary.is_option(&own.field);
        let is_behind = first.is_empty() || request.text.find(own.words.as_str()) > request.text.find(first);
        !is_option && !key.is_empty() && (is_behind || request.text.contains(':')) && !is_of_piece(own)
    };
    for own in request.need.constraints.iter().filter(is_said_of_all) {
        let kind = analyse::stem(&read.head);
        let is_stated = read.head.is_empty() || snapshot.vocabulary.is_stated_of(&kind, &own.field);
        if is_stated && !read.constraints.iter().any(|known| known.field == own.field) {
            read.constraints.push(own.clone());
        }
    }
}

/// Leaves out what is for the goods and not one of them, where any is: the longest wagon is no lighting for wagons.
pub(super) fn keep_things(request: &Request, found: &mut Vec<Found>) {
    if found.iter().any(|found| is_thing(request, &found.product)) {
        found.retain(|found| is_thing(request, &found.product));
    }
}

/// Whether a product is what the words name, and not something for it: no sleeve is a laptop. Its title or its category ends
/// in the word, or it stands in a category that has another word for it.
fn is_thing(request: &Request, product: &Product) -> bool {
    let Some(noun) = noun_of(&request.need) else { return true };
    let ends = |name: &str| last_noun(name).is_some_and(|last| last == noun);
    let leaf = product.categories.first().map(|path| path.leaf());
    let is_called = leaf.into_iter().chain([product.title.as_str()]).any(ends);
    let is_of_other_word = request.need.preferences.iter().chain(&request.need.constraints).any(|liked| {
        let names = match (&liked.field, &liked.test) {
            (Field::Category, Test::AnyOf(names)) => names.as_slice(),
            _ => &[],
        };
        let has_other_word = |name: &String| ends(name) || !stem_list(name).contains(&noun);
        names.iter().any(|name| {
            has_other_word(name) && product.categories.iter().any(|path| path.names().contains(name))
        })
    });
    is_called || is_of_other_word
}

/// The word for the thing itself.
fn noun_of(need: &Understood) -> Option<String> {
    let words = analyse::words(&need.text);
    let head = words.iter().find(|word| word.text == need.head);
    let noun = head.or_else(|| words.iter().rfind(|word| !need.context.contains(&word.text)));
    noun.map(|word| word.stem.clone())
}

/// The last word of a name that is neither a number nor a size.
pub(super) fn last_noun(name: &str) -> Option<String> {
    // What stands behind a comma or `for`, `with` and `of` is said of the thing.
    let own = name.split([',', '(', '–', '|']).next().unwrap_or(name);
    let words: Vec<Word> = analyse::words(own);
    let end = words.iter().position(|word| SAID_AFTER.contains(&word.text.as_str())).unwrap_or(words.len());
    let is_word = |word: &&Word| word.text.chars().all(char::is_alphabetic) && word.text.len() > 2;
    words[..end].iter().rfind(is_word).map(|word| word.stem.clone())
}

fn is_for_children(text: &str) -> bool {
    analyse::words(text).iter().any(|word| OF_CHILDREN.contains(&word.text.as_str()))
}

/// The finds that are taken, each with what its packs cost and how well it fits.
fn choose(shelves: &[Shelf], budget: Option<Money>) -> Option<Combination> {
    let option = |shelf: &Shelf, place: usize| {
        let (found, price) = &shelf.found[place];
        let cost = price.amount_minor.checked_mul(i64::from(shelf.packs[place]))?;
        let value = f64::from(found.coverage) - RANK_WEIGHT * place as f64;
        Some(Choice { place, product: found.product.id.clone(), cost, value })
    };
    let of_shelf = |shelf: &Shelf| (0..shelf.found.len()).filter_map(|place| option(shelf, place)).collect();
    let all: Vec<Vec<Choice>> = shelves.iter().map(of_shelf).collect();
    combine::best(&all, budget.map(|most| most.amount_minor))
}

/// Whether enough is at hand, as far as the shop counts.
fn has_pieces(found: &Found, count: u32) -> bool {
    let own = |id: &str| found.product.variants.iter().find(|variant| variant.source_id == id);
    let shown = found.hit.variant.as_ref().map_or(found.product.variants.first(), |hit| own(&hit.source_id));
    shown.and_then(|variant| variant.offer.stock).is_none_or(|stock| stock >= count)
}

fn tell(
    answer: &mut Answer,
    ask: &Ask,
    shelves: Vec<Shelf>,
    combination: &Combination,
    budget: Option<Money>,
) {
    let voice = Voice::of(&ask.locale);
    let (mut lines, mut currency) = (Vec::new(), None);
    for (mut shelf, place) in shelves.into_iter().zip(&combination.places) {
        let (found, price) = shelf.found.swap_remove(*place);
        currency = Some(price.currency);
        let count = shelf.packs[*place];
        let price = voice.money(price);
        lines.push(if count == 1 { price } else { format!("{count} × {price}") });
        recommend(answer, ask, &shelf.request, &shelf.need, None, found, Vec::new());
    }
    let Some(currency) = currency else { return };
    let cited: Vec<_> = answer.claims.iter().filter_map(|claim| claim.evidence.first().cloned()).collect();
    let rows = answer.evidence.clone();
    let rows: Vec<_> = rows.iter().filter(|row| cited.contains(&row.id)).collect();
    let total = Money::new(combination.minor, currency);
    let difference = |most: Money| {
        let left = most.amount_minor - combination.minor;
        let amount = voice.money(Money::new(left.abs(), currency));
        let difference = match left {
            0 => Difference::Exact,
            1.. => Difference::Below(amount),
            _ => Difference::Over(amount),
        };
        (voice.money(most), difference)
    };
    let budget = budget.map(difference);
    let is_over = matches!(budget, Some((_, Difference::Over(_))));
    let claim = Claim {
        subject: None,
        predicate: Predicate::Total { lines, total: voice.money(total), budget },
        polarity: if is_over { Polarity::Negative } else { Polarity::Positive },
        support: Support::Derived,
        evidence: cited,
        confidence: 1.0,
    };
    answer.state(claim, &rows);
}
