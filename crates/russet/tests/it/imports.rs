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
    assert_eq!(
        (&report["products"]["added"], &report["reviews"]["added"]),
        (&2.into(), &1.into()),
        "{report}"
    );
    place.run(&["search", "lamp"]).failed_with(1);
}

#[test]
fn a_dry_run_says_what_would_change() {
    let place = Place::with_shop();
    let rest: Vec<&str> = feed().lines().filter(|line| !line.contains("L2")).collect();
    place.write("less.jsonl", rest.join("\n"));
    let same = place.json(&["import", "shop.jsonl", "--dry-run"]);
    assert_eq!(
        (&same["products"]["unchanged"], &same["products"]["changed"]),
        (&2.into(), &0.into()),
        "{same}"
    );
    let less = place.json(&["import", "less.jsonl", "--dry-run", "--replace"]);
    assert_eq!((&less["products"]["removed"], &less["is_committed"]), (&1.into(), &false.into()), "{less}");
    let said = place.run(&["import", "less.jsonl", "--dry-run", "--replace"]).succeeded().out;
    assert!(said.contains("The catalog was not changed.") && said.contains("1 removed"), "{said}");
    assert_eq!(place.json(&["search", "lamp"])["total"], 2);
}

#[test]
fn reviews_that_a_feed_takes_back_are_removed_once() {
    let place = Place::with_shop();
    let review = |id: &str| {
        format!(
            "<review><review_id>{id}</review_id><content>It flickers.</content><products><product><product_ids><skus>\
             <sku>L1</sku></skus></product_ids></product></products></review>"
        )
    };
    let feed = |reviews: &str, gone: &str| {
        format!(
            "<feed><version>2.3</version><reviews>{reviews}</reviews><deleted_reviews>{gone}</deleted_reviews></feed>"
        )
    };
    place.write("first.xml", feed(&format!("{}{}", review("9"), review("10")), ""));
    assert_eq!(place.json(&["import", "first.xml"])["reviews"]["added"], 2);
    place.write("second.xml", feed("", "<review_id>9</review_id><review_id>404</review_id>"));
    let (dry, real) = (&["import", "second.xml", "--dry-run"][..], &["import", "second.xml"][..]);
    for (words, removed) in [(dry, 1), (real, 1), (real, 0)] {
        let report = place.json(words);
        let found =
            [&report["withdrawn_reviews"], &report["reviews"]["removed"], &report["reviews"]["added"]];
        let found = found.map(|count| count.as_u64());
        assert_eq!(found, [Some(2), Some(removed), Some(0)], "{report}");
    }
    let said = place.run(&["import", "second.xml"]).succeeded().out;
    assert!(said.contains("2 reviews taken back"), "{said}");
}

#[test]
fn half_a_feed_never_replaces_the_whole_catalog() {
    let place = Place::with_shop();
    let half = "<rss xmlns:g=\"http://base.google.com/ns/1.0\"><channel><item><g:id>L1</g:id><g:title>Lamp</g:title>\
        <g:price>5 USD</g:price></item><item><g:id>L2</g:id><g:ti";
    place.write("half.xml", half);
    let refused = place.run(&["import", "half.xml", "--replace", "--json"]).failed_with(1).json();
    let codes: Vec<_> =
        refused["diagnostics"].as_array().unwrap().iter().map(|found| &found["code"]).collect();
    assert!(codes.contains(&&"refused_replace".into()), "{refused}");
    assert_eq!(place.json(&["search", "lamp"])["total"], 2);
    let reviews: Vec<&str> = feed().lines().filter(|line| line.contains("review")).collect();
    place.write("reviews.jsonl", reviews.join("\n"));
    place.run(&["import", "reviews.jsonl", "--replace"]).failed_with(1);
    assert_eq!(place.json(&["search", "lamp"])["total"], 2);
    assert_eq!(place.json(&["import", "half.xml"])["is_committed"], true);
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

/// A server that has one picture, one page under the name of a picture, and a way from one to the other.
fn serve_pictures() -> std::net::SocketAddr {
    use std::io::{BufRead, BufReader, Write};
    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><rect width=\"4\" height=\"4\"/></svg>";
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in listener.incoming().map_while(Result::ok) {
            let mut line = String::new();
            if BufReader::new(&connection).read_line(&mut line).is_err() {
                continue;
            }
            let (status, body) = match line.split(' ').nth(1) {
                Some("/lamp.svg") => ("200 OK", SVG),
                Some("/moved.svg") => ("302 Found\r\nlocation: /lamp.svg", ""),
                Some("/page.png") => ("200 OK", "<!doctype html><p>Not here"),
                _ => ("404 Not Found", ""),
            };
            let length = body.len();
            let answer =
                format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            let _ = (&connection).write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn pictures_are_fetched_from_private_networks_only_where_that_is_allowed() {
    let server = serve_pictures();
    let place = Place::new();
    let product = |id: &str, path: &str| {
        format!(
            "{{\"type\":\"product\",\"id\":\"{id}\",\"title\":\"Lamp {id}\",\"price\":\"5 USD\",\"images\":[\"http://localhost:{}/{path}\"]}}\n",
            server.port()
        )
    };
    let feed = [
        product("A", "lamp.svg"),
        product("B", "moved.svg"),
        product("C", "page.png"),
        product("D", "none.png"),
    ];
    place.write("shop.jsonl", feed.concat());
    let linked = place.json(&["import", "shop.jsonl"]);
    assert_eq!((&linked["images"], &linked["warnings"]), (&0.into(), &0.into()), "{linked}");
    let refused = place.json(&["import", "shop.jsonl", "--fetch-images"]);
    assert_eq!((&refused["images"], &refused["warnings"]), (&0.into(), &4.into()), "{refused}");
    assert!(refused["diagnostics"][0]["reason"].as_str().unwrap().contains("public internet"), "{refused}");
    let fetched = place.json(&["import", "shop.jsonl", "--fetch-images", "--allow-private-network"]);
    assert_eq!((&fetched["images"], &fetched["warnings"]), (&1.into(), &2.into()), "{fetched}");
    let reply = place.json(&["search", "lamp"]);
    let images: Vec<&str> =
        reply["hits"].as_array().unwrap().iter().filter_map(|hit| hit["image"].as_str()).collect();
    assert_eq!(images.iter().filter(|image| image.starts_with("/images/")).count(), 2, "{reply}");
}
