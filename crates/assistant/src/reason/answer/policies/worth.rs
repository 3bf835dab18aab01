//! What a sentence is worth as an answer, beyond how it bears on the question.

use super::Inquiry;
use super::matter::Scope;
use crate::bearing::Scored;
use crate::lexicon::{has_phrase, numbers};
use crate::reason::answer::limits;
use crate::request::Form;

/// A row of a table for the amount in the question comes before the others.
const FITS_AMOUNT: f32 = 0.4;
/// A rule for just the goods that are asked about comes before the one for all,
const FOR_GOODS: f32 = 0.35;
/// and one for other goods behind both.
const FOR_OTHERS: f32 = 0.35;
/// A sentence that names the rule itself comes before one that only stands under it.
const NAMES_RULE: f32 = 0.2;
/// A sentence under a heading about the matter comes first.
const UNDER_HEADING: f32 = 0.06;
/// So does one that says how much or how long.
const HAS_NUMBER: f32 = 0.06;
/// A policy speaks for the shop with more authority than any other page.
const IS_POLICY: f32 = 0.04;
/// A sentence of the document that rules the matter comes first,
const IN_DOCUMENT: f32 = 0.3;
/// in its section on what is asked, and not in one on a case that is not.
const IN_SECTION: f32 = 0.25;

/// What a sentence is worth.
pub(super) fn of(inquiry: &Inquiry<'_>, scored: &Scored) -> f32 {
    let of_goods = match inquiry.is_for_goods(scored) {
        Some(true) => FOR_GOODS,
        Some(false) => -FOR_OTHERS,
        None => 0.0,
    };
    scored.score
        + of_words(inquiry, scored)
        + of_amounts(inquiry, scored)
        + of_place(inquiry, scored)
        + of_goods
}

/// For naming the rule, and for standing under it.
fn of_words(inquiry: &Inquiry<'_>, scored: &Scored) -> f32 {
    let focus = &inquiry.request.focus;
    let in_context = |stem: &String| scored.context.contains(stem);
    let is_under = focus.terms.iter().any(|term| term.stems.iter().any(in_context))
        || inquiry.rules().any(|rule| has_phrase(&scored.context, rule));
    let names_itself = inquiry.rules().any(|rule| has_phrase(&scored.stems, rule));
    // What a whole document is about need not be named in each of its sentences, unless yes or no hang on it.
    let names = names_itself || inquiry.is_ruling(scored) && focus.form != Form::YesNo;
    let weigh = |holds: bool, weight: f32| if holds { weight } else { 0.0 };
    weigh(names, NAMES_RULE)
        + weigh(is_under, UNDER_HEADING)
        + weigh(scored.row.kind == search::EvidenceKind::Policy, IS_POLICY)
}

/// For holding an amount, and the one of the question.
fn of_amounts(inquiry: &Inquiry<'_>, scored: &Scored) -> f32 {
    let quote = &scored.row.quote;
    let focus = &inquiry.request.focus;
    let is_limit = || limits::keeps(&focus.measures, quote).is_some();
    let fits = limits::fits(&inquiry.request.text, quote);
    let fits = match fits.or_else(|| limits::lies(&inquiry.request.text, &focus.measures, quote)) {
        Some(true) => FITS_AMOUNT,
        Some(false) => -FITS_AMOUNT,
        None if is_limit() => FITS_AMOUNT,
        None => 0.0,
    };
    let has_number = numbers::as_digits(quote).contains(|c: char| c.is_ascii_digit());
    fits + if has_number { HAS_NUMBER } else { 0.0 }
}

/// For the document and the section that it stands in.
fn of_place(inquiry: &Inquiry<'_>, scored: &Scored) -> f32 {
    let Some(matter) = inquiry.matter.filter(|matter| matter.rules(&scored.row)) else { return 0.0 };
    let section = match matter.scope(scored) {
        Scope::Asked => IN_SECTION,
        Scope::General => 0.0,
        Scope::Special => -IN_SECTION,
    };
    IN_DOCUMENT + section
}
