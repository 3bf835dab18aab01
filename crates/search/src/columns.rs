//! The columns of one immutable segment, decoded once into flat lists.
//!
//! Segments never change, so their columns are shared by all snapshots that hold the segment; what can change (which
//! documents are alive, which terms the whole catalog has) is kept by the snapshot.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::{Column, Dictionary, StrColumn};

use crate::SearchError;
use crate::field_key::{SEPARATOR, term};

/// The dictionary of a segment's words.
pub(crate) type Words = Arc<Dictionary>;
/// Stands for no price.
const NO_PRICE: i64 = i64::MIN;

/// A list of numbers for each document, one behind the other.
#[derive(Default)]
pub(crate) struct Lists {
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Lists {
    /// The list of a document.
    pub(crate) fn of(&self, doc: u32) -> &[u32] {
        &self.entries[self.starts[doc as usize] as usize..self.starts[doc as usize + 1] as usize]
    }

    /// For each document what its slots state, sorted, nothing twice.
    fn join<'a>(columns: &'a Columns, stated: impl Fn(u32) -> &'a [u32]) -> Self {
        let mut lists = Self { starts: Vec::with_capacity(columns.len() + 1), entries: Vec::new() };
        let mut own: Vec<u32> = Vec::new();
        for doc in 0..columns.len() as u32 {
            lists.starts.push(lists.entries.len() as u32);
            own.clear();
            columns.slots(doc).for_each(|slot| own.extend_from_slice(stated(slot)));
            own.sort_unstable();
            own.dedup();
            lists.entries.extend_from_slice(&own);
        }
        lists.starts.push(lists.entries.len() as u32);
        lists.entries.shrink_to_fit();
        lists
    }
}

/// A sale of one slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SaleEntry {
    /// The slot in the segment.
    pub(crate) slot: u32,
    /// Minor units.
    pub(crate) price: i64,
    /// From this second on.
    pub(crate) from: i64,
    /// Until before this second.
    pub(crate) until: i64,
}

/// What a segment states of its products and variants.
#[derive(Default)]
pub(crate) struct Columns {
    /// For each document, the order of its id.
    pub(crate) keys: Vec<u64>,
    /// For each document the first of its slots, and one more at the end.
    slot_starts: Vec<u32>,
    /// For each slot the first of its terms and numbers, and one more at the end.
    term_starts: Vec<u32>,
    number_starts: Vec<u32>,
    /// Places in the segment's dictionary of terms.
    terms: Vec<u32>,
    /// Places in `number_table`.
    numbers: Vec<u32>,
    /// Every number that the segment states, once: place in the dictionary of number fields, lower and upper end.
    pub(crate) number_table: Vec<(u32, f64, f64)>,
    /// What the slots of each document state together, nothing twice.
    pub(crate) all_terms: Lists,
    pub(crate) all_numbers: Lists,
    /// For each slot the regular price in minor units, or [`NO_PRICE`].
    prices: Vec<i64>,
    /// For each document the lowest and highest price of its variants; the other way round without any, [`NO_PRICE`]
    /// where the time decides.
    price_spans: Vec<(i64, i64)>,
    /// For each slot how soon it can be had; see [`Columns::delay`].
    delays: Vec<u8>,
    /// For each document the first of its sales, and one more at the end.
    sale_starts: Vec<u32>,
    /// In the order of slots.
    sales: Vec<SaleEntry>,
    /// For each document the sum and number of the stars.
    pub(crate) ratings: Vec<(f32, u32)>,
    title_starts: Vec<u32>,
    title_words: Vec<u32>,
    /// For each document the place of its title among the titles of the segment.
    pub(crate) title_orders: Vec<u32>,
    /// For each document the place of its currency, `u32::MAX` for none.
    pub(crate) currencies: Vec<u32>,
    /// The dictionaries that the places stand for; `None` where the segment has no entry at all.
    pub(crate) term_words: Option<Words>,
    pub(crate) number_words: Option<Words>,
    pub(crate) title_order_words: Option<Words>,
    pub(crate) currency_words: Option<Words>,
}

impl SaleEntry {
    fn depends_on_time(&self) -> bool {
        self.from != i64::MIN || self.until != i64::MAX
    }
}

