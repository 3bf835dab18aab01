//! Carrying out a request.

use std::sync::Arc;

use checkout::{Change, Policy, Request, Touched};

use super::attempt::{Attempt, Survey, Tried};
use super::load::Loader;
use super::{Books, BooksError, group, lock};
use crate::{Engine, StoreError};

/// How often a request is tried when others change what it touches between looking and locking.
const MAX_TRIES: usize = 8;

impl Books {
    /// Carries a request out, once: when the same request comes again under the same key, nothing happens and the changes of
    /// the first time are given. Where the future is dropped, it may still be carried out.
    pub async fn carry_out(&self, policy: &Policy, request: &Request) -> Result<Vec<Change>, BooksError> {
        let survey = Arc::new(self.survey(policy, request).await?);
        let (policy, request) = (Arc::new(policy.clone()), Arc::new(request.clone()));
        let mut attempt = Attempt { policy, request, survey };
        for _ in 1..MAX_TRIES {
            match self.attempt(&attempt).await {
                Ok(Ok(changes)) => return Ok(changes),
                Ok(Err(more)) => self.widen(&mut attempt, more).await?,
                Err(error) if error.is_busy() && self.engine == Engine::Postgres => {}
                Err(error) => return Err(error),
            }
        }
        let changes = self.attempt(&attempt).await?;
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

    async fn widen(&self, attempt: &mut Attempt, more: Touched) -> Result<(), StoreError> {
        let (variants, products) = (more.variants.iter(), more.products.iter());
        let offered = self.catalog.offered(variants, products, attempt.request.at).await?;
        let survey = Arc::make_mut(&mut attempt.survey);
        survey.offered.extend(offered);
        survey.touched.add(more);
        Ok(())
    }

    async fn attempt(&self, attempt: &Attempt) -> Tried {
        match &self.waiting {
            Some(waiting) => group::join(waiting, attempt.clone()).await,
            None => self.attempt_alone(attempt).await,
        }
    }

    /// One transaction for this request: locks, loads, decides, writes.
    async fn attempt_alone(&self, attempt: &Attempt) -> Tried {
        let mut transaction = self.writer.begin_with(self.engine.begin_import()).await?;
        lock::lock(&mut transaction, &attempt.survey.touched).await?;
        let decided = match attempt.decide(self.engine, &mut transaction).await? {
            Ok(decided) => decided,
            Err(missed) => return Ok(Err(missed)),
        };
        attempt.write(self.engine, &mut transaction, &decided).await?;
        transaction.commit().await.map_err(|error| StoreError::Unknown { why: error.to_string() })?;
        Ok(Ok(decided.changes))
    }
}
