//! The elements of a page in the order of the text, each with the place where it ends.
//!
//! This is no browser's tree: end tags that are left out are supplied where text would run together otherwise, and
//! what does not fit is passed over. Time and memory are linear in the page.

use std::borrow::Cow;

use crate::html_text::is_block;
use crate::html_token::{Tag, Token, Tokens, decode};

/// Elements inside each other that are told apart; deeper ones stand side by side.
const MAX_DEPTH: usize = 200;
/// Elements and pieces of text that are kept.
const MAX_NODES: usize = 500_000;

/// A page.
pub(crate) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Whether the page had more nodes than are kept.
    pub(super) is_cut_off: bool,
}

/// An element or a piece of text.
pub(super) struct Node<'a> {
    pub(super) content: Content<'a>,
    /// The place of the element around it; its own place at the outermost level.
    pub(super) parent: usize,
    /// The place behind the last node inside it.
    pub(super) end: usize,
}

/// What a node is.
pub(super) enum Content<'a> {
    Element(Tag<'a>),
    /// Entities decoded.
    Text(Cow<'a, str>),
    /// A script or style.
    Raw(&'a str),
}

impl<'a> Tree<'a> {
    pub(crate) fn parse(html: &'a str) -> Self {
        let mut tree = Self { nodes: Vec::new(), is_cut_off: false };
        let mut open: Vec<usize> = Vec::new();
        for token in Tokens::new(html) {
            if tree.nodes.len() >= MAX_NODES {
                tree.is_cut_off = true;
                break;
            }
            match token {
                Token::Open(tag) => {
                    tree.close_implied(&tag.name, &mut open);
                    let is_open = !is_void(&tag.name) && open.len() < MAX_DEPTH;
                    let place = tree.add(Content::Element(tag), &open);
                    if is_open {
                        open.push(place);
                    }
                }
                Token::Close(name) => {
                    if let Some(depth) = open.iter().rposition(|place| tree.name(*place) == name) {
                        tree.close(&mut open, depth);
                    }
                }
                Token::Text(text) => {
                    tree.add(Content::Text(decode(text)), &open);
                }
                Token::Raw(text) => {
                    tree.add(Content::Raw(text), &open);
                }
            }
        }
        tree.close(&mut open, 0);
        tree
    }

    /// The name of an element; empty for text.
    pub(super) fn name(&self, place: usize) -> &str {
        self.tag(place).map_or("", |tag| &tag.name)
    }

    /// The tag of an element.
    pub(super) fn tag(&self, place: usize) -> Option<&Tag<'a>> {
        match self.nodes.get(place).map(|node| &node.content) {
            Some(Content::Element(tag)) => Some(tag),
            _ => None,
        }
    }

    /// The elements of this name, in order.
    pub(super) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = usize> + 't {
        (0..self.nodes.len()).filter(move |place| self.name(*place) == name)
    }

    /// The places of the nodes directly inside an element.
    pub(super) fn children(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[place].end;
        let mut next = place + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(next)?;
            next = self.nodes[child].end;
            Some(child)
        })
    }

    /// The text inside an element with single spaces.
    pub(super) fn text(&self, place: usize) -> String {
        let inside = &self.nodes[place..self.nodes[place].end];
        let words: Vec<&str> = inside
            .iter()
            .filter_map(|node| match &node.content {
                Content::Text(text) => Some(text.split_whitespace()),
                _ => None,
            })
            .flatten()
            .collect();
        words.join(" ")
    }

    /// The content of the `meta` element of this name or property.
    pub(super) fn meta(&self, wanted: &str) -> Option<String> {
        self.all("meta").find_map(|place| {
            let tag = self.tag(place)?;
            let is_wanted =
                |name| tag.attribute(name).is_some_and(|value| value.eq_ignore_ascii_case(wanted));
            (is_wanted("property") || is_wanted("name"))
                .then(|| tag.attribute("content"))?
                .map(Cow::into_owned)
        })
    }

    /// The texts of scripts that hold structured data.
    pub(super) fn json_ld(&self) -> Vec<&'a str> {
        let is_json_ld = |place: &usize| {
            let kind = self.tag(*place).and_then(|tag| tag.attribute("type"));
            kind.is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"))
        };
        self.all("script")
            .filter(is_json_ld)
            .filter_map(|place| match self.nodes.get(place + 1).map(|node| &node.content) {
                Some(Content::Raw(text)) => Some(*text),
                _ => None,
            })
            .collect()
    }

    fn add(&mut self, content: Content<'a>, open: &[usize]) -> usize {
        let place = self.nodes.len();
        self.nodes.push(Node { content, parent: open.last().copied().unwrap_or(place), end: place + 1 });
        place
    }

    /// Closes the open elements from this depth on.
    fn close(&mut self, open: &mut Vec<usize>, depth: usize) {
        let end = self.nodes.len();
        for place in open.drain(depth..) {
            self.nodes[place].end = end;
        }
    }

    /// Closes what the start of an element ends although no end tag says so.
    fn close_implied(&mut self, name: &str, open: &mut Vec<usize>) {
        let (closed, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            _ if is_block(name) => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &[]),
            _ => return,
        };
        let is_boundary = |place: &usize| match within {
            [] => is_block(self.name(*place)) && !closed.contains(&self.name(*place)),
            _ => within.contains(&self.name(*place)),
        };
        let inner = open.iter().rposition(is_boundary).map_or(0, |depth| depth + 1);
        let found = open[inner..].iter().position(|place| closed.contains(&self.name(*place)));
        if let Some(found) = found {
            self.close(open, inner + found);
        }
    }
}

/// Elements that never have an end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}
