//! Every way to fail is explained.

use wire::ErrorCode;

#[test]
#[expect(clippy::disallowed_methods, reason = "the pages are files, and there is one for each code")]
fn every_error_code_has_a_page_that_tells_its_status_and_what_to_do() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/errors");
    for code in ErrorCode::ALL {
        let page = std::fs::read_to_string(format!("{folder}/{}.md", code.word())).unwrap();
        assert!(page.starts_with(&format!("# {}\n", code.title())), "{code:?}");
        assert!(page.contains(&format!("`{}`, status {}", code.word(), code.status())), "{code:?}");
        assert_eq!(page.contains("may succeed later"), code.is_retryable(), "{code:?}");
        assert!(page.contains("## What to do"), "{code:?}");
    }
}
