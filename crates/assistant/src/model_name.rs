//! The model that a shopper names, and the offers of a catalog that are of it.
//!
//! A marketplace lists the same goods several times, each seller in its own words: `Halden 990 Pro 1TB`, `SSD 990PRO 1000GB
//! HD-9P1T0`. What they share is the model: a word with digits that no other goods have, or all words of the name. Words are
//! compared as people leave out spaces and hyphens, measures by what they measure, and a pack of two is twice its parts.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use commerce::{Dimension, Product, ProductId, Quantity, Value};
use search::{EvidenceKind, EvidenceRow, Field, Query, Vocabulary, analyse};

use crate::lexicon::stem_list;
use crate::{AskError, Snapshot, relevance, stance};

mod units;

use units::{JOINED, Units, arabic, runs, squashed};

/// Hits that are looked at for one name.
const CANDIDATES: usize = 100;
/// Offers of one model at most.
const MAX_OFFERS: usize = 40;
/// Letters from which on a word of letters and digits is a model by itself: `7710X` and not `B65`.
const TELLING: usize = 5;
/// A number of fewer digits is none: `Wi-Fi 6`.
const SHORTEST_NUMBER: usize = 3;
/// Words of the longest name.
const MAX_WORDS: usize = 10;
/// Measures this share apart are the same.
const NEAR: f64 = 0.01;
/// What goods of one model differ by, and what their names are written with.
const MEASURES: [Dimension; 7] = [
    Dimension::Data,
    Dimension::Length,
    Dimension::Power,
    Dimension::Volume,
    Dimension::Mass,
    Dimension::Charge,
    Dimension::Pieces,
];
/// Keys of attributes whose values are names of models.
const MODEL_KEYS: &[&str] =
    &["model", "mpn", "sku", "part", "reference", "article", "series", "name", "gtin", "ean"];
/// Words behind which a bound stands, and no more of the name.
const BOUNDS: &[&str] =
    &["under", "below", "less", "up", "max", "over", "above", "between", "cheaper", "around"];
/// Words beside a name that are none of it.
const PLAIN: &[&str] =
    &["only", "please", "new", "original", "genuine", "official", "currently", "available", "now"];
/// Words that stand for the goods on the page.
const OF_PAGE: &[&str] =
    &["this", "it", "the", "same", "one", "product", "item", "article", "here", "of", "for"];
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::parse(include_str!("lexicon/offers_en.txt")));

/// Phrases of the data file.
#[derive(Default)]
struct Phrases {
    offers: Vec<Vec<String>>,
    seeks: Vec<Vec<String>>,
    used: Vec<Vec<String>>,
}

impl Phrases {
    fn parse(text: &str) -> Self {
        let mut phrases = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, items)) = line.split_once(' ') else { continue };
            let list = match name {
                "offers" => &mut phrases.offers,
                "seeks" => &mut phrases.seeks,
                _ => &mut phrases.used,
            };
            list.extend(items.split(',').map(folded));
        }
        phrases
    }
}

fn folded(text: &str) -> Vec<String> {
    analyse::words(text).into_iter().map(|word| word.text).collect()
}

/// The places of the words of these phrases.
fn places(words: &[String], phrases: &[Vec<String>]) -> BTreeSet<usize> {
    let longest = |at: usize| {
        let spells = |phrase: &&Vec<String>| words[at..].starts_with(phrase);
        phrases.iter().filter(spells).map(Vec::len).max().unwrap_or(0)
    };
    (0..words.len()).flat_map(|at| at..at + longest(at)).collect()
}

/// A model as it is named.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ModelName {
    /// The words, folded.
    words: Vec<String>,
    /// What is measured, in base units.
    measures: Vec<(Dimension, f64)>,
    /// What it is to have, and what it is not to have, as stems.
    with: Vec<String>,
    without: Vec<String>,
}

/// All offers that a text asks for: `all offers of the Halden 500`, `cheapest Halden 500 2 kg`; none where it asks for something else.
pub(crate) fn asked_for(
    snapshot: &Snapshot,
    text: &str,
    page: Option<&Product>,
) -> Result<Vec<Product>, AskError> {
    let words = analyse::words(text);
    let said = folded(text);
    let (asking, seeking) = (places(&said, &PHRASES.offers), places(&said, &PHRASES.seeks));
    // A question is about goods and seeks none, unless it says so.
    let is_question = words.first().is_some_and(|word| analyse::is_stop_word(&word.text));
    if asking.is_empty() && seeking.is_empty() && is_question && page.is_none() {
        return Ok(Vec::new());
    }
    let spent = |at: &usize| asking.contains(at) || seeking.contains(at);
    let mut left = text.to_owned();
    for word in (0..words.len()).filter(spent).rev().map(|at| &words[at]) {
        left.replace_range(word.start..word.end, " ");
    }
    let is_of_page = folded(&left).iter().all(|word| OF_PAGE.contains(&word.as_str()));
    let name = match page {
        Some(page) if is_of_page => ModelName::of(&snapshot.vocabulary, page),
        Some(_) => None,
        None => ModelName::read(&snapshot.vocabulary, &left, !asking.is_empty()),
    };
    let Some(name) = name.filter(|_| !asking.is_empty() || page.is_none()) else { return Ok(Vec::new()) };
    let mut offers = name.offers(snapshot)?;
    let is_one = || is_of_one_make(&offers) && name.is_whole(&snapshot.vocabulary, &offers);
    if asking.is_empty() && page.is_none() && !is_one() {
        return Ok(Vec::new());
    }
    if said.iter().any(|word| word == "new") {
        offers.retain(|offer| places(&folded(&offer.title), &PHRASES.used).is_empty());
    }
    Ok(offers)
}

