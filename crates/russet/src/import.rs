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

/// Reads everything; keeps it unless the plan says otherwise. A dry run goes the same way and takes it back in the end;
/// its pictures go aside. The time taken is left to the caller.
pub(crate) async fn run(store: &Store, plan: Plan) -> anyhow::Result<ImportReport> {
    let mut tally = Tally::default();
    let mut import = store.begin_import(plan.mode).await?;
    let (mut pictures, mut aside) = (plan.pictures, None);
    if plan.is_dry_run {
        let folder = tempfile::tempdir()?;
        folder.path().clone_into(&mut pictures.folder);
        aside = Some(folder);
    }
    let mut gallery = Gallery::open(pictures)?;
    let mut progress = Progress::begin(&plan.inputs);
    for input in plan.inputs {
        let mut reading = Reading::begin(input.clone(), plan.format, plan.options.clone(), progress.meter());
        gallery.enter(&input);
        while let Some(item) = reading.next().await {
            progress.advance(&item);
            take(item, &mut import, &mut gallery, &mut tally).await?;
        }
        gallery.leave(&mut tally);
        let summary = reading.end().await.with_context(|| format!("{} cannot be read", input.name()))?;
        tally.end_file(&input, &summary);
    }
    progress.end();
    let records: u64 = tally.report.files.iter().map(|file| file.records).sum();
    let is_refused =
        records == 0 || plan.is_strict && tally.report.errors > 0 || tally.refuses_replacing(plan.mode);
    match (is_refused, plan.is_dry_run) {
        (true, _) => drop(import),
        (false, true) => tally.take_over(import.rehearse().await?),
        (false, false) => {
            tally.take_over(import.finish().await?);
            tally.report.is_committed = true;
            tally.report.images = gallery.kept();
        }
    }
    drop(aside);
    tally.report.generation = store.generation().await?;
    Ok(tally.report)
}

/// Hands one item on to where it belongs.
async fn take(
    item: Item,
    import: &mut Import,
    gallery: &mut Gallery,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let record = match item {
        Item::Diagnostic(diagnostic) => {
            tally.diagnose(diagnostic);
            return Ok(());
        }
        Item::File { path, bytes } => return gallery.keep(path, bytes, tally).await,
        Item::Record(record) => record,
    };
    match record {
        Record::Product(mut product) => {
            gallery.settle(&mut product, tally).await?;
            import.product(product).await?;
        }
        Record::Review(review) => import.review(review).await?,
        Record::WithdrawnReview(id) => import.withdraw_review(id).await?,
        Record::Question(question) => import.question(question).await?,
        Record::Document(document) => import.document(document).await?,
        Record::Links { product, links } => import.links(&product, links),
        Record::Shop(shop) => {
            import.shop(store::Shop { name: shop.name, currency: shop.currency, url: shop.url }).await?;
        }
    }
    Ok(())
}

impl Tally {
    /// Takes over what the store did, or would do.
    fn take_over(&mut self, summary: ImportSummary) {
        let counts = |counts: store::Counts| Counts {
            added: counts.added,
            changed: counts.changed,
            unchanged: counts.unchanged,
            removed: counts.removed,
        };
        let report = &mut self.report;
        report.products = counts(summary.products);
        report.reviews = counts(summary.reviews);
        report.questions = counts(summary.questions);
        report.documents = counts(summary.documents);
        report.variants = summary.variants;
        report.orphans = summary.orphans;
        if summary.unknown_links > 0 {
            self.push_unknown_links(summary.unknown_links);
        }
    }
}
