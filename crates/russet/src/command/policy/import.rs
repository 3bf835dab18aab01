//! `russet policy import`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Context;
use checkout::price_rule::magento_csv::{self, Imported};
use checkout::{Policy, PriceRule};
use clap::Args;
use commerce::{CategoryPath, ProductId};
use serde::Serialize;
use store::Store;

use crate::config::Config;
use crate::engine;
use crate::failure::with_hint;
use crate::output::{self, tame};
use crate::policy;

/// Products that are looked at together.
const PAGE: u32 = 500;

/// Take over the cart price rules and coupons of a Magento 2 shop
///
/// FILE is a CSV with the columns of the table salesrule. The rules take the place of those that were imported before; rules that
/// stand in the policy itself are left alone. A rule that cannot be said here is left out and told. Categories are looked up in
/// the catalog, so import that first.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print the rules, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Rules as they stand in a policy.
#[derive(Serialize)]
struct Written<'a> {
    price_rule: &'a [PriceRule],
}

pub(super) async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let shown = arguments.file.display();
    let text = std::fs::read_to_string(&arguments.file).with_context(|| format!("{shown} cannot be read"))?;
    let own = policy::own(config)?.policy.map_err(|_| {
        with_hint("the shop's policy has faults of its own", "see them with `russet policy check`")
    })?;
    let categories = categories(&engine::open_store(config).await?).await?;
    let category = |key: &str| named(&categories, key);
    let Imported { rules, diagnostics } = magento_csv::read(&text, own.currency, &category);
    for diagnostic in &diagnostics {
        output::note(&tame(&format!("left out: {diagnostic}")));
    }
    if rules.is_empty() {
        return Err(with_hint(
            format!("{shown} has no rule that can be used"),
            "it needs the columns of Magento's table salesrule, such as name and simple_action",
        ));
    }
    let written = toml::to_string(&Written { price_rule: &rules })?;
    check(config, &written)?;
    if arguments.dry_run {
        return output::text(&written);
    }
    let file = policy::imported_rules(config);
    let head = "# Price rules that `russet policy import` has made; the next import replaces this file.\n\n";
    std::fs::write(&file, format!("{head}{written}"))
        .with_context(|| format!("{} cannot be written", file.display()))?;
    let coupons: Vec<&str> = rules.iter().filter_map(|rule| rule.coupon.as_deref()).collect();
    let with = if coupons.is_empty() { String::new() } else { format!(", coupons {}", coupons.join(", ")) };
    output::note(&tame(&format!("{} price rules in {}{with}.", rules.len(), file.display())));
    Ok(())
}

/// The rules must hold together with the policy.
fn check(config: &Config, written: &str) -> anyhow::Result<()> {
    let whole = format!("{}\n{written}", policy::own_text(config)?);
    Policy::parse(&whole).map(|_| ()).map_err(|faults| {
        let first = faults.first().map(ToString::to_string).unwrap_or_default();
        with_hint(
            format!("the rules cannot stand beside the policy: {first}"),
            "take the rule out of one of the two",
        )
    })
}

/// All categories of the catalog.
async fn categories(store: &Store) -> anyhow::Result<BTreeSet<CategoryPath>> {
    let mut found = BTreeSet::new();
    let mut after: Option<ProductId> = None;
    loop {
        let page = store.listings_after(after.as_ref(), PAGE).await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = Some(last.product.id.clone());
        found.extend(page.into_iter().flat_map(|listing| listing.product.categories));
    }
}

/// The category that a URL key names: its last name stands in the key, and the rest of the key among the names above it. Where
/// several fit, the shortest path; where two are as short, none, for a rule must not work on other goods than is meant.
fn named(categories: &BTreeSet<CategoryPath>, key: &str) -> Option<String> {
    let wanted = words(key);
    let mut fitting: BTreeSet<Vec<String>> = BTreeSet::new();
    for path in categories {
        let names = path.names();
        for end in 1..=names.len() {
            let (above, last) = (&names[..end - 1], &names[end - 1]);
            let own = words(last);
            let above: BTreeSet<String> = above.iter().flat_map(|name| words(name)).collect();
            let is_covered = wanted.iter().all(|word| own.contains(word) || above.contains(word));
            if !own.is_empty() && own.is_subset(&wanted) && is_covered {
                fitting.insert(names[..end].iter().map(ToString::to_string).collect());
            }
        }
    }
    let shortest = fitting.iter().map(Vec::len).min()?;
    let mut shortest = fitting.into_iter().filter(|path| path.len() == shortest);
    let path = shortest.next()?;
    shortest.next().is_none().then(|| path.join(" > "))
}

fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
