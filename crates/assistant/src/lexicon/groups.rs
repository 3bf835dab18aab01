//! Kinds of reviewers and how their reviews are known, from `groups_en.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{everyday, stems};

static GROUPS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("groups_en.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('='))
        .map(|(head, rest)| (head.trim().to_owned(), rest.split(',').map(stems).collect()))
        .collect()
});

/// Stems of the phrases by which reviewers of a kind are known: those of the table, else the word and what is called the same.
pub(crate) fn known_by(word: &str) -> Vec<String> {
    GROUPS.get(word).cloned().unwrap_or_else(|| {
        let own = stems(word);
        let others = everyday::of(&own).iter().map(|(other, _)| other.clone());
        std::iter::once(own.clone()).chain(others).collect()
    })
}
