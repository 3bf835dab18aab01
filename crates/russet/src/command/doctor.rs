//! `russet doctor`: what is installed, what is missing, and how to get it.

use std::fs;

use checkout::policy::{Difference, Fault};
use clap::Args;
use infer::{Installed, Models, Role, State};
use wire::{Check, DoctorReport, Status};

use super::policy::check::with_pages;
use crate::config::{self, Common, Config};
use crate::engine::{self, Engine};
use crate::failure::Reported;
use crate::output::{self, Style, bytes, grouped};
use crate::policy;

/// What makes a catalog where there is none.
const MAKES_CATALOG: &str = "russet import feed.xml, or russet demo";

/// Look at settings, data folder, store, index and models.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  russet doctor
  russet doctor --json | jq '.checks[] | select(.status != \"ok\")'")]
pub(crate) struct Arguments {
    /// Print one JSON object, described by docs/schema/doctor-report.json
    #[arg(long)]
    json: bool,
}

/// Looks at everything and reports; fails where Russet cannot work.
pub(crate) async fn run(config: &Config, flags: &Common, arguments: Arguments) -> anyhow::Result<()> {
    let mut checks = vec![settings(flags)?, data_folder(config)];
    checks.extend(catalog(config).await);
    checks.extend(shop_policy(config));
    checks.extend(pages(config).await);
    checks.extend(models(config));
    let is_healthy = checks.iter().all(|check| check.status != Status::Failed);
    let report = DoctorReport { version: env!("CARGO_PKG_VERSION").to_owned(), is_healthy, checks };
    match arguments.json {
        true => output::json(&report)?,
        false => output::text(&describe(&report, Style::of_output()))?,
    }
    if is_healthy { Ok(()) } else { Err(Reported.into()) }
}

fn describe(report: &DoctorReport, style: Style) -> String {
    let mut text = format!("{}\n", style.strong(&format!("Russet {}", report.version)));
    for check in &report.checks {
        let sign = match check.status {
            Status::Ok => "ok     ",
            Status::Missing => "missing",
            Status::Failed => "FAILED ",
        };
        text.push_str(&format!("{sign}  {:<16} {}\n", check.name.replace('_', " "), check.found));
        if !check.hint.is_empty() {
            text.push_str(&format!("{:26}{}\n", "", style.faint(&check.hint)));
        }
    }
    text
}

fn check(name: &str, status: Status, found: impl Into<String>, hint: &str) -> Check {
    Check { name: name.to_owned(), status, found: found.into(), hint: hint.to_owned() }
}

fn settings(flags: &Common) -> anyhow::Result<Check> {
    let found = match config::file(flags)? {
        Some(file) => format!("from {}", file.display()),
        None => "defaults, environment and flags".to_owned(),
    };
    Ok(check("settings", Status::Ok, found, ""))
}

fn data_folder(config: &Config) -> Check {
    let path = &config.data;
    if !path.exists() {
        let found = format!("{} is not there yet", path.display());
        return check("data_folder", Status::Missing, found, MAKES_CATALOG);
    }
    let probe = path.join(".probe");
    let written = fs::write(&probe, "").and_then(|()| fs::remove_file(&probe));
    match written {
        Ok(()) => check("data_folder", Status::Ok, path.display().to_string(), ""),
        Err(error) => check(
            "data_folder",
            Status::Failed,
            format!("{} cannot be written: {error}", path.display()),
            "choose a folder with --data or RUSSET_DATA",
        ),
    }
}

async fn catalog(config: &Config) -> Vec<Check> {
    if !config.has_catalog() {
        return vec![check("catalog", Status::Missing, "none", MAKES_CATALOG)];
    }
    let store = match engine::connect(config).await {
        Ok(store) => store,
        Err(error) => {
            let hint = "check the data folder or --database-url";
            return vec![check("store", Status::Failed, format!("{error:#}"), hint)];
        }
    };
    let mut checks =
        vec![check("store", Status::Ok, format!("{} at {}", store.engine().as_str(), store.location()), "")];
    match store.counts().await {
        Ok(counts) if counts.products > 0 => {
            let found = format!(
                "{} products, {} variants, {} reviews, {} questions, {} documents",
                grouped(counts.products),
                grouped(counts.variants),
                grouped(counts.reviews),
                grouped(counts.questions),
                grouped(counts.documents)
            );
            checks.push(check("catalog", Status::Ok, found, ""));
        }
        Ok(_) => checks.push(check("catalog", Status::Missing, "empty", MAKES_CATALOG)),
        Err(error) => checks.push(check("catalog", Status::Failed, error.to_string(), "")),
    }
    if config.data.exists() {
        checks.push(index(config, store).await);
    }
    checks
}

