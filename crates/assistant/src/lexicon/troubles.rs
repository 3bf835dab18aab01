//! Troubles and what goods say that help, from `troubles_en.txt`; its head says what the lines mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::stems;

static TROUBLES: LazyLock<Troubles> = LazyLock::new(|| parse(include_str!("troubles_en.txt")));

#[derive(Default)]
struct Troubles {
    help: BTreeMap<String, Vec<String>>,
    idle: BTreeSet<String>,
}

/// The stems of phrases by which goods say that they help against what has this stem.
pub(crate) fn help(stem: &str) -> &'static [String] {
    TROUBLES.help.get(stem).map_or(&[], Vec::as_slice)
}

/// Whether a stem says nothing of a trouble.
pub(crate) fn is_idle(stem: &str) -> bool {
    TROUBLES.idle.contains(stem)
}

fn parse(text: &str) -> Troubles {
    let mut troubles = Troubles::default();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        if let Some(words) = line.strip_prefix("idle ") {
            troubles.idle.extend(words.split(',').map(stems));
            continue;
        }
        let Some((told, help)) = line.split_once('>') else { continue };
        for stem in told.split(',').map(stems).filter(|stem| !stem.contains(' ')) {
            let known = troubles.help.entry(stem).or_default();
            for phrase in help.split(',').map(stems) {
                if !known.contains(&phrase) {
                    known.push(phrase);
                }
            }
        }
    }
    troubles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        for line in include_str!("troubles_en.txt").lines().filter(|line| !line.trim().is_empty()) {
            assert!(line.starts_with(['#']) || line.starts_with("idle ") || line.contains(" > "), "{line}");
        }
        assert!(help(&stems("aching")).contains(&stems("ergonomic")));
        assert!(is_idle(&stems("always")));
    }
}
