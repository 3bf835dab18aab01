//! The journal: what was ever stored still reads, and leads to the same state.

use std::path::{Path, PathBuf};

use agent::sim::{Breakage, run};
use agent::{Contents, Digest, Entry, JournalError, Seq, Session, Shelf, Snapshot};

use crate::scene::Scene;

/// Journals as earlier versions wrote them, each with the digest of the state that it led to.
#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn fixtures() -> Vec<(PathBuf, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journals");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "jsonl") {
            let journal = std::fs::read_to_string(&path).unwrap();
            let digest = std::fs::read_to_string(path.with_extension("digest")).unwrap();
            found.push((path, journal, digest.trim().to_owned()));
        }
    }
    found.sort();
    found
}

/// The settings that the lines of a fixture name; those of the first version name none.
#[expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]
fn shelf_of(path: &Path) -> Shelf {
    let mut shelf = Shelf::default();
    let lines = std::fs::read_to_string(path.with_extension("settings")).unwrap_or_default();
    for line in lines.lines() {
        shelf.put_line(Digest::of(&[line.as_bytes()]), line).unwrap();
    }
    shelf
}

#[test]
fn reads_every_journal_that_was_ever_written() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 6);
    for (path, journal, digest) in fixtures {
        let shelf = shelf_of(&path);
        let entries = journal.lines().map(|line| Entry::parse_slim(line, &shelf).unwrap());
        let entries: Vec<Entry> = entries.collect();
        let session = Session::replay(entries, Contents::default()).unwrap();
        assert_eq!(session.state().digest().to_string(), digest, "{}", path.display());
    }
}

/// Writes the fixtures of this version when asked to: `BLESS_JOURNALS=v2 cargo test -p agent --test it journal`.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes its fixtures")]
fn writes_fixtures_when_asked_to() {
    let Ok(version) = std::env::var("BLESS_JOURNALS") else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/journals");
    for seed in [11, 28, 84] {
        let disk = run(seed, Breakage::None).disk;
        let path = folder.join(format!("{version}-seed-{seed}.jsonl"));
        std::fs::write(&path, disk.lines.join("\n") + "\n").unwrap();
        let settings: Vec<String> = disk.settings.values().map(|line| format!("{line}\n")).collect();
        std::fs::write(path.with_extension("settings"), settings.concat()).unwrap();
        let digest = disk.load().unwrap().state().digest();
        std::fs::write(path.with_extension("digest"), format!("{digest}\n")).unwrap();
    }
}

#[test]
fn goes_on_from_a_snapshot_at_any_place() {
    let disk = run(28, Breakage::None).disk;
    let entries = disk.entries().unwrap();
    let whole = Session::replay(entries.clone(), Contents::default()).unwrap();
    for place in 1..entries.len() {
        let part = Session::replay(entries[..place].to_vec(), Contents::default()).unwrap();
        let snapshot = Snapshot::parse(&Snapshot::of(part.state()).to_line()).unwrap();
        assert_eq!(snapshot.seq(), Seq(place as u64));
        let tail = entries[place..].to_vec();
        let resumed = Session::resume(snapshot, tail, Contents::default()).unwrap();
        assert_eq!(resumed.state().digest(), whole.state().digest(), "from {place}");
    }
}

#[test]
fn says_what_is_wrong_with_a_journal() {
    let mut scene = Scene::new();
    scene.say("Hello");
    let mut entries = scene.entries.clone();
    let gap = Session::replay([entries[0].clone(), entries[2].clone()], Contents::default());
    assert_eq!(gap.unwrap_err(), JournalError::Gap { expected: Seq(2), found: Seq(3) });
    let headless = Session::replay(entries.split_off(1), Contents::default());
    assert_eq!(headless.unwrap_err(), JournalError::NotOpened);
    let newer = r#"{"v":9,"seq":1,"at":0,"epoch":1,"body":{"event":{"dreamt":{}}}}"#;
    assert_eq!(Entry::parse(newer).unwrap_err(), JournalError::Newer { found: 9, known: 2 });
    assert!(matches!(Entry::parse("{\"v\":1}").unwrap_err(), JournalError::Unreadable { .. }));
}

#[test]
fn writes_entries_that_read_as_the_same() {
    let disk = run(84, Breakage::None).disk;
    for (entry, line) in disk.entries().unwrap().iter().zip(&disk.lines) {
        assert_eq!(&entry.to_slim_line(), line);
        assert_eq!(&Entry::parse(&entry.to_line()).unwrap(), entry);
    }
    let digest = Digest::of(&[b"a", b"b"]);
    assert_ne!(digest, Digest::of(&[b"ab"]));
    let text = serde_json::to_string(&digest).unwrap();
    assert_eq!(serde_json::from_str::<Digest>(&text).unwrap(), digest);
}

#[test]
fn names_settings_by_the_digest_of_their_text() {
    let disk = run(11, Breakage::None).disk;
    let (digest, text) = disk.settings.iter().next().unwrap();
    let first = &disk.lines[0];
    assert!(first.contains(&digest.to_string()) && !first.contains("deciders"), "{first}");
    assert_eq!(Entry::parse(first).unwrap_err(), JournalError::NoSettings { digest: *digest });
    let mut shelf = Shelf::default();
    let other = text.replacen(":", ": ", 1);
    assert!(matches!(shelf.put_line(*digest, &other).unwrap_err(), JournalError::Unreadable { .. }));
    shelf.put_line(*digest, text).unwrap();
    assert_eq!(Entry::parse_slim(first, &shelf).unwrap(), disk.entries().unwrap()[0]);
    // What has neither settings nor a name of any is no beginning.
    let headless = first.replacen(&format!(r#""settings":"{digest}","#), "", 1);
    assert!(matches!(Entry::parse_slim(&headless, &shelf).unwrap_err(), JournalError::Unreadable { .. }));
}
