//! Questions to made-up shops. Every mechanism has its lines; what each shop says stands above its questions.

use assistant::{Intent, Predicate, Reply, Role, Verdict};

use super::shop::{Asked, Shop};

fn check(text: &str) {
    let shop = Shop::read(text);
    let mut wrong: Vec<String> = Vec::new();
    let mut before = None;
    for asked in &shop.questions {
        let reply = shop.ask_after(asked, before.as_ref());
        wrong.extend(mistake(asked, &reply));
        before = Some(reply);
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), shop.questions.len(), wrong.join("\n"));
}

fn mistake(asked: &Asked, reply: &Reply) -> Option<String> {
    let text = reply.text();
    let holds = |expected: &str| match expected.split_once(' ').unwrap_or((expected, "")) {
        ("yes", _) => text.starts_with("Yes"),
        ("no", _) => ["No,", "No.", "Nein,", "Nein."].iter().any(|no| text.starts_with(no)),
        ("open", _) => !text.starts_with("Yes") && !text.starts_with("No,"),
        ("silent", _) => reply.answer.is_abstention,
        ("near", _) => reply.answer.is_abstention || reply.answer.is_nearest,
        ("compare", _) => reply.request.intent == Intent::Compare && !reply.answer.is_abstention,
        ("decide", _) => reply.request.intent == Intent::Decide && !reply.answer.is_abstention,
        ("suits", id) => verdict(reply, id) == Some(Verdict::Suits),
        ("reservations", id) => verdict(reply, id) == Some(Verdict::Reservations),
        ("unsuitable", id) => verdict(reply, id) == Some(Verdict::Unsuitable),
        ("suit", id) => {
            let first = reply.answer.products.first().map(|shown| shown.hit.source_id.as_str());
            reply.request.intent == Intent::Suit && first == Some(id)
        }
        ("steps", source) => steps(reply, source),
        ("other", _) => reply.request.intent != Intent::Suit,
        ("cell", expected) => cell(reply, expected),
        ("ahead", expected) => ahead(reply, expected),
        ("choice", expected) => choice(reply, expected),
        ("weight", expected) => weight(reply, expected),
        ("columns", expected) => columns(reply) == expected,
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
        ("ranks", parts) => {
            let places: Vec<Option<usize>> = parts.split(", ").map(|part| text.find(part)).collect();
            places.iter().all(Option::is_some) && places.is_sorted()
        }
        (other, _) => panic!("{other} is nothing that can follow"),
    };
    let failed: Vec<&String> = asked.expected.iter().filter(|expected| !holds(expected)).collect();
    let is_grounded = reply.answer.claims.iter().all(|claim| !claim.evidence.is_empty());
    (!failed.is_empty() || !is_grounded).then(|| format!("{}: {failed:?}, got: {text}", asked.text))
}

/// The verdict on a product.
fn verdict(reply: &Reply, id: &str) -> Option<Verdict> {
    let shown = reply.answer.products.iter().find(|shown| shown.hit.source_id == id)?;
    reply.answer.claims.iter().find_map(|claim| match &claim.predicate {
        Predicate::Suits { verdict, .. } if claim.subject.as_ref() == Some(&shown.hit.product_id) => {
            Some(*verdict)
        }
        _ => None,
    })
}

/// Whether a step rests on a row of this source, and every step that states something is told and cited.
fn steps(reply: &Reply, source: &str) -> bool {
    let steps = reply.steps();
    let rows = |place: &usize| {
        let ids = &reply.answer.claims[*place].evidence;
        reply.answer.evidence.iter().filter(move |row| ids.contains(&row.id))
    };
    let is_told = steps
        .iter()
        .all(|step| !step.text.is_empty() && step.claims.iter().all(|place| rows(place).next().is_some()));
    is_told
        && steps.iter().flat_map(|step| &step.claims).any(|place| rows(place).any(|row| row.source == source))
}

/// `KEY ID = TEXT`: what a cell of the table says; `-` where it is not stated. Every stated cell has evidence.
fn cell(reply: &Reply, expected: &str) -> bool {
    let Some(table) = &reply.answer.table else { return false };
    let (place, text) = expected.split_once(" = ").expect("a cell and its text");
    let (key, id) = place.rsplit_once(' ').expect("a key and an id");
    let column = table.columns.iter().position(|column| column.source_id == id);
    let row = table.rows.iter().find(|row| row.key == key);
    let Some(cell) = row.zip(column).map(|(row, column)| &row.cells[column]) else { return false };
    let is_cited = cell.text.is_some() != cell.evidence.is_empty()
        && cell.evidence.iter().all(|id| reply.answer.evidence.iter().any(|row| row.id == *id));
    is_cited && cell.text.as_deref().unwrap_or("-") == text
}

