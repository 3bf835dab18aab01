//! A guest signs in. Whoever holds the secret of the guest's session and a token of the shop is both, so what that session has
//! shown, told and ordered comes along, and nothing of any other session.
//!
//! The session that goes on has a name that follows from both: whoever signs in again after a lost answer comes into the same one.

use agent::{FactStatus, SessionId};
use checkout::shopper::ProfileCommand;
use checkout::{Actor, Command, GuestId, ShopperId};
use profile::Known;
use serde_json::Value;
use sessions::{Heir, Legacy, NodeError, Untold, new_id};

use super::merge::Planned;
use super::{Desk, Seat};
use crate::party::digest;
use crate::remembered::handed_on;
use crate::{DeskError, Handle, Party};

/// Bytes of a digest in the name of a session.
const NAME_BYTES: usize = 16;

impl Desk {
    /// The seat of a shopper who has none in the session that they name; it may be one from before they signed in.
    pub(super) async fn sign_in(&self, session: Option<&str>, shopper: ShopperId) -> Result<Seat, DeskError> {
        let party = Party::Shopper(shopper.clone());
        let before = session.and_then(Handle::parse).and_then(|handle| Some((handle.guest()?, handle)));
        let Some((guest, before)) = before else { return self.fresh(party).await };
        let name = digest(&["signed in", guest.owner_id().as_str(), shopper.as_str()], NAME_BYTES);
        let handle = Handle::of_shopper(SessionId::new(format!("ses_{name}")));
        let seat = Seat { handle, party, moved: Vec::new() };
        match self.owner(&seat.handle.session).await? {
            None => self.open_once(&seat).await?,
            Some(owner) if owner == seat.party.owner_id() => {}
            Some(_) => return self.fresh(seat.party).await,
        }
        let moved = self.take_over(&seat, &guest, &before.session).await?;
        Ok(Seat { moved, ..seat })
    }

    async fn fresh(&self, party: Party) -> Result<Seat, DeskError> {
        let handle = Handle::of_shopper(SessionId::new(new_id("ses")));
        let seat = Seat { handle, party, moved: Vec::new() };
        self.open_session(&seat).await?;
        Ok(seat)
    }

    /// Two messages that come at once sign in once.
    async fn open_once(&self, seat: &Seat) -> Result<(), DeskError> {
        match self.open_session(seat).await {
            Err(DeskError::Node(NodeError::Elsewhere)) => Ok(()),
            opened => opened,
        }
    }

    /// Moves what is the guest's; what is to be said of it. Who goes on is said first, so that a call that somebody of the shop says
    /// yes to meanwhile finds its order; then what will be said is stored, so that it is said whatever dies in between; then it is done.
    async fn take_over(
        &self,
        seat: &Seat,
        guest: &Party,
        before: &SessionId,
    ) -> Result<Vec<Untold>, DeskError> {
        let heir = Heir { session: seat.handle.session.clone(), owner: seat.party.owner_id() };
        let is_there = self.owner(before).await?.as_ref() == Some(&guest.owner_id());
        if is_there {
            self.node.name_heir(before, &heir).await?;
        }
        let moves = self.moves(guest, &seat.party).await?;
        let mut untold = Vec::new();
        if is_there {
            let lines: Vec<String> = moves.iter().flat_map(|planned| planned.lines.clone()).collect();
            let tell = move |legacy: &Legacy| {
                let lines: Vec<String> = lines.into_iter().chain(told(legacy)).collect();
                (!lines.is_empty()).then(|| lines.join(" "))
            };
            untold = self.node.inherit(&heir, before, handed_on, tell).await?;
        }
        for planned in moves {
            self.carry_out(planned).await?;
        }
        Ok(untold)
    }

    /// What is to be done in the books. What has been moved is the guest's no more, so that another try moves nothing twice.
    async fn moves(&self, guest: &Party, to: &Party) -> Result<Vec<Planned>, DeskError> {
        let cart = self.cart_move(guest, to).await?;
        let orders = match (guest, to.shopper()) {
            (Party::Guest(guest), Some(shopper)) => self.orders_move(guest, shopper).await?,
            _ => None,
        };
        Ok(cart.into_iter().chain(orders).collect())
    }

    /// Makes orders and price alerts of a guest those of an account.
    async fn orders_move(&self, guest: &GuestId, shopper: &ShopperId) -> Result<Option<Planned>, DeskError> {
        if !self.counter.has_claims(&Party::Guest(guest.clone())).await? {
            return Ok(None);
        }
        let command = ProfileCommand::TakeOver { shopper: shopper.clone(), guest: guest.clone() };
        self.plan(Actor::System, &new_id("signed"), Command::Profile(command)).await
    }
}

/// What still counts of what was told before.
fn told(legacy: &Legacy) -> Option<String> {
    let holding = legacy.facts.iter().filter(|fact| fact.status == FactStatus::Current);
    let known = |fact: &agent::Fact| {
        let text = |private| legacy.words.value(private).and_then(Value::as_str);
        Some(Known::of(text(&fact.topic)?, text(&fact.content)?).clause())
    };
    let clauses: Vec<String> = holding.filter_map(known).collect();
    (!clauses.is_empty()).then(|| format!("I still take into account that {}.", clauses.join(" and that ")))
}
