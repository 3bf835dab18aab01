//! A remote model, against a server on the loopback.

use std::time::Duration;

use infer::{
    ApiKey, Choice, Completion, Constraint, EmbedderOptions, InferError, LanguageModel, LanguageOptions,
    RemoteOptions, Request, Stop, Usage, embedder, language_model,
};
use serde_json::json;
use wiremock::matchers::{body_partial_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::weights::models;

const ANSWER: &str = concat!(
    "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
    ": keep-alive\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"It is \"}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"waterproof.\"}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":4}}\n\n",
    "data: [DONE]\n\n",
);

fn quick() -> RemoteOptions {
    RemoteOptions { backoff: Duration::from_millis(1), breaker_failures: 100, ..RemoteOptions::default() }
}

async fn model(server: &MockServer, remote: RemoteOptions) -> LanguageModel {
    let choice = Choice::parse(&format!("{}/v1#small", server.uri()));
    let options = LanguageOptions { remote, ..LanguageOptions::default() };
    language_model(&models(), &choice, &options).await.unwrap()
}

async fn ask(model: &LanguageModel) -> Result<Completion, InferError> {
    model.generate(Request::new("Is it waterproof?").system("Be brief.")).await?.whole().await
}

fn stream(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.as_bytes().to_vec(), "text/event-stream")
}

async fn server_with(response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST")).and(path("/v1/chat/completions")).respond_with(response).mount(&server).await;
    server
}

async fn requests(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

#[tokio::test]
async fn streams_an_answer() {
    let server = server_with(stream(ANSWER)).await;
    let model = model(&server, quick()).await;
    assert_eq!(model.name(), "small");
    let mut generation = model.generate(Request::new("Is it waterproof?")).await.unwrap();
    assert_eq!(generation.piece().await.unwrap().as_deref(), Some("It is "));
    assert_eq!(generation.piece().await.unwrap().as_deref(), Some("waterproof."));
    assert_eq!(generation.piece().await.unwrap(), None);
    assert_eq!(generation.usage(), Usage { tokens_in: 12, tokens_out: 4 });
    assert_eq!(generation.stop(), Some(Stop::End));
}

#[tokio::test]
async fn sends_the_schema_and_the_key() {
    let server = MockServer::start().await;
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let expected = json!({
        "model": "small", "temperature": 0.0, "stream": true,
        "messages": [{"role": "user", "content": "Hi"}],
        "response_format": {"type": "json_schema", "json_schema": {"schema": schema}}
    });
    Mock::given(path("/v1/chat/completions"))
        .and(header("authorization", "Bearer k"))
        .and(body_partial_json(expected))
        .respond_with(stream(ANSWER))
        .mount(&server)
        .await;
    let model = model(&server, RemoteOptions { api_key: Some(ApiKey::new("k").unwrap()), ..quick() }).await;
    let request = Request::new("Hi").constraint(Constraint::JsonSchema(schema));
    model.generate(request).await.unwrap();
    let grammar = Request::new("Hi").constraint(Constraint::Grammar("root ::= \"a\"".into()));
    assert!(matches!(model.generate(grammar).await, Err(InferError::Rejected { .. })));
}

#[tokio::test]
async fn tries_again_when_the_server_is_unwell() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(429).insert_header("retry-after", "0");
    Mock::given(method("POST")).respond_with(busy).up_to_n_times(1).mount(&server).await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(method("POST")).respond_with(stream(ANSWER)).mount(&server).await;
    let answer = ask(&model(&server, quick()).await).await.unwrap();
    assert_eq!(answer.text, "It is waterproof.");
    assert_eq!(requests(&server).await, 3);
}

#[tokio::test]
async fn a_server_that_asks_for_a_long_wait_is_overloaded() {
    let server = server_with(ResponseTemplate::new(429).insert_header("retry-after", "120")).await;
    let Err(InferError::Overloaded { retry_after }) = ask(&model(&server, quick()).await).await else {
        panic!("another outcome")
    };
    assert_eq!((retry_after, requests(&server).await), (Duration::from_secs(120), 1));
}

