//! The products of a set: those of the request, else the first that a search for the need gives.

use commerce::Product;

use super::Line;
use super::side::Side;
use crate::directive::is_quotable;
use crate::table::RowKind;
use crate::voice::{self, Voice};
use crate::{Ask, AskError, Request, Snapshot};

/// Products of a search that are set side by side unless the words say how many.
pub(in crate::reason) const WANTED_TO_COMPARE: usize = 3;
/// Products of a search that a decision is made among.
pub(in crate::reason) const WANTED_TO_DECIDE: usize = 6;

/// The products of a set with their rows.
pub(in crate::reason) fn sides(
    snapshot: &Snapshot,
    ask: &Ask,
    request: &Request,
    wanted: usize,
) -> Result<Vec<Side>, AskError> {
    let products = match request.products.as_slice() {
        [] => found(snapshot, ask, request, request.set.top.unwrap_or(wanted))?,
        products => products.to_vec(),
    };
    products
        .into_iter()
        .map(|product| {
            let mut rows = snapshot.index.evidence_of(&product.id)?;
            rows.retain(is_quotable);
            Ok(Side::new(snapshot.vocabulary.language(), product, rows))
        })
        .collect()
}

/// What the recommendations for the need are.
fn found(snapshot: &Snapshot, ask: &Ask, request: &Request, wanted: usize) -> Result<Vec<Product>, AskError> {
    let names_nothing = request.need.text.is_empty()
        && request.need.constraints.is_empty()
        && request.need.preferences.is_empty();
    if names_nothing {
        return Ok(Vec::new());
    }
    let ask = Ask { limit: wanted, ..ask.clone() };
    let answer = crate::reason::find::find(snapshot, &ask, request)?;
    let mut products = Vec::new();
    for shown in answer.products {
        products.extend(snapshot.index.product(&shown.hit.product_id)?);
    }
    Ok(products)
}

/// Says so where products are of different kinds.
pub(super) fn kinds_differ(voice: Voice, sides: &[Side], lines: &[Line]) -> Option<String> {
    let names = |side: &Side| -> Vec<String> {
        side.product.categories.iter().flat_map(|path| path.names().iter().cloned()).collect()
    };
    let all: Vec<Vec<String>> = sides.iter().map(names).collect();
    let first = all.first()?;
    let shares_kind = all.iter().any(Vec::is_empty)
        || first.iter().any(|name| all.iter().all(|names| names.contains(name)));
    if shares_kind {
        return None;
    }
    let is_shared = |line: &&Line| {
        line.row.kind == RowKind::Attribute && line.row.cells.iter().all(|cell| cell.text.is_some())
    };
    let leaves: Vec<String> =
        sides.iter().filter_map(|side| Some(side.product.categories.first()?.leaf().to_owned())).collect();
    let mut kinds: Vec<String> = Vec::new();
    leaves.into_iter().for_each(|leaf| {
        if !kinds.contains(&leaf) {
            kinds.push(leaf);
        }
    });
    let of = voice.list(&kinds);
    let line = match lines.iter().filter(is_shared).count() {
        0 => voice::Line::OtherKindsApart,
        _ => voice::Line::OtherKinds,
    };
    Some(voice.say(line, &[&of]))
}
