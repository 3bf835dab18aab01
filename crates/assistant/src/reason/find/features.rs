//! What goods are to have, and which of them say that they have it: `a phone with wireless charging`, `ink for a Jet 300`.

use search::{EvidenceKind, EvidenceRow};

use super::{Found, wish};
use crate::lexicon::stem_list;
use crate::relevance::{Need, denies};
use crate::{Request, stance};

/// What the goods should have and nothing that is said of the products shown mentions.
pub(super) fn unsaid<'a>(
    request: &Request,
    need: &Need,
    found: impl Iterator<Item = &'a Found>,
) -> Vec<String> {
    let texts: Vec<Vec<String>> = found.map(said).collect();
    need.unsaid(&wish::features(&request.text), &texts)
}

/// The stems of all that is said of a product and does not say that it lacks it.
fn said(found: &Found) -> Vec<String> {
    let rows = found.rows.iter().filter(|row| !denies(row)).flat_map(|row| stem_list(&row.quote));
    let names = found.product.categories.iter().flat_map(|path| path.names());
    rows.chain(stem_list(&found.product.title)).chain(names.flat_map(|name| stem_list(name))).collect()
}

/// The same without what is denied of it, and with what it has by the answer to a question.
fn had(found: &Found) -> Vec<String> {
    let begins =
        |row: &EvidenceRow, word: &str| stem_list(&row.quote).first().is_some_and(|first| first == word);
    let rows = found.rows.iter().filter(|row| !denies(row)).flat_map(|row| {
        let said = stem_list(&row.quote);
        let is_had = |at: &usize| !stance::is_denied_at(&said, &(*at..at + 1));
        let mut had: Vec<String> = (0..said.len()).filter(is_had).map(|at| said[at].clone()).collect();
        if row.kind == EvidenceKind::Question && begins(row, "yes") {
            had.extend(stem_list(&row.context));
        }
        had
    });
    rows.chain(stem_list(&found.product.title)).collect()
}

/// Takes those out of which nothing says all that the goods are to have, each with the words of what is not said of it, the fewest
/// first: `a phone with wireless charging`.
pub(super) fn part(request: &Request, need: &Need, found: &mut Vec<Found>) -> Vec<(Found, Vec<String>)> {
    let mut features = wish::attached(&request.text);
    features.extend(wish::named(&request.text));
    if features.is_empty() {
        return Vec::new();
    }
    let parted = std::mem::take(found).into_iter().map(|own| {
        let lacks = need.unsaid(&features, &[had(&own)]);
        (own, lacks)
    });
    let (fitting, mut lacking): (Vec<_>, Vec<_>) = parted.partition(|(_, lacks)| lacks.is_empty());
    found.extend(fitting.into_iter().map(|(own, _)| own));
    lacking.sort_by_key(|(_, lacks)| lacks.len());
    lacking
}

/// The words of what the nearest of these has not, which then are told once and not of each.
pub(super) fn given_up(lacking: &mut [(Found, Vec<String>)]) -> Vec<String> {
    let Some((_, first)) = lacking.first() else { return Vec::new() };
    let given_up = first.clone();
    for (_, lacks) in lacking {
        lacks.retain(|word| !given_up.contains(word));
    }
    given_up
}
