//! A file served over HTTP, continued where an earlier try broke off.

use std::path::Path;

use futures::StreamExt;
use reqwest::{Client, Response, StatusCode, header};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

use super::staging::Staging;
use super::{PullOptions, Refusal, Report};
use crate::{ModelFile, Progress};

/// Downloads a file into staging.
pub(super) async fn url(
    url: &str,
    file: &ModelFile,
    staging: &Staging,
    options: &PullOptions,
    report: Report<'_>,
) -> Result<(), Refusal> {
    let path = staging.whole(file);
    let have = path.metadata().map_or(0, |m| m.len());
    if have == file.bytes {
        return Ok(());
    }
    let client = Client::builder()
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.stall_timeout)
        .build()
        .map_err(words)?;
    let request = client.get(url).header(header::RANGE, format!("bytes={have}-"));
    let response = request.send().await.map_err(words)?;
    let (out, have) = open(&path, have, response.status()).await?;
    save(response, out, have, file, report).await
}

/// Opens the file to go on writing: at its end when the server continues, from the start when it begins anew.
async fn open(path: &Path, have: u64, status: StatusCode) -> Result<(File, u64), Refusal> {
    let (continues, have) = match status {
        StatusCode::PARTIAL_CONTENT => (true, have),
        StatusCode::OK => (false, 0),
        status => return Err(format!("the server answered {status}")),
    };
    let mut options = OpenOptions::new();
    options.create(true).write(true).append(continues).truncate(!continues);
    Ok((options.open(path).await.map_err(|e| e.to_string())?, have))
}

/// Writes the body down, refusing more bytes than the file has.
async fn save(
    response: Response,
    mut out: File,
    mut received: u64,
    file: &ModelFile,
    report: Report<'_>,
) -> Result<(), Refusal> {
    let mut body = response.bytes_stream();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(words)?;
        received += chunk.len() as u64;
        if received > file.bytes {
            return Err(format!("the server sent more than the {} bytes of the file", file.bytes));
        }
        out.write_all(&chunk).await.map_err(|e| e.to_string())?;
        report(Progress::Received { file: file.name.clone(), received, total: file.bytes });
    }
    out.flush().await.map_err(|e| e.to_string())?;
    match received == file.bytes {
        true => Ok(()),
        false => Err(format!("the connection ended after {received} of {} bytes", file.bytes)),
    }
}

/// The innermost reason of an HTTP error: the outer ones repeat the address.
fn words(error: reqwest::Error) -> Refusal {
    let mut inner: &dyn std::error::Error = &error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    match error.is_timeout() {
        true => "no answer in time".to_owned(),
        false => inner.to_string(),
    }
}
