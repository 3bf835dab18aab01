//! Reviews, questions and documents of an import, written in batches. The three are alike: the newest record of an id
//! holds, and each names the products that it is about.

use std::collections::HashMap;

use commerce::ProductRef;
use serde::Serialize;
use sqlx::Row;

use super::product::fingerprint;
use super::touched::{self, Kind, Touch};
use super::{Import, MAX_WAITING, MAX_WAITING_BYTES};
use crate::StoreError;
use crate::doc::{Fingerprint, Packer};
use crate::name::{self, Reference};
use crate::statement::{Insert, execute_among, select_among};

const INSERT_REFERENCES: Insert =
    Insert { into: "product_reference (subject, place, is_part_number, hash)", columns: 4, conflict: "" };

/// Which of the three.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    Review,
    Question,
    Document,
}

/// Entries of one kind that wait to be written.
#[derive(Default)]
pub(super) struct Entries {
    waiting: Vec<Entry>,
    bytes: usize,
}

struct Entry {
    id: String,
    fingerprint: Fingerprint,
    doc: Vec<u8>,
    references: Vec<Reference>,
}

impl EntryKind {
    fn table(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Question => "question",
            Self::Document => "document",
        }
    }

    fn touched(self) -> Kind {
        match self {
            Self::Review => Kind::Review,
            Self::Question => Kind::Question,
            Self::Document => Kind::Document,
        }
    }

    fn upsert(self) -> Insert {
        let conflict = match self {
            Self::Document => {
                "ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, \
                 generation = excluded.generation, doc = excluded.doc"
            }
            Self::Review | Self::Question => {
                "ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint, \
                 generation = excluded.generation, doc = excluded.doc, product_key = NULL"
            }
        };
        let into = match self {
            Self::Review => "review (id, fingerprint, generation, doc)",
            Self::Question => "question (id, fingerprint, generation, doc)",
            Self::Document => "document (id, fingerprint, generation, doc)",
        };
        Insert { into, columns: 4, conflict }
    }
}

impl Entries {
    /// Whether it is time to write them.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MAX_WAITING || self.bytes >= MAX_WAITING_BYTES
    }

    pub(super) fn push(
        &mut self,
        packer: &mut Packer,
        id: &str,
        record: &impl Serialize,
        reference: &ProductRef,
    ) -> Result<(), StoreError> {
        let (doc, fingerprint) = packer.pack(record, |_| ())?;
        self.bytes += doc.len();
        let references = name::references(reference);
        self.waiting.push(Entry { id: id.to_owned(), fingerprint, doc, references });
        Ok(())
    }

    /// Those that wait, the last of each id only.
    fn take(&mut self) -> Vec<Entry> {
        self.bytes = 0;
        let waiting = std::mem::take(&mut self.waiting);
        let last: HashMap<String, usize> =
            waiting.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
        let entries = waiting.into_iter().enumerate();
        entries.filter(|(place, entry)| last[&entry.id] == *place).map(|(_, entry)| entry).collect()
    }
}

impl Import {
    pub(super) async fn write_reviews(&mut self) -> Result<(), StoreError> {
        let entries = self.reviews.take();
        self.write_entries(EntryKind::Review, entries).await
    }

    pub(super) async fn write_questions(&mut self) -> Result<(), StoreError> {
        let entries = self.questions.take();
        self.write_entries(EntryKind::Question, entries).await
    }

    pub(super) async fn write_documents(&mut self) -> Result<(), StoreError> {
        let entries = self.documents.take();
        self.write_entries(EntryKind::Document, entries).await
    }

    async fn write_entries(&mut self, kind: EntryKind, entries: Vec<Entry>) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let stored = self.stored_entries(kind, &entries).await?;
        let (mut touches, mut written, mut outdated) = (Vec::new(), Vec::new(), Vec::new());
        for entry in entries {
            let before = stored.get(&entry.id).copied();
            touches.push(Touch { id: entry.id.clone(), before, after: entry.fingerprint });
            if before.is_some_and(|before| before != entry.fingerprint) {
                outdated.push(entry.id.clone());
            }
            if before != Some(entry.fingerprint) {
                written.push(entry);
            }
        }
        self.detach(kind, &outdated).await?;
        self.insert_entries(kind, written).await?;
        touched::insert(self.engine, &mut self.transaction, kind.touched(), touches).await
    }

    async fn stored_entries(
        &mut self,
        kind: EntryKind,
        entries: &[Entry],
    ) -> Result<HashMap<String, Fingerprint>, StoreError> {
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
        let select = format!("SELECT id, fingerprint FROM {} WHERE id", kind.table());
        let rows = select_among(self.engine, &mut self.transaction, (&select, ""), &ids).await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, fingerprint(row.try_get(1)?)?))).collect()
    }

    /// Takes entries off the products that they hung on, since their new contents may name others.
    async fn detach(&mut self, kind: EntryKind, ids: &[String]) -> Result<(), StoreError> {
        let engine = self.engine;
        let (table, id) = match kind {
            EntryKind::Review | EntryKind::Question => (kind.table(), "id"),
            EntryKind::Document => ("document_product", "document_id"),
        };
        let select = format!("SELECT product_key FROM {table} WHERE product_key IS NOT NULL AND {id}");
        let rows = select_among(engine, &mut self.transaction, (&select, ""), ids).await?;
        let products = rows.iter().map(|row| row.try_get(0)).collect::<sqlx::Result<Vec<i64>>>()?;
        let mark = format!("UPDATE product SET generation = {} WHERE key", self.generation);
        execute_among(engine, &mut self.transaction, mark, &products).await?;
        let references = "DELETE FROM product_reference WHERE subject";
        execute_among(engine, &mut self.transaction, references, ids).await?;
        if kind == EntryKind::Document {
            let links = "DELETE FROM document_product WHERE document_id";
            execute_among(engine, &mut self.transaction, links, ids).await?;
        }
        Ok(())
    }

    async fn insert_entries(&mut self, kind: EntryKind, entries: Vec<Entry>) -> Result<(), StoreError> {
        let (mut rows, mut references) = (Vec::new(), Vec::new());
        for entry in entries {
            let named = (0i64..).zip(entry.references);
            references.extend(named.map(|(place, reference)| (entry.id.clone(), place, reference)));
            rows.push((entry.id, entry.fingerprint, entry.doc));
        }
        let (engine, generation) = (self.engine, self.generation);
        kind.upsert()
            .run(engine, &mut self.transaction, rows, |statement, (id, fingerprint, doc)| {
                statement.bind(id).bind(Vec::from(fingerprint)).bind(generation).bind(doc)
            })
            .await?;
        INSERT_REFERENCES
            .run(engine, &mut self.transaction, references, |statement, (id, place, reference)| {
                statement.bind(id).bind(place).bind(i64::from(reference.is_part_number)).bind(reference.hash)
            })
            .await?;
        Ok(())
    }
}
