//! Tries of deliveries: one process makes each, they end, and what was taken is tried no more.

use jiff::{SignedDuration, Timestamp};
use store::Books;

use super::shop::Shop;
use crate::engine::Place;
use crate::on_every_engine;

on_every_engine!(a_try_is_made_by_one_and_again_when_it_is_due, what_was_taken_is_tried_no_more);

/// How often something is tried in these tests.
const MOST: u32 = 3;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
}

async fn claim(books: &Books, id: &str, now: i64) -> anyhow::Result<Option<u32>> {
    Ok(books.claim_delivery(id, (at(now), at(now + 60)), MOST).await?)
}

async fn a_try_is_made_by_one_and_again_when_it_is_due(place: Place) -> anyhow::Result<()> {
    let books = Shop::open(&place).await?.books;
    let claims = futures::future::join_all((0..8).map(|_| claim(&books, "n1", 0))).await;
    let made: Vec<u32> =
        claims.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect();
    assert_eq!(made, [1]);
    assert_eq!(claim(&books, "n1", 59).await?, None, "somebody is at it");
    assert_eq!(claim(&books, "n1", 60).await?, Some(2), "whoever was at it has died");
    books.not_delivered("n1", at(300), "the server answered 503").await?;
    assert_eq!(claim(&books, "n1", 299).await?, None);
    let [known] = &books.deliveries(&["n1".to_owned(), "n2".to_owned()]).await?[..] else {
        anyhow::bail!("one was tried");
    };
    assert_eq!((known.attempts, known.due, known.sent_at), (2, at(300), None));
    assert_eq!(known.fault, "the server answered 503");
    assert_eq!(claim(&books, "n1", 300).await?, Some(3));
    assert_eq!(claim(&books, "n1", 100_000).await?, None, "it was tried often enough");
    Ok(())
}

async fn what_was_taken_is_tried_no_more(place: Place) -> anyhow::Result<()> {
    let books = Shop::open(&place).await?.books;
    for (number, id) in ["n1", "n2"].into_iter().enumerate() {
        claim(&books, id, 0).await?;
        books.delivered(id, at(10 + number as i64)).await?;
        // An answer that comes late changes nothing.
        books.not_delivered(id, at(20), "late").await?;
        books.delivered(id, at(30)).await?;
    }
    assert_eq!(claim(&books, "n1", 100).await?, None);
    let last = books.delivered_last(10).await?;
    let last: Vec<_> = last.iter().map(|one| (one.id.as_str(), one.sent_at, one.fault.as_str())).collect();
    assert_eq!(last, [("n2", Some(at(11)), ""), ("n1", Some(at(10)), "")]);
    assert_eq!(books.delivered_last(1).await?.len(), 1);
    Ok(())
}
