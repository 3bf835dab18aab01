//! Parts of a page that are documents of their own.

use commerce::DocumentKind;

use super::kind::{self, Reading};
use crate::html_text::{Line, LineKind};

/// Letters of an introduction that is too short to be a document of its own.
const MAX_INTRODUCTION: usize = 600;

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    /// Its heading; empty for what stands before the first one.
    pub(super) heading: String,
    pub(super) kind: DocumentKind,
    pub(super) lines: Vec<Line>,
}

/// The page in parts where its top headings name different subjects; `None` where it is one document. A page whose
/// own title names one subject is about that, whatever its headings touch on.
pub(super) fn split(title: &str, lines: &[Line], page_kind: DocumentKind) -> Option<Vec<Section>> {
    if matches!(kind::subject(title), Reading::One(_)) || page_kind == DocumentKind::Guide {
        return None;
    }
    let level = top_level(lines)?;
    let mut subjects: Vec<DocumentKind> = headings(lines, level)
        .filter_map(|heading| match kind::subject(heading) {
            Reading::One(kind) => Some(kind),
            _ => None,
        })
        .collect();
    subjects.sort_unstable();
    subjects.dedup();
    (subjects.len() > 1).then(|| join(sections(lines, level, page_kind)))
}

/// The widest level of heading that stands more than once.
fn top_level(lines: &[Line]) -> Option<u8> {
    (1..=6).find(|level| headings(lines, *level).nth(1).is_some())
}

fn headings(lines: &[Line], level: u8) -> impl Iterator<Item = &str> {
    lines.iter().filter(move |line| line.kind == LineKind::Heading(level)).map(|line| line.text.as_str())
}

fn sections(lines: &[Line], level: u8, page_kind: DocumentKind) -> Vec<Section> {
    let mut sections = vec![Section { heading: String::new(), kind: page_kind, lines: Vec::new() }];
    for line in lines {
        if matches!(line.kind, LineKind::Heading(own) if own <= level) {
            let kind = match kind::subject(&line.text) {
                Reading::One(kind) => kind,
                _ => page_kind,
            };
            sections.push(Section { heading: line.text.clone(), kind, lines: Vec::new() });
        }
        if let Some(section) = sections.last_mut() {
            section.lines.push(line.clone());
        }
    }
    sections.retain(|section| !section.lines.is_empty());
    sections
}

/// Joins neighbours of one kind, and a short introduction to what it introduces.
fn join(sections: Vec<Section>) -> Vec<Section> {
    let mut joined: Vec<Section> = Vec::new();
    for section in sections {
        let is_second = joined.len() == 1;
        match joined.last_mut() {
            Some(last) if last.kind == section.kind => last.lines.extend(section.lines),
            Some(last) if is_second && is_introduction(last) => {
                last.heading = section.heading;
                last.kind = section.kind;
                last.lines.extend(section.lines);
            }
            _ => joined.push(section),
        }
    }
    joined
}

/// Whether a first part is short and only says what follows.
fn is_introduction(section: &Section) -> bool {
    let length: usize = section.lines.iter().map(|line| line.text.len()).sum();
    let is_general = section.heading.is_empty() || kind::subject(&section.heading) == Reading::Several;
    is_general && length < MAX_INTRODUCTION
}
