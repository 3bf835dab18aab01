//! Questions and answers of a page.

use commerce::{Answer, Document, DocumentId, DocumentKind, ProductRef, Question, QuestionId};

use super::graph::Node;
use crate::Record;
use crate::html_page::{Page, slug};
use crate::html_text::plain;
use crate::output::{IdKind, Output};
use crate::row::parse_time;

/// Hands over the questions: of the product where the page is about one, else as a document about the shop. Gives
/// the texts that are in.
pub(super) fn read(
    node: &Node<'_>,
    product: Option<&str>,
    page: &Page,
    output: &mut Output<'_>,
) -> Vec<String> {
    let questions: Vec<Question> = node
        .nodes("mainEntity")
        .iter()
        .filter_map(|question| read_question(question, product, page))
        .collect();
    let answers = questions.iter().flat_map(|question| question.answers.iter().map(|answer| &answer.text));
    let said: Vec<String> = questions.iter().map(|question| &question.text).chain(answers).cloned().collect();
    if questions.is_empty() {
        return said;
    }
    if product.is_some() {
        for question in questions {
            if output.is_new(IdKind::Question, &question.source_id) {
                output.record(Record::Question(question));
            }
        }
        return said;
    }
    let text: Vec<String> = questions.iter().map(as_text).collect();
    let title = plain(&node.text("name"));
    let source_id = format!("{}#faq", page.source_id);
    output.record(Record::Document(Document {
        id: DocumentId::of(&[&source_id]),
        source_id,
        kind: DocumentKind::Faq,
        title: if title.is_empty() { page.title.clone() } else { title },
        text: text.join("\n\n"),
        url: page.url.clone(),
        products: ProductRef::default(),
        categories: Vec::new(),
    }));
    said
}

fn read_question(node: &Node<'_>, product: Option<&str>, page: &Page) -> Option<Question> {
    let text = plain(&node.first_text(&["name", "text"])).replace('\n', " ");
    let accepted = node.nodes("acceptedAnswer");
    let suggested = node.nodes("suggestedAnswer");
    let answers: Vec<Answer> = accepted.iter().chain(&suggested).filter_map(read_answer).collect();
    if text.is_empty() || answers.is_empty() {
        return None;
    }
    let source_id = format!("{}#{}", page.source_id, slug(&text));
    Some(Question {
        id: QuestionId::of(&[&source_id]),
        source_id,
        product: product.map(ProductRef::source_id).unwrap_or_default(),
        text,
        asked: parse_time(&node.first_text(&["datePublished", "dateCreated"])),
        answers,
    })
}

/// An answer; one without an author is the shop's own.
fn read_answer(node: &Node<'_>) -> Option<Answer> {
    let text = plain(&node.text("text"));
    let author = plain(&node.text("author"));
    (!text.is_empty()).then(|| Answer {
        text,
        is_staff: author.is_empty(),
        author,
        answered: parse_time(&node.first_text(&["datePublished", "dateCreated"])),
    })
}

/// A question as a heading with the answers under it.
fn as_text(question: &Question) -> String {
    let answers: Vec<String> =
        question.answers.iter().map(|answer| answer.text.replace('\n', "\n\n")).collect();
    format!("# {}\n\n{}", question.text, answers.join("\n\n"))
}