#[tokio::test]
async fn a_request_at_fault_is_sent_once() {
    let error = json!({"error": {"message": "context too long"}});
    let server = server_with(ResponseTemplate::new(400).set_body_json(error)).await;
    let error = ask(&model(&server, quick()).await).await.unwrap_err();
    assert!(
        matches!(&error, InferError::Rejected { reason } if reason.contains("context too long")),
        "{error}"
    );
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn the_breaker_spares_a_failing_server() {
    let server = server_with(ResponseTemplate::new(500)).await;
    let options = RemoteOptions { attempts: 1, breaker_failures: 2, ..quick() };
    let model = model(&server, options).await;
    for _ in 0..2 {
        assert!(matches!(ask(&model).await, Err(InferError::Failed { .. })));
    }
    for _ in 0..5 {
        assert!(matches!(ask(&model).await, Err(InferError::Overloaded { .. })));
    }
    assert_eq!(requests(&server).await, 2);
}

#[tokio::test]
async fn nobody_listening_is_a_failure() {
    let choice = Choice::parse("http://127.0.0.1:1/v1#small");
    let options = LanguageOptions { remote: quick(), ..LanguageOptions::default() };
    let model = language_model(&models(), &choice, &options).await.unwrap();
    let error = ask(&model).await.unwrap_err();
    assert!(matches!(&error, InferError::Failed { reason } if reason.contains("refused")), "{error}");
}

#[tokio::test]
async fn what_is_no_stream_is_a_failure() {
    for (body, said) in [
        ("data: {\"choices\":[{\"delta\":\n\n", "no JSON"),
        ("<html>hello</html>", "broke off"),
        ("", "broke off"),
        ("data: {\"choices\":[{\"delta\":{\"content\":\"half\"}}]}\n\n", "broke off"),
        ("data: {\"error\":{\"message\":\"out of memory\"}}\n\n", "out of memory"),
        ("data: [DONE]\n\n", "broke off"),
    ] {
        let server = server_with(stream(body)).await;
        let error = ask(&model(&server, quick()).await).await.unwrap_err();
        assert!(matches!(&error, InferError::Failed { reason } if reason.contains(said)), "{body}: {error}");
    }
}

#[tokio::test]
async fn an_answer_may_end_without_a_reason() {
    let body = "data: {\"choices\":[{\"delta\":{\"content\":\"whole\"}}]}\n\ndata: [DONE]\n\n";
    let server = server_with(stream(body)).await;
    assert!(ask(&model(&server, quick()).await).await.is_ok());
}

#[tokio::test]
async fn a_silent_server_is_given_up() {
    let server = server_with(stream(ANSWER).set_delay(Duration::from_secs(3600))).await;
    let model =
        model(&server, RemoteOptions { first_part_timeout: Duration::from_millis(20), ..quick() }).await;
    let error = ask(&model).await.unwrap_err();
    assert!(matches!(error, InferError::TimedOut { .. }), "{error}");
    assert_eq!(requests(&server).await, 1);
}

#[tokio::test]
async fn vectors_come_in_order_and_with_length_one() {
    let server = MockServer::start().await;
    let probe = json!({"data": [{"index": 0, "embedding": [1.0, 0.0]}]});
    let pair =
        json!({"data": [{"index": 1, "embedding": [0.0, 2.0]}, {"index": 0, "embedding": [3.0, 4.0]}]});
    let input = |texts: serde_json::Value| body_partial_json(json!({"input": texts, "model": "embed"}));
    Mock::given(path("/v1/embeddings"))
        .and(input(json!(["a", "b"])))
        .respond_with(ResponseTemplate::new(200).set_body_json(pair))
        .mount(&server)
        .await;
    let response = ResponseTemplate::new(200).set_body_json(probe);
    Mock::given(path("/v1/embeddings")).respond_with(response).mount(&server).await;
    let choice = Choice::parse(&format!("{}/v1/#embed", server.uri()));
    let options = EmbedderOptions { remote: quick(), ..EmbedderOptions::default() };
    let embedder = embedder(&models(), &choice, &options).await.unwrap();
    assert_eq!((embedder.name(), embedder.dimensions()), ("embed", 2));
    let vectors = embedder.embed(&["a".into(), "b".into()]).await.unwrap();
    assert_eq!(vectors, [[0.6, 0.8], [0.0, 1.0]]);
    let short = embedder.embed(&["a".into(), "c".into()]).await;
    assert!(matches!(short, Err(InferError::Failed { .. })));
}
