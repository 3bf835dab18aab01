//! HTML pages: their structured data as records, their readable text as documents.

use std::io::Read;

use commerce::{Document, DocumentId, DocumentKind, ProductRef};

use crate::html_text::{Fact, Line, LineKind, facts, without_placeholders};
use crate::json_ld::{self, Found};
use crate::output::{Output, Place};
use crate::text::Text;
use crate::{DiagnosticCode, Record, Severity};

mod content;
mod kind;
mod kind_table;
mod section;
mod tree;

use tree::Tree;

/// What is known of the page itself.
pub(crate) struct Page {
    /// The page's own URL where it names it, else the file.
    pub(crate) source_id: String,
    /// Empty where the page does not name it.
    pub(crate) url: String,
    pub(crate) title: String,
    /// What its tables of facts state, for a page about one product.
    pub(crate) facts: Vec<Fact>,
}

/// Reads one page.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let html = read_whole(text, output);
    let html = without_placeholders(&html);
    let tree = Tree::parse(&html);
    output.count_row();
    let lines = content::lines(&tree);
    let page = Page::of(&tree, &output.file, product_facts(&lines));
    let found = json_ld::read(&tree.json_ld(), &page, output);
    if found.products.is_empty() && content::has_product_markup(&tree) {
        report_microdata(&page, output);
    }
    let lines = own_lines(lines, &page, &found);
    if tree.is_cut_off {
        report_too_large("the page has too many elements; the rest is left out", output);
    }
    if is_readable(&lines) {
        write_documents(&page, lines, found, output);
    } else if found.products.is_empty() && found.faq_texts.is_empty() {
        output.diagnose(
            Severity::Note,
            DiagnosticCode::Empty,
            Place { record: Some(&page.source_id), ..Place::default() },
            "the page has nothing to read but links, titles and labels",
            "leave the page out; nothing of it was needed",
        );
    }
}

