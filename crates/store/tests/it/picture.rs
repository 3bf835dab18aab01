//! Pictures: what is kept, and from where they are fetched.

use std::time::Duration;

use store::{
    FetchError, FetchOptions, Fetcher, ImageError, ImageFolder, ImageType, NotAnImage, PrivateNetworks,
};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d];

#[tokio::test]
async fn keeps_a_picture_once_and_reads_it_back() -> anyhow::Result<()> {
    let place = tempfile::tempdir()?;
    let folder = ImageFolder::new(place.path());
    let image = folder.put(PNG).await?;
    assert_eq!(folder.put(PNG).await?, image);
    assert_eq!(folder.read(&image.key).await?, Some((ImageType::Png, PNG.to_vec())));
    for no_key in ["../../etc/passwd", "", "9f86.png", &image.key.replace(".png", ".exe")] {
        assert_eq!(folder.read(no_key).await?, None);
    }
    let small = folder.with_max_bytes(4).put(PNG).await;
    assert!(matches!(small, Err(ImageError::TooLarge { max_bytes: 4 })));
    Ok(())
}

#[test]
fn goes_by_the_bytes() {
    let sniff = ImageType::sniff;
    assert_eq!(sniff(b"\xff\xd8\xff\xe0 JFIF"), Ok(ImageType::Jpeg));
    assert_eq!(sniff(b"GIF89a"), Ok(ImageType::Gif));
    assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(ImageType::Webp));
    assert_eq!(sniff(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif"), Ok(ImageType::Avif));
    assert_eq!(sniff(b"\0\0\0\x14ftypisom\0\0\0\0mp42"), Err(NotAnImage::UnknownType));
    assert_eq!(sniff(b"<!DOCTYPE html><html><body>not here</body></html>"), Err(NotAnImage::UnknownType));
    assert_eq!(sniff(b""), Err(NotAnImage::UnknownType));
}

#[test]
fn keeps_drawings_that_only_draw() {
    let harmless = r##"<?xml version="1.0"?><!-- drawn by hand --><svg xmlns="http://www.w3.org/2000/svg">
        <defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
        <style>.b { fill: url(#a) }</style><rect class="b" fill="url('#a')" width="5" height="5"/>
        <use href="#a"/><text>Tents &amp; tarps</text></svg>"##;
    assert_eq!(ImageType::sniff(harmless.as_bytes()), Ok(ImageType::Svg));
}

#[test]
fn refuses_drawings_that_act() {
    let bodies = [
        "<script>alert(1)</script>",
        "<rect onload='alert(1)'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<use href='https://elsewhere.example/x.svg#a'/>",
        "<use xlink:href='&#x64;ata:image/svg+xml,x'/>",
        "<foreignObject><body/></foreignObject>",
        "<image href='http://127.0.0.1/'/>",
        "<rect style='fill: u&#114;l(http://elsewhere.example)'/>",
        "<style>@import 'http://elsewhere.example'</style>",
        "<style><![CDATA[rect { fill: url(http://elsewhere.example) }]]></style>",
        "<style>rect { fill: \\75rl(http://elsewhere.example) }</style>",
        "<rect",
        "<g>",
    ];
    for body in bodies {
        let svg = format!("<svg xmlns='http://www.w3.org/2000/svg'>{body}</svg>");
        let sniffed = ImageType::sniff(svg.as_bytes());
        assert!(matches!(sniffed, Err(NotAnImage::UnsafeSvg(_))), "{body}: {sniffed:?}");
    }
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>";
    assert!(ImageType::sniff(bomb.as_bytes()).is_err());
}

fn fetcher(private_networks: PrivateNetworks) -> Result<Fetcher, FetchError> {
    Fetcher::new(FetchOptions { max_bytes: 1000, timeout: Duration::from_millis(500), private_networks })
}

#[tokio::test]
async fn refuses_private_networks() -> anyhow::Result<()> {
    let server = MockServer::start().await;
    let fetcher = fetcher(PrivateNetworks::Refuse)?;
    let port = server.address().port();
    let hosts = ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0"];
    for host in hosts {
        let fetched = fetcher.fetch(&format!("http://{host}:{port}/x.png")).await;
        assert!(matches!(fetched, Err(FetchError::PrivateNetwork { .. })), "{host}: {fetched:?}");
    }
    for url in ["file:///etc/passwd", "ftp://shop.example/x.png", "x.png", "data:image/png,x"] {
        assert!(matches!(fetcher.fetch(url).await, Err(FetchError::BadUrl { .. })), "{url}");
    }
    assert_eq!(server.received_requests().await.unwrap_or_default().len(), 0);
    Ok(())
}

#[tokio::test]
async fn fetches_within_limits() -> anyhow::Result<()> {
    let server = MockServer::start().await;
    let answers = [
        ("/x.png", ResponseTemplate::new(200).set_body_bytes(PNG)),
        ("/moved.png", ResponseTemplate::new(302).insert_header("location", "/x.png")),
        ("/loop.png", ResponseTemplate::new(302).insert_header("location", "/loop.png")),
        ("/out.png", ResponseTemplate::new(302).insert_header("location", "file:///etc/passwd")),
        ("/large.png", ResponseTemplate::new(200).set_body_bytes(vec![0; 1001])),
        ("/slow.png", ResponseTemplate::new(200).set_delay(Duration::from_secs(30))),
    ];
    for (at, answer) in answers {
        Mock::given(path(at)).respond_with(answer).mount(&server).await;
    }
    let fetcher = fetcher(PrivateNetworks::Allow)?;
    let fetch = async |name: &str| fetcher.fetch(&format!("{}{name}", server.uri())).await;
    assert_eq!(fetch("/x.png").await?, PNG);
    assert_eq!(fetch("/moved.png").await?, PNG);
    assert!(matches!(fetch("/loop.png").await, Err(FetchError::TooManyRedirects)));
    assert!(matches!(fetch("/out.png").await, Err(FetchError::BadUrl { .. })));
    assert!(matches!(fetch("/large.png").await, Err(FetchError::TooLarge { max_bytes: 1000 })));
    assert!(matches!(fetch("/slow.png").await, Err(FetchError::TimedOut(_))));
    assert!(matches!(fetch("/none.png").await, Err(FetchError::Refused { status: 404 })));
    Ok(())
}

#[tokio::test]
async fn reads_files_below_the_feed_only() -> anyhow::Result<()> {
    let place = tempfile::tempdir()?;
    let feed = place.path().join("feed");
    std::fs::create_dir_all(feed.join("images"))?;
    std::fs::write(feed.join("images/x.png"), PNG)?;
    std::fs::write(place.path().join("secret"), "secret")?;
    std::os::unix::fs::symlink(place.path().join("secret"), feed.join("images/link.png"))?;
    assert_eq!(store::read_local(&feed, "images/x.png", 100).await?, PNG);
    for location in ["../secret", "/etc/passwd", "images/../../secret", "images/link.png", "images", ""] {
        let read = store::read_local(&feed, location, 100).await;
        assert!(matches!(read, Err(store::LocalFileError::Outside { .. })), "{location}: {read:?}");
    }
    let large = store::read_local(&feed, "images/x.png", 4).await;
    assert!(matches!(large, Err(store::LocalFileError::TooLarge { max_bytes: 4 })));
    Ok(())
}
