//! Settings: flags over environment over `russet.toml` over defaults.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use directories::ProjectDirs;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use server::Phrasing;

use crate::cost::{ModelBudget, TokenPrice};
use crate::secret::Secret;

/// The file that holds settings, in the working folder or the platform's configuration folder.
const FILE_NAME: &str = "russet.toml";

/// Settings by name; the environment gives them as `RUSSET_` and the name in capitals.
const NAMES: [&str; 17] = [
    "data",
    "database_url",
    "policy",
    "models",
    "embedding",
    "model",
    "phrasing",
    "listen",
    "max_concurrent",
    "log",
    "token_secret",
    "payment_secret",
    "payment_book",
    "public_url",
    "notice_url",
    "notice_secret",
    "notice_private_network",
];

/// Flags that every command takes.
#[derive(Args, Clone, Debug, Default, Serialize)]
pub(crate) struct Common {
    /// Folder of the catalog, the search index and pictures [default: the platform's data folder]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<PathBuf>,

    /// Database of the catalog, such as postgres://shop@localhost/russet [default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) database_url: Option<String>,

    /// File with what shoppers may do, until when and for how much [default: policy.toml in the data folder]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<PathBuf>,

    /// File with settings [default: ./russet.toml, then the platform's configuration folder]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,

    /// Folder of models [default: models in the platform's data folder]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) models: Option<PathBuf>,

    /// Embedding model by name, or none for word search alone [default: default]
    #[arg(long, global = true, value_name = "NAME", help_heading = "Settings")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) embedding: Option<String>,
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Folder of the catalog, the search index and pictures.
    pub(crate) data: PathBuf,
    /// Database of the catalog; empty for SQLite in the data folder.
    #[serde(default)]
    pub(crate) database_url: String,
    /// What shoppers may do; left out: `policy.toml` in the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<PathBuf>,
    /// Folder of models.
    pub(crate) models: PathBuf,
    /// The embedding model.
    pub(crate) embedding: String,
    /// The language model that reads orders, and phrases answers if it is to.
    pub(crate) model: String,
    /// Who phrases answers: `templates` or `model`.
    #[serde(default)]
    pub(crate) phrasing: Phrasing,
    /// What language models cost, by the name that chooses them; one that is left out costs nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) model_prices: BTreeMap<String, TokenPrice>,
    /// What language models may cost; left out: what their tokens allow.
    #[serde(default)]
    pub(crate) model_budget: ModelBudget,
    /// Where `serve` listens.
    pub(crate) listen: SocketAddr,
    /// Requests that the server answers at once.
    pub(crate) max_concurrent: usize,
    /// What is logged, such as `info` or `russet=debug`.
    pub(crate) log: String,
    /// What the tokens of signed-in shoppers are signed with; left out: everybody is a guest.
    #[serde(default)]
    pub(crate) token_secret: Secret,
    /// What the messages of the payment provider are signed with; left out: none are taken.
    #[serde(default)]
    pub(crate) payment_secret: Secret,
    /// Where the test provider writes down what it has done, so that it knows it again; left out: it forgets with the process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) payment_book: Option<PathBuf>,
    /// Where shoppers reach the server, such as `https://shop.example`; left out: where it listens.
    #[serde(default)]
    pub(crate) public_url: String,
    /// Where what shoppers should hear of while they are away is posted; left out: nowhere, `russet notices` lists it.
    #[serde(default)]
    pub(crate) notice_url: String,
    /// What those messages are signed with.
    #[serde(default)]
    pub(crate) notice_secret: Secret,
    /// Whether that URL may be on a private network.
    #[serde(default)]
    pub(crate) notice_private_network: bool,
}

