//! What the server serves: the newest snapshot of the catalog, the models, and the folder of pictures.

use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwapOption;
use assistant::Ask;
use conversation::{Desk, Rate};
use futures::future::BoxFuture;
use infer::{Embedder, LanguageModel};
use serde::{Deserialize, Serialize};
use wire::{ErrorCode, ShopReply};

use crate::Failure;

/// Where pictures of products are kept.
pub trait Pictures: Send + Sync {
    /// The picture of this name; `None` where there is none, whatever the name.
    fn read<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Option<Picture>>;
}

/// One picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its media type, such as `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// One state of the catalog with what is derived from it.
pub struct Snapshot {
    /// Products, evidence and the catalog's own words.
    pub view: assistant::Snapshot,
    /// The embedding model of its vectors; empty while there are none, or not for everything.
    pub vector_model: String,
    /// What a front end shows before the first question.
    pub introduction: ShopReply,
}

/// Who words an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phrasing {
    /// Deterministic composition, which measures best with the models of the registry.
    #[default]
    Templates,
    /// The language model, sentence by sentence where what it writes stands.
    Model,
}

/// A language model with what it costs and what it is used for.
#[derive(Debug)]
struct Speaker {
    model: LanguageModel,
    rate: Rate,
    phrasing: Phrasing,
}

/// A shop that answers. The snapshot is swapped while requests run; those that began with the old one end with it.
pub struct Shop {
    snapshot: ArcSwapOption<Snapshot>,
    embedder: OnceLock<Embedder>,
    model: OnceLock<Speaker>,
    desk: OnceLock<Desk>,
    pictures: Arc<dyn Pictures>,
}

impl Shop {
    /// A shop that has no catalog yet, with its pictures.
    pub fn new(pictures: Arc<dyn Pictures>) -> Self {
        Self {
            snapshot: ArcSwapOption::empty(),
            embedder: OnceLock::new(),
            model: OnceLock::new(),
            desk: OnceLock::new(),
            pictures,
        }
    }

    /// The newest snapshot; `None` until the first one is there.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.load_full()
    }

    /// The newest snapshot, or what a client is told while there is none.
    pub(crate) fn ready(&self) -> Result<Arc<Snapshot>, Failure> {
        self.snapshot().ok_or_else(|| Failure::new(ErrorCode::NotReady, "The catalog is being opened."))
    }

    /// Shows this snapshot to all requests that begin from now on.
    pub fn show(&self, snapshot: Snapshot) {
        self.snapshot.store(Some(Arc::new(snapshot)));
    }

    /// Gives the shop its embedding model; without one it finds by words alone. The first one stays.
    pub fn set_embedder(&self, embedder: Embedder) {
        // A second one would read other vectors than those of the index.
        let _ = self.embedder.set(embedder);
    }

    /// Gives the shop the language model that reads orders and, if it is to, phrases answers, with what its tokens cost. The first
    /// one stays.
    pub fn set_model(&self, model: LanguageModel, rate: Rate, phrasing: Phrasing) {
        // Answers that are under way hold the first one.
        let _ = self.model.set(Speaker { model, rate, phrasing });
    }

    /// Gives the shop the desk at which conversations are held. The first one stays.
    pub fn set_desk(&self, desk: Desk) {
        // Conversations that are under way are held at the first one.
        let _ = self.desk.set(desk);
    }

    /// The desk; without one every question stands for itself.
    pub fn desk(&self) -> Option<&Desk> {
        self.desk.get()
    }

    /// The language model; none until one was given.
    pub fn model(&self) -> &LanguageModel {
        self.model.get().map_or(&LanguageModel::None, |speaker| &speaker.model)
    }

    /// The language model that phrases answers; none where templates do.
    pub fn phraser(&self) -> &LanguageModel {
        let speaker = self.model.get().filter(|speaker| speaker.phrasing == Phrasing::Model);
        speaker.map_or(&LanguageModel::None, |speaker| &speaker.model)
    }

    /// What the tokens of the language model cost.
    pub fn rate(&self) -> Rate {
        self.model.get().map_or_else(Rate::default, |speaker| speaker.rate)
    }

    /// The picture of this name.
    pub(crate) async fn picture(&self, name: &str) -> Option<Picture> {
        self.pictures.read(name).await
    }

    /// The embedding model.
    pub fn embedder(&self) -> Option<&Embedder> {
        self.embedder.get()
    }

    /// The vector of what is asked, to search this snapshot with; `None` where its vectors are of another model, or where
    /// the model is too busy: words find as well.
    pub(crate) async fn embed(&self, ask: &Ask, snapshot: &Snapshot) -> Result<Option<Vec<f32>>, Failure> {
        let own = self.embedder.get().filter(|embedder| embedder.name() == snapshot.vector_model);
        let Some(embedder) = own else { return Ok(None) };
        let text = assistant::for_meaning(&snapshot.view, ask, |language| embedder.knows(language.code()));
        let text = text.map_err(|error| Failure::internal(&error))?;
        Ok(match embedder.embed(&[text]).await {
            Ok(vectors) => vectors.into_iter().next(),
            Err(error) => {
                tracing::warn!(%error, "searching by words alone");
                None
            }
        })
    }
}
