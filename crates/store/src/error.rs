//! What can go wrong, by what the caller does next.

use sqlx::migrate::MigrateError;

/// Why the store did not do what was asked. No variant carries a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Try again later: another import is running, or all connections are in use.
    #[error("the store is busy: another import is running; try again when it has finished")]
    Busy(#[source] Box<sqlx::Error>),
    /// Run a newer Russet: the database has seen one already.
    #[error(
        "the database has schema {found}, this program knows up to {known}: use a newer version of Russet"
    )]
    NewerSchema {
        /// The newest schema step in the database.
        found: i64,
        /// The newest schema step of this program.
        known: i64,
    },
    /// Check the URL, the folder's permissions, or whether the server runs.
    #[error("the store at {location} cannot be opened")]
    Unreachable {
        /// The URL without its password.
        location: String,
        /// What the engine said.
        #[source]
        source: Box<sqlx::Error>,
    },
    /// Correct the URL.
    #[error("{location} is no store: {hint}")]
    BadUrl {
        /// The URL without its password.
        location: String,
        /// What it should look like.
        hint: &'static str,
    },
    /// Make room on the disk; nothing of the import was kept.
    #[error("the disk of the store is full")]
    Full(#[source] Box<sqlx::Error>),
    /// Restore a backup or import anew: what is stored cannot be read.
    #[error("the store is damaged: {what}")]
    Corrupt {
        /// What could not be read.
        what: String,
    },
    /// Drop the session from memory and load it again: another node has gone on with it.
    #[error(transparent)]
    Refused(agent::AppendRefusal),
    /// Drop the session from memory and load it again: whether the journal was written is not known.
    #[error("it is not known whether the journal was written: {why}")]
    Unknown {
        /// What went wrong.
        why: String,
    },
    /// Try again later: too much waits for the disk.
    #[error("too many journals wait for the disk; try again")]
    Crowded,
    /// A mistake in Russet or an engine that stopped in the middle of work.
    #[error("the store failed")]
    Engine(#[source] Box<sqlx::Error>),
}

impl StoreError {
    /// Damage found while reading this.
    pub(crate) fn corrupt(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Corrupt { what: format!("{what}: {why}") }
    }

    /// An error while connecting, which says more about the place than about the work.
    pub(crate) fn connecting(location: &str, error: sqlx::Error) -> Self {
        match Self::from(error) {
            Self::Engine(source) => Self::Unreachable { location: location.to_owned(), source },
            known => known,
        }
    }

    /// An error of the schema steps, of which this program knows those up to `known`.
    pub(crate) fn migrating(location: &str, known: i64, error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(found) if found > known => Self::NewerSchema { found, known },
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                Self::connecting(location, error)
            }
            other => Self::corrupt("schema", other),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::PoolTimedOut = error {
            return Self::Busy(Box::new(error));
        }
        if let sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) = error {
            return Self::corrupt("a row", error);
        }
        let Some(code) = error.as_database_error().and_then(|error| error.code()) else {
            return Self::Engine(Box::new(error));
        };
        // SQLite's codes are numbers, extended in the higher bytes; PostgreSQL's are five characters.
        let primary = if code.len() == 5 { None } else { code.parse::<u32>().ok().map(|code| code & 0xff) };
        match (primary, &*code) {
            (Some(5 | 6), _) | (None, "55P03" | "40001" | "40P01" | "53300") => Self::Busy(Box::new(error)),
            (Some(13), _) | (None, "53100") => Self::Full(Box::new(error)),
            (Some(11 | 26), _) | (None, "XX001" | "XX002") => Self::corrupt("a page", error),
            _ => Self::Engine(Box::new(error)),
        }
    }
}
