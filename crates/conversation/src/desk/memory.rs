//! What is remembered, shown to whom it is about, put right and erased by them.

use agent::{FactId, OwnerId, SessionId};
use profile::{Known, Speech};
use store::Resumed;

use super::Desk;
use crate::guide::{kept, now};
use crate::recollection::{Kept, list};
use crate::{DeskError, Handle, Party};

/// The longest text that a fact is put right with.
const MAX_CONTENT_CHARS: usize = 300;

/// Somebody who asks what is remembered of them.
#[derive(Clone, Debug)]
pub struct Rememberer {
    owner: OwnerId,
    session: Option<SessionId>,
    is_signed_in: bool,
}

/// Why a fact was not put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unedited {
    /// Nothing of that name is remembered of them.
    Unknown,
    /// The text is empty or too long.
    BadText {
        /// The longest, in characters.
        most: usize,
    },
}

impl Desk {
    /// Who a client is, by a token, the handle of their session, or both; `None` for somebody of whom nothing can be known. A
    /// session of somebody else is answered like one that does not exist.
    pub async fn rememberer(
        &self,
        session: Option<&str>,
        token: Option<&str>,
    ) -> Result<Option<Rememberer>, DeskError> {
        if let Some(session) = session {
            let seat = self.old_seat(session, token).await?;
            return Ok(seat.map(|seat| Rememberer {
                owner: seat.party.owner_id(),
                session: Some(seat.handle.session),
                is_signed_in: seat.party.shopper().is_some(),
            }));
        }
        let Some(token) = token else { return Ok(None) };
        let party = Party::Shopper(self.claims(token)?.sub);
        Ok(Some(Rememberer { owner: party.owner_id(), session: None, is_signed_in: true }))
    }

    /// The same for whoever runs the shop's machine, who speaks for a shopper or for the owner of any session.
    pub async fn staff_rememberer(
        &self,
        shopper: Option<checkout::ShopperId>,
        session: Option<&str>,
    ) -> Result<Option<Rememberer>, DeskError> {
        // What a process that has ended left on its way to the memory is delivered first.
        self.node.beat().await?;
        if let Some(id) = shopper {
            let owner = Party::Shopper(id).owner_id();
            return Ok(Some(Rememberer { owner, session: None, is_signed_in: true }));
        }
        let name = session.unwrap_or_default();
        let name = if name.starts_with("ses_") { name.to_owned() } else { format!("ses_{name}") };
        let Some(session) = Handle::parse(&name).map(|handle| handle.session) else { return Ok(None) };
        let Some(owner) = self.owner(&session).await? else { return Ok(None) };
        let is_signed_in = Party::of(&owner).is_some_and(|party| party.shopper().is_some());
        Ok(Some(Rememberer { owner, session: Some(session), is_signed_in }))
    }

    /// All that is remembered of them: in their memory, and in the session that they named.
    pub async fn memory(&self, of: &Rememberer) -> Result<wire::Memory, DeskError> {
        let facts = list(self.kept(of).await?).into_iter().map(|own| own.told).collect();
        Ok(wire::Memory { signed_in: of.is_signed_in, facts })
    }

    /// Puts a fact right, in a word or in a sentence of its topic.
    pub async fn edit_fact(
        &self,
        of: &Rememberer,
        id: &str,
        text: &str,
    ) -> Result<Result<wire::Memory, Unedited>, DeskError> {
        let id = FactId::new(id);
        let Some(own) = self.kept(of).await?.into_iter().find(|own| own.id == id) else {
            return Ok(Err(Unedited::Unknown));
        };
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MAX_CONTENT_CHARS {
            return Ok(Err(Unedited::BadText { most: MAX_CONTENT_CHARS }));
        }
        let content = said(&own.known, text);
        match self.node.correct(&of.owner, &id, &content).await? {
            true => Ok(Ok(self.memory(of).await?)),
            false => Ok(Err(Unedited::Unknown)),
        }
    }

    /// Erases one fact, with the words that it came from; `None` where there is no such fact.
    pub async fn erase_fact(&self, of: &Rememberer, id: &str) -> Result<Option<wire::Memory>, DeskError> {
        let id = FactId::new(id);
        if !self.kept(of).await?.iter().any(|own| own.id == id) {
            return Ok(None);
        }
        self.node.erase(&of.owner, &id).await?;
        Ok(Some(self.memory(of).await?))
    }

    /// Erases all that is remembered.
    pub async fn erase_facts(&self, of: &Rememberer) -> Result<wire::Memory, DeskError> {
        let ids: Vec<FactId> = self.kept(of).await?.into_iter().map(|own| own.id).collect();
        if !ids.is_empty() {
            self.node.erase_all(&of.owner, &ids).await?;
        }
        self.memory(of).await
    }

    /// What the memory holds, and what the session knows beside it.
    async fn kept(&self, of: &Rememberer) -> Result<Vec<Kept>, DeskError> {
        // What was said a moment ago may be on its way from the session to the memory.
        let (memory, words) = self.node.memory(&of.owner).await?;
        let mut all = kept(memory.list(), &words, now());
        if let Some(session) = &of.session
            && self.owner(session).await?.as_ref() == Some(&of.owner)
        {
            let resumed = self.node.runtime().resume(session).await?;
            let own = resumed.map_or_else(Vec::new, |Resumed { session, .. }| {
                kept(session.state().facts.values(), session.contents(), now())
            });
            all.retain(|known| !own.iter().any(|own| own.id == known.id));
            all.extend(own);
        }
        Ok(all)
    }
}

/// What a text says a fact should say: `L`, or `I wear size L`.
fn said(known: &Known, text: &str) -> String {
    if let Some(Speech::Tell(told)) = profile::read(text)
        && let [fact] = &told.facts[..]
        && fact.kind == known.kind
    {
        return fact.content().to_owned();
    }
    text.to_owned()
}
