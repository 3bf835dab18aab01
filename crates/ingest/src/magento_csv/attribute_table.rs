//! What the attributes and columns of a Magento export are for.

/// Where an attribute belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Settings of the shop, which say nothing of the goods.
    Housekeeping,
    /// The maker.
    Brand,
    /// The trade item number.
    Gtin,
    /// The maker's part number.
    Mpn,
    /// A property of the goods.
    Attribute,
}

const BRAND: &[&str] = &["brand", "manufacturer", "brand_name", "marke", "hersteller", "marque", "marca"];
const GTIN: &[&str] =
    &["gtin", "gtin8", "gtin12", "gtin13", "gtin14", "ean", "ean13", "ean_code", "upc", "barcode", "isbn"];
const MPN: &[&str] = &["mpn", "manufacturer_part_number", "part_number"];

/// Attributes that are settings.
const HOUSEKEEPING: &[&str] = &[
    "allow_message",
    "allow_open_amount",
    "category_ids",
    "cost",
    "email_template",
    "gift_message_available",
    "gift_wrapping_available",
    "gift_wrapping_price",
    "has_options",
    "image",
    "image_label",
    "is_recurring",
    "is_redeemable",
    "is_returnable",
    "lifetime",
    "links_exist",
    "links_purchased_separately",
    "links_title",
    "map_enabled",
    "media_gallery",
    "merchant_center_category",
    "minimal_price",
    "msrp",
    "msrp_display_actual_price_type",
    "news_from_date",
    "news_to_date",
    "old_id",
    "options_container",
    "page_layout",
    "price_type",
    "price_view",
    "quantity_and_stock_status",
    "required_options",
    "samples_title",
    "shipment_type",
    "sku_type",
    "small_image",
    "small_image_label",
    "special_from_date",
    "special_price",
    "special_to_date",
    "status",
    "swatch_image",
    "tax_class_id",
    "thumbnail",
    "thumbnail_label",
    "tier_price",
    "url_key",
    "url_path",
    "visibility",
    "weight_type",
];

/// How the names of more settings start.
const HOUSEKEEPING_STARTS: &[&str] = &[
    "custom_design",
    "custom_layout",
    "giftcard_",
    "meta_",
    "open_amount_",
    "related_tgtr_",
    "upsell_tgtr_",
    "use_config_",
    "_",
];

/// The columns that the format has of its own.
const COLUMNS: &[&str] = &[
    "sku",
    "store_view_code",
    "attribute_set_code",
    "product_type",
    "categories",
    "product_websites",
    "name",
    "description",
    "short_description",
    "weight",
    "product_online",
    "tax_class_name",
    "visibility",
    "price",
    "special_price",
    "special_price_from_date",
    "special_price_to_date",
    "url_key",
    "meta_title",
    "meta_keywords",
    "meta_description",
    "base_image",
    "base_image_label",
    "small_image",
    "small_image_label",
    "thumbnail_image",
    "thumbnail_image_label",
    "swatch_image",
    "swatch_image_label",
    "created_at",
    "updated_at",
    "new_from_date",
    "new_to_date",
    "display_product_options_in",
    "map_price",
    "msrp_price",
    "map_enabled",
    "gift_message_available",
    "gift_wrapping_available",
    "gift_wrapping_price",
    "custom_design",
    "custom_design_from",
    "custom_design_to",
    "custom_layout_update",
    "page_layout",
    "product_options_container",
    "msrp_display_actual_price_type",
    "country_of_manufacture",
    "additional_attributes",
    "qty",
    "out_of_stock_qty",
    "use_config_min_qty",
    "is_qty_decimal",
    "allow_backorders",
    "use_config_backorders",
    "min_cart_qty",
    "use_config_min_sale_qty",
    "max_cart_qty",
    "use_config_max_sale_qty",
    "is_in_stock",
    "notify_on_stock_below",
    "use_config_notify_stock_qty",
    "manage_stock",
    "use_config_manage_stock",
    "use_config_qty_increments",
    "qty_increments",
    "use_config_enable_qty_inc",
    "use_config_enable_qty_increments",
    "enable_qty_increments",
    "is_decimal_divided",
    "website_id",
    "deferred_stock_update",
    "use_config_deferred_stock_update",
    "related_skus",
    "related_position",
    "crosssell_skus",
    "crosssell_position",
    "upsell_skus",
    "upsell_position",
    "additional_images",
    "additional_image_labels",
    "hide_from_product_page",
    "custom_options",
    "bundle_price_type",
    "bundle_sku_type",
    "bundle_price_view",
    "bundle_weight_type",
    "bundle_values",
    "bundle_shipment_type",
    "bundle_price",
    "configurable_variations",
    "configurable_variation_prices",
    "configurable_variation_labels",
    "associated_skus",
    "downloadable_links",
    "downloadable_samples",
    "position",
    "cost",
    "status",
    "image",
    "image_label",
];

/// Where the attribute of this name belongs.
pub(super) fn place(name: &str) -> Place {
    let name = name.to_lowercase();
    let name = name.as_str();
    if HOUSEKEEPING.contains(&name) || HOUSEKEEPING_STARTS.iter().any(|start| name.starts_with(start)) {
        Place::Housekeeping
    } else if BRAND.contains(&name) {
        Place::Brand
    } else if GTIN.contains(&name) {
        Place::Gtin
    } else if MPN.contains(&name) {
        Place::Mpn
    } else {
        Place::Attribute
    }
}

/// Whether the column is one of the format and not an attribute with a column of its own.
pub(super) fn is_column_of_format(name: &str) -> bool {
    let name = name.to_lowercase();
    COLUMNS.contains(&name.as_str()) || name.starts_with("giftcard_") || name.starts_with('_')
}
