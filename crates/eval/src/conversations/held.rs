//! A transcript as it was held: what was said, what came back in which parts, what the books had before and after.

use std::collections::BTreeMap;

use agent::{Entry, Seq, SessionId};
use anyhow::Context;
use checkout::State;
use commerce::VariantId;
use conversation::{Seat, Utterance};
use wire::{AskReply, Part};

use super::stage::Stage;
use super::transcript::{Transcript, Turn};

/// A conversation that was held.
pub struct Held<'a> {
    /// As it was written.
    pub transcript: &'a Transcript,
    /// The session that it was held in.
    pub session: SessionId,
    /// In order.
    pub turns: Vec<HeldTurn<'a>>,
    /// The journal at the end.
    pub journal: Vec<Entry>,
}

/// One turn that was held.
pub struct HeldTurn<'a> {
    /// As it was written.
    pub turn: &'a Turn,
    /// The reply as a whole.
    pub reply: AskReply,
    /// The parts that streamed, in order.
    pub parts: Vec<Part>,
    /// What was kept before.
    pub before: Kept,
    /// What was kept after.
    pub after: Kept,
}

/// What only a yes may change: orders, returns, money, standing orders, and what is on hand. That goods are held for a cart
/// for a while is no change.
#[derive(Clone, Debug)]
pub struct Kept {
    deals: String,
    on_hand: BTreeMap<VariantId, u32>,
}

impl Kept {
    fn of(state: &State) -> Self {
        let deals = (&state.orders, &state.returns, &state.mandates);
        let on_hand = state.stock.iter().map(|(variant, level)| (variant.clone(), level.on_hand));
        Self { deals: serde_json::to_string(&deals).unwrap_or_default(), on_hand: on_hand.collect() }
    }

    /// Whether something is another now. Stock that was not looked at before has not changed.
    pub fn differs(&self, after: &Self) -> bool {
        let is_less = |(variant, count): (&VariantId, &u32)| after.on_hand.get(variant) != Some(count);
        self.deals != after.deals || self.on_hand.iter().any(is_less)
    }
}

/// Holds a transcript with a new guest.
pub(super) async fn hold<'a>(stage: &Stage, transcript: &'a Transcript) -> anyhow::Result<Held<'a>> {
    let seat = stage.desk.seat(None, None).await?;
    let mut turns = Vec::new();
    for turn in &transcript.turns {
        let before = Kept::of(&stage.books.everything().await?);
        let (reply, parts) = say(stage, &seat, turn).await?;
        let after = Kept::of(&stage.books.everything().await?);
        turns.push(HeldTurn { turn, reply, parts, before, after });
    }
    let session = seat.handle.session.clone();
    let journal = stage.desk.node().runtime().entries(&session, Seq(0)).await?;
    Ok(Held { transcript, session, turns, journal })
}

/// Says the words of a turn and hears the reply out.
pub(crate) async fn say(stage: &Stage, seat: &Seat, turn: &Turn) -> anyhow::Result<(AskReply, Vec<Part>)> {
    let utterance = Utterance {
        text: turn.text.clone(),
        product: turn.page.clone(),
        products: turn.chosen.clone(),
        drop: turn.drop.clone(),
        ..Utterance::default()
    };
    let mut exchange = stage.desk.say(seat, utterance).await?;
    let mut parts = Vec::new();
    while let Some(event) = exchange.next().await? {
        parts.push(event.part);
    }
    let reply = exchange.whole().await?.context("a turn ended without a reply")?;
    Ok((reply, parts))
}
