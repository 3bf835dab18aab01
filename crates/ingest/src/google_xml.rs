//! Google Merchant product data as RSS 2.0 or Atom XML: an `item` or `entry` for each variant, with the attributes of
//! the namespace `http://base.google.com/ns/1.0` under any prefix.

use crate::google_product::{Detail, Fields, Memo, has_parts};
use crate::output::Output;
use crate::text::Text;
use crate::variant_group::VariantGroup;
use crate::xml::{Entry, Node, Space, XmlEntries};
use crate::{Record, Shop, html_text};

/// Reads the whole feed.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let mut entries = XmlEntries::new(text, is_entry, output);
    let mut group = VariantGroup::default();
    let mut memo = Memo::default();
    let mut has_shop = false;
    while let Some(entry) = entries.next(output) {
        let row = fields(entry).finish(&mut memo, output);
        if let Some(row) = row {
            group.push(row, output);
        }
        if !has_shop {
            has_shop = true;
            report_shop(entries.heading(), output);
        }
    }
    group.finish(output);
}

fn is_entry(name: &str, _: Option<&str>) -> bool {
    matches!(name, "item" | "entry")
}

/// The channel's title and link say what the shop is called.
fn report_shop(heading: &Entry, output: &mut Output<'_>) {
    let name = html_text::plain(heading.value("title"));
    let url = heading.value("link");
    if !name.is_empty() {
        let url = if url.starts_with("http") { url.to_owned() } else { String::new() };
        output.record(Record::Shop(Shop { name, currency: None, url }));
    }
}

fn fields(entry: &Entry) -> Fields<'_> {
    let mut fields = Fields::at(entry.line);
    for node in entry.nodes() {
        match node.space() {
            Space::Other => {}
            Space::Custom => {
                fields.take_detail(Detail { section: "", name: node.name(), value: node.value() })
            }
            space => take(&mut fields, node, space == Space::Google),
        }
    }
    fields
}

fn take<'e>(fields: &mut Fields<'e>, node: Node<'e>, is_google: bool) {
    let name = node.name();
    match name {
        "product_detail" if node.has_children() => fields.take_detail(Detail {
            section: node.value_of("section_name"),
            name: node.value_of("attribute_name"),
            value: node.value_of("attribute_value"),
        }),
        "question_and_answer" => fields.take_question(node.value_of("question"), node.value_of("answer")),
        "structured_title" | "structured_description" => {
            fields.take(name, node.value_of("content"), is_google)
        }
        "certification" => fields.take_detail(certificate(node)),
        // Atom puts the address into an attribute.
        "link" if node.value().is_empty() => fields.take(name, node.attribute("href"), is_google),
        "description" | "summary" | "content" | "title" => fields.take(name, node.value(), is_google),
        _ if node.has_children() && has_parts(name) => fields.take_parts(name, |part| node.value_of(part)),
        _ if node.has_children() => {}
        _ => fields.take(name, node.value(), is_google),
    }
}

/// A certificate by its name: `EPREL: 123456`. What has no number is only named.
fn certificate(node: Node<'_>) -> Detail<'_> {
    let [name, code, value] =
        ["certification_name", "certification_code", "certification_value"].map(|part| node.value_of(part));
    let number = if code.is_empty() { value } else { code };
    match (name.is_empty(), number.is_empty()) {
        (false, false) => Detail { section: "", name, value: number },
        (false, true) => Detail { section: "", name: "Certification", value: name },
        (true, _) => Detail { section: "", name: "Certification", value: number },
    }
}
