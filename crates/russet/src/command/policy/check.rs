//! `russet policy check`.

use checkout::Policy;
use checkout::policy::{Difference, PageText, differences};
use clap::Args;
use commerce::{Document, DocumentKind};
use serde_json::json;
use store::Store;

use crate::config::Config;
use crate::engine;
use crate::failure::Reported;
use crate::output::{self, tame};
use crate::policy;

/// Tell all faults of the rules, and where the shop's pages say something else
///
/// Fails where there are faults. Pages are read in English: windows of returns, what delivery costs and from what amount on it is
/// free. A difference is told and is no fault.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let found = policy::find(config)?;
    let place = found.place();
    let (faults, differences) = match &found.policy {
        Ok(rules) => (Vec::new(), with_pages(rules, &engine::open_store(config).await?).await?),
        Err(faults) => (faults.clone(), Vec::new()),
    };
    if arguments.json {
        output::json(&json!({ "policy": place, "faults": faults, "differences": differences }))?;
    } else {
        for fault in &faults {
            output::text(&tame(&format!("{place}, {fault}\n")))?;
        }
        for difference in &differences {
            output::text(&tame(&format!("{difference}\n")))?;
        }
        if faults.is_empty() {
            let pages = if differences.is_empty() { "; the pages say nothing else" } else { "" };
            output::note(&format!("{place} can be used{pages}."));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Reported.into()) }
}

/// Where the pages of the whole shop and its rules differ.
pub(in crate::command) async fn with_pages(rules: &Policy, store: &Store) -> anyhow::Result<Vec<Difference>> {
    let documents = store.documents().await?;
    let is_of_shop = |document: &&Document| {
        document.products == commerce::ProductRef::default() && document.kind != DocumentKind::Guide
    };
    let pages: Vec<PageText<'_>> = documents
        .iter()
        .filter(is_of_shop)
        .map(|document| PageText {
            title: &document.title,
            text: &document.text,
            is_on_delivery: document.kind == DocumentKind::Shipping,
            is_on_returns: document.kind == DocumentKind::Returns,
        })
        .collect();
    Ok(differences(rules, &pages))
}
