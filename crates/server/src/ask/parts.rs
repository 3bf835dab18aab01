//! A reply as parts of a UI message stream, sent as soon as each is known.

use std::collections::BTreeSet;

use commerce::EvidenceId;
use wire::{AskReply, Citation, Finding, MessageMetadata, Part};

use super::Parts;
use super::prose::{Piece, Prose};
use super::reply::evidence_of;
use crate::request_id::new_id;

/// The id of the prose; a message has one.
const TEXT: &str = "text";

/// A stream that has begun.
pub(crate) struct Stream<'a> {
    parts: &'a Parts,
    told: BTreeSet<usize>,
    shown: BTreeSet<EvidenceId>,
    /// Where the next clause begins, in UTF-16 units.
    place: u32,
}

impl<'a> Stream<'a> {
    /// Says that an answer begins, and shows its products.
    pub(crate) async fn begin(parts: &'a Parts, reply: &AskReply) -> Self {
        let stream = Self { parts, told: BTreeSet::new(), shown: BTreeSet::new(), place: 0 };
        let message_metadata = MessageMetadata {
            session: reply.session.clone(),
            language: reply.language.clone(),
            intent: reply.intent.clone(),
        };
        stream.send(Part::Start { message_id: new_id("msg"), message_metadata }).await;
        for product in &reply.products {
            stream.send(Part::DataProduct { id: product.hit.id.to_string(), data: product.clone() }).await;
        }
        stream
    }

    /// Tells the prose, clause by clause.
    pub(crate) async fn tell(&mut self, prose: &Prose, reply: &AskReply) {
        self.send(Part::TextStart { id: TEXT.to_owned() }).await;
        for piece in &prose.pieces {
            self.tell_piece(piece, reply).await;
        }
        self.send(Part::TextEnd { id: TEXT.to_owned() }).await;
    }

    /// Shows the table and the decision, where there are such, with the evidence that no clause told.
    pub(crate) async fn show(&mut self, reply: &AskReply) {
        if let Some(table) = &reply.table {
            for id in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.evidence) {
                self.evidence(id, reply).await;
            }
            self.send(Part::DataTable { id: "table".to_owned(), data: table.clone() }).await;
        }
        if let Some(pick) = &reply.pick {
            self.send(Part::DataPick { id: "pick".to_owned(), data: pick.clone() }).await;
        }
        if !reply.steps.is_empty() {
            self.send(Part::DataSteps { id: "steps".to_owned(), data: reply.steps.clone() }).await;
        }
    }

    async fn tell_piece(&mut self, piece: &Piece, reply: &AskReply) {
        let delta = format!("{}{}", piece.lead, piece.text);
        self.send(Part::TextDelta { id: TEXT.to_owned(), delta }).await;
        let start = self.place + utf16_len(piece.lead);
        self.place = start + utf16_len(&piece.text);
        for place in &piece.claims {
            self.claim(*place, reply).await;
        }
        let evidence = evidence_of(reply, &piece.claims);
        for id in &evidence {
            self.evidence(id, reply).await;
        }
        if !piece.claims.is_empty() {
            let claims = piece.claims.iter().map(|place| *place as u32).collect();
            let data = Citation { text_id: TEXT.to_owned(), start, end: self.place, claims, evidence };
            self.send(Part::DataCitation { data }).await;
        }
    }

    async fn claim(&mut self, place: usize, reply: &AskReply) {
        if let Some(claim) = reply.claims.get(place).filter(|_| self.told.insert(place)) {
            self.send(Part::DataClaim { id: format!("claim-{place}"), data: claim.clone() }).await;
        }
    }

    async fn evidence(&mut self, id: &EvidenceId, reply: &AskReply) {
        let row = reply.evidence.iter().find(|row| row.id == *id);
        if let Some(row) = row.filter(|_| self.shown.insert(id.clone())) {
            self.send(Part::DataEvidence { id: id.to_string(), data: row.clone() }).await;
            self.send(Part::SourceDocument {
                source_id: id.to_string(),
                media_type: "text/plain".to_owned(),
                title: row.quote.clone(),
            })
            .await;
        }
    }

    /// Says what remains to be said, and that the answer is whole.
    pub(crate) async fn end(self, reply: &AskReply) {
        let data = Finding {
            abstained: reply.abstained,
            missing: reply.missing.clone(),
            looked_at: reply.looked_at.clone(),
            relaxed: reply.relaxed.clone(),
            follow_ups: reply.follow_ups.clone(),
            summary: reply.summary.clone(),
            constraints: reply.constraints.clone(),
            clarify: reply.clarify.clone(),
            memory: reply.memory.clone(),
            model: reply.model.clone(),
            timings_ms: reply.timings_ms,
        };
        self.send(Part::DataFinding { data }).await;
        self.send(Part::Finish {}).await;
    }

    async fn send(&self, part: Part) {
        // Nobody listens where only the whole reply is wanted, or where the shopper has gone.
        let _ = self.parts.send(part).await;
    }
}

fn utf16_len(text: &str) -> u32 {
    text.encode_utf16().count() as u32
}
