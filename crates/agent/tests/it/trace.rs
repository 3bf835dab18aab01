//! One trace per turn.

use agent::TurnId;
use agent::trace::{Span, spans};
use serde_json::json;

use crate::scene::Scene;

fn shown(spans: &[Span]) -> String {
    let line = |span: &Span| {
        let parent = if span.parent_span_id.is_some() { "  " } else { "" };
        let attributes = serde_json::to_string(&span.attributes).unwrap();
        let took = span.end.map_or("…".to_owned(), |end| end.since(span.start).to_string());
        format!("{parent}{} {took} ms {:?} {attributes}", span.name, span.status)
    };
    spans.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn tells_a_turn_in_the_names_of_open_telemetry() {
    let mut scene = Scene::new();
    scene.say("Find a coat");
    scene.now = scene.now.after(20);
    scene.thinks(agent::Outcome::Pass, agent::Contents::default());
    scene.now = scene.now.after(300);
    scene.calls(&[("find", json!({}))]);
    scene.wait(1_000);
    let turn = scene.state().turn.as_ref().unwrap().id;
    scene.wait(2_000);
    scene.wait(2_000);
    scene.replies("I cannot look now.");
    let spans = spans(&scene.entries, turn);
    let redacted: Vec<Span> = spans
        .iter()
        .cloned()
        .map(|mut span| {
            span.attributes.remove("russet.context.digest");
            span
        })
        .collect();
    insta::assert_snapshot!(shown(&redacted), @r#"
    invoke_agent shop 5320 ms Unset {"gen_ai.agent.name":"shop","gen_ai.conversation.id":"ses_1","gen_ai.operation.name":"invoke_agent","russet.turn.end":"replied"}
      chat grammar 20 ms Unset {"gen_ai.conversation.id":"ses_1","gen_ai.operation.name":"chat","gen_ai.request.max_tokens":0,"gen_ai.request.model":"grammar","gen_ai.usage.input_tokens":100,"gen_ai.usage.output_tokens":20}
      chat small-model 300 ms Unset {"gen_ai.conversation.id":"ses_1","gen_ai.operation.name":"chat","gen_ai.provider.name":"local","gen_ai.request.max_tokens":200,"gen_ai.request.model":"small-model","gen_ai.usage.input_tokens":100,"gen_ai.usage.output_tokens":20}
      execute_tool find 5000 ms Error {"error.type":"timed_out","gen_ai.conversation.id":"ses_1","gen_ai.operation.name":"execute_tool","gen_ai.tool.call.id":"c0","gen_ai.tool.name":"find","gen_ai.tool.type":"function","russet.activity.key":"ses_1.9"}
      chat small-model 0 ms Unset {"gen_ai.conversation.id":"ses_1","gen_ai.operation.name":"chat","gen_ai.provider.name":"local","gen_ai.request.max_tokens":200,"gen_ai.request.model":"small-model","gen_ai.usage.input_tokens":100,"gen_ai.usage.output_tokens":20}
    "#);
    assert!(spans.iter().all(|span| span.trace_id == spans[0].trace_id && span.trace_id.len() == 32));
    assert!(spans[1..].iter().all(|span| span.parent_span_id.as_deref() == Some(&spans[0].span_id)));
    assert!(agent::trace::spans(&scene.entries, TurnId(1)).is_empty());
}
