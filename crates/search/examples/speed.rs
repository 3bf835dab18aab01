//! How fast the index is written, opened and searched: `speed [products] [folder]`. Without a folder everything is in
//! memory; what a folder has already is not written again. Run it with `--release`.

#![expect(clippy::print_stdout, reason = "a program for people who measure")]
#![expect(clippy::disallowed_methods, reason = "a program may look at the clock; the library may not")]

use std::error::Error;
use std::time::{Duration, Instant};

use commerce::Listing;
use search::{
    Constraint, Directories, EvidenceQuery, Field, Index, IndexWriter, Lexicon, MmapDirectory, Query, Term,
    Test, Vocabulary, WriterOptions, understand,
};

const SEED: u64 = 7;
const BATCH: usize = 5_000;
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let products: usize = arguments.next().map_or(Ok(24_000), |text| text.parse())?;
    let directories = match arguments.next() {
        Some(folder) => Directories {
            products: Box::new(half(&folder, "products")?),
            evidence: Box::new(half(&folder, "evidence")?),
        },
        None => Directories::in_memory(),
    };
    if Index::open(directories.clone())?.len() < products {
        write(&directories, products)?;
    }
    let start = Instant::now();
    let index = Index::open(directories)?;
    let opened = start.elapsed();
    let (terms, words) = (index.terms(), index.words()?);
    println!(
        "open {opened:?}, with {} terms and {} words {:?}, memory {} MB",
        terms.len(),
        words.len(),
        start.elapsed(),
        memory_mb()
    );
    let texts = texts(products);
    println!("order of all hits {:016x}", order(&index, &texts, &terms)?);
    measure("words", &queries(&texts, &terms, 0), |query| Ok(index.search(query, None)?.total))?;
    measure("words and a value", &queries(&texts, &terms, 1), |query| Ok(index.search(query, None)?.total))?;
    measure("words, value, price", &queries(&texts, &terms, 2), |query| {
        Ok(index.search(query, None)?.total)
    })?;
    let listings: Vec<Query> =
        queries(&texts, &terms, 1).into_iter().map(|query| Query { text: String::new(), ..query }).collect();
    measure("a value alone", &listings, |query| Ok(index.search(query, None)?.total))?;
    let evidence: Vec<EvidenceQuery> = texts
        .iter()
        .map(|text| EvidenceQuery { text: text.clone(), limit: 20, ..EvidenceQuery::default() })
        .collect();
    measure("evidence", &evidence, |query| Ok(index.evidence(query)?.len() as u64))?;
    let start = Instant::now();
    let vocabulary = Vocabulary::of(&index, Lexicon::builtin(index.language()))?;
    println!("vocabulary {:?}, memory {} MB", start.elapsed(), memory_mb());
    measure("reading", &texts, |text| Ok(understand(&vocabulary, text).text.len() as u64))?;
    let misspelt: Vec<String> = texts.iter().map(|text| misspelt(text)).collect();
    measure("reading what is misspelt", &misspelt, |text| {
        Ok(understand(&vocabulary, text).corrections.len() as u64)
    })?;
    measure("read and searched", &misspelt, |text| {
        Ok(index.search(&understand(&vocabulary, text).query(10), None)?.total)
    })
}

