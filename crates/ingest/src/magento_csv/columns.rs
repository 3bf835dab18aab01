//! The columns that a Magento export may have.

use commerce::LinkKind;

use super::attribute_table::is_column_of_format;
use crate::csv_rows::{Column, CsvRows};

/// Where each column stands, if it is there.
pub(super) struct Columns {
    pub(super) sku: Column,
    pub(super) store_view_code: Column,
    pub(super) product_type: Column,
    pub(super) categories: Column,
    pub(super) name: Column,
    pub(super) description: Column,
    pub(super) short_description: Column,
    pub(super) weight: Column,
    pub(super) product_online: Column,
    pub(super) visibility: Column,
    pub(super) price: Column,
    pub(super) special_price: Column,
    pub(super) special_price_from_date: Column,
    pub(super) special_price_to_date: Column,
    pub(super) base_image: Column,
    pub(super) base_image_label: Column,
    pub(super) additional_images: Column,
    pub(super) additional_image_labels: Column,
    pub(super) country_of_manufacture: Column,
    pub(super) additional_attributes: Column,
    pub(super) qty: Column,
    pub(super) is_in_stock: Column,
    pub(super) allow_backorders: Column,
    pub(super) use_config_backorders: Column,
    pub(super) manage_stock: Column,
    pub(super) use_config_manage_stock: Column,
    pub(super) configurable_variations: Column,
    pub(super) associated_skus: Column,
    pub(super) bundle_values: Column,
    pub(super) custom_options: Column,
    /// By kind of link.
    pub(super) links: [(LinkKind, Column); 3],
    /// Columns that the format does not know: attributes that were exported as columns of their own.
    pub(super) own_attributes: Vec<(String, Column)>,
}

impl Columns {
    pub(super) fn of(rows: &CsvRows<'_, '_>) -> Self {
        let column = |name: &str| rows.column(name);
        let own_attributes = rows
            .names()
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.is_empty() && !is_column_of_format(name))
            .map(|(place, name)| (name.clone(), Column::at(place)))
            .collect();
        Self {
            sku: column("sku"),
            store_view_code: column("store_view_code"),
            product_type: column("product_type"),
            categories: column("categories"),
            name: column("name"),
            description: column("description"),
            short_description: column("short_description"),
            weight: column("weight"),
            product_online: column("product_online"),
            visibility: column("visibility"),
            price: column("price"),
            special_price: column("special_price"),
            special_price_from_date: column("special_price_from_date"),
            special_price_to_date: column("special_price_to_date"),
            base_image: rows.any_column(&["base_image", "image", "small_image"]),
            base_image_label: column("base_image_label"),
            additional_images: column("additional_images"),
            additional_image_labels: column("additional_image_labels"),
            country_of_manufacture: column("country_of_manufacture"),
            additional_attributes: column("additional_attributes"),
            qty: column("qty"),
            is_in_stock: column("is_in_stock"),
            allow_backorders: column("allow_backorders"),
            use_config_backorders: column("use_config_backorders"),
            manage_stock: column("manage_stock"),
            use_config_manage_stock: column("use_config_manage_stock"),
            configurable_variations: column("configurable_variations"),
            associated_skus: column("associated_skus"),
            bundle_values: column("bundle_values"),
            custom_options: column("custom_options"),
            links: [
                (LinkKind::CrossSell, column("crosssell_skus")),
                (LinkKind::Related, column("related_skus")),
                (LinkKind::UpSell, column("upsell_skus")),
            ],
            own_attributes,
        }
    }
}
