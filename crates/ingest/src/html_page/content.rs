//! The readable text of a page: what stands in its main part, without navigation, forms and boxes of links.
//!
//! No rule names a shop or a theme. What is left out is told by the meaning of elements and roles, by words that
//! themes share for their furniture, and by how much of a box is link.

use std::borrow::Cow;

use super::tree::{Content, Tree};
use crate::html_text::{Line, LineKind, Prose, is_block, is_unreadable};

/// The share of link text from which a box is navigation.
const MAX_LINK_SHARE: f32 = 0.6;
/// Letters beside the links that make a box more than navigation.
const MIN_OWN_TEXT: usize = 80;
/// Letters that a `main` element needs to be taken for the page.
const MIN_MAIN_TEXT: usize = 80;
/// The share of the page beyond which a box is the page itself, whatever it calls itself.
const MAX_FURNITURE_SHARE: f32 = 0.4;
/// Letters of a bold line that can be a heading.
const MAX_BOLD_HEADING: usize = 80;

/// Classes and ids of page furniture.
const FURNITURE: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "cookie-banner",
    "cookie-notice",
    "cookie-consent",
    "newsletter",
    "pagination",
    "pager",
    "screen-reader-text",
    "share",
    "sharing",
    "sidebar",
    "site-footer",
    "site-header",
    "skip-link",
    "social",
    "sr-only",
    "toolbar",
    "visually-hidden",
];

/// Roles of page furniture.
const FURNITURE_ROLES: &[&str] = &[
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "menubar",
    "navigation",
    "search",
];

/// The letters inside each node, and how many of them are link.
struct Weights {
    text: Vec<usize>,
    link: Vec<usize>,
}

/// The lines of the page's main part.
pub(super) fn lines(tree: &Tree<'_>) -> Vec<Line> {
    let mut prose = Prose::default();
    if tree.nodes.is_empty() {
        return Vec::new();
    }
    let weights = Weights::of(tree);
    let total: usize = (0..tree.nodes.len())
        .filter(|place| tree.nodes[*place].parent == *place)
        .map(|place| weights.text[place])
        .sum();
    let (mut place, end) = main_part(tree, &weights);
    let mut open: Vec<usize> = Vec::new();
    while place < end {
        while let Some(last) = open.pop_if(|last| tree.nodes[*last].end <= place) {
            close(tree, last, &mut prose);
        }
        match &tree.nodes[place].content {
            Content::Text(text) => prose.text(text),
            Content::Raw(_) => {}
            Content::Element(_) if is_left_out(tree, &weights, place, total) => {
                prose.text(" ");
                place = tree.nodes[place].end;
                continue;
            }
            Content::Element(tag) => {
                if is_teaser(tree, place) {
                    prose.end_line();
                }
                match is_bold_heading(tree, &weights, place) {
                    true => prose.start(LineKind::Heading(6)),
                    false => prose.open(tag),
                }
                open.push(place);
            }
        }
        place += 1;
    }
    for last in open.into_iter().rev() {
        close(tree, last, &mut prose);
    }
    prose.finish()
}

/// Whether elements of the page are marked as a product of schema.org.
pub(super) fn has_product_markup(tree: &Tree<'_>) -> bool {
    (0..tree.nodes.len()).filter_map(|place| tree.tag(place)?.attribute("itemtype")).any(|kind| {
        kind.contains("schema.org") && kind.split_whitespace().any(|kind| kind.ends_with("/Product"))
    })
}

/// The lines without the questions and answers that its structured data gives in the same words.
pub(super) fn without_answers(mut lines: Vec<Line>, said: &[String]) -> Vec<Line> {
    const MIN_PART: usize = 20;
    lines.retain(|line| {
        let is_part = line.text.len() >= MIN_PART;
        !said.iter().any(|said| *said == line.text || is_part && said.contains(&line.text))
    });
    lines
}

