//! Questions to made-up shops. Every mechanism has its lines; what each shop says stands above its questions.

use assistant::{Intent, Reply};

use super::shop::{Asked, Shop};

fn check(text: &str) {
    let shop = Shop::read(text);
    let wrong: Vec<String> =
        shop.questions.iter().filter_map(|asked| mistake(asked, &shop.ask(asked))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), shop.questions.len(), wrong.join("\n"));
}

fn mistake(asked: &Asked, reply: &Reply) -> Option<String> {
    let text = reply.text();
    let holds = |expected: &str| match expected.split_once(' ').unwrap_or((expected, "")) {
        ("yes", _) => text.starts_with("Yes"),
        ("no", _) => text.starts_with("No,") || text.starts_with("No."),
        ("open", _) => !text.starts_with("Yes") && !text.starts_with("No,"),
        ("silent", _) => reply.answer.is_abstention,
        ("find", _) => reply.request.intent == Intent::Find && !reply.answer.is_abstention,
        ("has", part) => !reply.answer.is_abstention && text.contains(part),
        ("tells", part) => text.contains(part),
        ("reviews", part) => reply.request.intent == Intent::Reviews && text.contains(part),
        ("words", span) => {
            let (least, most) = span.split_once('-').expect("two numbers");
            let words = text.split_whitespace().count();
            (least.parse().expect("a number")..=most.parse().expect("a number")).contains(&words)
        }
        ("lacks", part) => !text.contains(part),
        (other, _) => panic!("{other} is nothing that can follow"),
    };
    let failed: Vec<&String> = asked.expected.iter().filter(|expected| !holds(expected)).collect();
    let is_grounded = reply.answer.claims.iter().all(|claim| !claim.evidence.is_empty());
    (!failed.is_empty() || !is_grounded).then(|| format!("{}: {failed:?}, got: {text}", asked.text))
}

#[test]
fn a_shop_of_kitchenware() {
    check(include_str!("shops/kitchen.txt"));
}

#[test]
fn a_shop_of_bicycles() {
    check(include_str!("shops/bicycles.txt"));
}

#[test]
fn a_shop_of_books_and_games() {
    check(include_str!("shops/books.txt"));
}

#[test]
fn a_shop_of_garden_goods() {
    check(include_str!("shops/garden.txt"));
}

#[test]
fn a_shop_of_outdoor_goods() {
    check(include_str!("shops/outdoor.txt"));
}

#[test]
fn a_shop_with_many_reviews() {
    check(include_str!("shops/reviewed.txt"));
}
