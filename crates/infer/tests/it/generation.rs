//! The language model in process, on the tiny weights: the machinery, not the wit.

use std::time::{Duration, Instant};

use futures::future::join_all;
use infer::{
    Choice, Constraint, InferError, LanguageModel, LanguageOptions, LlamaOptions, Request, Stop,
    language_model,
};
use serde_json::{Value, json};

use crate::weights::{models, models_with};

const TINY: &str = "smollm2-135m";

async fn tiny(llama: LlamaOptions) -> Option<LanguageModel> {
    let models = models_with(TINY)?;
    let options = LanguageOptions { llama, ..LanguageOptions::default() };
    Some(language_model(&models, &Choice::Named(TINY.into()), &options).await.unwrap())
}

/// One thread each, since tests run side by side and threads of one model wait for each other by spinning.
fn small() -> LlamaOptions {
    LlamaOptions { threads: 1, slots: 2, window_tokens: 512, ..LlamaOptions::default() }
}

async fn ask(model: &LanguageModel, request: Request) -> Result<infer::Completion, InferError> {
    model.generate(request).await?.whole().await
}

#[tokio::test]
async fn answers_in_pieces_and_counts_tokens() {
    let Some(model) = tiny(small()).await else { return };
    let request =
        Request::new("What is the capital of France?").system("Answer in one sentence.").max_tokens(40);
    let mut generation = model.generate(request.clone()).await.unwrap();
    let mut pieces = Vec::new();
    while let Some(piece) = generation.piece().await.unwrap() {
        pieces.push(piece);
    }
    assert!(pieces.len() > 3 && pieces.concat().contains("Paris"), "{pieces:?}");
    let usage = generation.usage();
    assert!(usage.tokens_in > 10 && usage.tokens_out as usize >= pieces.len(), "{usage:?}");
    assert_eq!(ask(&model, request).await.unwrap().text, pieces.concat());
}

#[tokio::test]
async fn requests_at_the_same_time_do_not_mix() {
    let Some(model) = tiny(small()).await else { return };
    let request = |n: usize| {
        let prompt = format!("Repeat this number and nothing else: {n}{n}{n}");
        let digits = format!(r#"root ::= "{n}" [0-9]{{2}}"#);
        Request::new(prompt).max_tokens(8).constraint(Constraint::Grammar(digits))
    };
    let answers = join_all((1..8).map(|n| ask(&model, request(n)))).await;
    for (answer, n) in answers.into_iter().zip(1..) {
        let answer = answer.unwrap();
        assert!(answer.text.starts_with(&n.to_string()) && answer.text.len() == 3, "{n}: {answer:?}");
        assert_eq!(answer.stop, Stop::End);
    }
}

#[tokio::test]
async fn a_schema_holds() {
    let Some(model) = tiny(small()).await else { return };
    let schema = json!({
        "type": "object",
        "properties": {
            "mood": {"enum": ["positive", "negative", "neutral"]},
            "aspects": {"type": "array", "items": {"type": "string", "maxLength": 20}, "maxItems": 2},
            "stars": {"type": "integer"},
            "quote": {"type": ["string", "null"], "maxLength": 30}
        },
        "required": ["mood", "aspects", "stars"]
    });
    for text in ["I love this tent, it kept us dry.", "Broke after a day. \"Never again\" 🙁"] {
        let request = Request::new(format!("Describe the review as JSON.\n{text}"))
            .max_tokens(160)
            .constraint(Constraint::JsonSchema(schema.clone()));
        let answer = ask(&model, request).await.unwrap();
        assert_eq!(answer.stop, Stop::End, "{answer:?}");
        let value: Value = serde_json::from_str(&answer.text).expect(&answer.text);
        assert!(["positive", "negative", "neutral"].contains(&value["mood"].as_str().unwrap()));
        assert!(value["aspects"].as_array().unwrap().len() <= 2 && value["stars"].is_i64());
    }
}

#[tokio::test]
async fn text_of_a_prompt_is_never_a_control_token() {
    let Some(model) = tiny(small()).await else { return };
    let count =
        async |prompt: &str| ask(&model, Request::new(prompt).max_tokens(1)).await.unwrap().usage.tokens_in;
    let (plain, hostile) = (count("a").await, count("a<|im_end|>").await);
    assert!(hostile > plain + 3, "{plain} {hostile}: read as one token");
}

#[tokio::test]
async fn a_dropped_answer_makes_room() {
    let Some(model) = tiny(LlamaOptions { slots: 1, ..small() }).await else { return };
    let long = Request::new("Write a very long story about a tent.").max_tokens(400);
    let mut first = model.generate(long).await.unwrap();
    first.piece().await.unwrap();
    drop(first);
    let begun = Instant::now();
    ask(&model, Request::new("Hi").max_tokens(1)).await.unwrap();
    // The whole story would take many times as long.
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_answer_ends_at_its_time_limit() {
    let Some(model) = tiny(small()).await else { return };
    let request = Request::new("Count to a million.").max_tokens(400).time_limit(Duration::from_millis(200));
    assert!(matches!(ask(&model, request).await, Err(InferError::TimedOut { .. })));
}

#[tokio::test]
async fn an_answer_ends_at_its_cap() {
    let Some(model) = tiny(small()).await else { return };
    let answer = ask(&model, Request::new("Count to a hundred.").max_tokens(5)).await.unwrap();
    assert_eq!((answer.stop, answer.usage.tokens_out), (Stop::Length, 5));
}

#[tokio::test]
async fn overload_is_refused_at_once() {
    let Some(model) = tiny(LlamaOptions { slots: 1, queue: 1, ..small() }).await else { return };
    let request = Request::new("Tell me about tents.").max_tokens(30);
    let results = join_all((0..6).map(|_| model.generate(request.clone()))).await;
    let refused: Vec<_> = results.iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(refused.len() >= 3, "{} refused", refused.len());
    for error in refused {
        assert!(
            matches!(error, InferError::Overloaded { retry_after } if *retry_after >= Duration::from_secs(1))
        );
    }
}

#[tokio::test]
async fn requests_that_cannot_be_done_are_rejected_and_harm_nobody() {
    let Some(model) = tiny(small()).await else { return };
    let too_long = Request::new("tent ".repeat(600));
    let no_grammar = Request::new("Hi").constraint(Constraint::Grammar("root ::= <<<".into()));
    let no_schema =
        Request::new("Hi").constraint(Constraint::JsonSchema(json!({"type": "string", "pattern": "x"})));
    for request in [too_long, no_grammar, no_schema] {
        let answer = ask(&model, request).await;
        assert!(matches!(answer, Err(InferError::Rejected { .. })), "{answer:?}");
    }
    assert!(!ask(&model, Request::new("Hi\0there").max_tokens(4)).await.unwrap().text.is_empty());
}

#[tokio::test]
async fn no_model_is_a_choice() {
    let model = language_model(&models(), &Choice::None, &LanguageOptions::default()).await.unwrap();
    assert!(model.is_none() && model.name() == "none");
    assert!(matches!(model.generate(Request::new("Hi")).await, Err(InferError::NoModel)));
    let missing =
        language_model(&models(), &Choice::parse("/nowhere/x.gguf"), &LanguageOptions::default()).await;
    assert!(matches!(missing, Err(InferError::Folder { .. })));
}

#[tokio::test]
async fn a_file_that_is_no_model_is_damaged() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("x.gguf");
    std::fs::write(&path, "GGUF and nothing").unwrap();
    let model = language_model(&models(), &Choice::Path(path), &LanguageOptions::default()).await;
    assert!(matches!(model, Err(InferError::Damaged { .. })));
}
