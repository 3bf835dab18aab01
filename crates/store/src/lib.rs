//! The truth: SQLite and PostgreSQL behind one interface, with migrations, transactions and images.
//!
//! **Invariant**: the catalog changes in whole imports only. What an import writes is seen by nobody until it has
//! finished, and an import that is dropped or killed leaves the catalog as it was. Everything else (indexes,
//! vectors) is derived from here and can be rebuilt.
//!
//! A product is stored as one JSON text without its offers; prices and stock stand in the `variant` table only and
//! are put back when a product is read, so that there is one truth about them.

mod address;
mod books;
mod change;
mod count;
mod doc;
mod durable;
mod embedding;
mod engine;
mod error;
mod fetch;
mod image_folder;
mod image_type;
mod image_whole;
mod import;
mod journal;
mod listing;
mod local_file;
mod name;
mod offer_row;
mod runtime;
mod schema;
mod shop;
mod statement;
mod store;
mod svg;

pub use books::{
    Books, BooksError, Delivery, Expired, Fate, Guess, Guesses, LedgerLine, News, Notice, OrderRow,
    PaymentTask, Watched,
};
pub use change::Changes;
pub use count::CatalogCounts;
pub use embedding::{TextHash, text_hash};
pub use engine::Engine;
pub use error::StoreError;
pub use fetch::{FetchError, FetchOptions, Fetcher, PrivateNetworks};
pub use image_folder::{ImageError, ImageFolder, StoredImage};
pub use image_type::{ImageType, NotAnImage};
pub use import::{Counts, Import, ImportMode, ImportSummary};
pub use journal::JournalEntry;
pub use local_file::{LocalFileError, read_local};
pub use runtime::{HandoverRow, OutboxEffect, Resumed, ReviewRow, Runtime, SessionRow};
pub use shop::Shop;
pub use store::{Options, Store};