/// What shoppers may do: each fault of the file with its line and a way to mend it.
fn shop_policy(config: &Config) -> Vec<Check> {
    let found = match policy::find(config) {
        Ok(found) => found,
        Err(error) => {
            let hint = "name a file that is there with --policy or RUSSET_POLICY";
            return vec![check("policy", Status::Failed, format!("{error:#}"), hint)];
        }
    };
    let place = found.place();
    match found.policy {
        Ok(policy) => {
            let rules = policy.price_rules.len();
            let found = format!("{place}, sells in {}, {rules} price rules", policy.currency.code());
            vec![check("policy", Status::Ok, found, "")]
        }
        Err(faults) => {
            let shown = |fault: &Fault| {
                let found = format!("{place}, line {}, {}: {}", fault.line, fault.key, fault.what);
                check("policy", Status::Failed, found, &fault.mend)
            };
            faults.iter().map(shown).collect()
        }
    }
}

/// Where the shop's pages say something else than its policy: a shopper reads one and meets the other.
async fn pages(config: &Config) -> Vec<Check> {
    let Ok(policy::Found { policy: Ok(rules), .. }) = policy::find(config) else { return Vec::new() };
    if !config.has_catalog() {
        return Vec::new();
    }
    let Ok(store) = engine::connect(config).await else { return Vec::new() };
    let differences = with_pages(&rules, &store).await.unwrap_or_default();
    let hint = "change the policy or the page";
    let shown =
        |difference: &Difference| check("policy_pages", Status::Missing, difference.to_string(), hint);
    match differences.is_empty() {
        true => vec![check("policy_pages", Status::Ok, "the pages say nothing else than the policy", "")],
        false => differences.iter().map(shown).collect(),
    }
}

async fn index(config: &Config, store: store::Store) -> Check {
    let state = async {
        let engine = Engine::of_store(config, store)?;
        let wanted = engine.store().generation().await?;
        engine.index_state(wanted)
    };
    let state = match state.await {
        Ok(state) => state,
        Err(error) => {
            let hint = "the next command makes it anew";
            return check("search_index", Status::Missing, format!("{error:#}"), hint);
        }
    };
    let age = if state.is_current { "up to date" } else { "behind the catalog" };
    let vectors = match (state.model.as_str(), state.is_embedded) {
        ("", _) => "no vectors".to_owned(),
        (model, true) => format!("vectors of {model}"),
        (model, false) => format!("vectors of {model} for a part"),
    };
    let found = format!("{} products, {age}, {vectors}", grouped(state.products));
    match state.products > 0 && !state.is_embedded && is_embedding_installed(config) {
        true => check(
            "search_index",
            Status::Missing,
            found,
            "russet serve, or the next import, makes the vectors",
        ),
        false => check("search_index", Status::Ok, found, ""),
    }
}

fn is_embedding_installed(config: &Config) -> bool {
    let models = Models::new(&config.models);
    let is_ready = |i: &Installed<'_>| i.model.role == Role::TextEmbedding && i.state == State::Ready;
    config.embedding != "none" && models.list().iter().any(is_ready)
}

fn models(config: &Config) -> Vec<Check> {
    let models = Models::new(&config.models);
    [("embedding_model", Role::TextEmbedding), ("language_model", Role::Language)]
        .into_iter()
        .map(|(name, role)| {
            let installed =
                models.list().into_iter().find(|i| i.model.role == role && i.state == State::Ready);
            if let Some(installed) = installed {
                return check(
                    name,
                    Status::Ok,
                    format!("{} in {}", installed.model.name, models.folder().display()),
                    "",
                );
            }
            let Some(default) = models.registry().default_of(role) else {
                return check(name, Status::Missing, "none in the registry", "");
            };
            let found = format!("none; {} has {}", default.name, bytes(default.bytes()));
            check(name, Status::Missing, found, &format!("russet models pull {}", default.name))
        })
        .collect()
}
