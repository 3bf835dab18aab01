//! Questions of every capability about the goods of a generated catalog, and how long their answers take.

use std::time::{Duration, Instant};

use crate::queries::{GeneratedQuery, Shape};
use crate::russet::{self, Server};

/// Questions of each capability are asked for so long at most.
const PATIENCE: Duration = Duration::from_secs(20);
/// Questions of each capability: the 99th percentile rests on two of them.
const QUESTIONS: usize = 200;

/// What is asked of each capability. `{name}` stands for maker and model, `{kind}` for a kind of goods; each place of a
/// question gets the next of its list.
const CAPABILITIES: &[(&str, &[&str])] = &[
    ("find", &["Do you have a {kind}?", "Which {kind} is the cheapest?", "I need a {kind} for every day"]),
    (
        "answer, a product",
        &["Is the {name} waterproof?", "How heavy is the {name}?", "What is the {name} made of?"],
    ),
    ("answer, the shop", &["Can I return the {name} if it does not fit?", "How long does delivery take?"]),
    ("reviews", &["What do people say about the {name}?", "What do people complain about in your {kind}s?"]),
    ("compare", &["Compare the {name} and the {name}", "Compare your three best {kind}s"]),
    ("suit", &["Is the {name} right for Oslo in November?", "Which {kind} for a week in Reykjavik in July?"]),
    ("decide", &["Help me decide on a {kind}", "I can't choose between the {name} and the {name}"]),
    (
        "a set within a budget",
        &["A {kind} and two {kind}s for 300", "{kind}, {kind}, {kind}, {kind} and {kind} under 900"],
    ),
];

/// What the questions of one capability took.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What was asked for.
    pub capability: &'static str,
    /// Until the first part of each answer was there.
    pub first: Vec<Duration>,
    /// Until its last byte was.
    pub whole: Vec<Duration>,
}

/// Asks over HTTP, one question after the other, each of a shopper of its own.
pub async fn measure(server: &Server, queries: &[GeneratedQuery]) -> anyhow::Result<Vec<Asked>> {
    let client = reqwest::Client::new();
    let mut asked = Vec::new();
    for (capability, templates) in CAPABILITIES {
        let (mut first, mut whole) = (Vec::new(), Vec::new());
        let started = Instant::now();
        for question in questions(templates, queries) {
            if started.elapsed() > PATIENCE {
                break;
            }
            let [to_first, to_last] = russet::ask(&client, &server.url, &question).await?;
            first.push(to_first);
            whole.push(to_last);
        }
        asked.push(Asked { capability, first, whole });
    }
    Ok(asked)
}

fn questions(templates: &[&str], queries: &[GeneratedQuery]) -> Vec<String> {
    let mut names = of_shape(queries, Shape::Name);
    let mut kinds = of_shape(queries, Shape::Kind);
    let filled = (0..QUESTIONS).map(|number| {
        let mut question = templates[number % templates.len()].to_owned();
        for (place, words) in
            [("{name}", &mut names as &mut dyn Iterator<Item = &str>), ("{kind}", &mut kinds)]
        {
            while question.contains(place) {
                question = question.replacen(place, words.next().unwrap_or_default(), 1);
            }
        }
        question
    });
    filled.collect()
}

fn of_shape(queries: &[GeneratedQuery], shape: Shape) -> impl Iterator<Item = &str> {
    queries.iter().filter(move |query| query.shape == shape).map(|query| query.text.as_str()).cycle()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn each_place_of_a_question_gets_another_kind() {
        let queries = crate::queries::generate(Catalog { seed: 1, products: 300 }, 60);
        let asked = questions(&["A {kind} and a {kind}", "the {name}"], &queries);
        assert_eq!(asked.len(), QUESTIONS);
        assert!(asked.iter().all(|question| !question.contains('{')));
        assert!(asked[1].starts_with("the ") && asked[1] != asked[3], "{asked:?}");
    }
}