/// Whether goods are of one maker, as far as they say: what many make is a kind of goods and no model.
fn is_of_one_make(offers: &[Product]) -> bool {
    let makers = |is_meant: fn(&Product) -> bool| -> HashSet<String> {
        let meant = offers.iter().filter(|offer| is_meant(offer)).map(|offer| squashed(&offer.brand));
        meant.filter(|brand| !brand.is_empty()).collect()
    };
    // Shops write their own name where the maker's belongs.
    offers.len() > 1 && (makers(is_in_title).len() == 1 || makers(|_| true).len() == 1)
}

/// Whether a title has the brand of its product.
fn is_in_title(product: &Product) -> bool {
    let brand = squashed(&product.brand);
    !brand.is_empty() && squashed(&product.title).contains(&brand)
}

impl ModelName {
    /// Reads a text that is a name and nothing else; `is_asked` where the words around it ask for offers, so that a name needs no
    /// number in it.
    pub(crate) fn read(vocabulary: &Vocabulary, text: &str, is_asked: bool) -> Option<Self> {
        let measured: Vec<_> = Quantity::find_all(text)
            .into_iter()
            .filter(|(_, quantity)| MEASURES.contains(&quantity.dimension()))
            .collect();
        let mut name =
            Self { words: Vec::new(), measures: measures(text), with: Vec::new(), without: Vec::new() };
        let mut is_with = None;
        for (at, word) in runs(text) {
            let is_measured = measured.iter().any(|(range, _)| range.start < at.end && at.start < range.end);
            if BOUNDS.contains(&word.as_str()) {
                break;
            }
            match word.as_str() {
                "with" | "incl" | "including" => is_with = Some(true),
                "without" => is_with = Some(false),
                _ if is_measured || analyse::is_stop_word(&word) || PLAIN.contains(&word.as_str()) => {}
                _ => match is_with {
                    Some(true) => name.with.push(analyse::stem(&word)),
                    Some(false) => name.without.push(analyse::stem(&word)),
                    None => name.words.push(arabic(&word)),
                },
            }
        }
        let is_model = name.words.iter().any(|word| is_model(vocabulary, word));
        let is_named = is_model || is_asked && name.words.len() > 1 && !describes(vocabulary, &name.words);
        (is_named && name.words.len() <= MAX_WORDS).then_some(name)
    }

    /// The name of a product by its own title: the word that is a model by itself, with what it measures.
    pub(crate) fn of(vocabulary: &Vocabulary, product: &Product) -> Option<Self> {
        let measured = Quantity::find_all(&product.title);
        // `2x16GB` tells no model.
        let is_measured = |run: &Range<usize>| {
            measured.iter().any(|(range, _)| range.start < run.end && run.start < range.end)
        };
        let words = runs(&product.title).into_iter().filter(|(run, _)| !is_measured(run));
        let model = words.map(|(_, word)| word).find(|word| is_telling(vocabulary, word))?;
        let measures = measures(&product.title);
        Some(Self { words: vec![model], measures, with: Vec::new(), without: Vec::new() })
    }

    /// Whether a product is of it.
    pub(crate) fn is_of(&self, vocabulary: &Vocabulary, product: &Product) -> bool {
        self.fits(vocabulary, product).is_some()
    }

