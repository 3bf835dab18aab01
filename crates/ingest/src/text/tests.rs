use super::*;

fn check(bytes: &[u8], encoding: &str, expected: &str) {
    let mut text = Text::new(Box::new(bytes));
    assert_eq!(text.encoding(), encoding);
    let mut all = String::new();
    text.read_to_string(&mut all).unwrap();
    assert_eq!(all, expected);
}

#[test]
fn finds_the_encoding() {
    check("größe".as_bytes(), "UTF-8", "größe");
    check(b"\xef\xbb\xbfid\ttitle", "UTF-8", "id\ttitle");
    check(b"\xff\xfei\0d\0", "UTF-16LE", "id");
    check(b"\xfe\xff\0i\0d", "UTF-16BE", "id");
    check(b"i\0d\0\n\0", "UTF-16LE", "id\n");
    check(b"\0i\0d\0\n", "UTF-16BE", "id\n");
    check(b"Gr\xf6\xdfe, caf\xe9, \x80 5", "windows-1252", "Größe, café, € 5");
    check(
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>",
        "windows-1252",
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>",
    );
}

#[test]
fn reads_stray_bytes_of_utf_8_as_windows_1252() {
    let bytes = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a>caf\xe9</a>";
    let mut text = Text::new(Box::new(&bytes[..]));
    let mut all = String::new();
    text.read_to_string(&mut all).unwrap();
    assert!(all.ends_with("<a>café</a>"), "{all}");
    assert_eq!(text.malformed(), Some((1, 2)));
}

#[test]
fn counts_lines_across_buffers() {
    let bytes = "é line\n".repeat(40_000);
    let mut text = Text::new(Box::new(bytes.as_bytes()));
    let mut all = String::new();
    text.read_to_string(&mut all).unwrap();
    assert_eq!((all == bytes, text.line(), text.malformed()), (true, 40_001, None));
}
