//! One suite for both engines: nodes that crash, take over, wait and stream, on an empty store with a clock set by hand.

mod approvals;
mod consulted;
mod crashes;
mod devices;
mod inherit;
mod kills;
mod memory;
mod place;
mod refusals;
mod timers;
mod world;

/// Runs the tests of a module on each engine.
macro_rules! on_every_engine {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() -> anyhow::Result<()> {
                super::$test($crate::place::Place::sqlite()?).await
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $test() -> anyhow::Result<()> {
                super::$test($crate::place::Place::postgres().await?).await
            })*
        }
    };
}
pub(crate) use on_every_engine;
