//! Pictures of products: from the feed's own folder or archive, from a folder that was named, or from the web. One that
//! is taken over is led to where the server has it; any other stays as the feed gave it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use anyhow::Context;
use commerce::{Image, Product};
use ingest::Item;
use store::{FetchError, FetchOptions, Fetcher, ImageError, ImageFolder, PrivateNetworks};
use wire::{Diagnostic, Severity};

use super::inputs::Input;
use super::tally::Tally;
use crate::output::grouped;

/// Where the server has the pictures.
const SERVED: &str = "/images/";
/// The largest file that is read as a picture.
const MAX_BYTES: u64 = 10 * 1024 * 1024;
/// Requests in a row after which a server that only takes too long is asked no more; one that cannot be reached is asked once.
const MAX_TIMEOUTS: u32 = 3;
/// Places that are remembered for one file.
const MAX_KNOWN: usize = 1_000_000;

/// Where pictures come from and go to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pictures {
    /// Where they are kept.
    pub(crate) folder: PathBuf,
    /// A folder that has those of the feed.
    pub(crate) local: Option<PathBuf>,
    /// Whether those that are given as URLs are downloaded.
    pub(crate) is_fetching: bool,
    /// Whether downloads may reach private networks.
    pub(crate) is_private_allowed: bool,
}

/// The pictures of one import.
pub(crate) struct Gallery {
    folder: ImageFolder,
    local: Option<PathBuf>,
    fetcher: Option<Fetcher>,
    /// Servers that did not answer.
    silent: BTreeMap<String, Silence>,
    input: Option<Input>,
    /// Where the pictures of this input are kept; `None` for one that could not be taken over.
    known: HashMap<String, Option<String>>,
    is_archive_read: bool,
    kept: HashSet<String>,
    /// Paths of this input that lead nowhere, where no folder of pictures was named.
    lost: Vec<String>,
}

/// How a server of pictures failed to answer.
#[derive(Debug, Default)]
struct Silence {
    /// Requests in a row that came to nothing.
    failures: u32,
    /// Pictures of the input that it was not asked for any more.
    passed_over: u64,
}

/// Why a picture was not taken over.
struct Refusal {
    code: &'static str,
    reason: String,
    hint: &'static str,
}

impl Gallery {
    /// Opens the folder of pictures.
    pub(crate) fn open(pictures: Pictures) -> anyhow::Result<Self> {
        let private_networks =
            if pictures.is_private_allowed { PrivateNetworks::Allow } else { PrivateNetworks::Refuse };
        let options = FetchOptions { private_networks, ..FetchOptions::default() };
        let fetcher = pictures.is_fetching.then(|| Fetcher::new(options)).transpose()?;
        Ok(Self {
            folder: ImageFolder::new(pictures.folder),
            local: pictures.local,
            fetcher,
            silent: BTreeMap::new(),
            input: None,
            known: HashMap::new(),
            is_archive_read: false,
            kept: HashSet::new(),
            lost: Vec::new(),
        })
    }

    /// How many pictures were taken over.
    pub(crate) fn kept(&self) -> u64 {
        self.kept.len() as u64
    }

    /// Goes on to the next file: paths are those of its folder or archive.
    pub(crate) fn enter(&mut self, input: &Input) {
        self.input = Some(input.clone());
        self.known.clear();
        self.is_archive_read = false;
    }

    /// Reports the pictures of the file that was read for which a folder would have to be named, or whose server was asked no more.
    pub(crate) fn leave(&mut self, tally: &mut Tally) {
        let mut passed_over = Vec::new();
        for (host, silence) in &mut self.silent {
            match std::mem::take(&mut silence.passed_over) {
                0 => {}
                count => passed_over.push((host.clone(), count)),
            }
        }
        for (host, count) in passed_over {
            let reason = match count {
                1 => format!("one more picture of {host} was not asked for, since it does not answer"),
                count => format!(
                    "{} more pictures of {host} were not asked for, since it does not answer",
                    grouped(count)
                ),
            };
            let hint = "import again later: what was taken over stays, and the rest is asked for again";
            let _ = self.noted(&host, Err(Refusal { code: "unfetched_picture", reason, hint }), tally);
        }
        let lost = std::mem::take(&mut self.lost);
        let Some(first) = lost.first() else { return };
        let reason = match lost.len() {
            1 => format!("there is no picture {first}"),
            count => format!(
                "there is no picture {first}, and {} more are missing like it",
                grouped(count as u64 - 1)
            ),
        };
        let hint = "name the folder of the pictures with --images";
        let _ = self.noted(first, Err(Refusal { code: "missing_picture", reason, hint }), tally);
    }

