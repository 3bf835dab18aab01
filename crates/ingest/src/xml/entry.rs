//! One entry of an XML feed as a tree in two buffers that are used again for the next one.

use std::ops::Range;

use quick_xml::events::BytesStart;

use super::Space;
use crate::Options;

/// An entry: its elements in the order in which they open, each with the text inside it.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The line on which it starts.
    pub(crate) line: u64,
    /// Its own name.
    name: String,
    /// The text that stands in it beside its elements.
    own: String,
    nodes: Vec<Held>,
    /// Names of elements, and names and values of their attributes.
    names: String,
    /// The texts of all elements, one after the other: an element's text contains that of the elements inside it.
    texts: String,
    /// The element that is open, if it is not the entry itself.
    current: Option<usize>,
    is_open: bool,
    depth: usize,
    cut: Option<usize>,
    unclosed: Option<usize>,
    is_too_long: bool,
    has_too_many: bool,
    max_field_bytes: usize,
    max_row_bytes: usize,
    max_nodes: usize,
}

#[derive(Debug)]
struct Held {
    parent: Option<usize>,
    space: Space,
    name: Range<usize>,
    value: Range<usize>,
    is_attribute: bool,
    has_children: bool,
}

/// One element of an entry, or one attribute of an element.
#[derive(Clone, Copy)]
pub(crate) struct Node<'e> {
    entry: &'e Entry,
    place: usize,
}

impl Entry {
    /// Forgets the last entry.
    pub(super) fn clear(&mut self, options: &Options) {
        self.max_field_bytes = options.max_field_bytes;
        self.max_row_bytes = options.max_row_bytes;
        self.max_nodes = options.max_columns;
        self.restart("", 0);
        self.is_open = false;
        self.depth = 0;
    }

    /// Begins an entry, dropping what was there.
    pub(super) fn restart(&mut self, name: &str, line: u64) {
        self.line = line;
        name.clone_into(&mut self.name);
        self.own.clear();
        self.nodes.clear();
        self.names.clear();
        self.texts.clear();
        self.current = None;
        self.is_open = true;
        self.depth = 1;
        self.cut = None;
        self.unclosed = None;
        self.is_too_long = false;
        self.has_too_many = false;
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Open elements, the entry itself included.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn open(&mut self, space: Space, name: &str) {
        self.depth += 1;
        if self.nodes.len() >= self.max_nodes {
            self.has_too_many = true;
            return;
        }
        if let Some(parent) = self.current {
            self.nodes[parent].has_children = true;
            self.break_line(name);
        }
        let name = append(&mut self.names, &name[..name.floor_char_boundary(self.max_field_bytes)]);
        let at = self.texts.len();
        let parent = self.current;
        self.nodes.push(Held {
            parent,
            space,
            name,
            value: at..at,
            is_attribute: false,
            has_children: false,
        });
        self.current = Some(self.nodes.len() - 1);
    }

    /// Keeps the attributes of the element that was just opened.
    pub(super) fn attributes(&mut self, start: &BytesStart<'_>) {
        for attribute in start.attributes().flatten() {
            let key = attribute.key.as_ref();
            if key.starts_with("xmlns") || self.names.len() > self.max_row_bytes {
                continue;
            }
            if self.nodes.len() >= self.max_nodes {
                self.has_too_many = true;
                return;
            }
            let name = append(&mut self.names, key);
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = append(&mut self.names, value.as_deref().unwrap_or(&attribute.value));
            let parent = self.current;
            let held =
                Held { parent, space: Space::Plain, name, value, is_attribute: true, has_children: false };
            self.nodes.push(held);
        }
    }

    /// Closes the innermost element of this name and all inside it; a name that is not open is passed over.
    pub(super) fn close(&mut self, name: &str) {
        if self.has_too_many {
            self.depth = self.depth.saturating_sub(1).max(1);
            return;
        }
        let mut at = self.current;
        while let Some(place) = at
            && self.names[self.nodes[place].name.clone()] != *name
        {
            at = self.nodes[place].parent;
        }
        let Some(found) = at else { return };
        while let Some(place) = self.current {
            self.close_current(place);
            if place == found {
                return;
            }
            self.unclosed.get_or_insert(place);
        }
    }

    /// Closes the entry itself with all inside it.
    pub(super) fn close_all(&mut self) {
        while let Some(place) = self.current {
            self.close_current(place);
            self.unclosed = Some(place);
        }
        self.is_open = false;
        self.depth = 0;
    }

    fn close_current(&mut self, place: usize) {
        let node = &mut self.nodes[place];
        node.value.end = self.texts.len();
        self.current = node.parent;
        // Elements beyond the cap were counted and not kept, so the count can be lower than what is open.
        self.depth = self.depth.saturating_sub(1);
        if self.current.is_some() {
            let name = node.name.clone();
            if is_block(&self.names[name]) {
                self.texts.push('\n');
            }
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        const MAX_OWN_BYTES: usize = 4 << 10;
        let Some(current) = self.current else {
            if self.own.len() + text.len() <= MAX_OWN_BYTES {
                self.own.push_str(text);
            }
            return;
        };
        let held = self.texts.len() - self.nodes[current].value.start;
        let kept = text.floor_char_boundary(self.max_field_bytes.saturating_sub(held));
        if kept < text.len() {
            self.cut.get_or_insert(current);
        }
        self.texts.push_str(&text[..kept]);
        if self.texts.len() > self.max_row_bytes {
            self.is_too_long = true;
            self.texts.truncate(self.nodes[current].value.start);
        }
    }

    /// Elements of HTML inside a text are no fields, but they part its lines.
    fn break_line(&mut self, name: &str) {
        if is_block(name) {
            self.texts.push('\n');
            if name == "li" {
                self.texts.push_str("- ");
            }
        }
    }

    /// Keeps a text that stands outside entries, joined to the last one where it goes on.
    pub(super) fn add_heading(&mut self, name: &str, text: &str) {
        const MAX_HEADING_BYTES: usize = 4 << 10;
        if self.texts.len() + text.len() > MAX_HEADING_BYTES || self.names.len() > MAX_HEADING_BYTES {
            return;
        }
        let goes_on = self.nodes.last().is_some_and(|last| self.names[last.name.clone()] == *name);
        if !goes_on && text.trim().is_empty() {
            return;
        }
        let value = append(&mut self.texts, text);
        match self.nodes.last_mut() {
            Some(last) if goes_on => last.value.end = value.end,
            _ => {
                let name = append(&mut self.names, name);
                let held = Held {
                    parent: None,
                    space: Space::Plain,
                    name,
                    value,
                    is_attribute: false,
                    has_children: false,
                };
                self.nodes.push(held);
            }
        }
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.is_too_long
    }

    pub(super) fn has_too_many_nodes(&self) -> bool {
        self.has_too_many
    }

    pub(super) fn cut_field(&self) -> Option<&str> {
        self.cut.map(|place| Node { entry: self, place }.name())
    }

    pub(super) fn unclosed_field(&self) -> Option<&str> {
        self.unclosed.map(|place| Node { entry: self, place }.name())
    }

    /// Its own name without the prefix.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The text that stands in it beside its elements, without white space around it.
    pub(crate) fn own_value(&self) -> &str {
        self.own.trim()
    }

    /// The elements directly in the entry.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        self.within(None)
    }

    fn within(&self, parent: Option<usize>) -> impl Iterator<Item = Node<'_>> {
        let from = parent.map_or(0, |place| place + 1);
        (from..self.nodes.len())
            .take_while(move |place| self.nodes[*place].parent >= parent)
            .filter(move |place| self.nodes[*place].parent == parent)
            .map(|place| Node { entry: self, place })
    }

