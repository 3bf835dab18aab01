//! Prints how fast the models in this process are: sentences embedded and tokens read and written, each per second.
//!
//! `cargo run --release -p infer --example model_speed -- [LANGUAGE-MODEL] [THREADS]`; `bench/peers` holds the same
//! measurements for other runtimes. Nothing else should run meanwhile.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use std::path::PathBuf;
use std::time::Instant;

use futures::future::try_join_all;
use infer::{
    Choice, Embedder, EmbedderOptions, LanguageModel, LanguageOptions, LlamaOptions, Models, Request,
    embedder, language_model,
};

const SENTENCES: usize = 512;
const ANSWER_TOKENS: u32 = 96;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let choice = Choice::parse(&args.next().unwrap_or_default());
    let threads = args.next().map_or(Ok(0), |n| n.parse())?;
    let folder = std::env::var_os("RUSSET_MODELS").map(PathBuf::from).or_else(Models::default_folder);
    let models = Models::new(folder.ok_or("no data folder on this platform")?);

    let options = EmbedderOptions { threads, ..EmbedderOptions::default() };
    match embedder(&models, &Choice::Default, &options).await {
        Ok(embedder) => embedding(&embedder).await?,
        Err(missing) => println!("no embedding figures: {missing}"),
    }
    let llama = LlamaOptions { threads, ..LlamaOptions::default() };
    match language_model(&models, &choice, &LanguageOptions { llama, ..LanguageOptions::default() }).await {
        Ok(LanguageModel::None) => {}
        Ok(model) => language(&model).await?,
        Err(missing) => println!("no generation figures: {missing}"),
    }
    Ok(())
}

async fn embedding(embedder: &Embedder) -> Result<(), infer::InferError> {
    let texts: Vec<String> = (0..SENTENCES).map(sentence).collect();
    embedder.embed(&texts[..32]).await?;
    for batch in [1, 32] {
        let begun = Instant::now();
        for texts in texts.chunks(batch) {
            embedder.embed(texts).await?;
        }
        let rate = SENTENCES as f64 / begun.elapsed().as_secs_f64();
        println!("{}, batch {batch}: {rate:.0} sentences/s", embedder.name());
    }
    Ok(())
}

async fn language(model: &LanguageModel) -> Result<(), infer::InferError> {
    let prompt =
        |seed| (seed..seed + 24).map(sentence).collect::<Vec<_>>().join("\n") + "\nDescribe these at length.";
    model.generate(Request::new("Hi").max_tokens(4)).await?.whole().await?;

    let begun = Instant::now();
    let read = model.generate(Request::new(prompt(0)).max_tokens(1)).await?.whole().await?.usage;
    println!("{}, prompt: {:.0} tokens/s", model.name(), rate(read.tokens_in, begun));

    let begun = Instant::now();
    let wrote = model.generate(Request::new(prompt(0)).max_tokens(ANSWER_TOKENS)).await?.whole().await?.usage;
    println!("{}, answer: {:.1} tokens/s", model.name(), rate(wrote.tokens_out, begun));

    let begun = Instant::now();
    let asked = (0..4).map(|n| async move {
        let request = Request::new(format!("Write about {}", sentence(n))).max_tokens(ANSWER_TOKENS);
        model.generate(request).await?.whole().await
    });
    let written = try_join_all(asked).await?.iter().map(|answer| answer.usage.tokens_out).sum();
    println!("{}, four answers at once: {:.1} tokens/s in all", model.name(), rate(written, begun));
    Ok(())
}

fn rate(tokens: u32, begun: Instant) -> f64 {
    f64::from(tokens) / begun.elapsed().as_secs_f64()
}

/// Sentences of 8 to 30 words, the same in every run and in the scripts of `bench/peers`.
fn sentence(n: usize) -> String {
    const WORDS: [&str; 12] = [
        "waterproof",
        "jacket",
        "with",
        "taped",
        "seams",
        "for",
        "long",
        "hikes",
        "in",
        "cold",
        "mountain",
        "rain",
    ];
    (0..8 + n * 7 % 23).map(|at| WORDS[(n * 5 + at * 7) % WORDS.len()]).collect::<Vec<_>>().join(" ")
}