/// Two letters in the middle of the last word change places.
fn misspelt(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let start = text.chars().count() - text.split(' ').next_back().map_or(0, |word| word.chars().count());
    let middle = (start + letters.len()) / 2;
    if middle > start {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

fn half(folder: &str, name: &str) -> Result<MmapDirectory, Box<dyn Error>> {
    let path = format!("{folder}/{name}");
    std::fs::create_dir_all(&path)?;
    Ok(MmapDirectory::open(path)?)
}

/// Which hits come in which order, as one number (FNV-1a): a change that is only about speed does not change it.
fn order(index: &Index, texts: &[String], terms: &[Term]) -> Result<u64, Box<dyn Error>> {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for constraints in 0..3 {
        for query in queries(texts, terms, constraints) {
            let found = index.search(&query, None)?;
            let facets = found.facets.iter().flat_map(|facet| facet.values.iter());
            let counts = facets.map(|value| format!("{} {}", value.value, value.count));
            for text in found.hits.into_iter().map(|hit| hit.source_id).chain(counts) {
                let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                hash = text.bytes().fold(hash, add);
            }
        }
    }
    Ok(hash)
}

fn write(directories: &Directories, products: usize) -> Result<(), Box<dyn Error>> {
    let mut writer = IndexWriter::create(directories.clone(), WriterOptions::default())?;
    let mut spent = Duration::ZERO;
    let mut listings = testkit::catalog::generate(SEED, products);
    let (mut rows, mut variants) = (0, 0);
    loop {
        let batch: Vec<Listing> = listings.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        variants += batch.iter().map(|listing| listing.product.variants.len()).sum::<usize>();
        rows += search::evidence_rows(&batch[0]).len() * batch.len();
        let start = Instant::now();
        for listing in &batch {
            writer.upsert(listing, None)?;
        }
        spent += start.elapsed();
    }
    let start = Instant::now();
    writer.commit(1)?;
    let commit = start.elapsed();
    let rate = products as f64 / (spent + commit).as_secs_f64();
    println!(
        "{products} products, {variants} variants, about {rows} rows: {rate:.0} listings/s, commit {commit:?}, memory {} MB",
        memory_mb()
    );
    let changed = testkit::catalog::listing(SEED + 1, 0);
    let start = Instant::now();
    writer.upsert(&changed, None)?;
    writer.commit(2)?;
    println!("one change {:?}", start.elapsed());
    writer.finish()?;
    Ok(())
}

/// Words of titles, as a shopper types them.
fn texts(products: usize) -> Vec<String> {
    let step = (products / 500).max(1);
    let titles =
        (0..products).step_by(step).map(|number| testkit::catalog::listing(SEED, number).product.title);
    let texts = titles.enumerate().map(|(place, title)| {
        let words: Vec<&str> = title.split_whitespace().collect();
        let count = 1 + place % 3;
        words[words.len().saturating_sub(count)..].join(" ").to_lowercase()
    });
    texts.collect()
}

fn queries(texts: &[String], terms: &[Term], constraints: usize) -> Vec<Query> {
    let common: Vec<&Term> = terms.iter().filter(|term| !term.is_numeric && term.count > 20).collect();
    let query = |(place, text): (usize, &String)| {
        let mut query = Query { text: text.clone(), limit: 10, ..Query::default() };
        let term = common[place * 31 % common.len()];
        if constraints > 0 {
            query.constraints.push(constraint(term.field.clone(), Test::AnyOf(vec![term.value.clone()])));
        }
        if constraints > 1 {
            query.constraints.push(constraint(Field::Price, Test::AtMost(20_000.0)));
        }
        query
    };
    texts.iter().enumerate().map(query).collect()
}

fn constraint(field: Field, test: Test) -> Constraint {
    Constraint::filter(field, test)
}

/// Each query some times over; its best time counts, so that a busy machine does not decide.
fn measure<Q>(
    name: &str,
    queries: &[Q],
    run: impl Fn(&Q) -> Result<u64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let mut best = Vec::with_capacity(queries.len());
    let mut found = 0;
    for query in queries {
        let mut least = Duration::MAX;
        for round in 0..ROUNDS {
            let start = Instant::now();
            let total = run(query)?;
            least = least.min(start.elapsed());
            found += if round == 0 { total } else { 0 };
        }
        best.push(least);
    }
    best.sort_unstable();
    let at = |share: f64| best[((best.len() - 1) as f64 * share) as usize];
    let mean = found / queries.len().max(1) as u64;
    println!("{name:20} p50 {:>10.3?} p99 {:>10.3?}, {mean} found on average", at(0.5), at(0.99));
    Ok(())
}

fn memory_mb() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = text.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096 / (1 << 20)
}
