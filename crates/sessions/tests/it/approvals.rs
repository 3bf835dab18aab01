//! Questions to people that wait over restarts.

use agent::{Key, Part, Seq};
use sessions::{Node, Told};

use crate::on_every_engine;
use crate::place::Place;
use crate::world::{World, ada, opening, replays, say, story, until_end};

on_every_engine!(waits_for_a_yes_over_a_restart, a_question_expires_while_no_node_runs);

fn question(told: &[Told]) -> Option<(Key, agent::Digest)> {
    told.iter().find_map(|told| match &told.part.part {
        Part::ApprovalRequested { key, digest, .. } => Some((*key, *digest)),
        _ => None,
    })
}

async fn asked(
    world: &std::sync::Arc<World>,
    place: &Place,
) -> anyhow::Result<(Node, agent::SessionId, Vec<Told>)> {
    let node = world.node(place.open().await?);
    let session = node.open(opening()?).await?;
    let mut stream = node.listen(&session, Seq(0));
    say(&node, &session, ("msg_1", "pay 5")).await?;
    let told = until_end(&mut stream).await?;
    Ok((node, session, told))
}

async fn waits_for_a_yes_over_a_restart(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let (first, session, told) = asked(&world, &place).await?;
    assert_eq!(story(&told)[2..], ["asked: Pay 5?", "reply: It waits for you.", "replied"]);
    first.stop().await;
    assert!(world.counts().is_empty());

    // Two days later, on another machine.
    world.clock.pass(2 * 24 * 3_600_000);
    let second = world.node(place.open().await?);
    second.beat().await?;
    assert_eq!(second.live(), 0, "a session that waits for a person costs nothing");
    let mut stream = second.listen(&session, told.last().map_or(Seq(0), |told| told.part.position));
    let question = question(&told).ok_or_else(|| anyhow::anyhow!("nobody was asked"))?;
    second.approve(&session, ada(), question).await?;
    let told = until_end(&mut stream).await?;
    assert_eq!(
        story(&told),
        ["answered: true", "calls pay", "done", "begins", "reply: 1 settled", "replied"]
    );
    assert_eq!(world.counts(), [1]);
    replays(second.runtime(), &session).await
}

async fn a_question_expires_while_no_node_runs(place: Place) -> anyhow::Result<()> {
    let world = World::new();
    let (first, session, told) = asked(&world, &place).await?;
    first.stop().await;
    world.clock.pass(4 * 24 * 3_600_000);
    let second = world.node(place.open().await?);
    let mut stream = second.listen(&session, told.last().map_or(Seq(0), |told| told.part.position));
    second.beat().await?;
    let told = until_end(&mut stream).await?;
    assert_eq!(story(&told)[..2], ["answered: false", "Failed(Expired)"]);
    assert!(world.counts().is_empty());
    replays(second.runtime(), &session).await
}
