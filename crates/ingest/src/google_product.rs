//! The fields of Google Merchant product data, shared by its XML and its table form.
//!
//! An item needs `id`, `title` and `price`; without one of them it is reported and left out. Everything else that is
//! wrong costs only the field. `google_product_category` is used where it is a path and `product_type` is missing; a
//! number of Google's taxonomy says nothing to a shopper and is read over. Fields that are not known are attributes.

use std::borrow::Cow;

use commerce::{Answer, Attributes, CategoryPath, Image, Offer, ProductRef, Question, QuestionId, Variant};

use crate::google_field_table::NOT_SHOWN;
use crate::html_text::{self, state};
use crate::output::{IdKind, Output};
use crate::row::{Row, price_problem};
use crate::variant_group::{Choice, FlatRow};
use crate::{DiagnosticCode, Record};

mod detail;
mod memo;
mod terms;

pub(crate) use detail::{Detail, details_of_text};
use memo::Form;
pub(crate) use memo::Memo;
use terms::Terms;
pub(crate) use terms::has_parts;

/// The fields of one item as they stand in the feed.
#[derive(Debug, Default)]
pub(crate) struct Fields<'e> {
    line: u64,
    id: Slot<'e>,
    title: Slot<'e>,
    description: Slot<'e>,
    link: Slot<'e>,
    images: Vec<&'e str>,
    availability: Slot<'e>,
    price: Slot<'e>,
    sale_price: Slot<'e>,
    sale_dates: Slot<'e>,
    brand: Slot<'e>,
    gtin: Slot<'e>,
    mpn: Slot<'e>,
    condition: Slot<'e>,
    quantity: Slot<'e>,
    group: Slot<'e>,
    product_types: Vec<&'e str>,
    category: Slot<'e>,
    color: Slot<'e>,
    size: Slot<'e>,
    material: Slot<'e>,
    pattern: Slot<'e>,
    gender: Slot<'e>,
    age_group: Slot<'e>,
    highlights: Vec<Cow<'e, str>>,
    details: Vec<Detail<'e>>,
    terms: Terms<'e>,
    others: Vec<(&'e str, &'e str)>,
    questions: Vec<(&'e str, &'e str)>,
}

/// A field that stands once. What has Google's own name wins over the RSS or Atom element of the same name; among
/// equals the first does.
#[derive(Clone, Copy, Debug, Default)]
struct Slot<'e> {
    text: &'e str,
    is_google: bool,
}

impl<'e> Slot<'e> {
    fn set(&mut self, text: &'e str, is_google: bool) {
        if self.text.is_empty() || is_google && !self.is_google {
            *self = Self { text, is_google };
        }
    }
}

