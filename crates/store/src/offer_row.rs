//! A variant's row: who it is, what it costs, whether it can be had.

use commerce::{Availability, Condition, Currency, Money, Offer, Sale, Variant};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::statement::{Insert, Statement};

/// The insert of these rows, each with the key of its product and its place there.
pub(crate) const INSERT: Insert = Insert {
    into: "variant (product_key, place, id, source_id, price_minor, sale_minor, currency, sale_from, sale_until, \
           availability, stock, condition)",
    columns: 12,
    conflict: "",
};

/// What [`OfferRow::read`] needs, as a select list.
pub(crate) const COLUMNS: &str = "product_key, place, price_minor, sale_minor, currency, sale_from, sale_until, \
                                  availability, stock, condition";

/// One variant as a row.
#[derive(Clone)]
pub(crate) struct OfferRow {
    pub(crate) id: String,
    pub(crate) source_id: String,
    price_minor: Option<i64>,
    sale_minor: Option<i64>,
    currency: Option<String>,
    sale_from: Option<i64>,
    sale_until: Option<i64>,
    availability: &'static str,
    stock: Option<i64>,
    condition: &'static str,
}

impl OfferRow {
    /// The row of a variant with this offer.
    pub(crate) fn new(variant: &Variant, offer: &Offer) -> Self {
        let regular = offer.price;
        // A sale in another currency than the price cannot be shown as a reduction of it.
        let sale = offer
            .sale
            .as_ref()
            .filter(|sale| regular.is_none_or(|regular| regular.currency == sale.price.currency));
        let currency = regular.or(sale.map(|sale| sale.price)).map(|money| money.currency);
        let micros = |time: Option<Timestamp>| time.map(Timestamp::as_microsecond);
        Self {
            id: variant.id.as_str().to_owned(),
            source_id: variant.source_id.clone(),
            price_minor: regular.map(|money| money.amount_minor),
            sale_minor: sale.map(|sale| sale.price.amount_minor),
            currency: currency.map(|currency| currency.code().to_owned()),
            sale_from: micros(sale.and_then(|sale| sale.from)),
            sale_until: micros(sale.and_then(|sale| sale.until)),
            availability: offer.availability.as_str(),
            stock: offer.stock.map(i64::from),
            condition: condition_word(offer.condition),
        }
    }

    /// Adds what the row says to a fingerprint.
    pub(crate) fn hash(&self, hasher: &mut Sha256) {
        for number in [self.price_minor, self.sale_minor, self.sale_from, self.sale_until, self.stock] {
            hasher.update([u8::from(number.is_some())]);
            hasher.update(number.unwrap_or_default().to_le_bytes());
        }
        for word in [self.currency.as_deref().unwrap_or_default(), self.availability, self.condition] {
            hasher.update(word.as_bytes());
            hasher.update([0]);
        }
    }

    /// Binds the columns of [`INSERT`].
    pub(crate) fn bind(self, statement: Statement, product_key: i64, place: i64) -> Statement {
        statement
            .bind(product_key)
            .bind(place)
            .bind(self.id)
            .bind(self.source_id)
            .bind(self.price_minor)
            .bind(self.sale_minor)
            .bind(self.currency)
            .bind(self.sale_from)
            .bind(self.sale_until)
            .bind(self.availability.to_owned())
            .bind(self.stock)
            .bind(self.condition.to_owned())
    }

    /// The offer of a row of [`COLUMNS`], with the key of its product and its place there.
    pub(crate) fn read(row: &AnyRow) -> Result<(i64, i64, Offer), StoreError> {
        let currency: Option<String> = row.try_get(4)?;
        let currency = currency.as_deref().and_then(Currency::parse);
        let money = |amount: Option<i64>| Some(Money::new(amount?, currency?));
        let time = |micros: Option<i64>| micros.and_then(|micros| Timestamp::from_microsecond(micros).ok());
        let availability: String = row.try_get(7)?;
        let condition: String = row.try_get(9)?;
        let (from, until) = (time(row.try_get(5)?), time(row.try_get(6)?));
        let stock: Option<i64> = row.try_get(8)?;
        let offer = Offer {
            price: money(row.try_get(2)?),
            sale: money(row.try_get(3)?).map(|price| Sale { price, from, until }),
            availability: Availability::parse(&availability).unwrap_or_default(),
            stock: stock.and_then(|stock| u32::try_from(stock).ok()),
            condition: condition_of(&condition),
        };
        Ok((row.try_get(0)?, row.try_get(1)?, offer))
    }
}

fn condition_word(condition: Condition) -> &'static str {
    match condition {
        Condition::New => "new",
        Condition::Refurbished => "refurbished",
        Condition::Used => "used",
    }
}

fn condition_of(word: &str) -> Condition {
    match word {
        "refurbished" => Condition::Refurbished,
        "used" => Condition::Used,
        _ => Condition::New,
    }
}