/// `KEY = ID`: who comes first in a row; `nobody` where it has no verdict.
fn ahead(reply: &Reply, expected: &str) -> bool {
    let Some(table) = &reply.answer.table else { return false };
    let (key, id) = expected.split_once(" = ").expect("a key and an id");
    let Some(row) = table.rows.iter().find(|row| row.key == key) else { return false };
    let best = row.verdict.iter().flat_map(|verdict| &verdict.best);
    let ids: Vec<&str> = best.map(|place| table.columns[*place].source_id.as_str()).collect();
    ids.join(" ") == id || ids.is_empty() && id == "nobody"
}

/// `best ID`, `save ID`, `step_up ID`: what is picked.
fn choice(reply: &Reply, expected: &str) -> bool {
    let Some((table, pick)) = reply.answer.table.as_ref().zip(reply.answer.pick.as_ref()) else {
        return false;
    };
    let (role, id) = expected.split_once(' ').expect("a role and an id");
    let role = match role {
        "best" => Role::Best,
        "save" => Role::Save,
        _ => Role::StepUp,
    };
    let choice = pick.choices.iter().find(|choice| choice.role == role);
    let column = choice.and_then(|choice| table.columns.iter().find(|own| own.product == choice.product));
    column.map_or("none", |column| column.source_id.as_str()) == id
}

/// `KEY all`, `KEY none`, `KEY some`: how much something counts in a decision.
fn weight(reply: &Reply, expected: &str) -> bool {
    let (key, share) = expected.rsplit_once(' ').expect("a key and a share");
    let weights = reply.answer.pick.iter().flat_map(|pick| &pick.weights);
    let weight = weights.clone().find(|own| own.key == key).map(|own| own.weight);
    weight.is_some_and(|weight| match share {
        "all" => weight > 0.999,
        "none" => weight < 0.001,
        _ => (0.001..0.999).contains(&weight),
    })
}

fn columns(reply: &Reply) -> String {
    let columns = reply.answer.table.iter().flat_map(|table| &table.columns);
    columns.map(|column| column.source_id.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_shop_of_hiking_goods_to_compare() {
    check(include_str!("shops/compared.txt"));
}

#[test]
fn a_shop_of_goods_to_decide_between() {
    check(include_str!("shops/decided.txt"));
}

#[test]
fn nothing_that_a_campaign_says_changes_a_decision() {
    let plain = include_str!("shops/decided.txt");
    let paid = "has Weight = 1400 g\nhas Sponsored = Yes\nhas Campaign bid = 9 USD\nhas Ad rank = 1\nhas Boost = 100%";
    let paid = plain.replace("has Weight = 1400 g", paid);
    assert_ne!(plain, paid);
    let (plain, paid) = (Shop::read(plain), Shop::read(&paid));
    for asked in &plain.questions {
        assert_eq!(plain.ask(asked).answer.pick, paid.ask(asked).answer.pick, "{}", asked.text);
    }
}

#[test]
fn a_shop_of_goods_for_all_weathers() {
    check(include_str!("shops/suited.txt"));
}

#[test]
fn a_shop_of_soap() {
    check(include_str!("shops/soap.txt"));
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
fn what_is_not_in_goods_is_told_whichever_way_it_is_asked() {
    check(include_str!("shops/without.txt"));
}

#[test]
fn what_only_warns_is_not_allowed_and_limits_decide() {
    check(include_str!("shops/danger.txt"));
}

#[test]
fn goods_are_what_their_titles_call_them_and_have_what_is_asked_for() {
    check(include_str!("shops/market.txt"));
}

#[test]
fn offers_of_one_model_are_found_however_they_are_written() {
    check(include_str!("shops/offers.txt"));
}

#[test]
fn a_shop_whose_rows_have_the_words_and_not_the_yes() {
    check(include_str!("shops/claims.txt"));
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

#[test]
fn a_shop_of_goods_that_go_together() {
    check(include_str!("shops/related.txt"));
}

#[test]
fn a_shop_of_lamps_in_which_one_word_goes_on() {
    check(include_str!("shops/followed.txt"));
}

#[test]
fn a_shop_in_english_that_is_asked_in_other_languages() {
    check(include_str!("shops/languages.txt"));
}

#[test]
fn a_shop_in_german() {
    check(include_str!("shops/zelte.txt"));
}

#[test]
fn a_shop_that_counts_some_of_its_pieces() {
    check(include_str!("shops/stock.txt"));
}

#[test]
fn a_shop_of_boxes_in_which_one_thing_matters() {
    check(include_str!("shops/weighed.txt"));
}

#[test]
fn a_shop_of_trains_with_hours_and_versions() {
    check(include_str!("shops/railway.txt"));
}
