//! Who somebody is, and in which session they speak.

use std::collections::BTreeSet;

use agent::Scope;
use checkout::ShopperId;
use jiff::Timestamp;
use sessions::{Opening, Untold};

use super::Desk;
use crate::settings::SCOPE;
use crate::token::STAFF_SCOPE;
use crate::{Claims, DeskError, Handle, Party, TokenError};

/// Somebody in their own session.
#[derive(Clone, Debug)]
pub struct Seat {
    /// How they name it.
    pub handle: Handle,
    /// Who they are.
    pub party: Party,
    /// What came along from before they signed in, in words; it is told with the first reply.
    pub moved: Vec<Untold>,
}

impl Desk {
    /// The seat of a client: their own session where they name it, else a new one. A session of somebody else is no more
    /// theirs than one that does not exist.
    pub async fn seat(&self, session: Option<&str>, token: Option<&str>) -> Result<Seat, DeskError> {
        let claims = token.map(|token| self.claims(token)).transpose()?;
        if let Some(seat) = self.find_seat(session, claims.as_ref()).await? {
            return Ok(seat);
        }
        let seat = match &claims {
            Some(claims) => {
                self.greet(claims).await?;
                self.sign_in(session, claims.sub.clone()).await?
            }
            None => {
                let seat = guest(Handle::new_guest())?;
                self.open_session(&seat).await?;
                seat
            }
        };
        Ok(seat)
    }

    /// The seat that a client has already; `None` where they have none.
    pub async fn old_seat(&self, session: &str, token: Option<&str>) -> Result<Option<Seat>, DeskError> {
        let claims = token.map(|token| self.claims(token)).transpose()?;
        self.find_seat(Some(session), claims.as_ref()).await
    }

    /// A seat for whoever runs the shop's machine: they speak for the owner of any session, and name new ones as they like.
    pub async fn staff_seat(
        &self,
        name: &str,
        shopper: Option<ShopperId>,
    ) -> Result<Option<Seat>, DeskError> {
        let name = if name.starts_with("ses_") { name.to_owned() } else { format!("ses_{name}") };
        let Some(handle) = Handle::parse(&name) else { return Ok(None) };
        if let Some(owner) = self.owner(&handle.session).await? {
            let party = Party::of(&owner);
            let handle = Handle::of_shopper(handle.session);
            return Ok(party.map(|party| Seat { handle, party, moved: Vec::new() }));
        }
        let handle = Handle::of_shopper(handle.session);
        let party = match shopper {
            Some(id) => {
                self.greet(&Claims { sub: id.clone(), exp: 0, name: None, email: None, scope: None }).await?;
                Party::Shopper(id)
            }
            None => guest(Handle::new_guest())?.party,
        };
        let seat = Seat { handle, party, moved: Vec::new() };
        self.open_session(&seat).await?;
        Ok(Some(seat))
    }

    async fn find_seat(
        &self,
        session: Option<&str>,
        claims: Option<&Claims>,
    ) -> Result<Option<Seat>, DeskError> {
        let Some(handle) = session.and_then(Handle::parse) else { return Ok(None) };
        let party = match claims {
            Some(claims) => Some(Party::Shopper(claims.sub.clone())),
            None => handle.guest(),
        };
        let Some(party) = party else { return Ok(None) };
        let owner = self.owner(&handle.session).await?;
        let handle = if claims.is_some() { Handle::of_shopper(handle.session) } else { handle };
        Ok(owner.filter(|owner| *owner == party.owner_id()).map(|_| Seat {
            handle,
            party,
            moved: Vec::new(),
        }))
    }

    pub(super) fn claims(&self, token: &str) -> Result<Claims, TokenError> {
        let key = self.token_key.as_ref().ok_or(TokenError::NoSecret)?;
        let claims = key.verify(token, Timestamp::now().as_second())?;
        // Who works at the shop is no shopper by that.
        if claims.has_scope(STAFF_SCOPE) { Err(TokenError::Invalid) } else { Ok(claims) }
    }

    pub(super) async fn open_session(&self, seat: &Seat) -> Result<(), DeskError> {
        let opening = Opening {
            owner: seat.party.owner_id(),
            settings: self.settings.clone(),
            scopes: BTreeSet::from([Scope::new(SCOPE)]),
        };
        Ok(self.node.begin(&seat.handle.session, opening).await?)
    }
}

/// The seat of a guest with a new secret.
fn guest(handle: Handle) -> Result<Seat, DeskError> {
    let party = handle.guest().ok_or(TokenError::Invalid)?;
    Ok(Seat { handle, party, moved: Vec::new() })
}
