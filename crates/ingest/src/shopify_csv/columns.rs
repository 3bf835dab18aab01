//! The columns of a Shopify export under their old and new names.

use crate::csv_rows::{Column, CsvRows};

/// Options that a product can have.
const OPTIONS: usize = 3;

/// Where each column stands, if it is there.
pub(super) struct Columns {
    pub(super) handle: Column,
    pub(super) title: Column,
    pub(super) description: Column,
    pub(super) vendor: Column,
    pub(super) category: Column,
    pub(super) kind: Column,
    pub(super) tags: Column,
    pub(super) published: Column,
    pub(super) status: Column,
    /// Name and value of each option.
    pub(super) options: Vec<(Column, Column)>,
    pub(super) sku: Column,
    pub(super) barcode: Column,
    pub(super) grams: Column,
    pub(super) weight_unit: Column,
    /// How much is in it, and the unit.
    pub(super) contents: (Column, Column),
    pub(super) tracker: Column,
    pub(super) quantity: Column,
    pub(super) policy: Column,
    pub(super) price: Column,
    pub(super) compare_at: Column,
    pub(super) image: Column,
    pub(super) image_position: Column,
    pub(super) image_alt: Column,
    pub(super) variant_image: Column,
    pub(super) google_category: Column,
    pub(super) gender: Column,
    pub(super) age_group: Column,
    pub(super) mpn: Column,
    pub(super) condition: Column,
    /// Label and column of each metafield of the product.
    pub(super) metafields: Vec<(String, Column)>,
    /// Label and column of each metafield of the variant.
    pub(super) variant_metafields: Vec<(String, Column)>,
}

impl Columns {
    pub(super) fn of(rows: &CsvRows<'_, '_>) -> Self {
        let any = |names: &[&str]| rows.any_column(names);
        let option = |number: usize| {
            (rows.column(&format!("Option{number} Name")), rows.column(&format!("Option{number} Value")))
        };
        Self {
            handle: any(&["Handle", "URL handle"]),
            title: any(&["Title"]),
            description: any(&["Body (HTML)", "Description", "Body HTML", "Body"]),
            vendor: any(&["Vendor"]),
            category: any(&["Product category", "Standardized product type", "Standard product type"]),
            kind: any(&["Type", "Custom product type", "Product type"]),
            tags: any(&["Tags"]),
            published: any(&["Published", "Published on online store"]),
            status: any(&["Status"]),
            options: (1..=OPTIONS).map(option).filter(|(_, value)| value.is_there()).collect(),
            sku: any(&["Variant SKU", "SKU"]),
            barcode: any(&["Variant barcode", "Barcode"]),
            grams: any(&["Variant grams", "Weight value (grams)"]),
            weight_unit: any(&["Variant weight unit", "Weight unit for display"]),
            contents: (any(&["Unit price total measure"]), any(&["Unit price total measure unit"])),
            tracker: any(&["Variant inventory tracker", "Inventory tracker"]),
            quantity: any(&["Variant inventory qty", "Inventory quantity"]),
            policy: any(&["Variant inventory policy", "Continue selling when out of stock"]),
            price: any(&["Variant price", "Price"]),
            compare_at: any(&["Variant compare at price", "Compare-at price", "Compare at price"]),
            image: any(&["Image Src", "Product image URL"]),
            image_position: any(&["Image position"]),
            image_alt: any(&["Image alt text"]),
            variant_image: any(&["Variant image", "Variant image URL"]),
            google_category: any(&["Google Shopping / Google Product Category"]),
            gender: any(&["Google Shopping / Gender"]),
            age_group: any(&["Google Shopping / Age group"]),
            mpn: any(&["Google Shopping / MPN", "Google Shopping / Manufacturer part number (MPN)"]),
            condition: any(&["Google Shopping / Condition"]),
            metafields: metafields(rows, "product.metafields."),
            variant_metafields: metafields(rows, "variant.metafields."),
        }
    }
}

/// The columns such as `Fabric care (product.metafields.custom.fabric_care)`, each with the name before the bracket.
fn metafields(rows: &CsvRows<'_, '_>, owner: &str) -> Vec<(String, Column)> {
    let label = |name: &str| {
        let (label, path) = name.strip_suffix(')')?.rsplit_once('(')?;
        let key = path.strip_prefix(owner)?.rsplit('.').next()?;
        let label = label.trim();
        Some(if label.is_empty() { key.to_owned() } else { label.to_owned() })
    };
    let columns = rows.names().iter().enumerate();
    columns.filter_map(|(place, name)| Some((label(name)?, Column::at(place)))).collect()
}
