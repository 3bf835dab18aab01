//! `russet serve`, asked over a plain socket.

use serde_json::Value;

use crate::program::{Place, keeps_to};
use crate::server::{Server, events};

#[test]
fn answers_stream_as_parts_of_a_ui_message() {
    let place = Place::with_shop();
    let server = Server::start(&place);
    let (head, body) = server.ask("POST /api/ask", r#"{"text":"How heavy is it?","product":"L1"}"#);
    assert!(head.starts_with("http/1.0 200"), "{head}");
    assert!(
        head.contains("x-vercel-ai-ui-message-stream: v1")
            && head.contains("content-type: text/event-stream")
    );
    assert!(body.ends_with("data: [DONE]\n\n"), "{body}");
    let parts: Vec<Value> = events(&body).into_iter().map(|(_, part)| part).collect();
    parts.iter().for_each(|part| keeps_to("stream-part", part));
    let kinds: Vec<&str> = parts.iter().map(|part| part["type"].as_str().unwrap()).collect();
    assert_eq!((kinds[0], kinds[kinds.len() - 1]), ("start", "finish"));
    for kind in
        ["text-delta", "data-claim", "data-evidence", "data-citation", "source-document", "data-finding"]
    {
        assert!(kinds.contains(&kind), "{kind} is not among {kinds:?}");
    }
}

#[test]
fn an_import_by_another_process_is_picked_up() {
    let place = Place::with_shop();
    let server = Server::start(&place);
    assert!(server.ask("GET /api/search?q=chandelier", "").1.contains("\"hits\":[]"));
    place.write(
        "more.jsonl",
        r#"{"type":"product","id":"L3","title":"Pier Chandelier","price":"300.00 USD"}"#,
    );
    place.run(&["import", "more.jsonl"]).succeeded();
    let started = std::time::Instant::now();
    while !server.ask("GET /api/search?q=chandelier", "").1.contains("Pier Chandelier") {
        assert!(started.elapsed().as_secs() < 60, "the import was not picked up");
    }
}

#[test]
fn failures_are_problem_details() {
    let place = Place::with_shop();
    let server = Server::start(&place);
    let check = |head: &str, body: &str, status: u64, code: &str| {
        let (head, body) = server.ask(head, body);
        assert!(head.contains("content-type: application/problem+json"), "{head}");
        let problem: Value = serde_json::from_str(&body).unwrap();
        keeps_to("problem", &problem);
        assert_eq!((problem["status"].as_u64(), problem["code"].as_str()), (Some(status), Some(code)));
        assert!(head.contains(problem["request_id"].as_str().unwrap()), "{head}");
    };
    check("POST /api/ask", "{", 400, "invalid_request");
    check("POST /api/ask", "{}", 400, "invalid_request");
    check("POST /api/ask", r#"{"text":"Is it red?","product":"nope"}"#, 404, "unknown_product");
    check("GET /api/search?filter=price", "", 400, "invalid_filter");
    check("GET /api/products/nope", "", 404, "unknown_product");
    check("GET /nowhere", "", 404, "unknown_path");
    check("GET /api/ask", "", 405, "wrong_method");
    check("POST /api/ask", &format!("{{\"text\":\"{}\"}}", "x".repeat(300_000)), 413, "body_too_large");
}

#[test]
fn one_request_too_many_is_refused_at_once_with_a_time_to_come_back() {
    let place = Place::with_shop();
    let server = Server::start_with(&place, "0");
    let (head, body) = server.ask("GET /api/search?q=lamp", "");
    assert!(head.starts_with("http/1.0 429") && head.contains("retry-after: 1"), "{head}");
    assert!(body.contains("\"retryable\":true"), "{body}");
    assert!(server.ask("GET /livez", "").0.starts_with("http/1.0 200"), "health is answered all the same");
}

#[test]
fn the_page_may_run_no_script_but_its_own() {
    let place = Place::with_shop();
    let server = Server::start(&place);
    let (head, body) = server.ask("GET /", "");
    assert!(head.contains("script-src 'self'") && head.contains("x-content-type-options: nosniff"), "{head}");
    assert!(
        !body.contains("<script>") && !body.contains("onclick") && !body.contains("style="),
        "nothing inline"
    );
    for path in ["/page/page.js", "/page/page.css", "/readyz", "/livez", "/api/shop", "/api/products/L1-B"] {
        let (head, _) = server.ask(&format!("GET {path}"), "");
        assert!(head.starts_with("http/1.0 200"), "{path}: {head}");
    }
}
