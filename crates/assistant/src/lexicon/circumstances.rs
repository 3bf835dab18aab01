//! Circumstances of use and what they ask for, from `circumstances_en.txt`; its head says what the lines mean.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::needs::{leads, phrases, sides};
use crate::request::{CircumstanceKind, Focus};

static CIRCUMSTANCES: LazyLock<Vec<Circumstance>> =
    LazyLock::new(|| parse(include_str!("circumstances_en.txt")));

/// A circumstance of use, such as hiking.
#[derive(Clone, Debug)]
pub(crate) struct Circumstance {
    pub(crate) name: String,
    pub(crate) kind: CircumstanceKind,
    /// Stems of the phrases that name it.
    pub(crate) asked: Vec<String>,
    /// Names of needs.
    pub(crate) must: Vec<String>,
    pub(crate) wish: Vec<String>,
    /// What says that goods are made for it, as a question that a sentence can take a side in.
    pub(crate) made: Focus,
    /// The first stems of its phrases.
    pub(crate) leads: HashSet<String>,
}

/// The circumstance of a name.
pub(crate) fn by_name(name: &str) -> Option<&'static Circumstance> {
    CIRCUMSTANCES.iter().find(|circumstance| circumstance.name == name)
}

/// Those that a text of these stems names, each with the places of its words; a longer phrase is read before a shorter
/// one, and no word twice.
pub(crate) fn find(text: &[String]) -> Vec<(&'static Circumstance, std::ops::Range<usize>)> {
    let mut matches: Vec<(usize, usize, &'static Circumstance)> = Vec::new();
    for circumstance in CIRCUMSTANCES.iter() {
        for phrase in &circumstance.asked {
            let length = phrase.split(' ').count();
            let starts = (0..text.len().saturating_sub(length - 1)).filter(|start| {
                phrase.split(' ').eq(text[*start..start + length].iter().map(String::as_str))
            });
            matches.extend(starts.map(|start| (start, length, circumstance)));
        }
    }
    matches.sort_by_key(|(start, length, _)| (std::cmp::Reverse(*length), *start));
    let mut found: Vec<(&'static Circumstance, std::ops::Range<usize>)> = Vec::new();
    for (start, length, circumstance) in matches {
        let range = start..start + length;
        let is_read = |known: &std::ops::Range<usize>| known.start < range.end && range.start < known.end;
        if !found.iter().any(|(own, known)| own.name == circumstance.name || is_read(known)) {
            found.push((circumstance, range));
        }
    }
    found.sort_by_key(|(_, range)| range.start);
    found
}

fn parse(text: &str) -> Vec<Circumstance> {
    let mut all: Vec<Circumstance> = Vec::new();
    let (mut made, mut not) = (Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if !line.starts_with(' ') {
            settle(all.last_mut(), &mut made, &mut not);
            all.push(Circumstance {
                name: line.trim().to_owned(),
                kind: CircumstanceKind::Activity,
                asked: Vec::new(),
                must: Vec::new(),
                wish: Vec::new(),
                made: Focus::default(),
                leads: HashSet::new(),
            });
            continue;
        }
        let Some((field, values)) = line.trim().split_once(' ') else { continue };
        let Some(circumstance) = all.last_mut() else { continue };
        let names = || values.split(',').map(|name| name.trim().to_owned());
        match field {
            "kind" => circumstance.kind = kind(values.trim()),
            "asked" => circumstance.asked.extend(phrases(values)),
            "must" => circumstance.must.extend(names()),
            "wish" => circumstance.wish.extend(names()),
            "made" => made.extend(phrases(values)),
            "not" => not.extend(phrases(values)),
            _ => debug_assert!(false, "no field is called {field}"),
        }
    }
    settle(all.last_mut(), &mut made, &mut not);
    all
}

fn settle(circumstance: Option<&mut Circumstance>, made: &mut Vec<String>, not: &mut Vec<String>) {
    if let Some(circumstance) = circumstance {
        circumstance.made = sides(std::mem::take(made), std::mem::take(not));
        circumstance.leads = leads(&circumstance.made).collect();
    }
}

fn kind(word: &str) -> CircumstanceKind {
    match word {
        "occasion" => CircumstanceKind::Occasion,
        "person" => CircumstanceKind::Person,
        "space" => CircumstanceKind::Space,
        _ => CircumstanceKind::Activity,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{needs, stem_list};
    use super::*;

    #[test]
    fn every_need_that_is_asked_for_is_known() {
        for circumstance in CIRCUMSTANCES.iter() {
            assert!(!circumstance.asked.is_empty(), "{}", circumstance.name);
            for need in circumstance.must.iter().chain(&circumstance.wish) {
                assert!(needs::by_name(need).is_some(), "{} asks for {need}", circumstance.name);
            }
        }
    }

    #[test]
    fn a_longer_phrase_is_read_before_a_shorter_one() {
        let names = |text: &str| -> Vec<&str> {
            find(&stem_list(text)).into_iter().map(|(found, _)| found.name.as_str()).collect()
        };
        assert_eq!(names("is it good for trail running"), ["trail running"]);
        assert_eq!(names("hiking and a wedding"), ["hiking", "wedding"]);
    }
}
