//! Aspects and votes.

use insight::{Corpus, Kind, Language, Lean, Options, Review};
use proptest::prelude::*;

const REVIEWS: &[(f32, &str)] = &[
    (1.0, "The picture quality is superb. The picture quality never disappoints."),
    (0.75, "Great picture quality, and the zoom is smooth."),
    (0.0, "The picture quality is poor. The zoom is awful."),
    (1.0, "It is very comfortable. The zoom is great."),
    (0.75, "It is comfortable but heavy."),
    (0.25, "It is not comfortable."),
];

fn corpus() -> Corpus {
    let mut corpus = Corpus::new(Language::English);
    for (rating, text) in REVIEWS {
        corpus.review(Review { rating: Some(*rating) }, text.split_inclusive(". "));
    }
    corpus
}

fn told(options: &Options) -> String {
    let insight = corpus().mine(options, |_| true);
    let lines = insight.aspects.iter().map(|aspect| {
        let [praise, fault, mixed] = [Lean::Praise, Lean::Fault, Lean::Mixed].map(|lean| aspect.count(lean));
        format!("{:?} {}: {praise} for, {fault} against, {mixed} both", aspect.kind, aspect.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn votes_are_of_reviewers_and_not_of_sentences() {
    insta::assert_snapshot!(told(&Options::default()), @r"
    Quality comfortable: 2 for, 1 against, 0 both
    Part picture quality: 2 for, 1 against, 0 both
    Part zoom: 2 for, 1 against, 0 both
    ");
}

#[test]
fn names_of_the_goods_are_the_whole() {
    let options = Options { names: vec!["zoom".to_owned()], ..Options::default() };
    let insight = corpus().mine(&options, |_| true);
    let zoom = insight.aspects.iter().find(|aspect| aspect.name == "zoom").expect("it is named");
    assert_eq!(zoom.kind, Kind::Whole);
}

#[test]
fn what_one_reviewer_alone_speaks_of_is_a_part_where_the_shop_knows_it() {
    let mut corpus = Corpus::new(Language::English);
    corpus.review(Review::default(), ["Great hood.", "My nice cousin has it too."]);
    let known = Some(vec!["hood".to_owned()]);
    let options = Options { least_reviews: 1, known, ..Options::default() };
    let names: Vec<String> =
        corpus.mine(&options, |_| true).aspects.into_iter().map(|aspect| aspect.name).collect();
    assert_eq!(names, ["hood"]);
}

#[test]
fn what_came_to_pass_is_no_quality() {
    let mut corpus = Corpus::new(Language::English);
    for text in [
        "It leaked on my papers.",
        "It leaked again.",
        "It is clean.",
        "I cleaned it twice.",
        "Hard floor, clean air.",
    ] {
        corpus.review(Review::default(), [text]);
    }
    let insight = corpus.mine(&Options { least_reviews: 1, ..Options::default() }, |_| true);
    let of = |kind: Kind| -> Vec<(String, usize)> {
        let own = insight.aspects.iter().filter(|aspect| aspect.kind == kind);
        own.map(|aspect| (aspect.name.clone(), aspect.voices.len())).collect()
    };
    assert_eq!(of(Kind::Event), [("leaked".to_owned(), 2)]);
    assert_eq!(of(Kind::Quality), [("clean".to_owned(), 1)]);
}

#[test]
fn only_reviews_that_pass_are_counted() {
    let insight = corpus().mine(&Options { least_reviews: 1, ..Options::default() }, |review| review == 2);
    assert!(insight.aspects.iter().all(|aspect| aspect.voices.iter().all(|voice| voice.review == 2)));
    assert_eq!(insight.leans[2], Lean::Fault);
    assert_eq!(insight.leans[0], Lean::Silent);
}

#[test]
fn stars_teach_words_that_no_table_has() {
    let mut corpus = Corpus::new(Language::English);
    for _ in 0..10 {
        corpus.review(Review { rating: Some(1.0) }, ["The lid is blorfy."]);
        corpus.review(Review { rating: Some(0.0) }, ["The lid is grumpish."]);
    }
    let insight = corpus.mine(&Options::default(), |_| true);
    let lid = insight.aspects.iter().find(|aspect| aspect.name == "lid").expect("all speak of it");
    assert_eq!((lid.count(Lean::Praise), lid.count(Lean::Fault)), (10, 10));
}

proptest! {
    #[test]
    fn any_text_is_mined_and_every_mention_is_of_a_sentence(texts in prop::collection::vec(".{0,120}", 0..6)) {
        let mut corpus = Corpus::new(Language::English);
        for text in &texts {
            corpus.review(Review::default(), [text.as_str()]);
        }
        let insight = corpus.mine(&Options { least_reviews: 1, least_judged: 0.0, names: Vec::new(), known: None }, |_| true);
        prop_assert_eq!(insight.leans.len(), texts.len());
        for voice in insight.aspects.iter().flat_map(|aspect| &aspect.voices) {
            prop_assert!(voice.mentions.iter().all(|mention| mention.sentence == voice.review));
        }
    }
}
