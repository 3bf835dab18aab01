//! Opening: schema steps, newer databases, places that are none.

use sqlx::Executor;
use store::{Store, StoreError};

use crate::engine::Place;
use crate::on_every_engine;

on_every_engine!(opens_again, opens_for_several_at_once, refuses_a_newer_schema, keeps_its_identity);

async fn opens_again(place: Place) -> anyhow::Result<()> {
    for _ in 0..2 {
        let store = place.open().await?;
        assert_eq!(store.generation().await?, 0);
        store.close().await;
    }
    Ok(())
}

async fn opens_for_several_at_once(place: Place) -> anyhow::Result<()> {
    let mut opening = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let url = place.url.clone();
        opening.spawn(async move { Store::open(&url).await.map(|store| store.identity().to_owned()) });
    }
    let identities = opening.join_all().await.into_iter().collect::<Result<Vec<_>, _>>()?;
    assert!(identities.windows(2).all(|pair| pair[0] == pair[1]), "{identities:?}");
    Ok(())
}

async fn keeps_its_identity(place: Place) -> anyhow::Result<()> {
    let store = place.open().await?;
    assert_eq!(store.identity().len(), 32);
    assert_eq!(place.open().await?.identity(), store.identity());
    let other = Store::open("sqlite::memory:").await?;
    assert_ne!(other.identity(), store.identity());
    Ok(())
}

async fn refuses_a_newer_schema(place: Place) -> anyhow::Result<()> {
    place.open().await?.close().await;
    let pool = sqlx::AnyPool::connect(&place.url).await?;
    pool.execute("UPDATE _sqlx_migrations SET version = 9001 WHERE version = 1").await?;
    pool.close().await;
    let error = place.open().await.expect_err("a newer schema is refused");
    assert!(matches!(error, StoreError::NewerSchema { found: 9001, .. }), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn says_what_a_url_should_look_like() {
    let error = Store::open("mysql://shop:secret@localhost/shop").await.expect_err("no such engine");
    assert_eq!(
        error.to_string(),
        "mysql://shop:…@localhost/shop is no store: it starts with sqlite: or postgres://"
    );
}

#[tokio::test]
async fn never_shows_the_password() {
    let error = Store::open("postgres://shop:secret@127.0.0.1:9/shop").await.expect_err("nobody listens");
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    assert!(!format!("{error:?} {error}").contains("secret"));
}

/// The test server speaks no TLS: what matters is that the client does, and does not go on without.
#[tokio::test]
async fn asks_a_server_for_tls_where_the_url_does() -> anyhow::Result<()> {
    let place = Place::postgres().await?;
    let url = format!("{}?sslmode=require", place.url);
    let error = Store::open(&url).await.expect_err("the server has no certificate");
    let chain = format!("{:#}", anyhow::Error::from(error));
    assert!(chain.contains("does not support TLS"), "{chain}");
    Store::open(&format!("{}?sslmode=prefer", place.url)).await?;
    Ok(())
}

#[tokio::test]
async fn says_that_a_file_is_no_database() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("store.db");
    std::fs::write(&path, "This is a letter, not a database. ".repeat(100))?;
    let error = Store::open(&format!("sqlite:{}", path.display())).await.expect_err("no database");
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn lives_in_memory() -> anyhow::Result<()> {
    let store = Store::open("sqlite::memory:").await?;
    assert_eq!(store.counts().await?.products, 0);
    Ok(())
}
