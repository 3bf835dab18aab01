//! Replies of words and facts, whole and in parts.

use wire::{AskReply, AskTimings, Finding, MessageMetadata, ModelUse, Part};

/// The id of the prose; a message has one.
const TEXT: &str = "text";
/// What kind of reply it is.
const INTENT: &str = "act";

/// A reply of these words.
pub(crate) fn plain(session: &str, text: &str) -> AskReply {
    AskReply {
        session: session.to_owned(),
        language: "en".to_owned(),
        intent: INTENT.to_owned(),
        text: text.to_owned(),
        claims: Vec::new(),
        evidence: Vec::new(),
        products: Vec::new(),
        table: None,
        pick: None,
        steps: Vec::new(),
        abstained: false,
        missing: Vec::new(),
        looked_at: Vec::new(),
        relaxed: Vec::new(),
        follow_ups: Vec::new(),
        summary: None,
        model: ModelUse::none(),
        timings_ms: AskTimings::default(),
        cart: None,
        orders: Vec::new(),
        confirm: None,
        constraints: Vec::new(),
        clarify: None,
        memory: None,
    }
}

/// A piece of prose as parts.
pub(crate) fn block(id: &str, text: &str) -> [Part; 3] {
    let id = id.to_owned();
    [
        Part::TextStart { id: id.clone() },
        Part::TextDelta { id: id.clone(), delta: text.to_owned() },
        Part::TextEnd { id },
    ]
}

/// The parts of such a reply, in the order of the stream.
pub(crate) fn parts(reply: &AskReply, message_id: String) -> Vec<Part> {
    let message_metadata = MessageMetadata {
        session: reply.session.clone(),
        language: reply.language.clone(),
        intent: reply.intent.clone(),
    };
    let mut parts = vec![Part::Start { message_id, message_metadata }];
    parts.extend(reply.cart.iter().map(|cart| Part::DataCart { data: cart.clone() }));
    let orders = reply.orders.iter();
    parts.extend(orders.map(|order| Part::DataOrder { id: order.id.clone(), data: order.clone() }));
    parts.extend(block(TEXT, &reply.text));
    let confirm = reply.confirm.iter();
    parts.extend(confirm.map(|asked| Part::DataConfirm { id: asked.id.clone(), data: asked.clone() }));
    let data = Finding {
        abstained: reply.abstained,
        missing: Vec::new(),
        looked_at: Vec::new(),
        relaxed: Vec::new(),
        follow_ups: Vec::new(),
        summary: None,
        constraints: Vec::new(),
        clarify: None,
        memory: reply.memory.clone(),
        model: reply.model.clone(),
        timings_ms: reply.timings_ms,
    };
    parts.extend([Part::DataFinding { data }, Part::Finish {}]);
    parts
}
