//! Prices of shop exports, which name no currency.

use commerce::{Money, MoneyError};

use crate::DiagnosticCode;
use crate::row::{Row, price_problem};

/// Reads the prices of one table and says once where a currency is needed.
#[derive(Default)]
pub(crate) struct TablePrices {
    is_currency_missing: bool,
}

impl TablePrices {
    /// A price; blank is none, a wrong one is reported and left out.
    pub(crate) fn read(&mut self, row: &mut Row<'_, '_>, field: &str, text: &str) -> Option<Money> {
        if text.trim().is_empty() {
            return None;
        }
        match row.price(text) {
            Ok(price) => Some(price),
            Err(MoneyError::NoCurrency) => {
                if !std::mem::replace(&mut self.is_currency_missing, true) {
                    row.warn(
                        field,
                        DiagnosticCode::InvalidPrice,
                        "the prices of this table name no currency; all of them are left out",
                        "say what the shop sells in with --currency and an ISO 4217 code, such as --currency EUR",
                    );
                }
                None
            }
            Err(error) => {
                let (reason, hint) = price_problem(text, &error);
                row.warn(field, DiagnosticCode::InvalidPrice, reason, hint);
                None
            }
        }
    }

    /// Whether prices were left out because they name no currency: then there are no sales either.
    pub(crate) fn is_currency_missing(&self) -> bool {
        self.is_currency_missing
    }
}
