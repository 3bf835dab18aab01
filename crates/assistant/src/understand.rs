//! From words to a [`Request`]: which products, what is asked of them, or what is needed.

mod asked;
mod asked_table;
mod context;
mod focus;
mod intent;
mod language;
mod mentions;

pub(crate) use mentions::rarity;

use crate::{Ask, AskError, Request, Snapshot};

/// Texts longer than this are cut; nobody asks a longer question.
pub(crate) const MAX_TEXT_BYTES: usize = 4096;

/// Reads a question.
pub fn understand(snapshot: &Snapshot, ask: &Ask) -> Result<Request, AskError> {
    let text = cut(&ask.text);
    let mentions = mentions::find(snapshot, text)?;
    let page = match &ask.product {
        Some(source_id) => snapshot.index.find(source_id)?,
        None => None,
    };
    let page = match page {
        Some(id) => snapshot.index.product(&id)?,
        None => None,
    };
    let names: Vec<String> = mentions.iter().map(|mention| mention.words.clone()).collect();
    let focus = focus::read(snapshot, text, &names, page.as_ref());
    let need = search::understand(&snapshot.vocabulary, text);
    let intent = intent::decide(snapshot, text, &focus, !mentions.is_empty(), page.is_some());
    let mut products: Vec<_> = mentions.into_iter().map(|mention| mention.product).collect();
    if products.is_empty() {
        products.extend(page);
    }
    Ok(Request {
        language: language::of(text).to_owned(),
        context: context::read(text),
        text: text.to_owned(),
        intent,
        products,
        need,
        focus,
    })
}

/// The first bytes of a text up to the cap, at a character boundary.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim()
}