/// The whole page, up to the cap.
fn read_whole(text: &mut Text<'_>, output: &mut Output<'_>) -> String {
    let cap = output.options.max_page_bytes;
    let mut bytes = Vec::new();
    // A text never fails; what cut it short is reported when the file ends.
    let _ = text.take(cap as u64).read_to_end(&mut bytes);
    if bytes.len() == cap {
        report_too_large("the page is larger than the cap; the rest is left out", output);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn report_too_large(reason: &str, output: &mut Output<'_>) {
    let hint = "give the text of the page without what was generated around it";
    output.diagnose(Severity::Warning, DiagnosticCode::FileTooLarge, Place::default(), reason, hint);
}

fn report_microdata(page: &Page, output: &mut Output<'_>) {
    output.diagnose(
        Severity::Note,
        DiagnosticCode::UnknownField,
        Place { record: Some(&page.source_id), ..Place::default() },
        "the page describes a product as microdata, which is not read; its text is",
        "have the shop write JSON-LD, or import the product from a feed",
    );
}

/// The facts that a page about one product states of it: those of its tables of several rows, and not of tables of
/// delivery costs and the like.
fn product_facts(lines: &[Line]) -> Vec<Fact> {
    const MIN_FACTS: usize = 3;
    let facts = facts(lines);
    let count = |fact: &Fact| facts.iter().filter(|other| other.heading == fact.heading).count();
    let is_of_product = |fact: &&Fact| {
        count(fact) >= MIN_FACTS && !matches!(kind::subject(&fact.heading), kind::Reading::One(_))
    };
    facts.iter().filter(is_of_product).cloned().collect()
}

/// The lines of a page that its structured data does not say already: questions with their answers and, of a page about
/// one product, the facts that have become its attributes and the reviews are taken out.
fn own_lines(lines: Vec<Line>, page: &Page, found: &Found) -> Vec<Line> {
    let lines = content::without_answers(lines, &found.faq_texts);
    if found.products.len() != 1 {
        return lines;
    }
    let is_stated = |line: &Line| {
        line.kind == LineKind::Fact
            && line.text.split_once(": ").is_some_and(|(name, value)| {
                let is_it = |fact: &Fact| fact.value == value && fact.name.starts_with(name);
                page.facts.iter().any(is_it)
            })
    };
    let lines: Vec<Line> = lines.into_iter().filter(|line| !is_stated(line)).collect();
    content::without_reviews(lines, &found.review_texts)
}

impl Page {
    fn of(tree: &Tree<'_>, file: &str, facts: Vec<Fact>) -> Self {
        let canonical = tree.all("link").find_map(|place| {
            let tag = tree.tag(place)?;
            let is_canonical = tag.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
            is_canonical.then(|| tag.attribute("href"))?.map(|href| href.trim().to_owned())
        });
        let is_absolute = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        let url = canonical.or_else(|| tree.meta("og:url")).filter(is_absolute).unwrap_or_default();
        let source_id = if url.is_empty() { name_of(file) } else { url.clone() };
        Self { source_id, url, title: title(tree, file), facts }
    }
}

/// The file with the folder that it is in: the same from wherever the shop is imported.
fn name_of(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}

/// The only first-level heading, else the page's title without the name of the site, else the file's name.
fn title(tree: &Tree<'_>, file: &str) -> String {
    let mut headings = tree.all("h1").map(|place| tree.text(place)).filter(|text| !text.is_empty());
    if let (Some(only), None) = (headings.next(), headings.next()) {
        return only;
    }
    let title = tree.all("title").next().map(|place| tree.text(place)).filter(|title| !title.is_empty());
    let Some(title) = title.or_else(|| tree.meta("og:title")) else {
        let name = file.rsplit('/').next().unwrap_or(file);
        return name.rsplit_once('.').map_or(name, |(name, _)| name).replace(['-', '_'], " ");
    };
    let site = tree.meta("og:site_name").unwrap_or_default();
    let parts = [" | ", " – ", " — ", " - ", " · "]
        .iter()
        .find_map(|sign| title.rsplit_once(sign).map(|parts| (*sign, parts)));
    match parts {
        Some((sign, (page, rest))) if sign == " | " || rest.trim().eq_ignore_ascii_case(site.trim()) => {
            page.trim().to_owned()
        }
        _ => title,
    }
}

/// Whether there is something to cite: a sentence, a phrase of several words, a list or table of facts, or much text of any form.
fn is_readable(lines: &[Line]) -> bool {
    const MIN_SENTENCE_WORDS: usize = 5;
    const MIN_PHRASE_WORDS: usize = 6;
    const MIN_FACTS: usize = 2;
    const MIN_TEXT: usize = 400;
    let is_sentence = |line: &Line| {
        !matches!(line.kind, LineKind::Heading(_))
            && (line.text.split_whitespace().count() >= MIN_PHRASE_WORDS
                || line.text.ends_with(['.', '?', '…', '。', ':', ')', '”', '"'])
                    && line.text.split_whitespace().count() >= MIN_SENTENCE_WORDS)
    };
    let facts = lines
        .iter()
        .filter(|line| matches!(line.kind, LineKind::Item | LineKind::Row | LineKind::Fact))
        .count();
    let text: usize = lines.iter().map(|line| line.text.len()).sum();
    lines.iter().any(is_sentence) || facts >= MIN_FACTS || text >= MIN_TEXT
}

/// One document for the page, or one for each of its parts where these are about different things.
fn write_documents(page: &Page, lines: Vec<Line>, found: Found, output: &mut Output<'_>) {
    let headings = || lines.iter().filter(|line| matches!(line.kind, LineKind::Heading(_)));
    let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let kind = kind::of_page(
        &page.title,
        &page.source_id,
        headings().map(|line| line.text.as_str()),
        &text.join(" "),
    );
    let kind = if found.products.is_empty() { kind } else { DocumentKind::Page };
    // The text of a page with several products is about none of them alone.
    let products = match <[String; 1]>::try_from(found.products) {
        Ok([only]) => ProductRef::source_id(only),
        Err(_) => ProductRef::default(),
    };
    match section::split(&page.title, &lines, kind).filter(|_| products.is_empty()) {
        Some(sections) => {
            for section in sections {
                let source_id = match section.heading.as_str() {
                    heading if heading.is_empty() || heading == page.title => page.source_id.clone(),
                    heading => format!("{}#{}", page.source_id, slug(heading)),
                };
                let title = if section.heading.is_empty() { &page.title } else { &section.heading };
                write_document(page, source_id, title, section.kind, &section.lines, &products, output);
            }
        }
        None => write_document(page, page.source_id.clone(), &page.title, kind, &lines, &products, output),
    }
}

fn write_document(
    page: &Page,
    source_id: String,
    title: &str,
    kind: DocumentKind,
    lines: &[Line],
    products: &ProductRef,
    output: &mut Output<'_>,
) {
    let is_title = |line: &Line| matches!(line.kind, LineKind::Heading(_)) && line.text == title;
    let lines = match lines {
        [first, rest @ ..] if is_title(first) => rest,
        all => all,
    };
    let document = Document {
        id: DocumentId::of(&[&source_id]),
        source_id,
        kind,
        title: title.to_owned(),
        text: join(lines),
        url: page.url.clone(),
        products: products.clone(),
        categories: Vec::new(),
    };
    if !document.text.is_empty() {
        output.record(Record::Document(document));
    }
}

/// The lines of a document: a blank line between blocks, none between the entries of a list or the rows of a table.
/// Headings that nothing stands under are left out.
pub(crate) fn join(lines: &[Line]) -> String {
    let mut text = String::new();
    let mut before: Option<LineKind> = None;
    for (place, line) in lines.iter().enumerate() {
        if let LineKind::Heading(level) = line.kind {
            let next = lines.get(place + 1).map(|next| next.kind);
            if next.is_none_or(|next| matches!(next, LineKind::Heading(other) if other <= level)) {
                continue;
            }
        }
        if let Some(before) = before {
            let is_same_block = line.kind == LineKind::Continuation
                || before == line.kind && line.kind == LineKind::Item
                || is_row(before) && is_row(line.kind);
            text.push_str(if is_same_block { "\n" } else { "\n\n" });
        }
        text.push_str(&line.marked());
        before = Some(line.kind);
    }
    text
}

fn is_row(kind: LineKind) -> bool {
    matches!(kind, LineKind::Row | LineKind::Fact)
}

/// A heading as the end of an address: lower-case words joined by `-`.
pub(crate) fn slug(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}
