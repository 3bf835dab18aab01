//! Bringing the index up to the store's state, and showing it.

use std::sync::PoisonError;

use search::{Index, IndexWriter, Lexicon, SearchError, WriterOptions};
use server::Snapshot;
use store::Changes;
use wire::ShopReply;

use super::folder::{MadeFrom, WriterLock};
use super::source::{Source, shop_documents};
use super::{Engine, Refreshed};

impl Engine {
    /// Shows the store's state: changes what changed in the index, or waits for another process to do it. Meaning is
    /// added later by [`Engine::embed`]; until then what changed is found by its words.
    pub(crate) async fn refresh(&self) -> anyhow::Result<Refreshed> {
        let wanted = self.store.generation().await?;
        let shown = self.shop.snapshot().map(|snapshot| snapshot.view.index.generation());
        // Another process may have added meaning to what is shown.
        if shown == Some(wanted) && self.is_shown(&self.folder.made_from()) {
            return Ok(Refreshed::Current);
        }
        let Some(lock) = self.folder.try_lock()? else { return self.follow(wanted, shown).await };
        let mut writer = self.writer(&lock)?;
        let index = self.bring_up(&mut writer).await?;
        drop(writer);
        self.show(index, self.folder.made_from()).await?;
        Ok(Refreshed::Current)
    }

    /// Shows what the process that writes has committed.
    async fn follow(&self, wanted: i64, shown: Option<i64>) -> anyhow::Result<Refreshed> {
        // Before the index: what is noted is in it by then.
        let made_from = self.folder.made_from();
        let index = Index::open(self.folder.directories()?)?;
        let generation = index.generation();
        if shown.is_none_or(|shown| shown < generation || !self.is_shown(&made_from)) {
            self.show(index, made_from).await?;
        }
        Ok(if generation >= wanted { Refreshed::Current } else { Refreshed::Behind })
    }

    /// The writer of an index that was made from this store with the embedding model of now; any other is thrown away.
    pub(super) fn writer(&self, lock: &WriterLock) -> anyhow::Result<IndexWriter> {
        let made_from = self.folder.made_from();
        let is_same_model =
            self.shop.embedder().is_none_or(|now| [now.name(), ""].contains(&&*made_from.model));
        if made_from.store != self.store.identity() || !is_same_model {
            self.folder.empty(lock)?;
            let made_from = MadeFrom { store: self.store.identity().to_owned(), ..MadeFrom::default() };
            self.folder.note(&made_from, lock)?;
        }
        match IndexWriter::create(self.folder.directories()?, WriterOptions::default()) {
            Err(SearchError::Outdated { reason }) => {
                tracing::info!(reason, "the index is made anew");
                self.folder.empty(lock)?;
                let store = self.store.identity().to_owned();
                self.folder.note(&MadeFrom { store, ..MadeFrom::default() }, lock)?;
                Ok(IndexWriter::create(self.folder.directories()?, WriterOptions::default())?)
            }
            writer => Ok(writer?),
        }
    }

    /// Puts in what changed since the index's own state.
    pub(super) async fn bring_up(&self, writer: &mut IndexWriter) -> anyhow::Result<Index> {
        let own = writer.index().generation();
        let changes = self.store.changes_since(own).await?;
        if changes.generation == own {
            return Ok(writer.index());
        }
        // A store that is younger than its index is another one than the index was made from.
        let is_all = own == 0 || changes.generation < own || changes.is_forgotten;
        let changes = if is_all { self.store.changes_since(0).await? } else { changes };
        if is_all {
            writer.clear()?;
        }
        self.apply(writer, &changes, is_all).await?;
        let index = tokio::task::block_in_place(|| writer.commit(changes.generation))?;
        // An import that runs holds the store; the next time will do.
        if let Err(error) = self.store.forget_removals(changes.generation).await {
            tracing::debug!(%error, "removals are not forgotten yet");
        }
        Ok(index)
    }

    async fn apply(&self, writer: &mut IndexWriter, changes: &Changes, is_all: bool) -> anyhow::Result<()> {
        let mut source = Source::of(changes, is_all);
        loop {
            let page = source.page(&self.store).await?;
            if page.is_empty() {
                break;
            }
            tokio::task::block_in_place(|| page.iter().try_for_each(|listing| writer.upsert(listing, None)))?;
        }
        changes.removed.iter().try_for_each(|id| writer.remove(id))?;
        if is_all || changes.has_document_changes {
            writer.documents(&shop_documents(&self.store).await?, &[])?;
        }
        Ok(())
    }

    /// Whether the index that is shown was made from this.
    fn is_shown(&self, made_from: &MadeFrom) -> bool {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == Some(made_from)
    }

    /// Shows an index to all that ask from now on.
    pub(super) async fn show(&self, index: Index, made_from: MadeFrom) -> anyhow::Result<()> {
        let shop = self.store.shop().await?;
        let documents = self.store.documents().await?;
        let has_returns = documents.iter().any(|document| document.kind == commerce::DocumentKind::Returns);
        let introduction = ShopReply {
            name: if shop.name.is_empty() { "The shop".to_owned() } else { shop.name },
            products: index.len() as u64,
            examples: server::examples(&index, has_returns),
        };
        let lexicon = Lexicon::builtin(index.language());
        let view = assistant::Snapshot::new(index, lexicon)?;
        self.shop.show(Snapshot { view, vector_model: made_from.model.clone(), introduction });
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(made_from);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Common, Config};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn meaning_that_another_process_added_is_shown() {
        let place = tempfile::tempdir().unwrap();
        let common = Common { data: Some(place.path().to_owned()), ..Common::default() };
        let config = Config::load(&common).unwrap();
        let store = crate::engine::open_store(&config).await.unwrap();
        let engine = Engine::of_store(&config, store).unwrap();
        let model = || engine.shop.snapshot().unwrap().vector_model.clone();
        engine.refresh().await.unwrap();
        assert_eq!(model(), "");

        let other = super::super::folder::IndexFolder::open(config.index()).unwrap();
        let lock = other.try_lock().unwrap().unwrap();
        let made_from = MadeFrom { model: "minilm".to_owned(), ..other.made_from() };
        other.note(&made_from, &lock).unwrap();
        engine.refresh().await.unwrap();
        assert_eq!(model(), "minilm", "while the other one still writes");

        other.note(&MadeFrom { model: "use".to_owned(), ..made_from }, &lock).unwrap();
        drop(lock);
        engine.refresh().await.unwrap();
        assert_eq!(model(), "use", "after it has ended");
    }
}
