//! An import: files are read on a thread of their own, and what they state goes into the store in one transaction.
//! Dropping a running import, as Ctrl-C does, leaves the catalog as it was.

pub(crate) mod inputs;
mod pictures;
mod progress;
mod reading;
mod tally;

use anyhow::Context;
use ingest::{Format, Item, Options, Record};
use store::{Import, ImportMode, ImportSummary, Store};
use wire::{Counts, ImportReport};

use inputs::Input;
use pictures::Gallery;
pub(crate) use pictures::Pictures;
use progress::Progress;
use reading::Reading;
use tally::Tally;

/// What to import, and how.
pub(crate) struct Plan {
    /// Files in the order in which they are read.
    pub(crate) inputs: Vec<Input>,
    /// The format of all of them; `None` to find it out.
    pub(crate) format: Option<Format>,
    /// How they are read.
    pub(crate) options: Options,
    /// Whether they are all there is.
    pub(crate) mode: ImportMode,
    /// Whether a row that is left out refuses all.
    pub(crate) is_strict: bool,
    /// Whether nothing is to be kept.
    pub(crate) is_dry_run: bool,
    /// Where pictures come from and go to.
    pub(crate) pictures: Pictures,
}

/// Reads everything; keeps it unless the plan says otherwise. The time taken is left to the caller.
pub(crate) async fn run(store: &Store, plan: Plan) -> anyhow::Result<ImportReport> {
    let mut tally = Tally::default();
    let mut import = match plan.is_dry_run {
        true => None,
        false => Some(store.begin_import(plan.mode).await?),
    };
    let mut gallery = Gallery::open(plan.pictures)?;
    let mut progress = Progress::begin(&plan.inputs);
    for input in plan.inputs {
        let mut reading = Reading::begin(input.clone(), plan.format, plan.options.clone(), progress.meter());
        gallery.enter(&input);
        while let Some(item) = reading.next().await {
            progress.advance(&item);
            take(item, import.as_mut(), &mut gallery, &mut tally).await?;
        }
        let summary = reading.end().await.with_context(|| format!("{} cannot be read", input.name()))?;
        tally.end_file(&input, &summary);
    }
    progress.end();
    let records: u64 = tally.report.files.iter().map(|file| file.records).sum();
    let is_refused = records == 0 || plan.is_strict && tally.report.errors > 0;
    if let Some(import) = import.filter(|_| !is_refused) {
        tally.keep(import.finish().await?);
    }
    tally.report.images = gallery.kept();
    tally.report.generation = store.generation().await?;
    Ok(tally.report)
}

/// Hands one item on to where it belongs.
async fn take(
    item: Item,
    import: Option<&mut Import>,
    gallery: &mut Gallery,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let record = match item {
        Item::Diagnostic(diagnostic) => {
            tally.diagnose(diagnostic);
            return Ok(());
        }
        Item::File { path, bytes } if import.is_some() => return gallery.keep(path, bytes, tally).await,
        Item::File { .. } => return Ok(()),
        Item::Record(record) => record,
    };
    let Some(import) = import else { return Ok(()) };
    match record {
        Record::Product(mut product) => {
            gallery.settle(&mut product, tally).await?;
            import.product(product).await?;
        }
        Record::Review(review) => import.review(review).await?,
        Record::Question(question) => import.question(question).await?,
        Record::Document(document) => import.document(document).await?,
        Record::Shop(shop) => {
            import.shop(store::Shop { name: shop.name, currency: shop.currency, url: shop.url }).await?;
        }
    }
    Ok(())
}

impl Tally {
    /// Takes over what the store did.
    fn keep(&mut self, summary: ImportSummary) {
        let counts = |counts: store::Counts| Counts {
            added: counts.added,
            changed: counts.changed,
            unchanged: counts.unchanged,
            removed: counts.removed,
        };
        let report = &mut self.report;
        report.is_committed = true;
        report.products = counts(summary.products);
        report.reviews = counts(summary.reviews);
        report.questions = counts(summary.questions);
        report.documents = counts(summary.documents);
        report.variants = summary.variants;
        report.orphans = summary.orphans;
    }
}
