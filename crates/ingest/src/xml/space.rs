//! Which vocabulary the name of an element belongs to.

use quick_xml::events::BytesStart;

/// Google Merchant attributes.
const GOOGLE: &str = "http://base.google.com/ns/1.0";
/// Attributes that a shop defines itself.
const GOOGLE_CUSTOM: &str = "http://base.google.com/cns/1.0";

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// No prefix: RSS, Atom, or a default namespace.
    Plain,
    /// A prefix for Google Merchant attributes.
    Google,
    /// A prefix for attributes that the shop defines itself.
    Custom,
    /// Anything else, such as `media:` or `atom:`.
    Other,
}

/// The prefixes that are bound, with the depth at which each was.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    bound: Vec<(usize, String, Space)>,
}

/// Prefixes bound at once; a feed has two or three.
const MAX_BOUND: usize = 64;

impl Spaces {
    /// Binds the prefixes that an element declares.
    pub(super) fn declare(&mut self, depth: usize, start: &BytesStart<'_>) {
        for attribute in start.attributes().flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else { continue };
            let space = match attribute.value.trim() {
                GOOGLE => Space::Google,
                GOOGLE_CUSTOM => Space::Custom,
                _ => Space::Other,
            };
            if self.bound.len() < MAX_BOUND {
                self.bound.push((depth, prefix.to_owned(), space));
            }
        }
    }

    /// Unbinds what was bound at this depth or below it.
    pub(super) fn forget(&mut self, depth: usize) {
        while self.bound.last().is_some_and(|(bound_at, ..)| *bound_at >= depth) {
            self.bound.pop();
        }
    }

    /// The vocabulary and the local part of a name. Feeds that forget to declare `g:` are common, so that an unbound
    /// `g` and `c` mean what they always mean.
    pub(super) fn resolve<'n>(&self, name: &'n str) -> (Space, &'n str) {
        let Some((prefix, local)) = name.split_once(':') else { return (Space::Plain, name) };
        let bound = self.bound.iter().rev().find(|(_, bound, _)| bound == prefix);
        let space = match (bound, prefix) {
            (Some((_, _, space)), _) => *space,
            (None, "g") => Space::Google,
            (None, "c") => Space::Custom,
            (None, _) => Space::Other,
        };
        (space, local)
    }
}
