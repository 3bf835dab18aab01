//! Whether a text goes on with what is looked for: `under 50`, `what about in red?`, `and for my wife?`, `waterproof`, `back to the
//! tents`.

use search::{EvidenceKind, Field, Query, Sort, Test, Understood, analyse};

use super::words_table::{ASKING, BACK, CONTINUING};
use super::{Said, behind};
use crate::lexicon::stem_list;
use crate::reason::comparative_asked;
use crate::thread::{Need, is_audience};
use crate::understand::wish::{self, ForWhom};
use crate::{Ask, AskError, Intent, Request, Snapshot};

/// Words of a text that may narrow a list by itself.
const MAX_BARE: usize = 4;
/// Words for goods that are given, which open a wish of their own.
const GIFTS: &[&str] = &["gift", "gifts", "present", "presents"];
/// Goods of the list whose texts are looked at for such words.
const MAX_LOOKED_AT: usize = 12;

/// The need that it goes on with; `None` where it is something else.
pub(super) fn need(
    snapshot: &Snapshot,
    ask: &Ask,
    said: &Said<'_>,
    request: &Request,
) -> Result<Option<Need>, AskError> {
    let vocabulary = &snapshot.vocabulary;
    let Some(current) = ask.thread.need() else { return Ok(None) };
    let is_of_products = !request.products.is_empty() || request.place.is_set || ask.product.is_some();
    let rest = said.rest();
    if is_of_products || rest.is_empty() {
        return Ok(None);
    }
    let is_back = behind(&rest, BACK).is_some() || rest.last() == Some(&"again");
    let fresh = wish::need(vocabulary, said.bare());
    let compares = comparative_asked(said.bare()).is_some();
    let is_question = ASKING.contains(&rest[0]) && !compares;
    let without = ForWhom::of(vocabulary, said.bare()).without;
    if let Some(kind) = kind(&search::understand(vocabulary, &without)) {
        let is_same = |need: &Need| analyse::stem(&need.read(vocabulary).head) == analyse::stem(&kind);
        if is_back {
            return Ok(ask.thread.needs.iter().rev().find(|need| is_same(need)).cloned());
        }
        return Ok((is_same(current) && !is_question).then(|| current.and(said.bare())));
    }
    if is_back || is_question {
        return Ok(None);
    }
    // `And a grinder` is something new, `and a lighter one` is not.
    let stands_for_goods = matches!(rest.last(), Some(&"one" | &"ones"));
    let is_new_thing = matches!(rest[0], "a" | "an" | "some") && !stands_for_goods;
    let is_gift = rest.iter().any(|word| GIFTS.contains(word));
    if is_gift || is_new_thing && !fresh.text.is_empty() {
        return Ok(None);
    }
    let read = || fresh.constraints.iter().chain(&fresh.preferences).flat_map(|c| analyse::words(&c.words));
    let is_read = |word: &str| read().any(|known| known.text == word);
    let is_filter =
        says_something(&fresh) && fresh.text.split(' ').all(|word| word.is_empty() || is_read(word));
    let is_opened = CONTINUING.contains(&rest[0]) || said.is_bound() || stands_for_goods;
    let is_wish = is_opened && !request.focus.is_policy && (says_something(&fresh) || !fresh.text.is_empty());
    let orders = compares && (is_opened || rest.len() <= MAX_BARE && fresh.text.is_empty());
    let goes_on = is_filter || is_wish || orders || narrows(snapshot, said, request, current, &fresh)?;
    Ok(goes_on.then(|| current.and(said.bare())))
}

/// Whether a few bare words that name no goods are said of goods of the list: `vegan`, `with a lid`.
fn narrows(
    snapshot: &Snapshot,
    said: &Said<'_>,
    request: &Request,
    current: &Need,
    fresh: &Understood,
) -> Result<bool, AskError> {
    let words: Vec<&analyse::Word> =
        said.words[said.first..said.last].iter().filter(|word| !analyse::is_stop_word(&word.text)).collect();
    // Goods are asked for in the plural, what they are made of is not.
    let names_many = words.last().is_some_and(|word| is_plural(word));
    if words.is_empty() || words.len() > MAX_BARE || request.intent != Intent::Find || names_many {
        return Ok(false);
    }
    let listed = current.read(&snapshot.vocabulary);
    let text = format!("{} {}", listed.text, fresh.text);
    let query = Query { text, ..listed.query(MAX_LOOKED_AT) };
    for hit in snapshot.index.search(&query, None)?.hits {
        let rows = snapshot.index.evidence_of(&hit.product_id)?;
        let own = rows.iter().filter(|row| row.kind != EvidenceKind::Review);
        let stated: Vec<String> =
            own.flat_map(|row| stem_list(&row.quote)).chain(stem_list(&hit.title)).collect();
        if words.iter().all(|word| stated.contains(&word.stem)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_plural(word: &analyse::Word) -> bool {
    word.text.ends_with('s') && !word.text.ends_with("ss") && word.stem != word.text
}

/// The kind of goods that a text names.
fn kind(need: &Understood) -> Option<String> {
    let is_kind = |field: &Field| *field == Field::Category;
    let is_of_people = |test: &Test| matches!(test, Test::AnyOf(values) if is_audience(values));
    let named = need
        .constraints
        .iter()
        .chain(&need.preferences)
        .find(|c| is_kind(&c.field) && !c.is_negated && !is_of_people(&c.test));
    let read = || need.constraints.iter().chain(&need.preferences).filter(|c| !is_kind(&c.field));
    let is_value = read().any(|c| analyse::words(&c.words).iter().any(|word| word.text == need.head));
    let head = (!need.head.is_empty() && !is_value).then(|| need.head.clone());
    head.or_else(|| named.and_then(|constraint| constraint.words.split(' ').next_back().map(str::to_owned)))
}

fn says_something(need: &Understood) -> bool {
    !need.constraints.is_empty() || !need.preferences.is_empty() || need.sort != Sort::default()
}
