//! `russet import`.

use crate::program::{Place, feed, keeps_to};

#[test]
fn reports_what_came_in_and_changes_nothing_the_second_time() {
    let place = Place::new();
    place.write("shop.jsonl", feed());
    let report = place.json(&["import", "shop.jsonl"]);
    keeps_to("import-report", &report);
    assert_eq!(report["is_committed"], true);
    assert_eq!(report["products"]["added"], 2);
    assert_eq!(report["variants"], 3);
    assert_eq!(report["reviews"]["added"], 1);
    let again = place.json(&["import", "shop.jsonl"]);
    assert_eq!(again["products"]["unchanged"], 2, "{again}");
    assert_eq!(again["products"]["changed"], 0);
    assert_eq!(again["generation"], report["generation"]);
}

#[test]
fn a_wrong_row_is_left_out_and_the_rest_goes_in_unless_strict() {
    let place = Place::new();
    place.write("shop.jsonl", format!("{}{}", feed(), "{\"type\":\"product\",\"title\":\"No id\"}\n"));
    let refused = place.run(&["import", "shop.jsonl", "--strict", "--json"]).failed_with(1);
    assert_eq!(refused.json()["is_committed"], false);
    assert_eq!(place.run(&["search", "lamp"]).failed_with(1).out, "");
    let report = place.json(&["import", "shop.jsonl"]);
    assert_eq!(report["errors"], 1);
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let error = diagnostics.iter().find(|diagnostic| diagnostic["severity"] == "error").unwrap();
    assert_eq!((error["line"].as_u64(), error["field"].as_str()), (Some(7), Some("id")), "{report}");
    assert_eq!(report["products"]["added"], 2);
}

#[test]
fn replace_makes_the_feed_the_whole_truth() {
    let place = Place::with_shop();
    let rest: Vec<&str> = feed().lines().filter(|line| !line.contains("L2")).collect();
    place.write("less.jsonl", rest.join("\n"));
    assert_eq!(place.json(&["import", "less.jsonl"])["products"]["removed"], 0);
    assert_eq!(place.json(&["import", "less.jsonl", "--replace"])["products"]["removed"], 1);
    let reply = place.json(&["search", "lamp"]);
    assert_eq!(reply["total"], 1, "{reply}");
}

#[test]
fn a_feed_without_records_never_empties_the_catalog() {
    let place = Place::with_shop();
    place.write("empty.jsonl", "");
    place.run(&["import", "empty.jsonl", "--replace"]).failed_with(1);
    assert_eq!(place.json(&["search", "lamp"])["total"], 2);
}

#[test]
fn a_dry_run_reads_everything_and_changes_nothing() {
    let place = Place::new();
    place.write("shop.jsonl", feed());
    let report = place.json(&["import", "shop.jsonl", "--dry-run"]);
    assert_eq!(report["is_committed"], false);
    assert_eq!(report["files"][0]["records"], 6);
    place.run(&["search", "lamp"]).failed_with(1);
}

#[test]
fn several_paths_and_whole_folders_are_one_import() {
    let place = Place::new();
    let lines: Vec<&str> = feed().lines().collect();
    place.write("feeds/a.jsonl", lines[..2].join("\n"));
    place.write("feeds/deep/b.jsonl", lines[2..].join("\n"));
    place.write("feeds/readme.md", "not a feed");
    place.write("page.html", "<html><head><title>Care</title></head><body><h1>Care</h1><p>Wipe the shade with a dry cloth.</p></body></html>");
    let report = place.json(&["import", "feeds", "page.html"]);
    assert_eq!(report["files"].as_array().unwrap().len(), 3, "{report}");
    assert_eq!(report["products"]["added"], 2);
    assert_eq!(report["documents"]["added"], 2);
}

#[test]
fn pictures_beside_the_feed_are_taken_over_and_nothing_else_is() {
    let place = Place::new();
    place.write(
        "shop.jsonl",
        feed().replace("A tall lamp for reading.\"", "A tall lamp.\",\"images\":[\"../secret.svg\"]"),
    );
    place.write("pictures/l1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><rect width=\"4\" height=\"4\"/></svg>");
    let report = place.json(&["import", "shop.jsonl"]);
    assert_eq!(report["images"], 1, "{report}");
    assert_eq!(report["warnings"], 1);
    let reply = place.json(&["search", "table lamp"]);
    let image = reply["hits"][0]["image"].as_str().unwrap();
    assert!(image.starts_with("/images/") && image.ends_with(".svg"), "{image}");
}

#[test]
fn statuses_tell_usage_from_input() {
    let place = Place::new();
    place.run(&["import"]).failed_with(2);
    place.run(&["import", "--format", "word-doc", "x"]).failed_with(2);
    place.run(&["import", "missing.xml"]).failed_with(1);
    place.write("noise.bin", [0u8, 159, 146, 150, 1, 2, 3]);
    place.run(&["import", "noise.bin"]).failed_with(1);
}