    /// The first element of this name directly in the entry.
    pub(crate) fn node(&self, name: &str) -> Option<Node<'_>> {
        self.nodes().find(|node| node.name() == name)
    }

    /// The text of the first element of this name directly in the entry; empty where there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.node(name).map_or("", |node| node.value())
    }
}

impl<'e> Node<'e> {
    fn held(self) -> &'e Held {
        &self.entry.nodes[self.place]
    }

    /// The name without its prefix.
    pub(crate) fn name(self) -> &'e str {
        &self.entry.names[self.held().name.clone()]
    }

    /// The vocabulary of the name.
    pub(crate) fn space(self) -> Space {
        self.held().space
    }

    /// The text without white space around it.
    pub(crate) fn value(self) -> &'e str {
        let held = self.held();
        let buffer = if held.is_attribute { &self.entry.names } else { &self.entry.texts };
        buffer.get(held.value.clone()).unwrap_or("").trim()
    }

    /// Whether there are elements inside.
    pub(crate) fn has_children(self) -> bool {
        self.held().has_children
    }

    /// The elements directly inside.
    pub(crate) fn nodes(self) -> impl Iterator<Item = Node<'e>> {
        self.entry.within(Some(self.place)).filter(|node| !node.held().is_attribute)
    }

    /// The first element of this name directly inside.
    pub(crate) fn node(self, name: &str) -> Option<Node<'e>> {
        self.nodes().find(|node| node.name() == name)
    }

    /// The text of the first element of this name directly inside; empty where there is none.
    pub(crate) fn value_of(self, name: &str) -> &'e str {
        self.node(name).map_or("", Node::value)
    }

    /// The value of an attribute of the element; empty where it has none.
    pub(crate) fn attribute(self, name: &str) -> &'e str {
        let mut attributes = self.entry.within(Some(self.place)).filter(|node| node.held().is_attribute);
        attributes.find(|node| node.name() == name).map_or("", Node::value)
    }
}

/// Appends a text to a buffer and says where it stands.
fn append(buffer: &mut String, text: &str) -> Range<usize> {
    let start = buffer.len();
    buffer.push_str(text);
    start..buffer.len()
}

/// Elements of HTML that begin and end a line.
fn is_block(name: &str) -> bool {
    matches!(name, "p" | "li" | "br" | "div" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4")
}