impl Config {
    /// The settings that hold, with these flags.
    pub(crate) fn load(flags: &Common) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::defaults()?));
        if let Some(file) = file(flags)? {
            figment = figment.merge(Toml::file_exact(file));
        }
        figment
            .merge(Env::prefixed("RUSSET_").only(&NAMES))
            .merge(Serialized::defaults(flags))
            .extract()
            .context("the settings cannot be used")
    }

    fn defaults() -> anyhow::Result<Self> {
        let folders = ProjectDirs::from("", "", "russet");
        let data = folders.as_ref().map_or_else(|| PathBuf::from("russet-data"), |f| f.data_dir().to_owned());
        Ok(Self {
            models: infer::Models::default_folder().unwrap_or_else(|| data.join("models")),
            data,
            database_url: String::new(),
            policy: None,
            embedding: "default".to_owned(),
            model: "none".to_owned(),
            phrasing: Phrasing::default(),
            model_prices: BTreeMap::new(),
            model_budget: ModelBudget::default(),
            listen: SocketAddr::from(([127, 0, 0, 1], 7878)),
            max_concurrent: 64,
            log: "error,russet=warn,server=warn,store=warn,infer=warn,conversation=warn,sessions=warn"
                .to_owned(),
            token_secret: Secret::default(),
            payment_secret: Secret::default(),
            payment_book: None,
            public_url: String::new(),
            notice_url: String::new(),
            notice_secret: Secret::default(),
            notice_private_network: false,
        })
    }

    /// The database of the catalog as a URL.
    pub(crate) fn store_url(&self) -> String {
        self.url_of("catalog.db")
    }

    /// The database of conversations as a URL. With SQLite it is a file of its own, since an import holds the catalog's.
    pub(crate) fn sessions_url(&self) -> String {
        self.url_of("sessions.db")
    }

    /// The database of carts, orders and stock as a URL.
    pub(crate) fn books_url(&self) -> String {
        self.url_of("books.db")
    }

    fn url_of(&self, file: &str) -> String {
        match self.database_url.is_empty() {
            true => format!("sqlite:{}?mode=rwc", self.data.join(file).display()),
            false => self.database_url.clone(),
        }
    }

    /// Whether there is a catalog to be looked at: a database server has one, a file may not be made yet.
    pub(crate) fn has_catalog(&self) -> bool {
        !self.database_url.is_empty() || self.data.join("catalog.db").is_file()
    }

    /// Folder of pictures.
    pub(crate) fn images(&self) -> PathBuf {
        self.data.join("images")
    }

    /// Folder of the search index.
    pub(crate) fn index(&self) -> PathBuf {
        self.data.join("index")
    }
}

/// The file with settings; one that was named must be there.
pub(crate) fn file(flags: &Common) -> anyhow::Result<Option<PathBuf>> {
    let named = flags.config.clone().or_else(|| std::env::var_os("RUSSET_CONFIG").map(PathBuf::from));
    if let Some(file) = named {
        anyhow::ensure!(file.is_file(), "there is no file {}", file.display());
        return Ok(Some(file));
    }
    let platform = ProjectDirs::from("", "", "russet").map(|folders| folders.config_dir().join(FILE_NAME));
    let places = [Some(Path::new(FILE_NAME).to_owned()), platform];
    Ok(places.into_iter().flatten().find(|file| file.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        std::fs::write(&file, "data = \"/from/file\"\nlisten = \"0.0.0.0:80\"\n").unwrap();
        let flags = Common { config: Some(file), data: Some("/from/flag".into()), ..Common::default() };
        let config = Config::load(&flags).unwrap();
        assert_eq!(config.data, Path::new("/from/flag"));
        assert_eq!(config.listen.port(), 80);
        assert_eq!(config.model, "none");
    }

    #[test]
    fn a_setting_that_does_not_exist_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        std::fs::write(&file, "dada = \"/typo\"\n").unwrap();
        let flags = Common { config: Some(file), ..Common::default() };
        let error = format!("{:#}", Config::load(&flags).unwrap_err());
        assert!(error.contains("dada"), "{error}");
    }
}
