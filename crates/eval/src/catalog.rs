//! The stores that are judged, as feeds.

mod amazon_reviews;
mod department;
mod folder;
mod folder_table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use commerce::Currency;
use search::Language;

pub use folder_table::Folder;

use folder_table::FOLDERS;

/// A store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Catalog {
    /// A sportswear shop: merchant feed, review feed, pages.
    Luma,
    /// A department store: one description for each product, no reviews.
    Department,
    /// The built-in store.
    Demo,
    /// Reviews of fifteen products with a mark at every aspect that a sentence judges.
    AmazonReviews,
    /// A store whose feeds stand beside its judgements.
    Folder(&'static Folder),
}

/// One file of a store.
pub struct Feed {
    /// The name that diagnostics carry.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

impl Catalog {
    /// Those with judged searches and questions.
    pub fn judged() -> Vec<Self> {
        let mut stores = vec![Self::Luma, Self::Department, Self::Demo];
        stores.extend(FOLDERS.iter().map(Self::Folder));
        stores
    }

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Luma => "luma",
            Self::Department => "department",
            Self::Demo => "demo",
            Self::AmazonReviews => "amazon-reviews",
            Self::Folder(folder) => folder.name,
        }
    }

    /// The store of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::judged().into_iter().chain([Self::AmazonReviews]).find(|catalog| catalog.as_str() == name)
    }

    /// The currency of prices that name none.
    pub fn currency(self) -> Option<Currency> {
        match self {
            Self::Folder(folder) => Currency::parse(folder.currency),
            _ => None,
        }
    }

    /// The language that its shoppers have set.
    pub fn language(self) -> Language {
        match self {
            Self::Folder(folder) => Language::parse(folder.language).unwrap_or_default(),
            _ => Language::English,
        }
    }

    /// Whether its feeds may hold a wrong row, which is left out as in any import.
    pub fn has_wrong_rows(self) -> bool {
        matches!(self, Self::Folder(_))
    }

    /// The files of the store; `None` where its data is not on this machine.
    pub fn feeds(self) -> anyhow::Result<Option<Vec<Feed>>> {
        let feed = |name: &str, bytes: Vec<u8>| Feed { name: name.to_owned(), bytes };
        let folder = match self {
            Self::Demo => return Ok(Some(vec![feed("demo.zip", demo::archive().to_vec())])),
            Self::Luma => shared("luma"),
            Self::Department => shared("retail-demo-store"),
            Self::AmazonReviews => shared("hu-liu-reviews"),
            Self::Folder(folder) => return folder::feeds(folder),
        };
        if !folder.is_dir() {
            return Ok(None);
        }
        Ok(Some(match self {
            Self::Luma => luma(&folder)?,
            Self::Department => {
                let yaml = read(&folder.join("products.yaml"))?;
                vec![feed("department.jsonl", department::to_jsonl(&yaml)?.into_bytes())]
            }
            Self::AmazonReviews => {
                vec![feed("amazon-reviews.jsonl", amazon_reviews::to_jsonl(&folder)?.into_bytes())]
            }
            Self::Demo | Self::Folder(_) => Vec::new(),
        }))
    }
}

fn shared(folder: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(folder)
}

fn luma(folder: &Path) -> anyhow::Result<Vec<Feed>> {
    let mut files = vec![folder.join("google-merchant.xml"), folder.join("google-reviews.xml")];
    let mut pages: Vec<PathBuf> =
        fs::read_dir(folder.join("pages"))?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    pages.sort();
    files.extend(pages);
    files.into_iter().map(|path| Ok(Feed { bytes: read(&path)?, name: path.display().to_string() })).collect()
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
