//! The same reason in other words.

use super::*;

#[test]
fn a_reason_is_known_in_other_words() {
    let reasons: Vec<String> =
        ["too small", "too large", "defective", "damaged in transit", "no longer needed", "other"]
            .map(str::to_owned)
            .into();
    for (said, meant) in [
        ("too big", Some("too large")),
        ("it's too tight", Some("too small")),
        ("it does not work", Some("defective")),
        ("it arrived broken", Some("damaged in transit")),
        ("I changed my mind", Some("no longer needed")),
        ("it is defective", Some("defective")),
        ("my neighbour has one", None),
    ] {
        assert_eq!(among(&reasons, said).as_deref(), meant, "{said}");
    }
    assert_eq!(among(&[], "Too Big").as_deref(), Some("too big"));
}
