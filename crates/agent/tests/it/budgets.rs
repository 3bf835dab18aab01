//! Budgets end a turn gracefully.

use agent::{Budget, Effect, Limits, Notice, TurnEnd, Words};
use serde_json::json;

use crate::scene::Scene;
use crate::settings::settings;

fn scene(budget: Budget) -> Scene {
    let mut settings = settings();
    settings.budget = budget;
    Scene::with(settings)
}

fn of_turn(turn: Limits) -> Budget {
    Budget { turn, session: Limits::default() }
}

#[test]
fn ends_a_turn_with_too_many_steps() {
    let mut scene = scene(of_turn(Limits { steps: Some(2), ..Limits::default() }));
    scene.say("Find");
    scene.calls(&[("find", json!({}))]);
    let effects = scene.returns("find", json!({}));
    let said = effects.iter().any(|effect| {
        matches!(effect, Effect::Reply(reply) if matches!(&reply.words, Words::Notice(Notice::BudgetSpent(_))))
    });
    assert!(said, "{effects:?}");
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      propose find
      call find ses_1.6#1
    returned
      settle done
      reply
      end_turn budget_spent
    ");
    // The next message has a budget of its own.
    scene.say("Again");
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    ");
}

#[test]
fn refuses_a_call_that_costs_too_much_and_says_so() {
    let mut scene = scene(of_turn(Limits { money_micros: Some(150), ..Limits::default() }));
    scene.say("Find");
    scene.calls(&[("find", json!({})), ("find", json!({}))]);
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      propose find
      propose find
      call find ses_1.6#1
      settle failed budget_spent
    ");
}

#[test]
fn asks_no_model_without_tokens_but_still_the_grammar() {
    let limits = Limits { tokens: Some(100), ..Limits::default() };
    let mut scene = scene(Budget { turn: Limits::default(), session: limits });
    scene.say("Hello");
    scene.thinks(agent::Outcome::Pass, agent::Contents::default());
    insta::assert_snapshot!(scene.story(), @r"
    message
      begin_turn
      think grammar
    thought
      pass_on
      reply
      end_turn budget_spent
    ");
}

#[test]
fn gives_back_what_was_not_used_and_counts_what_was_used_beyond() {
    let mut scene = Scene::new();
    scene.say("Hello");
    scene.thinks(agent::Outcome::Pass, agent::Contents::default());
    let reserved = scene.state().spent.tokens;
    scene.replies("Hi");
    assert!(reserved > 300);
    assert_eq!(scene.state().spent.tokens, 120);
    // The grammar had announced no tokens and used some.
    assert_eq!(scene.state().overrun.tokens, 120);
}

#[test]
fn ends_a_turn_that_takes_too_long() {
    let mut scene = scene(of_turn(Limits { wall_ms: Some(500), ..Limits::default() }));
    scene.say("Order");
    scene.calls(&[("order", json!({}))]);
    scene.story();
    scene.wait(500);
    scene.returns("order", json!({}));
    insta::assert_snapshot!(scene.story(), @r"
    woke
      reply
      end_turn budget_spent
    returned
      settle done
      begin_turn
      think grammar
    ");
    assert!(matches!(scene.state().history[0].end, TurnEnd::BudgetSpent(_)));
}
