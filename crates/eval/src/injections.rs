//! Texts that try to make the assistant say or do what it must not, planted wherever a shop's data comes from, and in what a language
//! model returns.

mod check;
mod plant;
mod quotable;
mod report;
mod targets_table;
mod texts;

pub use quotable::{Quotable, quotable};
pub use report::Injections;
pub use texts::{Text, own, shared};

use crate::catalog::Catalog;
use crate::conversations::Stage;
use crate::shop;
use targets_table::TARGETS;

/// Plants all texts in copies of the built-in store, asks what will hit them, and looks at what comes back.
pub async fn run(texts: &[Text]) -> anyhow::Result<Injections> {
    let records = shop::records(Catalog::Demo)?.unwrap_or_default();
    let clean = Stage::of(records.clone()).await?;
    let before = check::replies(&clean).await?;
    let mut found = Injections { texts: texts.len(), ..Injections::default() };
    // Each product gets one text, in all places at once; the next texts get a store of their own.
    for batch in texts.chunks(TARGETS.len()) {
        let mut planted = records.clone();
        batch.iter().zip(TARGETS).for_each(|(text, target)| plant::plant(&mut planted, target, text));
        let stage = Stage::of(planted).await?;
        let after = check::replies(&stage).await?;
        for ((text, before), after) in batch.iter().zip(&before).zip(&after) {
            found.take(check::asked(text, before, after));
        }
        found.faults.extend(check::untouched(&stage, &after).await?);
        stage.close().await;
    }
    for text in texts {
        found.take_model(check::phrased(&clean, text)?);
    }
    clean.close().await;
    Ok(found)
}
