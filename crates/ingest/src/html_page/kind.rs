//! What a page is, found by the words of its title, its headings and its text.

use commerce::DocumentKind;

use super::kind_table::{FORMS, SUBJECTS};

/// What the words of a title or heading say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// One subject.
    One(DocumentKind),
    /// Several subjects, such as shipping and returns.
    Several,
    /// None.
    Nothing,
}

/// The subjects of a title or heading; a question has none, for it heads an answer and not a section.
pub(super) fn subject(title: &str) -> Reading {
    if title.trim_end().ends_with('?') {
        return Reading::Nothing;
    }
    let words = words(title);
    let mut found = SUBJECTS.iter().filter(|(_, terms)| terms.iter().any(|term| count(&words, term) > 0));
    match (found.next(), found.next()) {
        (Some((kind, _)), None) => Reading::One(*kind),
        (Some(_), Some(_)) => Reading::Several,
        _ => Reading::Nothing,
    }
}

/// What a page is by its title alone.
pub(super) fn of_title(title: &str) -> Option<DocumentKind> {
    if let Reading::One(kind) = subject(title.trim_end().trim_end_matches('?')) {
        return Some(kind);
    }
    let words = words(title);
    let form = FORMS.iter().find(|(_, terms)| terms.iter().any(|term| count(&words, term) > 0));
    form.map(|(kind, _)| *kind)
}

/// What a page is by its title, else by the last part of its address, else by the subject that clearly leads in its
/// headings, else in its text: `/help/delivery-info.html` tells what `Getting it to you` does not.
pub(super) fn of_page<'a>(
    title: &str,
    address: &str,
    headings: impl Iterator<Item = &'a str>,
    text: &str,
) -> DocumentKind {
    const MIN_HEADINGS: usize = 2;
    const MIN_WORDS: usize = 4;
    of_title(title)
        .or_else(|| of_title(last_part(address)))
        .or_else(|| leading(&headings.collect::<Vec<_>>().join(" . "), MIN_HEADINGS))
        .or_else(|| leading(text, MIN_WORDS))
        .unwrap_or(DocumentKind::Page)
}

/// The last part of a path or URL, without what follows it.
fn last_part(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or_default()
}

/// The subject named at least this often and twice as often as any other.
fn leading(text: &str, least: usize) -> Option<DocumentKind> {
    let words = words(text);
    let mut counts: Vec<(usize, DocumentKind)> = SUBJECTS
        .iter()
        .map(|(kind, terms)| (terms.iter().map(|term| count(&words, term)).sum(), *kind))
        .collect();
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match counts.as_slice() {
        [(most, kind), (next, _), ..] if *most >= least && *most >= 2 * next => Some(*kind),
        _ => None,
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '&')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// How often a term of the table stands in the words.
fn count(words: &[String], term: &str) -> usize {
    let parts: Vec<&str> = term.split(' ').collect();
    let is_there = |window: &[String]| {
        parts.iter().zip(window).all(|(part, word)| match part.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == part,
        })
    };
    words.windows(parts.len()).filter(|window| is_there(window)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_titles_in_several_languages() {
        assert_eq!(of_title("Returns & exchanges"), Some(DocumentKind::Returns));
        assert_eq!(of_title("Datenschutzerklärung"), Some(DocumentKind::Privacy));
        assert_eq!(of_title("Versand und Lieferung"), Some(DocumentKind::Shipping));
        assert_eq!(of_title("Tent care guide"), Some(DocumentKind::Guide));
        assert_eq!(of_title("Terms of service"), Some(DocumentKind::Policy));
        assert_eq!(of_title("Our story"), None);
    }

    #[test]
    fn tells_one_subject_from_several() {
        assert_eq!(subject("Delivery and Returns"), Reading::Several);
        assert_eq!(subject("Can I return shoes?"), Reading::Nothing);
        assert_eq!(subject("Ways to pay"), Reading::One(DocumentKind::Payment));
    }

    #[test]
    fn falls_back_to_headings_and_text() {
        let page = |text: &str| of_page("Help", "", std::iter::empty(), text);
        assert_eq!(page("A refund. Another refund. We refund returns."), DocumentKind::Returns);
        assert_eq!(page("We ship tents."), DocumentKind::Page);
    }

    #[test]
    fn an_address_tells_what_a_title_does_not() {
        let page = |address: &str| of_page("From us to you", address, std::iter::empty(), "");
        assert_eq!(page("https://shop.example/pages/shipping-costs?lang=en"), DocumentKind::Shipping);
        assert_eq!(page("help/returns_2026.html"), DocumentKind::Returns);
        assert_eq!(page("help/index.html"), DocumentKind::Page);
    }
}