    /// Keeps a picture that came inside an archive.
    pub(crate) async fn keep(
        &mut self,
        path: String,
        bytes: Vec<u8>,
        tally: &mut Tally,
    ) -> anyhow::Result<()> {
        if self.known.contains_key(&path) {
            return Ok(());
        }
        let kept = self.put(&bytes).await?;
        let kept = self.noted(&path, kept, tally);
        self.remember(path, kept);
        Ok(())
    }

    /// Leads the pictures of a product to where they are kept.
    pub(crate) async fn settle(&mut self, product: &mut Product, tally: &mut Tally) -> anyhow::Result<()> {
        let variants = product.variants.iter_mut().flat_map(|variant| &mut variant.images);
        for image in product.images.iter_mut().chain(variants) {
            self.settle_image(image, tally).await?;
        }
        Ok(())
    }

    async fn settle_image(&mut self, image: &mut Image, tally: &mut Tally) -> anyhow::Result<()> {
        let place = image.location.trim_start_matches("./").to_owned();
        if !self.known.contains_key(&place) {
            let kept = if is_url(&place) {
                self.fetch_from_web(&place).await?
            } else {
                self.read_from_feed(&place).await?
            };
            let kept = kept.and_then(|kept| self.noted(&place, kept, tally));
            self.remember(place.clone(), kept);
        }
        if let Some(Some(kept)) = self.known.get(&place) {
            image.location.clone_from(kept);
        }
        Ok(())
    }

    fn remember(&mut self, place: String, kept: Option<String>) {
        if self.known.len() < MAX_KNOWN {
            self.known.insert(place, kept);
        }
    }

    /// A picture given as a URL: from the named folder, else from the web where that was asked for.
    async fn fetch_from_web(&mut self, url: &str) -> anyhow::Result<Option<Result<String, Refusal>>> {
        let path = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = path.split(['?', '#']).next().unwrap_or(path);
        if let Some(file) = self.local.as_deref().and_then(|folder| by_end(folder, path)) {
            return self.put_file(&file).await.map(Some);
        }
        let Some(fetcher) = self.fetcher.clone() else { return Ok(None) };
        let host = path.split('/').next().unwrap_or_default().to_owned();
        if let Some(silence) = self.silent.get_mut(&host).filter(|silence| silence.failures >= MAX_TIMEOUTS) {
            silence.passed_over += 1;
            return Ok(None);
        }
        let fetched = fetcher.fetch(url).await;
        match &fetched {
            Err(FetchError::Unreachable(_)) => self.silent.entry(host).or_default().failures = MAX_TIMEOUTS,
            Err(FetchError::TimedOut(_)) => self.silent.entry(host).or_default().failures += 1,
            _ => {
                self.silent.remove(&host);
            }
        }
        match fetched {
            Ok(bytes) => self.put(&bytes).await.map(Some),
            Err(error) => Ok(Some(Err(Refusal::of_fetch(&error)))),
        }
    }

    /// A picture given as a path: in the archive, below the feed's own folder, or in the named one.
    async fn read_from_feed(&mut self, path: &str) -> anyhow::Result<Option<Result<String, Refusal>>> {
        if let Some(kept) = self.in_archive(path).await? {
            return Ok(Some(Ok(kept)));
        }
        let own = self.input.as_ref().and_then(Input::folder).and_then(|folder| below(folder, path));
        let file = own.or_else(|| self.local.as_deref().and_then(|folder| by_end(folder, path)));
        match file {
            Some(file) => self.put_file(&file).await.map(Some),
            None if self.local.is_none() && self.lost.len() < MAX_KNOWN => {
                self.lost.push(path.to_owned());
                Ok(None)
            }
            None => Ok(Some(Err(Refusal {
                code: "missing_picture",
                reason: format!("there is no picture {path}"),
                hint: "name the folder of the pictures with --images",
            }))),
        }
    }

