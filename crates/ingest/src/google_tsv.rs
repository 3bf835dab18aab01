//! Google Merchant product data as a table: tab separated as Merchant Center exports it, or with commas, semicolons or
//! bars. Column names may be written `item group id` or `item_group_id`; several values stand in one field.

use crate::csv_rows::{Column, CsvRows};
use crate::google_product::{Fields, Memo};
use crate::output::Output;
use crate::text::Text;
use crate::variant_group::VariantGroup;

mod highlight;

use highlight::highlights;

/// Whether a table with these columns is of this format.
pub(crate) fn is_header(columns: &[&str]) -> bool {
    let has = |wanted: &str| columns.iter().any(|column| field_name(column) == wanted);
    has("id") && has("title") && (has("price") || has("link") || has("availability") || has("image_link"))
}

/// Reads the whole table.
pub(crate) fn read(text: &mut Text<'_>, output: &mut Output<'_>) {
    let Some(mut rows) = CsvRows::open(text, output) else { return };
    let names: Vec<String> = rows.names().iter().map(|name| field_name(name)).collect();
    let mut group = VariantGroup::default();
    let mut memo = Memo::default();
    while let Some(row) = rows.next(output) {
        let mut fields = Fields::at(row.line);
        for (place, name) in names.iter().enumerate() {
            let value = row.text(Column::at(place));
            match name.as_str() {
                _ if value.is_empty() => {}
                "question_and_answer" => {
                    let (question, answer) = value.split_once("?:").unwrap_or((value, ""));
                    let end = question.len() + usize::from(!answer.is_empty());
                    fields.take_question(value[..end].trim(), answer.trim());
                }
                // In a table each highlight is quoted or parted by a comma.
                "product_highlight" => {
                    highlights(value).into_iter().for_each(|highlight| fields.take_highlight(highlight));
                }
                "product_type" => {
                    value.split(", ").for_each(|path| fields.take(name, path.trim(), true));
                }
                "structured_title" | "structured_description" => {
                    let content = value.split_once(':').map_or(value, |(_, content)| content);
                    fields.take(name, content.trim().trim_matches('"'), true);
                }
                _ => fields.take(name, value, true),
            }
        }
        if let Some(row) = fields.finish(&mut memo, output) {
            group.push(row, output);
        }
    }
    group.finish(output);
}

/// The name of a column as the specification writes it. What stands in brackets behind it is a locale or a note.
fn field_name(column: &str) -> String {
    let name = column.trim().trim_start_matches("g:");
    let name = name.split(['(', '[']).next().unwrap_or(name).trim();
    name.to_ascii_lowercase().replace([' ', '-'], "_")
}
