//! Feeds with everything wrong with them that feeds have had: small ones from a folder, large ones made here.

use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use ingest::{DiagnosticCode, Format, Options};
use zip::write::SimpleFileOptions;

use crate::shown::codes;
use crate::support::{Reading, read, read_with};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/broken");

const HEAD: &str = "<?xml version=\"1.0\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel>\n";
const END: &str = "</channel></rss>\n";

fn item(id: &str, fields: &str) -> String {
    format!("<item><g:id>{id}</g:id><g:title>Lamp</g:title><g:price>5 USD</g:price>{fields}</item>\n")
}

fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(FOLDER)
        .expect("the corpus can be read")
        .map(|entry| entry.expect("the corpus can be read"))
        .map(|entry| {
            (
                entry.file_name().into_string().expect("the corpus can be read"),
                std::fs::read(entry.path()).expect("the corpus can be read"),
            )
        })
        .collect();
    files.sort();
    files
}

/// Products, skipped rows and the codes of findings of every file of the folder.
#[test]
fn every_broken_feed_gives_what_is_good_in_it() {
    let mut text = String::new();
    for (name, bytes) in files() {
        let reading = read_with(&name, None, &bytes, &Options::default());
        let summary = &reading.summary;
        let records = summary.products + summary.reviews + summary.documents + summary.questions;
        text.push_str(&format!(
            "{name}: {records} in, {} out; {}\n",
            summary.skipped,
            codes(&reading).join(" ")
        ));
        assert!(reading.diagnostics.iter().all(|found| found.file.starts_with(&name)), "{name}");
        assert!(reading.pictures.iter().all(|(path, _)| !path.contains("..")), "{name}");
    }
    insta::assert_snapshot!(text, @r#"
    bad-bang.xml: 1 in, 0 out; Malformed
    bom-only.txt: 0 in, 0 out; Empty
    climbing.zip: 200 in, 0 out; 
    cut.jsonl: 1 in, 1 out; Truncated
    cut.tsv: 1 in, 1 out; Truncated
    cut.xml.gz: 65 in, 1 out; Truncated Truncated
    cut.zip: 36 in, 1 out; Truncated Truncated
    cycle.xml: 3 in, 0 out; VariantCycle VariantCycle
    deep.jsonl: 1 in, 1 out; Malformed
    details.tsv: 1 in, 0 out; 
    duplicate-ids.xml: 1 in, 2 out; DuplicateId DuplicateId
    empty-root.xml: 0 in, 0 out; Empty
    empty.txt: 0 in, 0 out; Empty
    entity-bomb.xml: 1 in, 0 out; EntityDeclared
    external-entity.xml: 1 in, 0 out; EntityDeclared
    flipped.xml.gz: 0 in, 0 out; CorruptArchive
    html-titles.xml: 1 in, 0 out; 
    less-than-in-text.xml: 1 in, 1 out; Malformed MissingPrice
    lone-ampersands.xml: 1 in, 0 out; 
    lone-surrogate.jsonl: 1 in, 1 out; Malformed
    negative-stock.jsonl: 1 in, 0 out; InvalidStock
    nested.zip: 0 in, 0 out; NestedArchive
    not-a.gz: 0 in, 0 out; CorruptArchive
    not-a.zip: 0 in, 0 out; Truncated
    nul-bytes.xml: 1 in, 0 out; 
    only-declaration.xml: 0 in, 0 out; UnknownFormat
    other-prefix.xml: 1 in, 0 out; 
    picture.png: 0 in, 0 out; UnknownFormat
    prices.xml: 2 in, 8 out; InvalidPrice InvalidPrice InvalidPrice InvalidPrice InvalidPrice MissingPrice InvalidPrice InvalidPrice
    prose.txt: 0 in, 0 out; UnknownFormat
    ragged.tsv: 0 in, 3 out; WrongColumnCount MissingPrice WrongColumnCount Truncated
    reviews-cut.xml: 1 in, 1 out; Truncated
    reviews-odd.xml: 0 in, 2 out; Empty InvalidRating Empty
    spaces.txt: 0 in, 0 out; Empty
    truncated-cdata.xml: 1 in, 1 out; Truncated
    truncated-comment.xml: 1 in, 0 out; Truncated
    truncated-tag.xml: 1 in, 1 out; Truncated
    truncated.xml: 1 in, 1 out; Truncated
    types.jsonl: 1 in, 6 out; InvalidValue InvalidValue InvalidValue Malformed UnknownField InvalidValue InvalidValue
    unclosed-item.xml: 1 in, 1 out; Malformed
    unclosed-title.xml: 1 in, 1 out; Malformed MissingPrice
    undeclared-prefix.xml: 1 in, 0 out; 
    utf-16-cut.xml: 0 in, 1 out; Truncated Encoding
    wrong-declaration.xml: 1 in, 0 out; Encoding
    "#);
}

/// A reader that was told the wrong format must not fall over either.
#[test]
fn every_broken_feed_can_be_read_as_every_format() {
    for (name, bytes) in files() {
        for format in Format::ALL {
            read_with(&name, Some(format), &bytes, &Options::default());
        }
    }
}

#[test]
fn reads_on_behind_a_mark_that_is_never_closed() {
    let lamp = |id: &str, title: &str| format!("{id},{title},5 USD,https://shop.example/{id}\n");
    let check = |rows: &[String]| {
        let table = format!("id,title,price,link\n{}", rows.concat());
        let reading = read("t.csv", None, table.as_bytes());
        let ids: Vec<_> = reading.products.iter().map(|product| product.source_id.as_str()).collect();
        format!("{} | {}", ids.join(" "), reading.findings())
    };
    let open = || lamp("2", "\"5 inch lamp");
    insta::assert_snapshot!(check(&[lamp("1", "A"), open(), lamp("3", "B"), lamp("4", "C")]), @"1 3 4 | t.csv:3: error: a quotation mark is opened on this line and never closed; the line is left out; close it, or double it where it is a sign of the text");
    insta::assert_snapshot!(check(&[open(), lamp("3", "\"Lamp, red\""), lamp("4", "\"5\"\" lamp\nin two lines\"")]), @"3 4 | t.csv:2: error: a quotation mark is opened on this line and never closed; the line is left out; close it, or double it where it is a sign of the text");
    insta::assert_snapshot!(check(&[open(), lamp("3", "B"), lamp("4", "C").trim_end().to_owned()]), @"3 4 | t.csv:2: error: a quotation mark is opened on this line and never closed; the line is left out; close it, or double it where it is a sign of the text");
    let long: String = (5..2_000).map(|id| lamp(&id.to_string(), "D")).collect();
    let table = format!("id,title,price,link\n{}{long}", open());
    let options = Options { max_row_bytes: 16 << 10, ..Options::default() };
    let reading = read_with("t.csv", None, table.as_bytes(), &options);
    assert_eq!(reading.products.len(), 1_995);
    assert_eq!(codes(&reading), ["Malformed"]);
}

#[test]
fn stops_when_the_sink_does() {
    let feed = format!("{HEAD}{}{}{END}", item("A", ""), item("B", ""));
    let mut count = 0;
    let mut sink = |_| {
        count += 1;
        ControlFlow::Break(())
    };
    let summary =
        ingest::read("feed.xml", &mut feed.as_bytes(), None, &Options::default(), &mut sink).unwrap();
    assert_eq!((count, summary.is_stopped), (1, true));
}

#[test]
fn cuts_fields_of_ten_megabytes() {
    let long = "x ".repeat(5 << 20);
    let plain = item("A", &format!("<g:description>{long}</g:description>"));
    let cdata =
        item("B", &format!("<g:description><![CDATA[{}]]></g:description>", long.replace("x x ", "<b>x")));
    let reading = read("long.xml", None, format!("{HEAD}{plain}{cdata}{}{END}", item("C", "")).as_bytes());
    assert_eq!((reading.products.len(), codes(&reading)), (3, vec!["FieldTooLong".to_owned(); 2]));
    assert!(reading.products.iter().all(|product| product.description.len() <= 1 << 20));
}

#[test]
fn ends_at_markup_without_an_end() {
    let options = Options { max_row_bytes: 64 << 10, ..Options::default() };
    let feed = format!("{HEAD}{}<item a=\"{}", item("A", ""), "<>".repeat(1 << 20));
    let reading = read_with("tag.xml", None, feed.as_bytes(), &options);
    assert_eq!((reading.products.len(), codes(&reading)), (1, vec!["RowTooLong".to_owned()]));
    let deep = format!("{HEAD}{}", "<a>".repeat(1 << 20));
    assert_eq!(codes(&read("deep.xml", None, deep.as_bytes())), ["Malformed"]);
}

#[test]
fn leaves_out_items_with_too_many_elements() {
    let many = item("A", &"<g:color>Red</g:color>".repeat(10_000));
    let reading = read("many.xml", None, format!("{HEAD}{many}{}{END}", item("B", "")).as_bytes());
    assert_eq!((reading.products.len(), codes(&reading)), (1, vec!["TooManyColumns".to_owned()]));
}

/// Elements beyond the cap are counted and not kept, in whatever order they are closed.
#[test]
fn leaves_out_items_that_nest_too_many_elements() {
    let options = Options { max_columns: 4, ..Options::default() };
    let nested = "<item><g:id>A</g:id><a><b><c><d></d><e></d></c></item>";
    let reading = read_with("nested.xml", None, format!("{HEAD}{nested}{END}").as_bytes(), &options);
    assert_eq!((reading.products.len(), codes(&reading)), (0, vec!["TooManyColumns".to_owned()]));
}

#[test]
fn goes_on_behind_a_stray_declaration() {
    let feed = format!(
        "{HEAD}<!oops>{}<!{}{}<!ENTITY x \"y\">{}{END}",
        item("A", ""),
        "x".repeat(200 << 10),
        item("B", "<g:brand>Ter<!oops>n</g:brand>"),
        item("C", "")
    );
    let reading = read("stray.xml", None, feed.as_bytes());
    assert_eq!((reading.products.len(), codes(&reading)), (3, vec!["Malformed".to_owned(); 4]));
    assert_eq!(reading.products[1].brand, "Tern");
}

#[test]
fn refuses_a_million_columns() {
    let header = format!("id\ttitle\tprice{}\n", "\tx".repeat(1_000_000));
    let row = format!("A\tLamp\t5 USD{}\n", "\ty".repeat(1_000_000));
    let reading =
        read_with("wide.tsv", Some(Format::GoogleTsv), (header + &row).as_bytes(), &Options::default());
    assert_eq!(reading.products.len(), 0);
    assert_eq!(codes(&reading), ["TooManyColumns"], "{}", reading.findings());
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

/// The same without lengths in the headers, as tools write it that cannot go back.
fn streamed_zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new_stream(Vec::new());
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("memory can be written");
        archive.write_all(bytes).expect("memory can be written");
    }
    archive.finish().expect("memory can be written").into_inner()
}

