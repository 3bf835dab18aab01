//! Words that say the contrary of each other, as data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::stems;

static OPPOSITES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| parse(include_str!("opposites_en.txt")));

/// The stems of phrases that say the contrary of this stem.
pub(crate) fn of(stem: &str) -> &'static [String] {
    OPPOSITES.get(stem).map_or(&[], Vec::as_slice)
}

fn parse(lines: &str) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, rest)) = line.split_once(':') else { continue };
        let head = stems(head);
        for other in rest.split(',').map(stems) {
            for (from, to) in [(&head, &other), (&other, &head)] {
                let known = all.entry(from.clone()).or_default();
                if !known.contains(to) {
                    known.push(to.clone());
                }
            }
        }
    }
    all
}