/// The lines without the part of the page that repeats its reviews: from the first to the last of them, with the
/// headings, stars and names that stand around each.
pub(super) fn without_reviews(mut lines: Vec<Line>, reviews: &[String]) -> Vec<Line> {
    const MIN_REVIEW: usize = 20;
    const MAX_AROUND: usize = 60;
    /// Lines that belong to one review besides its text.
    const LINES_AROUND: usize = 3;
    let is_review = |line: &Line| {
        line.text.len() >= MIN_REVIEW && reviews.iter().any(|review| review.contains(&line.text))
    };
    let mut is_out: Vec<bool> = lines.iter().map(is_review).collect();
    let places: Vec<usize> = (0..lines.len()).filter(|place| is_out[*place]).collect();
    for place in places {
        let is_around = |near: &usize| {
            let line = &lines[*near];
            line.text.len() <= MAX_AROUND && !matches!(line.kind, LineKind::Row | LineKind::Fact)
        };
        let before = (place.saturating_sub(LINES_AROUND)..place).rev().take_while(is_around);
        let after = (place + 1..(place + 1 + LINES_AROUND).min(lines.len())).take_while(is_around);
        for near in before.chain(after) {
            is_out[near] = true;
        }
    }
    let mut is_out = is_out.into_iter();
    lines.retain(|_| !is_out.next().unwrap_or(false));
    lines
}

fn close(tree: &Tree<'_>, place: usize, prose: &mut Prose) {
    match tree.name(place) {
        "strong" | "b" if prose.is_in_heading() && !has_heading_around(tree, place) => prose.end_line(),
        _ if is_teaser(tree, place) => prose.end_line(),
        name => prose.close(name),
    }
}

/// Whether this is a link with a text of its own, which stands for itself and not in running text.
fn is_teaser(tree: &Tree<'_>, place: usize) -> bool {
    tree.name(place) == "a" && !is_inline_link(tree, place) && has_phrase(tree, place)
}

/// From where to where the page's main part stands: its `main` element or its only `article`, else everything.
fn main_part(tree: &Tree<'_>, weights: &Weights) -> (usize, usize) {
    let is_main = |place: &usize| {
        tree.name(*place) == "main"
            || role(tree, *place).is_some_and(|role| role.eq_ignore_ascii_case("main"))
    };
    let main = (0..tree.nodes.len()).filter(is_main).max_by_key(|place| weights.text[*place]);
    let mut articles = tree.all("article");
    let only_article = articles.next().filter(|_| articles.next().is_none());
    [main, only_article]
        .into_iter()
        .flatten()
        .find(|place| weights.text[*place] >= MIN_MAIN_TEXT)
        .map_or((0, tree.nodes.len()), |place| (place, tree.nodes[place].end))
}

fn is_left_out(tree: &Tree<'_>, weights: &Weights, place: usize, total: usize) -> bool {
    let name = tree.name(place);
    if is_unreadable(name) || matches!(name, "title" | "nav" | "footer") {
        return true;
    }
    let is_small = (weights.text[place] as f32) < total as f32 * MAX_FURNITURE_SHARE;
    match name {
        "header" | "aside" if !is_within(tree, place, &["main", "article"]) => return is_small,
        "form" | "dialog" => return is_small,
        _ => {}
    }
    is_small && is_furniture(tree, place) || is_navigation(tree, weights, place)
}

fn is_furniture(tree: &Tree<'_>, place: usize) -> bool {
    let Some(tag) = tree.tag(place) else { return false };
    let is_named = |attribute| {
        tag.attribute(attribute).is_some_and(|names| {
            names.split_whitespace().any(|name| FURNITURE.contains(&name.to_ascii_lowercase().as_str()))
        })
    };
    let has_role = |role: Cow<'_, str>| FURNITURE_ROLES.contains(&role.to_ascii_lowercase().as_str());
    role(tree, place).is_some_and(has_role) || is_named("class") || is_named("id")
}

/// Whether a box is little but links.
fn is_navigation(tree: &Tree<'_>, weights: &Weights, place: usize) -> bool {
    let (text, link) = (weights.text[place], weights.link[place]);
    let name = tree.name(place);
    let is_box = name == "a" && text == link || is_block(name) && !is_heading(name);
    is_box
        && link > 0
        && link as f32 > text as f32 * MAX_LINK_SHARE
        && text - link < MIN_OWN_TEXT
        && !is_inline_link(tree, place)
        && !has_phrase(tree, place)
}

/// Whether one of the texts inside says something, as a teaser does, and is no title or label: several words, most of
/// them in lower case.
fn has_phrase(tree: &Tree<'_>, place: usize) -> bool {
    const MIN_WORDS: usize = 5;
    tree.nodes[place..tree.nodes[place].end].iter().any(|node| match &node.content {
        Content::Text(text) => {
            let words = text.split_whitespace().count();
            let lower = text.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
            words >= MIN_WORDS && lower * 2 >= words
        }
        _ => false,
    })
}

