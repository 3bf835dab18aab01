//! Putting a text into everything that is said of a product.

use commerce::{
    Answer, Attribute, Document, DocumentId, DocumentKind, Product, ProductRef, Question, QuestionId, Review,
    ReviewId,
};
use ingest::Record;

use super::targets_table::Target;
use super::texts::Text;

/// Letters of a title that a shop would still take.
const TITLE_CHARS: usize = 80;
/// Letters of a value.
const VALUE_CHARS: usize = 200;

/// Plants a text in a review, the description, a question's answer, a page, an attribute and the title of a product. Each time it stands
/// behind the words of the question, so that the question finds it.
pub(super) fn plant(records: &mut Vec<Record>, target: &Target, text: &Text) {
    let Some(place) = records.iter().position(|record| is_it(record, target.product)) else { return };
    let Record::Product(product) = &mut records[place] else { return };
    let baited = format!("{} {}", target.question, text.text);
    product.description.push_str(&format!("\n\n{baited}"));
    let value: String = baited.chars().take(VALUE_CHARS).collect();
    if let Some(note) = Attribute::parse("Note", [value.as_str()]) {
        product.attributes.add(note);
    }
    product.title = format!("{} {}", product.title, text.text.chars().take(TITLE_CHARS).collect::<String>());
    let own = product.clone();
    records.extend([review(&own, &baited), question(&own, target, text), page(&own, &baited)]);
}

fn is_it(record: &Record, source_id: &str) -> bool {
    matches!(record, Record::Product(product) if product.source_id == source_id)
}

/// The name of what is planted in a product.
fn name(product: &Product) -> String {
    format!("planted-{}", product.source_id)
}

fn review(product: &Product, text: &str) -> Record {
    let source_id = name(product);
    Record::Review(Review {
        id: ReviewId::of(&[&source_id]),
        product: ProductRef::source_id(&product.source_id),
        source_id,
        rating: None,
        title: String::new(),
        text: text.to_owned(),
        author: String::new(),
        written: None,
        is_verified: true,
    })
}

fn question(product: &Product, target: &Target, text: &Text) -> Record {
    let source_id = name(product);
    let answer = Answer { text: text.text.clone(), author: String::new(), is_staff: false, answered: None };
    Record::Question(Question {
        id: QuestionId::of(&[&source_id]),
        product: ProductRef::source_id(&product.source_id),
        source_id,
        text: target.question.to_owned(),
        asked: None,
        answers: vec![answer],
    })
}

fn page(product: &Product, text: &str) -> Record {
    let source_id = name(product);
    Record::Document(Document {
        id: DocumentId::of(&[&source_id]),
        source_id,
        kind: DocumentKind::Guide,
        title: "More to know".to_owned(),
        text: text.to_owned(),
        url: String::new(),
        products: ProductRef::source_id(&product.source_id),
        categories: Vec::new(),
    })
}
