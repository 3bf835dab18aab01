//! How much is told of where the best sentence stands: a section on just what is asked, a table, or what is taken out
//! again.

use super::{Inquiry, Matter};
use crate::bearing::Scored;
use crate::lexicon::has_phrase;
use crate::reason::answer::limits;
use crate::request::Form;

/// Sentences told of a section that is on just what is asked.
const MAX_OF_SECTION: usize = 3;
/// Rows told of a table that answers as a whole.
const MAX_OF_TABLE: usize = 6;
/// Words of a sentence that takes something out of the one before it.
const EXCEPTIONS: &[&str] =
    &["except", "unless", "howev", "exclud", "onli if", "must be", "not elig", "final sale"];

/// The section or the table that answers as a whole, where the best sentence stands in one.
pub(super) fn of<'a>(inquiry: &Inquiry<'a>, best: &Scored) -> Option<Vec<&'a Scored>> {
    let is_headed = inquiry.matter.is_some_and(|matter| matter.is_headed(best));
    if inquiry.request.focus.form == Form::Open && is_headed {
        return Some(beside(inquiry.rows, best, MAX_OF_SECTION, &|_| true));
    }
    let names_row = inquiry.matter.is_some_and(Matter::has_place)
        || limits::fits(&inquiry.request.text, &best.row.quote).is_some();
    let name = column(&best.row.quote)?;
    if inquiry.request.focus.form != Form::HowMuch || !inquiry.is_ruling(best) || names_row {
        return None;
    }
    let words = inquiry.request.focus.terms.iter().filter(|term| term.concept.is_none());
    let asked: Vec<&String> = words.flat_map(|term| &term.stems).collect();
    let is_row = |scored: &Scored| column(&scored.row.quote) == Some(name);
    let is_named = |scored: &Scored| is_row(scored) && asked.iter().any(|stem| scored.stems.contains(stem));
    let named = beside(inquiry.rows, best, MAX_OF_TABLE, &is_named);
    Some(if named.is_empty() { beside(inquiry.rows, best, MAX_OF_TABLE, &is_row) } else { named })
}

/// The sentence that follows in the same section and takes something out.
pub(super) fn exception<'a>(rows: &'a [Scored], of: &Scored) -> Option<&'a Scored> {
    let follows = |scored: &Scored| scored.row.position == of.row.position + 1;
    let next = beside(rows, of, 1, &follows).first().copied();
    next.filter(|scored| EXCEPTIONS.iter().any(|word| has_phrase(&scored.stems, word)))
}

/// The first of the sentences that stand in the same section and are wanted.
fn beside<'a>(
    rows: &'a [Scored],
    of: &Scored,
    most: usize,
    is_wanted: &dyn Fn(&Scored) -> bool,
) -> Vec<&'a Scored> {
    let is_beside = |scored: &&Scored| {
        scored.row.source == of.row.source && scored.row.context == of.row.context && is_wanted(scored)
    };
    let mut found: Vec<&Scored> = rows.iter().filter(is_beside).collect();
    found.sort_by_key(|scored| scored.row.position);
    found.truncate(most);
    found
}

/// The name of the first column, where a quote is a row of a table: `Way: Standard; Cost: $5`.
fn column(quote: &str) -> Option<&str> {
    let cells = quote.split("; ").filter(|cell| cell.contains(": ")).count();
    let (name, _) = quote.split_once(": ")?;
    (cells >= 2 && cells == quote.split("; ").count()).then_some(name)
}
