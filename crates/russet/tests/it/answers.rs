//! `russet ask` and `russet doctor`.

use crate::program::{Place, keeps_to};

#[test]
fn an_answer_keeps_to_its_schema_and_rests_on_evidence() {
    let place = Place::with_shop();
    let reply = place.json(&["ask", "How heavy is it?", "--product", "L1"]);
    keeps_to("ask-reply", &reply);
    assert_eq!(reply["abstained"], false, "{reply}");
    assert!(reply["text"].as_str().unwrap().contains("1.2 kg"), "{reply}");
    let rows: Vec<&str> =
        reply["evidence"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    for claim in reply["claims"].as_array().unwrap() {
        let cited = claim["evidence"].as_array().unwrap();
        assert!(!cited.is_empty() && cited.iter().all(|id| rows.contains(&id.as_str().unwrap())), "{claim}");
        assert!(!claim["text"].as_str().unwrap().is_empty(), "{claim}");
    }
    assert_eq!(reply["model"]["name"], "none");
}

#[test]
fn what_the_data_does_not_say_is_not_answered() {
    let reply = Place::with_shop().json(&["ask", "Does it run on batteries?", "--product", "L2"]);
    keeps_to("ask-reply", &reply);
    assert_eq!(reply["abstained"], true, "{reply}");
    assert!(!reply["missing"].as_array().unwrap().is_empty());
}

#[test]
fn people_see_the_quotes_by_number() {
    let run = Place::with_shop().run(&["ask", "Can I return a lamp?"]).succeeded();
    assert!(run.out.contains("[1]") && run.out.contains("within 30 days"), "{}", run.out);
    assert!(!run.out.contains('\x1b'), "no colours where there is no terminal");
}

#[test]
fn a_product_that_does_not_exist_is_said() {
    let run = Place::with_shop().run(&["ask", "Is it heavy?", "--product", "L9"]).failed_with(1);
    assert!(run.err.contains("L9"), "{}", run.err);
}

#[test]
fn the_doctor_and_a_dry_run_leave_nothing_behind_where_nothing_was() {
    let place = Place::new();
    let report = place.json(&["doctor", "--models", "no-models"]);
    keeps_to("doctor-report", &report);
    let found =
        |name: &str| report["checks"].as_array().unwrap().iter().find(|check| check["name"] == name).cloned();
    assert_eq!(found("data_folder").unwrap()["status"], "missing");
    assert_eq!(found("catalog").unwrap()["hint"], "russet import feed.xml, or russet demo");
    place.write("shop.jsonl", crate::program::feed());
    let rehearsed = place.json(&["import", "shop.jsonl", "--dry-run"]);
    assert!(rehearsed["products"]["added"].as_u64().unwrap() > 0, "{rehearsed}");
    assert!(!place.path().join("data").exists());
}

#[test]
fn the_doctor_names_what_is_there_and_what_is_missing() {
    let report = Place::with_shop().json(&["doctor", "--models", "no-models"]);
    keeps_to("doctor-report", &report);
    assert_eq!(report["is_healthy"], true);
    let checks = report["checks"].as_array().unwrap();
    let status = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap()["status"].clone();
    assert_eq!(status("catalog"), "ok");
    assert_eq!(status("embedding_model"), "missing");
}
