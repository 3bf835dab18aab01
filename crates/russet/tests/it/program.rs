//! Running the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A data folder, and a folder for feeds.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A place that holds the little shop of [`feed`].
    pub(crate) fn with_shop() -> Self {
        let place = Self::new();
        place.write("shop.jsonl", feed());
        place.run(&["import", "shop.jsonl"]).succeeded();
        place
    }

    /// A place that sells two jackets in three sizes.
    pub(crate) fn with_coats() -> Self {
        let place = Self::new();
        place.write("coats.jsonl", Self::coats());
        place.run(&["import", "coats.jsonl"]).succeeded();
        place
    }

    /// The same shop in a PostgreSQL database of its own, with its URL.
    pub(crate) fn with_coats_on_postgres() -> (Self, String) {
        let server = testkit::Postgres::shared().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let url = runtime.block_on(server.create_database()).unwrap();
        let place = Self::new();
        place.write("russet.toml", format!("database_url = \"{url}\"\n"));
        place.write("coats.jsonl", Self::coats());
        place.run(&["import", "coats.jsonl"]).succeeded();
        (place, url)
    }

    /// The feed of that shop.
    pub(crate) fn coats() -> &'static str {
        coats()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program with these words, in the folder of the feeds, without models.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_russet"));
        command.current_dir(self.folder.path()).args(words).args(["--data", "data", "--embedding", "none"]);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("RUSSET_"))
        {
            command.env_remove(name);
        }
        command.env("LANG", "C").stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Run {
        Run::of(self.command(words).output().unwrap())
    }

    /// The one JSON object that a run prints.
    pub(crate) fn json(&self, words: &[&str]) -> Value {
        let words: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        self.run(&words).succeeded().json()
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.status, 0, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn failed_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

/// Fails unless a value keeps to a published schema.
#[track_caller]
pub(crate) fn keeps_to(schema: &str, value: &Value) {
    let (_, schema) = wire::schemas().into_iter().find(|(name, _)| *name == schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{value:#}");
}

/// A little shop: two lamps, one with variants, a review, a question and a policy.
pub(crate) fn feed() -> &'static str {
    r#"{"type":"shop","name":"Lumen & Wick","currency":"USD","url":"https://lamps.example"}
{"type":"product","id":"L1","title":"Harbour Table Lamp","brand":"Wick","description":"A small lamp for a desk.\n- The shade is linen.","categories":["Lighting > Table Lamps"],"attributes":{"Weight":"1.2 kg","Dimmable":"yes"},"images":["pictures/l1.svg"],"variants":[{"id":"L1-B","options":{"Colour":"Blue"},"price":"49.00 USD","availability":"in_stock"},{"id":"L1-G","options":{"Colour":"Green"},"price":"59.00 USD","availability":"out_of_stock"}]}
{"type":"product","id":"L2","title":"Quay Floor Lamp","brand":"Wick","description":"A tall lamp for reading.","categories":["Lighting > Floor Lamps"],"attributes":{"Weight":"6 kg","Dimmable":"no"},"price":"120.00 USD","availability":"in_stock"}
{"type":"review","id":"r1","product":"L1","rating":4,"text":"The light is warm. The cable is too short.","author":"Ada","date":"2026-03-14"}
{"type":"question","id":"q1","product":"L2","question":"Which bulb does it take?","answers":[{"text":"It takes an E27 bulb.","by_staff":true}]}
{"type":"document","id":"returns","kind":"returns","title":"Returns","text":"You can return a lamp within 30 days."}
"#
}

/// Two jackets in three sizes, with their stock.
fn coats() -> &'static str {
    r#"{"type":"shop","name":"Coat & Co","currency":"USD","url":"https://coats.example"}
{"type":"product","id":"RJ","title":"Drizzle Rain Jacket","description":"A jacket for rain. It is waterproof.","categories":["Clothing > Jackets"],"attributes":{"Waterproof":"yes"},"variants":[{"id":"RJ-S","options":{"Size":"S"},"price":"60.00 USD","availability":"in_stock","stock":5},{"id":"RJ-M","options":{"Size":"M"},"price":"60.00 USD","availability":"in_stock","stock":5},{"id":"RJ-L","options":{"Size":"L"},"price":"60.00 USD","availability":"in_stock","stock":5}]}
{"type":"product","id":"FJ","title":"Heath Fleece Jacket","description":"A warm jacket of fleece.","categories":["Clothing > Jackets"],"attributes":{"Waterproof":"no"},"variants":[{"id":"FJ-S","options":{"Size":"S"},"price":"49.00 USD","availability":"in_stock","stock":5},{"id":"FJ-M","options":{"Size":"M"},"price":"49.00 USD","availability":"in_stock","stock":5},{"id":"FJ-L","options":{"Size":"L"},"price":"49.00 USD","availability":"in_stock","stock":5}]}
"#
}
