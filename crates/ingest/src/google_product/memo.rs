//! What was read before: the rows of one product repeat its texts, and reading a text costs more than keeping it.

use std::collections::HashMap;

use commerce::Attribute;

use super::{decoded, detail, one_line};
use crate::html_text::{self, Fact};
use crate::row::{attribute, list_values};

/// Attributes that are kept.
const MAX_ATTRIBUTES: usize = 4_096;
/// Longer ones are read anew.
const MAX_TEXT_BYTES: usize = 256;

/// How the values of a text are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// The text is one value.
    One,
    /// By `/`, as the specification parts several colours and materials; patterns come the same way.
    Parted,
    /// As a list, if it is one.
    Listed,
}

impl Form {
    fn read(self, name: &str, text: &str) -> Option<Attribute> {
        match self {
            Self::One => attribute(name, [one_line(text).as_str()]),
            Self::Parted => attribute(name, decoded(text).split('/')),
            Self::Listed => attribute(name, list_values(&detail::unescaped_text(&decoded(text)))),
        }
    }
}

/// The last description, and attributes by their name and text.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    attributes: HashMap<String, Vec<(Form, Option<Attribute>)>>,
    key: String,
    raw: String,
    plain: String,
    facts: Vec<Fact>,
}

impl Memo {
    /// The attribute of this name and text.
    pub(super) fn attribute(&mut self, form: Form, name: &str, text: &str) -> Option<Attribute> {
        if text.is_empty() {
            return None;
        }
        if name.len() + text.len() > MAX_TEXT_BYTES {
            return form.read(name, text);
        }
        self.key.clear();
        self.key.push_str(name);
        self.key.push('\u{1f}');
        self.key.push_str(text);
        let known =
            self.attributes.get(&self.key).and_then(|forms| forms.iter().find(|(known, _)| *known == form));
        if let Some((_, known)) = known {
            return known.clone();
        }
        if self.attributes.len() >= MAX_ATTRIBUTES {
            self.attributes.clear();
        }
        let attribute = form.read(name, text);
        self.attributes.entry(self.key.clone()).or_default().push((form, attribute.clone()));
        attribute
    }

    /// The plain text of a description.
    pub(super) fn plain(&mut self, raw: &str) -> String {
        if self.raw != raw {
            (self.plain, self.facts) = html_text::plain_with_facts(raw);
            self.raw.clear();
            self.raw.push_str(raw);
        }
        self.plain.clone()
    }

    /// What the tables of the last description state.
    pub(super) fn facts(&self) -> &[Fact] {
        &self.facts
    }
}
