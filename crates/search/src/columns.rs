//! The columns of one immutable segment, decoded once into flat lists.
//!
//! Segments never change, so their columns are shared by all snapshots that hold the segment; what can change (which
//! documents are alive, which terms the whole catalog has) is kept by the snapshot.

use std::ops::Range;
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::{Column, Dictionary, StrColumn};

use crate::SearchError;

/// The dictionary of a segment's words.
pub(crate) type Words = Arc<Dictionary>;

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
    /// Places in the dictionary of number fields, with lower and upper end.
    numbers: Vec<(u32, f64, f64)>,
    /// For each slot the regular price in minor units; `None` for slot 0 of a document.
    prices: Vec<Option<i64>>,
    /// For each slot whether it has a sale, now or at another time.
    has_sale: Vec<bool>,
    /// In the order of slots.
    pub(crate) sales: Vec<SaleEntry>,
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
        columns.numbers = number_fields
            .iter()
            .zip(ends.chunks_exact(2))
            .map(|(field, ends)| (*field, ends[0], ends[1]))
            .collect();
        columns.read_slots(&fast.u64("slot")?, count);
        columns.read_prices(&fast.u64("price")?, count);
        columns.read_sales(&fast.i64("sale")?, count);
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

    /// The numbers of a slot: field, lower end, upper end.
    pub(crate) fn numbers(&self, slot: u32) -> &[(u32, f64, f64)] {
        &self.numbers
            [self.number_starts[slot as usize] as usize..self.number_starts[slot as usize + 1] as usize]
    }

    /// What the variant of a slot costs at this second.
    pub(crate) fn price(&self, slot: u32, now: i64) -> Option<i64> {
        if !self.has_sale[slot as usize] {
            return self.prices[slot as usize];
        }
        let from = self.sales.partition_point(|sale| sale.slot < slot);
        let sale =
            self.sales.get(from).filter(|sale| sale.slot == slot && sale.from <= now && now < sale.until);
        sale.map(|sale| sale.price).or(self.prices[slot as usize])
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
        self.prices = vec![None; self.term_starts.len() - 1];
        for doc in 0..count as usize {
            let own = &prices[starts[doc] as usize..starts[doc + 1] as usize];
            let first = self.slot_starts[doc] as usize + 1;
            for (place, price) in own.iter().enumerate() {
                self.prices[first + place] = price.checked_sub(1).and_then(|minor| i64::try_from(minor).ok());
            }
        }
    }

    fn read_sales(&mut self, column: &Column<i64>, count: u32) {
        let (starts, sales) = (starts(column, count), values(column));
        self.has_sale = vec![false; self.prices.len()];
        for doc in 0..count as usize {
            let own = &sales[starts[doc] as usize..starts[doc + 1] as usize];
            let first = self.slot_starts[doc] + 1;
            self.sales.extend(own.chunks_exact(4).map(|sale| SaleEntry {
                slot: first + sale[0] as u32,
                price: sale[1],
                from: sale[2],
                until: sale[3],
            }));
        }
        for sale in &self.sales {
            self.has_sale[sale.slot as usize] = true;
        }
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
