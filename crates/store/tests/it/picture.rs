//! Pictures: what is kept, and from where they are fetched.

use std::time::Duration;

use store::{
    FetchError, FetchOptions, Fetcher, ImageError, ImageFolder, ImageType, NotAnImage, PrivateNetworks,
};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// One black pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";

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

/// A picture of one pixel whose header says what it likes.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = PNG.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    bytes
}

#[tokio::test]
async fn refuses_what_is_cut_off_or_too_large_to_show() -> anyhow::Result<()> {
    let place = tempfile::tempdir()?;
    let folder = ImageFolder::new(place.path());
    for length in [8, 24, 33, 40, PNG.len() - 12] {
        let refused = folder.put(&PNG[..length]).await;
        assert!(matches!(refused, Err(ImageError::NotAnImage(NotAnImage::Damaged))), "{length} bytes");
    }
    let large = folder.put(&claiming(60_000, 60_000)).await;
    let expected = NotAnImage::TooManyPixels { width: 60_000, height: 60_000 };
    assert!(matches!(large, Err(ImageError::NotAnImage(why)) if why == expected));
    let none = folder.put(&claiming(0, 5)).await;
    assert!(matches!(none, Err(ImageError::NotAnImage(NotAnImage::Damaged))));
    // A frame of a JPEG with its scan: without the end of the image it is half a picture.
    let jpeg: &[u8] =
        b"\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x37\xff\xd9";
    assert_eq!(folder.put(jpeg).await?.kind, ImageType::Jpeg);
    assert!(folder.put(&jpeg[..jpeg.len() - 2]).await.is_err());
    let gif: &[u8] =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3b";
    assert_eq!(folder.put(gif).await?.kind, ImageType::Gif);
    assert!(folder.put(&gif[..gif.len() - 1]).await.is_err());
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