impl<'e> Fields<'e> {
    /// No fields yet of an item on this line.
    pub(crate) fn at(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// Takes one field without parts. `is_google` says that the name is Google's own and not one of RSS or Atom.
    pub(crate) fn take(&mut self, name: &'e str, text: &'e str, is_google: bool) {
        if text.is_empty() {
            return;
        }
        let slot = match name {
            "id" => &mut self.id,
            "title" | "structured_title" => &mut self.title,
            "description" | "structured_description" | "summary" | "content" => &mut self.description,
            "link" => &mut self.link,
            "availability" => &mut self.availability,
            "price" => &mut self.price,
            "sale_price" => &mut self.sale_price,
            "sale_price_effective_date" => &mut self.sale_dates,
            "brand" => &mut self.brand,
            "gtin" | "upc" | "ean" | "isbn" => &mut self.gtin,
            "mpn" => &mut self.mpn,
            "condition" => &mut self.condition,
            "quantity" | "sell_on_google_quantity" => &mut self.quantity,
            "item_group_id" => &mut self.group,
            "google_product_category" | "category" => &mut self.category,
            "color" | "colour" => &mut self.color,
            "size" => &mut self.size,
            "material" => &mut self.material,
            "pattern" => &mut self.pattern,
            "gender" => &mut self.gender,
            "age_group" => &mut self.age_group,
            _ => return self.take_several(name, text),
        };
        slot.set(text, is_google);
    }

    /// Takes a field that may stand several times.
    fn take_several(&mut self, name: &'e str, text: &'e str) {
        match name {
            "image_link" => self.images.insert(0, text),
            "additional_image_link" | "lifestyle_image_link" => self.images.push(text),
            "product_type" => self.product_types.push(text),
            "product_highlight" => self.take_highlight(Cow::Borrowed(text)),
            "product_detail" => self.details.extend(details_of_text(text)),
            "certification" if text.contains(':') => self.details.extend(details_of_text(text)),
            _ if self.terms.take_text(name, text) => {}
            _ if NOT_SHOWN.binary_search(&name).is_ok() => {}
            _ => self.others.push((name, text)),
        }
    }

    /// Takes one sentence on what is best about the product.
    pub(crate) fn take_highlight(&mut self, highlight: Cow<'e, str>) {
        self.highlights.push(highlight);
    }

    /// Takes one part of the technical data.
    pub(crate) fn take_detail(&mut self, detail: Detail<'e>) {
        self.details.push(detail);
    }

    /// Takes a field that is given in parts, see [`has_parts`].
    pub(crate) fn take_parts(&mut self, name: &str, part: impl Fn(&str) -> &'e str) {
        self.terms.take_parts(name, part);
    }

    /// Takes a question with its answer.
    pub(crate) fn take_question(&mut self, question: &'e str, answer: &'e str) {
        if !question.is_empty() {
            self.questions.push((question, answer));
        }
    }

    /// Takes all that is left as one row, or reports why the item is left out. Its questions are handed over.
    pub(crate) fn finish(self, memo: &mut Memo, output: &mut Output<'_>) -> Option<FlatRow> {
        let mut row = Row { output, line: self.line, record: self.id.text };
        let title = one_line(self.title.text);
        let offer = self.offer(&title, &mut row)?;
        if !row.is_new_variant() {
            return None;
        }
        let is_grouped = !self.group.text.is_empty();
        let product_id = if is_grouped { self.group.text } else { self.id.text };
        let mut variant = Variant::new(product_id, self.id.text);
        variant.gtin = row.gtin("gtin", self.gtin.text);
        variant.mpn = self.mpn.text.to_owned();
        variant.offer = offer;
        let flat = FlatRow {
            line: self.line,
            product_id: product_id.to_owned(),
            is_grouped,
            title,
            description: self.description(memo),
            attributes: self.attributes(memo),
            brand: one_line(self.brand.text),
            categories: self.categories(),
            url: row.url("link", self.link.text),
            images: self.images(&mut row),
            choices: if is_grouped { self.choices() } else { Vec::new() },
            variant,
        };
        self.ask(product_id, row.output);
        Some(flat)
    }

    /// Price and stock, if the item has all that it needs.
    fn offer(&self, title: &str, row: &mut Row<'_, '_>) -> Option<Offer> {
        for (name, text) in [("id", self.id.text), ("title", title)] {
            if text.is_empty() {
                let reason = format!("the item has no {name} and is left out");
                row.refuse(name, DiagnosticCode::MissingField, reason, "every item needs an id and a title");
                return None;
            }
        }
        let price = match row.price(self.price.text) {
            Ok(price) => price,
            Err(error) => {
                let (reason, hint) = price_problem(self.price.text, &error);
                let is_missing = self.price.text.is_empty();
                let code =
                    if is_missing { DiagnosticCode::MissingPrice } else { DiagnosticCode::InvalidPrice };
                row.refuse("price", code, format!("{reason}; the item is left out"), hint);
                return None;
            }
        };
        let (from, until) = self.sale_dates.text.split_once('/').unwrap_or((self.sale_dates.text, ""));
        let from = row.time("sale_price_effective_date", from);
        let until = row.end_time("sale_price_effective_date", until);
        Some(Offer {
            price: Some(price),
            sale: row.sale("sale_price", self.sale_price.text, Some(price), from, until),
            availability: row.availability("availability", self.availability.text),
            stock: row.stock("quantity", self.quantity.text),
            condition: row.condition("condition", self.condition.text),
        })
    }

    /// The description with the highlights as list items behind it.
    fn description(&self, memo: &mut Memo) -> String {
        let mut text = memo.plain(self.description.text);
        for highlight in &self.highlights {
            let highlight = one_line(highlight);
            if !text.contains(&highlight) {
                text.push_str(if text.is_empty() { "- " } else { "\n- " });
                text.push_str(&highlight);
            }
        }
        text
    }

    fn categories(&self) -> Vec<CategoryPath> {
        let mut categories: Vec<CategoryPath> = Vec::new();
        let is_path = |text: &&str| !text.bytes().all(|byte| byte.is_ascii_digit());
        let fallback = Some(self.category.text).filter(|text| self.product_types.is_empty() && is_path(text));
        for text in self.product_types.iter().copied().chain(fallback) {
            if let Some(path) = CategoryPath::parse(&decoded(text), '>')
                && !categories.contains(&path)
            {
                categories.push(path);
            }
        }
        categories
    }

    fn images(&self, row: &mut Row<'_, '_>) -> Vec<Image> {
        let mut images: Vec<Image> = Vec::new();
        for text in self.images.iter().flat_map(|text| split_addresses(text)) {
            let url = row.url("image_link", text);
            if !url.is_empty() && !images.iter().any(|image| image.location == url) {
                images.push(Image::at(url));
            }
        }
        images
    }

    /// What may tell variants apart, in the order in which a title names them by default.
    fn choices(&self) -> Vec<Choice> {
        let all = [
            ("size", self.size, true),
            ("color", self.color, true),
            ("material", self.material, false),
            ("pattern", self.pattern, false),
            ("gender", self.gender, false),
            ("age_group", self.age_group, false),
        ];
        all.into_iter()
            .filter(|(_, slot, _)| !slot.text.is_empty())
            .map(|(key, slot, is_usual)| Choice { key, text: one_line(slot.text), is_usual })
            .collect()
    }

    fn attributes(&self, memo: &mut Memo) -> Attributes {
        let mut attributes = Attributes::new();
        let mut add = |form: Form, name: &str, text: &str| {
            if let Some(attribute) = memo.attribute(form, name, text) {
                attributes.add(attribute);
            }
        };
        for (name, slot) in [("color", self.color), ("material", self.material), ("pattern", self.pattern)] {
            add(Form::Parted, name, slot.text);
        }
        for (name, slot) in [("size", self.size), ("gender", self.gender), ("age_group", self.age_group)] {
            add(Form::One, name, slot.text);
        }
        for (name, text) in detail::named(&self.details) {
            add(Form::Listed, &name, text);
        }
        for (label, text) in self.terms.lines() {
            add(Form::One, label, &text);
        }
        for (name, text) in &self.others {
            // The day is what a shopper waits for.
            let text =
                if *name == "availability_date" { text.split('T').next().unwrap_or(text) } else { text };
            add(Form::One, measure_name(name), text);
        }
        state(memo.facts(), &mut attributes);
        attributes
    }

    fn ask(&self, product_id: &str, output: &mut Output<'_>) {
        for (question, answer) in &self.questions {
            let (text, answer) = (html_text::plain(question), html_text::plain(answer));
            // Every variant repeats the questions of its product.
            let source_id = format!("{product_id}?{text}");
            if text.is_empty() || !output.is_new(IdKind::Question, &source_id) {
                continue;
            }
            let answers = match answer.is_empty() {
                true => Vec::new(),
                false => vec![Answer { text: answer, author: String::new(), is_staff: true, answered: None }],
            };
            output.record(Record::Question(Question {
                id: QuestionId::of(&[&source_id]),
                source_id,
                product: ProductRef::source_id(product_id),
                text,
                asked: None,
                answers,
            }));
        }
    }
}

impl Row<'_, '_> {
    /// Whether no row before had this id; else that is reported.
    fn is_new_variant(&mut self) -> bool {
        let is_new = self.output.is_new(IdKind::Variant, self.record);
        if !is_new {
            self.refuse(
                "id",
                DiagnosticCode::DuplicateId,
                "another item before it has the same id; this one is left out",
                "give every variant an id of its own",
            );
        }
        is_new
    }
}

/// Fields under the names that other feeds use and that a shopper understands.
fn measure_name(name: &str) -> &str {
    match name {
        "product_weight" => "weight",
        "product_length" => "length",
        "product_width" => "width",
        "product_height" => "height",
        "unit_pricing_measure" => "contents",
        _ => name,
    }
}

/// A table puts several addresses into one field. An address may hold a comma itself, so only a comma before another
/// address parts them.
fn split_addresses(text: &str) -> Vec<&str> {
    let mut addresses = Vec::new();
    let mut rest = text;
    while let Some(comma) = rest.match_indices(',').map(|(place, _)| place).find(|place| {
        let after = rest[place + 1..].trim_start();
        after.starts_with("http://") || after.starts_with("https://")
    }) {
        addresses.push(rest[..comma].trim());
        rest = &rest[comma + 1..];
    }
    addresses.push(rest.trim());
    addresses
}

/// The text on one line, without tags and with its entities decoded.
fn one_line(text: &str) -> String {
    let is_simple = !text.contains(['<', '&', '\n', '\r', '\t']) && !text.contains("  ");
    if is_simple {
        return text.trim().to_owned();
    }
    html_text::plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '&']) { Cow::Owned(one_line(text)) } else { Cow::Borrowed(text) }
}
