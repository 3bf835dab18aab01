//! One suite for both engines: every test takes an empty store and states what must hold.

mod books;
mod catalog;
mod engine;
mod erased_bytes;
mod killed;
mod model;
mod picture;
mod runtime;
mod schema;

use store::Store;

/// Runs the tests of a module on each engine.
macro_rules! on_every_engine {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() -> anyhow::Result<()> {
                super::$test($crate::engine::Place::sqlite()?).await
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $test() -> anyhow::Result<()> {
                super::$test($crate::engine::Place::postgres().await?).await
            })*
        }
    };
}
pub(crate) use on_every_engine;

/// Everything that the store holds, for comparing.
async fn everything(store: &Store) -> anyhow::Result<Vec<commerce::Listing>> {
    Ok(store.listings_after(None, 10_000).await?)
}
