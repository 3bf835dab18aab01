use super::*;

#[track_caller]
fn check_list(text: &str, expected: &[&str]) {
    assert_eq!(list_values(text), expected, "{text}");
}

#[test]
fn splits_lists_of_values() {
    check_list("All-weather, Cool, Indoor", &["All-weather", "Cool", "Indoor"]);
    check_list("Cotton, polyester, elastane", &["Cotton", "polyester", "elastane"]);
    check_list("Lightweight, Rain Coat, ¼ zip", &["Lightweight", "Rain Coat", "¼ zip"]);
    check_list("USB-C; HDMI 2.1; Ethernet", &["USB-C", "HDMI 2.1", "Ethernet"]);
    check_list("Gym|Travel", &["Gym", "Travel"]);
    check_list("Polyester (recycled, 80%), Cotton", &["Polyester (recycled, 80%)", "Cotton"]);
    check_list("1.5 kg, 2.5 kg", &["1.5 kg", "2.5 kg"]);
}

#[test]
fn leaves_sentences_and_numbers_whole() {
    for text in [
        "1,5 kg",
        "10,000 mAh",
        "Runs small, order a size up",
        "Wash cold, then hang to dry in the shade.",
        "Fits red, white and blue frames",
        "Solid",
        "https://shop.example/a|b",
    ] {
        check_list(text, &[text]);
    }
    check_list("  ", &[]);
}

#[track_caller]
fn check_time(text: &str, expected: Option<&str>) {
    assert_eq!(parse_time(text).map(|time| time.to_string()).as_deref(), expected, "{text}");
}

#[test]
fn reads_dates_as_feeds_write_them() {
    check_time("2026-03-14T09:30:00Z", Some("2026-03-14T09:30:00Z"));
    check_time("2026-03-14T09:30:00+01:00", Some("2026-03-14T08:30:00Z"));
    check_time("2026-03-14T09:30+0100", Some("2026-03-14T08:30:00Z"));
    check_time("2026-03-14 09:30", Some("2026-03-14T09:30:00Z"));
    check_time("2026-03-14", Some("2026-03-14T00:00:00Z"));
    check_time("Sat, 14 Mar 2026 09:30:00 GMT", Some("2026-03-14T09:30:00Z"));
    check_time("yesterday", None);
    check_time("2026-02-30", None);
    assert_eq!(parse_end_time("2026-03-14").unwrap().to_string(), "2026-03-15T00:00:00Z");
}
