//! One try of a request inside a transaction: load what it touches, decide, write.

use std::collections::BTreeMap;
use std::sync::Arc;

use checkout::{Change, Policy, Request, Touched, apply, decide};
use commerce::VariantId;
use sqlx::AnyConnection;

use super::catalog::Offered;
use super::load::{Loaded, Loader};
use super::{BooksError, ledger, save};
use crate::{Engine, StoreError};

/// What came of a try: what followed from the request, or what the survey has missed; then nothing was written.
pub(super) type Tried = Result<Result<Vec<Change>, Touched>, BooksError>;

/// A request with what is known before anything is locked.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) policy: Arc<Policy>,
    pub(super) request: Arc<Request>,
    pub(super) survey: Arc<Survey>,
}

/// What a request is known to touch.
#[derive(Clone, Debug)]
pub(super) struct Survey {
    pub(super) touched: Touched,
    pub(super) offered: BTreeMap<VariantId, Offered>,
}

/// What was decided and is still to be written.
pub(super) struct Decided {
    pub(super) changes: Vec<Change>,
    /// What it is written from; nothing where it was written before.
    new: Option<(Loaded, Vec<Change>)>,
}

impl Attempt {
    /// Loads and decides. What was decided is in the loaded state, and nothing is written yet.
    pub(super) async fn decide(
        &self,
        engine: Engine,
        connection: &mut AnyConnection,
    ) -> Result<Result<Decided, Touched>, BooksError> {
        let mut loader = Loader::new(engine, connection);
        loader.request(&self.policy, &self.request).await?;
        let missed = loader.loaded.touched.beyond(&self.survey.touched);
        if !missed.is_empty() {
            return Ok(Err(missed));
        }
        let fed = loader.stock(&self.survey.offered).await?;
        let mut loaded = loader.loaded;
        let changes = decide(&loaded.state, &self.policy, &self.request)?;
        if let Some(changes) = loaded.before.take() {
            return Ok(Ok(Decided { changes, new: None }));
        }
        changes.iter().for_each(|change| apply(&mut loaded.state, change));
        Ok(Ok(Decided { changes, new: Some((loaded, fed)) }))
    }

    /// Writes the records that changed with a line of the ledger.
    pub(super) async fn write(
        &self,
        engine: Engine,
        connection: &mut AnyConnection,
        decided: &Decided,
    ) -> Result<(), StoreError> {
        let Some((loaded, fed)) = &decided.new else { return Ok(()) };
        ledger::append(connection, &self.request, fed, &decided.changes).await?;
        let all: Vec<Change> = fed.iter().chain(&decided.changes).cloned().collect();
        save::save(engine, connection, loaded, &all).await
    }
}
