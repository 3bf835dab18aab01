//! Carrying out a request.

use std::collections::BTreeMap;

use checkout::{Change, Policy, Request, Touched, apply, decide};
use commerce::VariantId;

use super::catalog::Offered;
use super::load::{Loaded, Loader};
use super::{Books, BooksError, ledger, lock, save};
use crate::{Engine, StoreError};

/// How often a request is tried when others change what it touches between looking and locking.
const MAX_TRIES: usize = 8;

/// What a request is known to touch, before anything is locked.
struct Survey {
    touched: Touched,
    offered: BTreeMap<VariantId, Offered>,
}

impl Books {
    /// Carries a request out, once: when the same request comes again under the same key, nothing happens and the changes of
    /// the first time are given.
    pub async fn carry_out(&self, policy: &Policy, request: &Request) -> Result<Vec<Change>, BooksError> {
        let mut survey = self.survey(policy, request).await?;
        for _ in 1..MAX_TRIES {
            match self.attempt(policy, request, &survey).await {
                Ok(Ok(changes)) => return Ok(changes),
                Ok(Err(more)) => self.widen(&mut survey, more, request).await?,
                Err(error) if error.is_busy() && self.engine == Engine::Postgres => {}
                Err(error) => return Err(error),
            }
        }
        let changes = self.attempt(policy, request, &survey).await?;
        changes.map_err(|_| BooksError::Store(StoreError::Crowded))
    }

    /// Looks at what a request touches, without a lock.
    async fn survey(&self, policy: &Policy, request: &Request) -> Result<Survey, StoreError> {
        let mut connection = self.readers.acquire().await?;
        let mut loader = Loader::new(self.engine, &mut connection);
        loader.request(policy, request).await?;
        let touched = loader.loaded.touched;
        let offered =
            self.catalog.offered(touched.variants.iter(), touched.products.iter(), request.at).await?;
        Ok(Survey { touched, offered })
    }

    async fn widen(&self, survey: &mut Survey, more: Touched, request: &Request) -> Result<(), StoreError> {
        let variants = more.variants.iter();
        survey.offered.extend(self.catalog.offered(variants, more.products.iter(), request.at).await?);
        survey.touched.add(more);
        Ok(())
    }

    /// One transaction: locks, loads, decides, writes. Gives what the survey has missed where it has missed something; then
    /// nothing is written.
    async fn attempt(
        &self,
        policy: &Policy,
        request: &Request,
        survey: &Survey,
    ) -> Result<Result<Vec<Change>, Touched>, BooksError> {
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        lock::lock(self.engine, &mut transaction, &survey.touched).await?;
        let mut loader = Loader::new(self.engine, &mut transaction);
        loader.request(policy, request).await?;
        let missed = loader.loaded.touched.beyond(&survey.touched);
        if !missed.is_empty() {
            return Ok(Err(missed));
        }
        let fed = loader.stock(&survey.offered).await?;
        let mut loaded = loader.loaded;
        let changes = decide(&loaded.state, policy, request)?;
        if let Some(before) = loaded.before.take() {
            return Ok(Ok(before));
        }
        changes.iter().for_each(|change| apply(&mut loaded.state, change));
        self.write(&mut transaction, request, &loaded, &fed, &changes).await?;
        transaction.commit().await.map_err(|error| StoreError::Unknown { why: error.to_string() })?;
        Ok(Ok(changes))
    }

    async fn write(
        &self,
        connection: &mut sqlx::AnyConnection,
        request: &Request,
        loaded: &Loaded,
        fed: &[Change],
        changes: &[Change],
    ) -> Result<(), StoreError> {
        ledger::append(connection, request, fed, changes).await?;
        let all: Vec<Change> = fed.iter().chain(changes).cloned().collect();
        save::save(self.engine, connection, loaded, &all).await
    }
}
