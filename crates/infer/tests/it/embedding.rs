//! The default text embedding on real weights.

use futures::future::join_all;
use infer::{Choice, Embedder, EmbedderOptions, InferError, embedder};

use crate::weights::{models, models_with};

async fn minilm() -> Option<Embedder> {
    let models = models_with("all-minilm-l6-v2")?;
    Some(embedder(&models, &Choice::Default, &EmbedderOptions::default()).await.unwrap())
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| t.to_string()).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[tokio::test]
async fn like_meanings_have_like_vectors() {
    let Some(embedder) = minilm().await else { return };
    assert_eq!((embedder.name(), embedder.dimensions()), ("all-minilm-l6-v2", 384));
    let vectors = embedder
        .embed(&texts(&[
            "waterproof jacket for hiking",
            "a rain shell for the mountains",
            "ceramic coffee mug",
        ]))
        .await
        .unwrap();
    assert!((dot(&vectors[0], &vectors[0]) - 1.0).abs() < 1e-4);
    assert!(dot(&vectors[0], &vectors[1]) > dot(&vectors[0], &vectors[2]) + 0.2);
}

#[tokio::test]
async fn a_vector_does_not_depend_on_its_company() {
    let Some(embedder) = minilm().await else { return };
    let mut many: Vec<String> = (0..70).map(|n| "tent ".repeat(1 + n % 30) + &n.to_string()).collect();
    many.push("a wool hat".into());
    let together = embedder.embed(&many).await.unwrap();
    let alone = embedder.embed(&many[70..]).await.unwrap();
    assert_eq!(together.len(), 71);
    // Dynamic quantisation takes its scale from the whole batch, so the numbers agree only nearly.
    assert!(dot(&together[70], &alone[0]) > 0.98);
}

#[tokio::test]
async fn odd_texts_have_vectors_too() {
    let Some(embedder) = minilm().await else { return };
    let long = "rain ".repeat(20_000);
    let vectors = embedder.embed(&texts(&["", "\u{0}", "🏕️", &long])).await.unwrap();
    assert!(vectors.iter().all(|v| v.len() == 384 && v.iter().all(|x| x.is_finite())));
    assert!(embedder.embed(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn more_than_may_wait_is_refused() {
    let Some(models) = models_with("all-minilm-l6-v2") else { return };
    let options = EmbedderOptions { queue: 2, ..EmbedderOptions::default() };
    let embedder = embedder(&models, &Choice::Default, &options).await.unwrap();
    let query = texts(&["a stove"]);
    let results = join_all((0..40).map(|_| embedder.embed(&query))).await;
    let refused = results.iter().filter(|r| matches!(r, Err(InferError::Overloaded { .. }))).count();
    assert!(refused > 0 && refused < 40, "{refused} refused");
}

#[tokio::test]
async fn none_is_a_choice() {
    let chosen = embedder(&models(), &Choice::None, &EmbedderOptions::default()).await;
    assert!(matches!(chosen, Err(InferError::NoModel)));
    let unknown = embedder(&models(), &Choice::parse("no-such"), &EmbedderOptions::default()).await;
    assert!(matches!(unknown, Err(InferError::UnknownModel { .. })));
    let other = embedder(&models(), &Choice::parse("smollm2-135m"), &EmbedderOptions::default()).await;
    assert!(matches!(other, Err(InferError::Rejected { .. })));
}