impl Columns {
    /// Decodes the columns of a segment.
    pub(crate) fn read(reader: &SegmentReader) -> Result<Self, SearchError> {
        let fast = reader.fast_fields();
        let count = reader.max_doc();
        let mut columns = Self { keys: values(&fast.u64("key")?), ..Self::default() };
        let (term_words, terms) = places(fast.str("term")?);
        let (number_words, number_fields) = places(fast.str("number_field")?);
        let ends: Vec<f64> = values(&fast.f64("number")?);
        columns.terms = terms;
        (columns.number_table, columns.numbers) = number_table(&number_fields, &ends);
        columns.read_slots(&fast.u64("slot")?, count);
        columns.read_prices(&fast.u64("price")?, count);
        columns.read_sales(&fast.i64("sale")?, count);
        columns.derive_price_spans();
        columns.read_ratings(&fast.f64("rating")?, count);
        let title_words = fast.u64("title_word")?;
        columns.title_starts = starts(&title_words, count);
        columns.title_words = values(&title_words).into_iter().map(|word: u64| word as u32).collect();
        let title_order = fast.str("title_order")?;
        columns.title_orders = first_places(&title_order, count);
        let currency = fast.str("currency")?;
        columns.currencies = first_places(&currency, count);
        columns.term_words = term_words;
        columns.number_words = number_words;
        columns.title_order_words = title_order.map(|column| column.into_parts().0);
        columns.currency_words = currency.map(|column| column.into_parts().0);
        columns.all_terms = Lists::join(&columns, |slot| columns.terms(slot));
        columns.all_numbers = Lists::join(&columns, |slot| columns.numbers(slot));
        columns.derive_delays()?;
        Ok(columns)
    }

    /// How many documents there are, dead ones too.
    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The slots of a document: the product's own and then one for each variant.
    pub(crate) fn slots(&self, doc: u32) -> Range<u32> {
        self.slot_starts[doc as usize]..self.slot_starts[doc as usize + 1]
    }

    /// The terms of a slot.
    pub(crate) fn terms(&self, slot: u32) -> &[u32] {
        &self.terms[self.term_starts[slot as usize] as usize..self.term_starts[slot as usize + 1] as usize]
    }

    /// The numbers of a slot, as places in the table.
    pub(crate) fn numbers(&self, slot: u32) -> &[u32] {
        &self.numbers
            [self.number_starts[slot as usize] as usize..self.number_starts[slot as usize + 1] as usize]
    }

    /// What the variant of a slot of a document costs at this second.
    pub(crate) fn price(&self, doc: u32, slot: u32, now: i64) -> Option<i64> {
        let regular = Some(self.prices[slot as usize]).filter(|price| *price != NO_PRICE);
        let sale = self.sales(doc).iter().find(|sale| sale.slot == slot);
        let sale = sale.filter(|sale| sale.from <= now && now < sale.until);
        sale.map(|sale| sale.price).or(regular)
    }

    /// What the variant of a slot costs when there is no sale.
    pub(crate) fn regular(&self, slot: u32) -> Option<i64> {
        Some(self.prices[slot as usize]).filter(|price| *price != NO_PRICE)
    }

    /// Whether a variant of a document is on sale at any time.
    pub(crate) fn has_sales(&self, doc: u32) -> bool {
        !self.sales(doc).is_empty()
    }

    /// Whether anything is on sale at any time.
    pub(crate) fn has_any_sale(&self) -> bool {
        !self.sales.is_empty()
    }

    /// The lowest and highest price of a document's variants; `None` where the time decides.
    pub(crate) fn price_span(&self, doc: u32) -> Option<(i64, i64)> {
        Some(self.price_spans[doc as usize]).filter(|span| *span != (NO_PRICE, NO_PRICE))
    }

    fn sales(&self, doc: u32) -> &[SaleEntry] {
        &self.sales[self.sale_starts[doc as usize] as usize..self.sale_starts[doc as usize + 1] as usize]
    }

    /// The mean of a document's stars and how many gave them.
    pub(crate) fn rating(&self, doc: u32) -> Option<(f32, u32)> {
        let (sum, count) = self.ratings[doc as usize];
        (count > 0).then(|| (sum / count as f32, count))
    }

    /// How soon the variant of a slot can be had: 0 now, 1 later, 2 not at all.
    pub(crate) fn delay(&self, slot: u32) -> u8 {
        self.delays[slot as usize]
    }

    /// The stems of a title, as [`crate::product_document::word_key`]s.
    pub(crate) fn title(&self, doc: u32) -> &[u32] {
        &self.title_words
            [self.title_starts[doc as usize] as usize..self.title_starts[doc as usize + 1] as usize]
    }

    fn read_slots(&mut self, column: &Column<u64>, count: u32) {
        self.slot_starts = starts(column, count);
        let (mut term, mut number) = (0, 0);
        for size in values(column) {
            self.term_starts.push(term);
            self.number_starts.push(number);
            term += (size & u64::from(u32::MAX)) as u32;
            number += (size >> 32) as u32;
        }
        self.term_starts.push(term);
        self.number_starts.push(number);
    }

