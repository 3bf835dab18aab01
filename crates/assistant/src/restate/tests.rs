use super::Restated;

fn check(question: &str, name: Option<&str>, indirect: &str) -> Restated {
    let at = name.and_then(|name| question.find(name).map(|at| at..at + name.len()));
    let restated = Restated::of(question, at, name.is_some());
    assert_eq!(restated.as_ref().map_or("", |restated| restated.indirect.as_str()), indirect, "{question}");
    restated.unwrap_or_else(|| Restated { indirect: String::new(), statements: None })
}

#[test]
fn questions_of_yes_or_no_become_statements() {
    let told = check(
        "Is the Ridge kettle safe for induction?",
        Some("Ridge kettle"),
        "whether it is safe for induction",
    );
    assert_eq!(
        told.statements,
        Some(("it is safe for induction".to_owned(), "it is not safe for induction".to_owned()))
    );
    check("does it have a timer", None, "whether it has a timer");
    check("Can I wash it at 60 degrees?", None, "whether you can wash it at 60 degrees");
    check("do you gift wrap orders?", None, "whether they gift wrap orders");
    check("is there a student discount", None, "whether there is a student discount");
    check("Does the Otto table wobble", Some("Otto table"), "whether it wobbles");
}

#[test]
fn other_questions_are_turned_around() {
    check("Who makes the Ridge kettle?", Some("Ridge kettle"), "who makes it");
    check("what is it made of", None, "what it is made of");
    check("How heavy is the Ridge kettle?", Some("Ridge kettle"), "how heavy it is");
    check("what is the thread count of the Ida sheet", Some("Ida sheet"), "what the thread count of it is");
    check("which connectors does it have", None, "which connectors it has");
}

#[test]
fn what_is_not_plain_is_not_restated() {
    check("I got a gift and want to return it. What do I get?", None, "");
    check("weight of the Ridge kettle", Some("Ridge kettle"), "");
    check("is it {1a}?", None, "");
}
