//! Which layout a text has, judged by its content and never by the name of its file.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{csv_rows, google_tsv, links_csv, magento_csv, shopify_csv, woo_csv};

/// The layouts that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Google Merchant product data as RSS or Atom XML.
    GoogleXml,
    /// Google Merchant product data as a table.
    GoogleTsv,
    /// A Google product review feed.
    GoogleReviews,
    /// The product export of Shopify.
    ShopifyCsv,
    /// The product export of WooCommerce.
    WooCsv,
    /// The product export of Magento 2.
    MagentoCsv,
    /// A table of product links: a product and what is set beside it in each row.
    LinksCsv,
    /// An HTML page.
    Html,
    /// Russet's own feed.
    Jsonl,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::GoogleXml,
        Self::GoogleTsv,
        Self::GoogleReviews,
        Self::ShopifyCsv,
        Self::WooCsv,
        Self::MagentoCsv,
        Self::LinksCsv,
        Self::Html,
        Self::Jsonl,
    ];

    /// The name on a command line, such as `google-xml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GoogleXml => "google-xml",
            Self::GoogleTsv => "google-tsv",
            Self::GoogleReviews => "google-reviews",
            Self::ShopifyCsv => "shopify-csv",
            Self::WooCsv => "woo-csv",
            Self::MagentoCsv => "magento-csv",
            Self::LinksCsv => "links-csv",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
        }
    }

    /// The format of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The format of a text by its start.
pub(crate) fn detect(start: &str) -> Option<Format> {
    let start = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with('<') {
        return detect_markup(start);
    }
    if start.starts_with('{') {
        return Some(Format::Jsonl);
    }
    detect_table(start)
}

/// Judged by the first element; what stands before it (declaration, comments, document type) is passed over.
fn detect_markup(start: &str) -> Option<Format> {
    let root = first_element(start)?;
    let (name, rest) =
        root.split_at(root.find(|c: char| !c.is_alphanumeric() && c != ':').unwrap_or(root.len()));
    let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    match name.as_str() {
        "rss" | "rdf" | "channel" => Some(Format::GoogleXml),
        "feed"
            if has_any(
                rest,
                &["<reviews", "<publisher", "<aggregator", "<review>", "product_reviews", "<deleted_review"],
            ) =>
        {
            Some(Format::GoogleReviews)
        }
        "feed" => Some(Format::GoogleXml),
        "reviews" => Some(Format::GoogleReviews),
        _ if start.contains("http://base.google.com/ns/1.0") => Some(Format::GoogleXml),
        "html" | "head" | "body" | "div" | "p" | "main" | "article" | "section" | "h1" | "h2" | "script"
        | "title" | "meta" | "link" | "style" | "span" | "table" | "ul" | "ol" => Some(Format::Html),
        _ => None,
    }
}

fn has_any(text: &str, marks: &[&str]) -> bool {
    marks.iter().any(|mark| text.contains(mark))
}

/// The text after the `<` of the first element.
fn first_element(mut text: &str) -> Option<&str> {
    loop {
        text = &text[text.find('<')? + 1..];
        if text.starts_with(|c: char| c.is_alphabetic()) {
            return Some(text);
        }
        if let Some(comment) = text.strip_prefix("!--") {
            text = &comment[comment.find("-->")?..];
        } else if text.get(..8).is_some_and(|word| word.eq_ignore_ascii_case("!doctype")) {
            // An internal subset has `<!ENTITY …>` in it: those are passed over as markup that is no element.
            if text.get(8..40.min(text.len())).is_some_and(|rest| rest.trim_start().starts_with("html")) {
                return Some("html");
            }
        }
    }
}

/// Judged by the names of the columns.
fn detect_table(start: &str) -> Option<Format> {
    type IsHeader = fn(&[&str]) -> bool;
    let columns = csv_rows::header_of(start);
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let formats: [(IsHeader, Format); 5] = [
        (magento_csv::is_header, Format::MagentoCsv),
        (woo_csv::is_header, Format::WooCsv),
        (shopify_csv::is_header, Format::ShopifyCsv),
        (google_tsv::is_header, Format::GoogleTsv),
        (links_csv::is_header, Format::LinksCsv),
    ];
    formats.into_iter().find(|(is_header, _)| is_header(&columns)).map(|(_, format)| format)
}