    fn read_prices(&mut self, column: &Column<u64>, count: u32) {
        let (starts, prices) = (starts(column, count), values(column));
        self.prices = vec![NO_PRICE; self.term_starts.len() - 1];
        for doc in 0..count as usize {
            let own = &prices[starts[doc] as usize..starts[doc + 1] as usize];
            let first = self.slot_starts[doc] as usize + 1;
            for (place, price) in own.iter().enumerate() {
                let minor = price.checked_sub(1).and_then(|minor| i64::try_from(minor).ok());
                self.prices[first + place] = minor.unwrap_or(NO_PRICE);
            }
        }
    }

    fn read_sales(&mut self, column: &Column<i64>, count: u32) {
        let (starts, sales) = (starts(column, count), values(column));
        for doc in 0..count as usize {
            let own = &sales[starts[doc] as usize..starts[doc + 1] as usize];
            self.sale_starts.push(self.sales.len() as u32);
            let first = self.slot_starts[doc] + 1;
            self.sales.extend(own.chunks_exact(4).map(|sale| SaleEntry {
                slot: first + sale[0] as u32,
                price: sale[1],
                from: sale[2],
                until: sale[3],
            }));
        }
        self.sale_starts.push(self.sales.len() as u32);
    }

    fn derive_price_spans(&mut self) {
        let span = |doc: u32| {
            if self.sales(doc).iter().any(SaleEntry::depends_on_time) {
                return (NO_PRICE, NO_PRICE);
            }
            let prices = self.slots(doc).skip(1).filter_map(|slot| self.price(doc, slot, 0));
            prices.fold((i64::MAX, i64::MIN), |span, price| (span.0.min(price), span.1.max(price)))
        };
        self.price_spans = (0..self.len() as u32).map(span).collect();
    }

    /// The first term of a variant's slot is its availability.
    fn derive_delays(&mut self) -> Result<(), SearchError> {
        let place = |word: &str| {
            let term = term("s", SEPARATOR, word);
            Ok::<_, SearchError>(match &self.term_words {
                Some(words) => words.term_ord(term)?.map(|place| place as u32),
                None => None,
            })
        };
        let later = [place("preorder")?, place("backorder")?];
        let never = place("out_of_stock")?;
        let delay = |slot: u32| match self.terms(slot).first().copied() {
            None => 0,
            first if first == never => 2,
            first => u8::from(later.contains(&first)),
        };
        self.delays = (0..self.prices.len() as u32).map(delay).collect();
        Ok(())
    }

    fn read_ratings(&mut self, column: &Column<f64>, count: u32) {
        let (starts, ratings) = (starts(column, count), values(column));
        let own = |doc: usize| &ratings[starts[doc] as usize..starts[doc + 1] as usize];
        self.ratings = (0..count as usize)
            .map(|doc| match own(doc) {
                [sum, number] => (*sum as f32, *number as u32),
                _ => (0.0, 0),
            })
            .collect();
    }
}

/// Every stated number once, in order, and for each statement its place.
fn number_table(fields: &[u32], ends: &[f64]) -> (Vec<(u32, f64, f64)>, Vec<u32>) {
    let mut places: HashMap<(u32, u64, u64), u32> = HashMap::new();
    let mut table = Vec::new();
    let stated = fields.iter().zip(ends.chunks_exact(2)).map(|(field, ends)| {
        *places.entry((*field, ends[0].to_bits(), ends[1].to_bits())).or_insert_with(|| {
            table.push((*field, ends[0], ends[1]));
            table.len() as u32 - 1
        })
    });
    let stated = stated.collect();
    (table, stated)
}

/// All values of a column, document by document.
fn values<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + Default + 'static>(
    column: &Column<T>,
) -> Vec<T> {
    let mut values = vec![T::default(); column.values.num_vals() as usize];
    column.values.get_range(0, &mut values);
    values
}

/// For each document the place of its first value, and one more at the end.
fn starts<T: PartialOrd + Copy + std::fmt::Debug + Send + Sync + 'static>(
    column: &Column<T>,
    count: u32,
) -> Vec<u32> {
    let mut starts = Vec::with_capacity(count as usize + 1);
    let mut next = 0;
    for doc in 0..count {
        let range = column.index.value_row_ids(doc);
        starts.push(next);
        next += range.end - range.start;
    }
    starts.push(next);
    starts
}

fn places(column: Option<StrColumn>) -> (Option<Words>, Vec<u32>) {
    match column {
        Some(column) => {
            let (words, places) = column.into_parts();
            (Some(words), values(&places).into_iter().map(|place: u64| place as u32).collect())
        }
        None => (None, Vec::new()),
    }
}

fn first_places(column: &Option<StrColumn>, count: u32) -> Vec<u32> {
    let first =
        |doc| column.as_ref().and_then(|column| column.ords().first(doc)).map_or(u32::MAX, |p| p as u32);
    (0..count).map(first).collect()
}
