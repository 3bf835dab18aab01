//! Language models that a thought asks: what they are shown stands in the journal, and what they use is accounted.

use agent::{
    Advice, Advised, Budget, Consulted, Contents, Erased, EventKind, FactId, FactScope, Key, Learned, Limits,
    Usage,
};
use serde_json::json;

use crate::scene::{Scene, owner};
use crate::settings::settings;

fn usage(input_tokens: u64, output_tokens: u64) -> Usage {
    Usage { input_tokens, output_tokens, money_micros: 0 }
}

/// Has a model asked by the thought that is under way; the place of the entry, if it may be asked.
fn consult(scene: &mut Scene, reserved: Usage) -> Option<Key> {
    let before = scene.entries.len();
    let mut contents = Contents::default();
    let prompt = scene.hold(&mut contents, json!({ "prompt": "Which action is: stick two of those in?" }));
    let (key, model) = (scene.thinking(), "small".to_owned());
    scene.happens_with(EventKind::Consulted(Consulted { key, model, prompt, reserved }), contents);
    scene.entries.get(before).map(|entry| entry.seq.into())
}

fn advise(scene: &mut Scene, key: Key, usage: Option<Usage>) {
    let mut contents = Contents::default();
    let output = Some(scene.hold(&mut contents, json!("{\"action\": \"add\"}")));
    scene.happens_with(EventKind::Advised(Advised { key, output, usage }), contents);
}

fn limited(tokens: u64) -> Scene {
    let mut settings = settings();
    settings.budget =
        Budget { turn: Limits { tokens: Some(tokens), ..Limits::default() }, ..Budget::default() };
    Scene::with(settings)
}

#[test]
fn stands_in_the_journal_with_prompt_and_answer() {
    let mut scene = Scene::new();
    scene.say("Stick two of those in");
    let key = consult(&mut scene, usage(40, 20)).unwrap();
    advise(&mut scene, key, Some(usage(38, 6)));
    let replayed = scene.replayed();
    assert_eq!(replayed.state().digest(), scene.state().digest());
    let asked = &replayed.state().turn.as_ref().unwrap().consulted[&key];
    let prompt = replayed.contents().value(&asked.prompt).unwrap();
    assert_eq!(prompt["prompt"], "Which action is: stick two of those in?");
    let Advice::Given { output, usage: used } = &asked.advice else { panic!("{asked:?}") };
    assert_eq!(replayed.contents().text(output), Some("{\"action\": \"add\"}"));
    assert_eq!(*used, usage(38, 6));
    let journal: String = scene.entries.iter().map(agent::Entry::to_line).collect();
    assert!(!journal.contains("stick two"), "no words stand in the journal: {journal}");
    assert_eq!(scene.state().spent.tokens, 44);
}

#[test]
fn sets_aside_what_a_model_may_use_and_gives_back_what_it_did_not() {
    let mut scene = limited(100);
    scene.say("Stick two of those in");
    let first = consult(&mut scene, usage(50, 20)).unwrap();
    assert_eq!(scene.state().turn.as_ref().unwrap().spent.tokens, 70);
    assert_eq!(consult(&mut scene, usage(50, 20)), None, "no model is asked without tokens");
    advise(&mut scene, first, Some(usage(30, 10)));
    assert_eq!(scene.state().turn.as_ref().unwrap().spent.tokens, 40);
    assert_eq!(scene.state().spent.tokens, 40);
    let second = consult(&mut scene, usage(50, 10)).unwrap();
    // It wrote more than it said: that counts, and leaves no room for a third.
    advise(&mut scene, second, Some(usage(50, 30)));
    assert_eq!(scene.state().overrun.tokens, 20);
    assert_eq!(consult(&mut scene, usage(1, 0)), None);
    // The turn itself goes on: a grammar needs no tokens.
    scene.replies("Which one?");
    assert!(scene.state().turn.is_none());
}

#[test]
fn an_answer_counts_once_and_one_that_nobody_knows_counts_whole() {
    let mut scene = Scene::new();
    scene.say("Stick two of those in");
    let key = consult(&mut scene, usage(40, 20)).unwrap();
    advise(&mut scene, key, None);
    assert_eq!(scene.state().spent.tokens, 60);
    let before = scene.entries.len();
    advise(&mut scene, key, Some(usage(1, 1)));
    advise(&mut scene, Key(1), Some(usage(1, 1)));
    assert_eq!((scene.entries.len(), scene.state().spent.tokens), (before, 60));
}

#[test]
fn is_asked_by_the_thought_that_is_under_way_only() {
    let mut scene = Scene::new();
    scene.say("Stick two of those in");
    let old = scene.thinking();
    scene.replies("Which one?");
    scene.say("The blue one");
    let mut contents = Contents::default();
    let prompt = scene.hold(&mut contents, json!("late"));
    let (before, model) = (scene.entries.len(), "small".to_owned());
    let late = Consulted { key: old, model, prompt, reserved: usage(1, 1) };
    scene.happens_with(EventKind::Consulted(late), contents);
    assert_eq!(scene.entries.len(), before);
}

#[test]
fn what_a_model_was_shown_is_erased_with_its_turn() {
    let mut scene = Scene::new();
    scene.say("I wear 42, stick two of those in");
    let said = scene.state().turn.as_ref().unwrap().lines[0].privates().unwrap().clone();
    let mut contents = Contents::default();
    let topic = scene.hold(&mut contents, json!("shoe size"));
    let content = scene.hold(&mut contents, json!("42"));
    let learned = Learned {
        id: FactId::new("fct_1"),
        scope: FactScope::Shopper,
        topic,
        content,
        words: said,
        message: None,
        confidence_permille: 800,
        expires_at: None,
        by: owner(),
    };
    scene.happens_with(EventKind::Learned(learned), contents);
    let first = consult(&mut scene, usage(40, 20)).unwrap();
    advise(&mut scene, first, Some(usage(38, 6)));
    let second = consult(&mut scene, usage(40, 20)).unwrap();
    let erase = || EventKind::Erased(Erased { fact: FactId::new("fct_1"), by: owner() });
    scene.happens(erase());
    // The model answers after that; nothing of it comes back.
    advise(&mut scene, second, Some(usage(38, 6)));
    assert!(scene.session.contents().is_empty(), "{:?}", scene.session.contents());
    assert_eq!(scene.replayed().state().digest(), scene.state().digest());
}

#[test]
fn has_a_span_of_its_own() {
    let mut scene = Scene::new();
    scene.say("Stick two of those in");
    let turn = scene.state().turn.as_ref().unwrap().id;
    let key = consult(&mut scene, usage(40, 20)).unwrap();
    scene.now = scene.now.after(250);
    advise(&mut scene, key, Some(usage(38, 6)));
    scene.replies("Done.");
    let spans = agent::trace::spans(&scene.entries, turn);
    let span = spans.iter().find(|span| span.name == "chat small").unwrap();
    assert_eq!(span.end.unwrap().since(span.start), 250);
    let number = |name: &str| span.attributes[name].clone();
    assert_eq!(number("gen_ai.usage.input_tokens"), agent::trace::SpanValue::Number(38));
    assert_eq!(number("gen_ai.usage.output_tokens"), agent::trace::SpanValue::Number(6));
}
