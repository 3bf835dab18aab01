//! The multilingual text embedding on real weights, beside what the published package computes.

use infer::{Choice, Embedder, EmbedderOptions, embedder};

use crate::weights::models_with;

const EXPECTED: &str = include_str!("../fixtures/use_multilingual_v3.tsv");

async fn multilingual() -> Option<Embedder> {
    let name = "use-multilingual-v3";
    let models = models_with(name)?;
    Some(embedder(&models, &Choice::parse(name), &EmbedderOptions::default()).await.unwrap())
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The expected sentences with their vectors, of length 1.
fn expected() -> Vec<(String, Vec<f32>)> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    pairs.map(|(text, hex)| (text.to_owned(), of_hex(hex))).collect()
}

fn of_hex(hex: &str) -> Vec<f32> {
    let byte =
        |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).map_or(0.0, |b| f32::from(b.cast_signed()));
    let numbers: Vec<f32> = (0..hex.len()).step_by(2).map(byte).collect();
    let norm = dot(&numbers, &numbers).sqrt();
    numbers.iter().map(|v| v / norm).collect()
}

#[tokio::test]
async fn computes_what_the_published_package_computes() {
    let Some(embedder) = multilingual().await else { return };
    assert_eq!((embedder.name(), embedder.dimensions()), ("use-multilingual-v3", 512));
    let expected = expected();
    assert_eq!(expected.len(), 10);
    let texts: Vec<String> = expected.iter().map(|(text, _)| text.clone()).collect();
    let together = embedder.embed(&texts).await.unwrap();
    for ((text, wanted), vector) in expected.iter().zip(&together) {
        assert!(dot(wanted, vector) > 0.999, "{text}: {}", dot(wanted, vector));
        let alone = embedder.embed(std::slice::from_ref(text)).await.unwrap();
        assert!(dot(vector, &alone[0]) > 0.99999, "{text} depends on its company");
    }
}

#[tokio::test]
async fn languages_share_one_space() {
    let Some(embedder) = multilingual().await else { return };
    let texts =
        ["a waterproof jacket for hiking", "a ceramic coffee mug", "eine wasserdichte Jacke zum Wandern"];
    let vectors = embedder.embed(&texts.map(str::to_owned)).await.unwrap();
    assert!(dot(&vectors[2], &vectors[0]) > dot(&vectors[2], &vectors[1]) + 0.2);
}

#[tokio::test]
async fn odd_texts_have_vectors_too() {
    let Some(embedder) = multilingual().await else { return };
    let texts = [
        "".to_owned(),
        "\u{0}".to_owned(),
        "🏕️\u{2581}".to_owned(),
        "rain ".repeat(20_000),
        "x".repeat(5_000),
    ];
    let vectors = embedder.embed(&texts).await.unwrap();
    assert!(vectors.iter().all(|v| v.len() == 512 && v.iter().all(|x| x.is_finite())));
}
