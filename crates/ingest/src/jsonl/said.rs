//! Reviews, questions and documents of Russet's own feed.

use commerce::{
    Answer, Document, DocumentId, DocumentKind, ProductRef, Question, QuestionId, Review, ReviewId,
};

use super::schema::{AnswerLine, DocumentLine, QuestionLine, ReviewLine, Scalar};
use crate::output::{IdKind, shortened};
use crate::row::Row;
use crate::{DiagnosticCode, Record, html_text};

/// The best rating where a line does not say.
const DEFAULT_SCALE: f32 = 5.0;

/// The review of a line, or `None` with the reason reported.
pub(super) fn review(line: ReviewLine, row: &mut Row<'_, '_>) -> Option<Record> {
    let product = product(&line.product, row)?;
    let text = html_text::plain(&line.text);
    let title = html_text::plain(&line.title);
    let rating = line.rating.and_then(|rating| scaled(rating, line.rating_scale, row));
    if text.is_empty() && title.is_empty() && rating.is_none() {
        row.refuse(
            "text",
            DiagnosticCode::Empty,
            "the review says nothing and is left out",
            "leave the line out",
        );
        return None;
    }
    has_new_id(IdKind::Review, row).then(|| {
        Record::Review(Review {
            id: ReviewId::of(&[row.record]),
            source_id: row.record.to_owned(),
            product,
            rating,
            title,
            text,
            author: line.author.trim().to_owned(),
            written: row.time("date", &line.date),
            is_verified: line.verified,
        })
    })
}

/// A rating from 1 to the scale as a part of one.
fn scaled(rating: f32, scale: Option<f32>, row: &mut Row<'_, '_>) -> Option<f32> {
    let scale = scale.unwrap_or(DEFAULT_SCALE);
    if scale > 1.0 && scale.is_finite() && (1.0..=scale).contains(&rating) {
        return Some((rating - 1.0) / (scale - 1.0));
    }
    row.warn(
        "rating",
        DiagnosticCode::InvalidRating,
        format!("{rating} is no rating from 1 to {scale}; it is left out"),
        "give a number from 1 on, and rating_scale where the best is not 5",
    );
    None
}

/// The question of a line, or `None` with the reason reported.
pub(super) fn question(line: QuestionLine, row: &mut Row<'_, '_>) -> Option<Record> {
    let product = product(&line.product, row)?;
    let text = html_text::plain(&line.question);
    if text.is_empty() {
        row.refuse("question", DiagnosticCode::MissingField, "there is no question", "leave the line out");
        return None;
    }
    has_new_id(IdKind::Question, row).then(|| {
        Record::Question(Question {
            id: QuestionId::of(&[row.record]),
            source_id: row.record.to_owned(),
            product,
            text,
            asked: row.time("date", &line.date),
            answers: line.answers.iter().filter_map(|line| answer(line, row)).collect(),
        })
    })
}

fn answer(line: &AnswerLine, row: &mut Row<'_, '_>) -> Option<Answer> {
    let text = html_text::plain(&line.text);
    (!text.is_empty()).then(|| Answer {
        text,
        author: line.author.trim().to_owned(),
        is_staff: line.by_staff,
        answered: row.time("answers.date", &line.date),
    })
}

/// The document of a line, or `None` with the reason reported. Its text is kept as it is, for its line breaks count.
pub(super) fn document(line: DocumentLine, row: &mut Row<'_, '_>) -> Option<Record> {
    if line.text.trim().is_empty() {
        row.refuse("text", DiagnosticCode::MissingField, "the document has no text", "leave the line out");
        return None;
    }
    let kind = kind(&line.kind, row);
    let ids = line.products.iter().map(|id| id.text().into_owned()).filter(|id| !id.is_empty());
    let products = ProductRef { source_ids: ids.collect(), ..ProductRef::default() };
    has_new_id(IdKind::Document, row).then(|| {
        Record::Document(Document {
            id: DocumentId::of(&[row.record]),
            source_id: row.record.to_owned(),
            kind,
            title: html_text::plain(&line.title),
            text: line.text.trim().to_owned(),
            url: row.url("url", &line.url),
            products,
            categories: line.categories.iter().map(|name| name.trim().to_owned()).collect(),
        })
    })
}

fn kind(text: &str, row: &mut Row<'_, '_>) -> DocumentKind {
    if text.trim().is_empty() {
        return DocumentKind::Page;
    }
    let word = serde_json::Value::String(text.trim().to_lowercase());
    serde_json::from_value(word).unwrap_or_else(|_| {
        row.warn(
            "kind",
            DiagnosticCode::InvalidValue,
            format!("\"{}\" is no kind of document; it is taken as a page", shortened(text)),
            "use returns, shipping, warranty, privacy, payment, policy, guide, faq or page",
        );
        DocumentKind::Page
    })
}

/// The product that something is about; without one the line is left out.
fn product(id: &Scalar, row: &mut Row<'_, '_>) -> Option<ProductRef> {
    let id = id.text();
    if id.is_empty() {
        row.refuse(
            "product",
            DiagnosticCode::UnknownProduct,
            "the line names no product and is left out",
            "give the id of the product or variant",
        );
        return None;
    }
    Some(ProductRef::source_id(id))
}

/// Whether the line has an id that no line of its kind before it has; else that is reported.
fn has_new_id(kind: IdKind, row: &mut Row<'_, '_>) -> bool {
    if row.record.is_empty() {
        row.refuse("id", DiagnosticCode::MissingField, "the line has no id and is left out", "give it an id");
        return false;
    }
    let is_new = row.output.is_new(kind, row.record);
    if !is_new {
        row.refuse(
            "id",
            DiagnosticCode::DuplicateId,
            "a line before it has the same type and id; this one is left out",
            "give every line an id of its own",
        );
    }
    is_new
}