    /// The offers of it, those with a category and the most to say about the goods first.
    pub(crate) fn offers(&self, snapshot: &Snapshot) -> Result<Vec<Product>, AskError> {
        // A seller may write no other word of the name.
        let telling = self.words.iter().filter(|word| is_model(&snapshot.vocabulary, word));
        let mut texts: Vec<String> = std::iter::once(self.words.join(" ")).chain(telling.cloned()).collect();
        let joined = (2..=JOINED).flat_map(|count| self.words.windows(count)).map(|run| run.concat());
        let is_plain = !self.words.iter().any(|word| has_digit(word));
        texts.extend(joined.filter(|word| is_plain || has_digit(word)));
        let (mut seen, mut found): (HashSet<ProductId>, Vec<(Product, bool)>) = (HashSet::new(), Vec::new());
        let code = self.words.concat();
        for text in texts {
            let codes = Some(code.clone()).filter(|code| has_digit(code)).into_iter().collect();
            let query = Query { text, codes, limit: CANDIDATES, ..Query::default() };
            for hit in snapshot.index.search(&query, None)?.hits {
                if !seen.insert(hit.product_id.clone()) {
                    continue;
                }
                let Some(product) = snapshot.index.product(&hit.product_id)? else { continue };
                if let Some(is_measured) = self.fits(&snapshot.vocabulary, &product) {
                    found.push((product, is_measured));
                }
            }
        }
        // An offer that leaves out what others of the model state may be of any of them.
        if found.iter().any(|(_, is_measured)| *is_measured) {
            found.retain(|(_, is_measured)| *is_measured);
        }
        let mut offers: Vec<((bool, usize), Product)> = Vec::new();
        for (product, _) in found {
            let said = snapshot.index.evidence_of(&product.id)?;
            let stems: Vec<String> =
                said.iter().filter(|row| has_it(row)).flat_map(|row| stem_list(&row.quote)).collect();
            let title = stem_list(&product.title);
            let has = |stem: &String| stems.contains(stem) || title.contains(stem);
            if self.with.iter().all(has) && !self.without.iter().any(|stem| title.contains(stem)) {
                offers.push(((!product.categories.is_empty(), said.len()), product));
            }
        }
        offers.sort_by_key(|(told, _)| std::cmp::Reverse(*told));
        offers.truncate(MAX_OFFERS);
        Ok(offers.into_iter().map(|(_, product)| product).collect())
    }

    /// The offers of it, where the words name one model and nothing else.
    pub(crate) fn offers_of_one(&self, snapshot: &Snapshot) -> Result<Vec<Product>, AskError> {
        let offers = self.offers(snapshot)?;
        let is_one =
            (offers.len() == 1 || is_of_one_make(&offers)) && self.is_whole(&snapshot.vocabulary, &offers);
        Ok(if is_one { offers } else { Vec::new() })
    }

    /// Whether every word of the name stands in the title of some offer, so that nothing else is asked of it.
    fn is_whole(&self, vocabulary: &Vocabulary, offers: &[Product]) -> bool {
        let units: Vec<(&Product, Units)> = offers.iter().map(|offer| (offer, Units::of(offer))).collect();
        let is_said =
            |at: usize| units.iter().any(|(offer, units)| self.is_said(vocabulary, offer, units, at));
        (0..self.words.len()).all(is_said)
    }

    /// The word that is a model by itself, where the name has one.
    pub(crate) fn telling(&self, vocabulary: &Vocabulary) -> Option<&str> {
        self.words.iter().find(|word| is_telling(vocabulary, word)).map(String::as_str)
    }

    /// Whether a product is of it, and states the measures of the name; one that states others is not.
    fn fits(&self, vocabulary: &Vocabulary, product: &Product) -> Option<bool> {
        let units = Units::of(product);
        let telling = |word: &&String| is_telling(vocabulary, word);
        let is_of = match self.words.iter().find(telling) {
            Some(model) => units.has(model) || units.has(&self.words.concat()),
            None => (0..self.words.len()).all(|at| self.is_said(vocabulary, product, &units, at)),
        };
        if !is_of {
            return None;
        }
        let stated = stated(product);
        let mut is_measured = true;
        for (dimension, wanted) in &self.measures {
            let mut same = stated.iter().filter(|(own, _)| own == dimension).peekable();
            // Sellers leave out the unit: `(256/12)`.
            let is_bare = || *dimension == Dimension::Data && has_gigabytes(&units, *wanted);
            if same.peek().is_none() && is_bare() {
                continue;
            }
            is_measured &= same.peek().is_some();
            if is_measured && !same.any(|(_, own)| (own - wanted).abs() <= NEAR * wanted) {
                return None;
            }
        }
        Some(is_measured)
    }