    /// Where a member of the archive is kept. Pictures may stand behind the products, so the archive is read through
    /// once when one is missed.
    async fn in_archive(&mut self, path: &str) -> anyhow::Result<Option<String>> {
        if let Some(kept) = self.member(path) {
            return Ok(Some(kept));
        }
        let archive = self.input.clone().filter(|input| !self.is_archive_read && input.is_archive());
        self.is_archive_read = true;
        let Some(archive) = archive else { return Ok(None) };
        let (sender, mut members) = tokio::sync::mpsc::channel(4);
        let reading = tokio::task::spawn_blocking(move || {
            let mut sink = |item| {
                let Item::File { path, bytes } = item else { return ControlFlow::Continue(()) };
                match sender.blocking_send((path, bytes)) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break(()),
                }
            };
            let options = ingest::Options::default();
            ingest::read(&archive.name(), &mut archive.open()?, None, &options, &mut sink)?;
            anyhow::Ok(())
        });
        while let Some((path, bytes)) = members.recv().await {
            if !self.known.contains_key(&path) {
                let kept = self.put(&bytes).await?.ok();
                self.remember(path, kept);
            }
        }
        reading.await.context("the archive could not be read")??;
        Ok(self.member(path))
    }

    fn member(&self, path: &str) -> Option<String> {
        let end = format!("/{path}");
        let found = self.known.get(path).or_else(|| {
            self.known.iter().filter(|(member, _)| member.ends_with(&end)).min().map(|(_, kept)| kept)
        });
        found.cloned().flatten()
    }

    async fn put_file(&mut self, file: &Path) -> anyhow::Result<Result<String, Refusal>> {
        let is_small = tokio::fs::metadata(file).await.is_ok_and(|metadata| metadata.len() <= MAX_BYTES);
        let bytes = if is_small { tokio::fs::read(file).await.ok() } else { None };
        match bytes {
            Some(bytes) => self.put(&bytes).await,
            None => Ok(Err(Refusal {
                code: "unreadable_picture",
                reason: format!("{} cannot be read, or has more than {MAX_BYTES} bytes", file.display()),
                hint: "give a smaller file that may be read",
            })),
        }
    }

    /// Keeps bytes that are a picture; only a folder that cannot be written is an error.
    async fn put(&mut self, bytes: &[u8]) -> anyhow::Result<Result<String, Refusal>> {
        match self.folder.put(bytes).await {
            Ok(stored) => {
                let place = format!("{SERVED}{}", stored.key);
                self.kept.insert(stored.key);
                Ok(Ok(place))
            }
            Err(ImageError::Folder(error)) => Err(error).context("the pictures cannot be kept"),
            Err(error) => Ok(Err(Refusal {
                code: "invalid_picture",
                reason: format!("the picture is not taken over: {error}"),
                hint: "give a PNG, JPEG, WebP, AVIF, GIF or SVG of at most 10 MB",
            })),
        }
    }

    fn noted(&self, place: &str, kept: Result<String, Refusal>, tally: &mut Tally) -> Option<String> {
        kept.map_err(|refusal| {
            tally.push(Diagnostic {
                severity: Severity::Warning,
                file: self.input.as_ref().map(Input::name).unwrap_or_default(),
                line: None,
                record: None,
                field: Some(place.to_owned()),
                code: refusal.code.to_owned(),
                reason: refusal.reason,
                hint: refusal.hint.to_owned(),
            });
        })
        .ok()
    }
}

impl Refusal {
    fn of_fetch(error: &FetchError) -> Self {
        let hint = match error {
            FetchError::PrivateNetwork { .. } => "give --allow-private-network if you trust the feed",
            FetchError::Unreachable(_) | FetchError::TimedOut(_) => {
                "import again later; a server that does not answer is not asked for long"
            }
            FetchError::TooLarge { .. } => "give a smaller picture",
            _ => "correct the URL",
        };
        Self { code: "unfetched_picture", reason: format!("the picture is not taken over: {error}"), hint }
    }
}

fn is_url(location: &str) -> bool {
    location.starts_with("https://") || location.starts_with("http://")
}

/// The file at a path below a folder, never beside it.
fn below(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = Path::new(path);
    let stays = path.components().all(|component| matches!(component, Component::Normal(_)));
    Some(folder.join(path)).filter(|file| stays && file.is_file())
}

/// The file in a folder with the longest end of this path: `media/a/b.jpg`, else `a/b.jpg`, else `b.jpg`.
fn by_end(folder: &Path, path: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    (0..parts.len()).find_map(|from| below(folder, &parts[from..].join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_found_by_the_end_of_its_path_and_never_outside_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("images/m")).unwrap();
        std::fs::write(folder.path().join("images/m/a.png"), "x").unwrap();
        std::fs::write(folder.path().join("secret"), "x").unwrap();
        let images = folder.path().join("images");
        assert_eq!(by_end(&images, "shop.example/media/m/a.png"), Some(images.join("m/a.png")));
        assert_eq!(by_end(&images, "shop.example/m/../../secret"), None);
        assert_eq!(below(&images, "../secret"), None);
        assert_eq!(below(&images, "/etc/passwd"), None);
    }
}