#[test]
fn refuses_bombs() {
    let options = Options { free_bytes: 1 << 20, ..Options::default() };
    let bomb = format!("{HEAD}{}<!--{}-->{END}", item("A", ""), " ".repeat(64 << 20));
    let has_bomb = |reading: &Reading| {
        reading.diagnostics.iter().filter(|found| found.code == DiagnosticCode::CompressionBomb).count() == 1
    };
    assert!(has_bomb(&read_with("bomb.gz", None, &gzip(bomb.as_bytes()), &options)));
    assert!(has_bomb(&read_with("bomb.zip", None, &zip(&[("feed.xml", bomb.as_bytes())]), &options)));
    let picture = [b"\x89PNG".as_slice(), &vec![0; 64 << 20]].concat();
    assert!(has_bomb(&read_with("bomb.zip", None, &zip(&[("a.png", &picture)]), &options)));
}

#[test]
fn reads_archives_with_feeds_and_pictures() {
    let feed = format!("{HEAD}{}{END}", item("A", ""));
    let lines = "{\"type\":\"product\",\"id\":\"B\",\"title\":\"Mug\",\"price\":\"5 USD\"}\n";
    let packed = gzip(lines.replace("\"B\"", "\"C\"").as_bytes());
    let members: [(&str, &[u8]); 7] = [
        ("feed/products.txt", feed.as_bytes()),
        ("images/a.png", b"\x89PNG\r\n\x1a\nrest"),
        ("images/b.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        ("lines.dat", lines.as_bytes()),
        ("lines.gz", &packed),
        ("notes.bin", b"\x00\x01\x02\x03"),
        ("__MACOSX/._feed", b"\x00\x01"),
    ];
    for archive in [zip(&members), streamed_zip(&members)] {
        let reading = read("shop.zip", None, &archive);
        let ids: Vec<&str> = reading.products.iter().map(|product| product.source_id.as_str()).collect();
        let pictures: Vec<&str> = reading.pictures.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(ids, ["A", "B", "C"]);
        assert_eq!(pictures, ["images/a.png", "images/b.svg"]);
        assert_eq!(
            reading.findings(),
            "shop.zip/notes.bin: note: the file is left out: it is neither a feed nor a picture; nothing is to be done unless it was meant to be imported"
        );
        assert_eq!(reading.summary.formats, [Format::GoogleXml, Format::Jsonl]);
    }
}

#[test]
fn reads_every_encoding_alike() {
    let feed = format!("{HEAD}{}{END}", item("A", "<g:brand>Größe</g:brand>"));
    let expected = read("feed.xml", None, feed.as_bytes()).products;
    let wide = |unit: fn(u16) -> [u8; 2]| feed.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let narrow: Vec<u8> = feed.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), feed.as_bytes()].concat();
    let declared = [
        b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>".as_slice(),
        &narrow["<?xml version=\"1.0\"?>".len()..],
    ]
    .concat();
    for bytes in [marked, wide(u16::to_le_bytes), wide(u16::to_be_bytes), narrow, declared] {
        assert_eq!(read("feed.xml", None, &bytes).products, expected);
    }
}