    /// Whether a word of the name stands in the title, alone or with those beside it; the maker and the kind of goods need not.
    fn is_said(&self, vocabulary: &Vocabulary, product: &Product, units: &Units, at: usize) -> bool {
        let joins = (0..JOINED).flat_map(|before| (0..JOINED).map(move |behind| (before, behind)));
        let stands = |(before, behind): (usize, usize)| {
            let run = at.checked_sub(before).and_then(|start| self.words.get(start..at + behind + 1));
            before + behind < JOINED && run.is_some_and(|run| units.has(&run.concat()))
        };
        let word = &self.words[at];
        // The 2 of a `Cloud 2` is no other number.
        let is_short = word.len() < SHORTEST_NUMBER && word.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(before) = at.checked_sub(1).filter(|_| is_short) {
            return units.has(&format!("{}{word}", self.words[before]));
        }
        let stem = analyse::stem(word);
        let is_plain = |field: &Field| matches!(field, Field::Brand | Field::Category);
        let is_of_goods = || vocabulary.meanings(&stem).iter().any(|meaning| is_plain(&meaning.field));
        let is_kind = || {
            product
                .categories
                .iter()
                .flat_map(|path| path.names())
                .any(|name| stem_list(name).contains(&stem))
        };
        // Beside a model that is told by its number, what the maker's place holds in no title is the seller.
        let is_maker = || vocabulary.meanings(&stem).iter().any(|meaning| meaning.field == Field::Brand);
        let is_left_out = || {
            let has_number =
                !self.measures.is_empty() || self.words.iter().any(|word| is_model(vocabulary, word));
            has_number && is_maker() && !is_in_title(product)
        };
        joins.into_iter().any(stands)
            || is_of_goods() && stem_list(&product.brand).contains(&stem)
            || is_kind()
            || is_left_out()
    }
}

/// Whether a number stands among the words of a title that is this many gigabytes.
fn has_gigabytes(units: &Units, bytes: f64) -> bool {
    let gigabyte = Quantity::parse("1 GB").map_or(f64::NAN, |one| one.base());
    units.has(&format!("{:.0}", bytes / gigabyte))
}

/// Whether the shop says by a row that goods have what stands in it.
fn has_it(row: &EvidenceRow) -> bool {
    let is_of_shop = matches!(row.kind, EvidenceKind::Attribute | EvidenceKind::Description);
    is_of_shop && !relevance::denies(row) && !stance::denies(&stem_list(&row.quote))
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a word is of a model: it has digits, and is no value that goods of any make have.
fn is_model(vocabulary: &Vocabulary, word: &str) -> bool {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_long = word.len() >= if is_number { SHORTEST_NUMBER } else { 2 };
    has_digit(word) && is_long && !is_value(vocabulary, word)
}

/// Whether a word is a model by itself.
fn is_telling(vocabulary: &Vocabulary, word: &str) -> bool {
    word.len() >= TELLING && word.bytes().any(|byte| byte.is_ascii_alphabetic()) && is_model(vocabulary, word)
}

/// Whether a word is a value of an attribute that is no name of a model.
fn is_value(vocabulary: &Vocabulary, word: &str) -> bool {
    let is_of_model = |key: &str| key.split('_').any(|part| MODEL_KEYS.contains(&part));
    vocabulary.meanings(&analyse::stem(word)).iter().any(|meaning| match &meaning.field {
        Field::Attribute(key) => meaning.is_whole && !is_of_model(key),
        Field::Category => true,
        _ => false,
    })
}

/// Whether all words are values or kinds of the catalog, so that they describe goods and name none.
fn describes(vocabulary: &Vocabulary, words: &[String]) -> bool {
    let is_plain = |word: &String| {
        let stem = analyse::stem(word);
        vocabulary.is_kind(&stem) || !vocabulary.meanings(&stem).is_empty()
    };
    words.iter().all(is_plain)
}

/// The measures of a text; `2x16 GB` are 32.
fn measures(text: &str) -> Vec<(Dimension, f64)> {
    let all = Quantity::find_all(text);
    let found = all.into_iter().filter(|(_, quantity)| MEASURES.contains(&quantity.dimension()));
    let of = |(range, quantity): (Range<usize>, Quantity)| {
        (quantity.dimension(), quantity.base() * times(&text[..range.start]))
    };
    found.map(of).collect()
}

/// How many of a measure stand before it: `2x` and `2 x`, and not the end of `HN850X`.
fn times(before: &str) -> f64 {
    let before = before.trim_end();
    let Some(counted) = before.strip_suffix(['x', 'X', '×']).map(str::trim_end) else { return 1.0 };
    let number = counted.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_word = number.ends_with(char::is_alphanumeric);
    counted[number.len()..].parse().ok().filter(|_| !is_word).unwrap_or(1.0)
}

/// The measures that a product states: in its title and its choices, and in attributes.
pub(crate) fn stated(product: &Product) -> Vec<(Dimension, f64)> {
    let variants = || product.variants.iter();
    let mut stated = measures(&product.title);
    stated.extend(variants().flat_map(|variant| measures(&variant.title)));
    stated
        .extend(variants().flat_map(|variant| variant.options.values()).flat_map(|choice| measures(choice)));
    let attributes =
        product.attributes.iter().chain(variants().flat_map(|variant| variant.attributes.iter()));
    stated.extend(attributes.flat_map(|attribute| &attribute.values).filter_map(|value| match value {
        Value::Quantity(quantity) => Some((quantity.dimension(), quantity.base())),
        _ => None,
    }));
    stated
}