/// Whether a link stands in running text, where it has to stay.
fn is_inline_link(tree: &Tree<'_>, place: usize) -> bool {
    if tree.name(place) != "a" {
        return false;
    }
    let parent = tree.nodes[place].parent;
    let is_alone = |sibling: usize| match &tree.nodes[sibling].content {
        Content::Text(text) => text.trim().is_empty(),
        _ => true,
    };
    !tree.children(parent).all(is_alone)
}

/// Whether a bold text stands alone on its line and so heads what follows.
fn is_bold_heading(tree: &Tree<'_>, weights: &Weights, place: usize) -> bool {
    let parent = tree.nodes[place].parent;
    if !matches!(tree.name(place), "strong" | "b")
        || !(1..=MAX_BOLD_HEADING).contains(&weights.text[place])
        || !matches!(tree.name(parent), "p" | "div" | "section" | "article" | "main" | "body")
        || has_heading_around(tree, place)
        || is_within(tree, place, &["td", "th", "li", "a", "caption"])
    {
        return false;
    }
    let ends_line = |sibling: &usize| match &tree.nodes[*sibling].content {
        Content::Text(text) => text.trim().is_empty(),
        _ => is_block(tree.name(*sibling)) || tree.name(*sibling) == "br" || *sibling == place,
    };
    let siblings: Vec<usize> = tree.children(parent).collect();
    let at = siblings.iter().position(|sibling| *sibling == place).unwrap_or(0);
    let is_blank = |sibling: &&usize| matches!(&tree.nodes[**sibling].content, Content::Text(text) if text.trim().is_empty());
    let before = siblings[..at].iter().rev().find(|sibling| !is_blank(sibling));
    let after = siblings[at + 1..].iter().find(|sibling| !is_blank(sibling));
    before.is_none_or(ends_line) && after.is_none_or(ends_line) && (after.is_some() || before.is_none())
}

fn has_heading_around(tree: &Tree<'_>, place: usize) -> bool {
    is_within(tree, place, &["h1", "h2", "h3", "h4", "h5", "h6", "summary"])
}

fn is_within(tree: &Tree<'_>, place: usize, names: &[&str]) -> bool {
    let mut inner = place;
    loop {
        let outer = tree.nodes[inner].parent;
        if outer == inner {
            return false;
        }
        if names.contains(&tree.name(outer)) {
            return true;
        }
        inner = outer;
    }
}

fn role<'t>(tree: &'t Tree<'_>, place: usize) -> Option<Cow<'t, str>> {
    tree.tag(place)?.attribute("role")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "summary" | "dt")
}

impl Weights {
    fn of(tree: &Tree<'_>) -> Self {
        let count = tree.nodes.len();
        let mut weights = Self { text: vec![0; count], link: vec![0; count] };
        for place in (0..count).rev() {
            let node = &tree.nodes[place];
            match &node.content {
                Content::Text(text) => {
                    weights.text[place] = text.chars().filter(|c| !c.is_whitespace()).count()
                }
                Content::Element(tag) if is_unreadable(&tag.name) || tag.name == "title" => {
                    weights.text[place] = 0;
                    weights.link[place] = 0;
                }
                Content::Element(tag) if tag.name == "a" && leads_away(tree, place) => {
                    weights.link[place] = weights.text[place];
                }
                _ => {}
            }
            if node.parent != place {
                weights.text[node.parent] += weights.text[place];
                weights.link[node.parent] += weights.link[place];
            }
        }
        weights
    }
}

/// Whether a link is navigation: not an address to write to or call, and not the switch of a fold-out heading.
fn leads_away(tree: &Tree<'_>, place: usize) -> bool {
    let Some(target) = tree.tag(place).and_then(|tag| tag.attribute("href")) else { return false };
    let target = target.trim().to_ascii_lowercase();
    let is_contact = ["mailto:", "tel:", "sms:"].iter().any(|scheme| target.starts_with(scheme));
    let is_switch = (target.starts_with('#') || target.starts_with("javascript:"))
        && is_within(tree, place, &["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"]);
    !is_contact && !is_switch
}
