//! Fields of the Google product data specification that say nothing of the goods to a shopper: bids, taxes, labels of
//! campaigns, costs of the shop, what only Google's programmes need. They are read over.
//! Source: Product data specification, support.google.com/merchants/answer/7052112.

/// In alphabetical order.
pub(crate) const NOT_SHOWN: &[&str] = &[
    "ads_grouping",
    "ads_labels",
    "ads_redirect",
    "adwords_grouping",
    "adwords_labels",
    "adwords_redirect",
    "author",
    "auto_pricing_min_price",
    "canonical_link",
    "channel",
    "checkout_link_template",
    "cloud_export_additional_properties",
    "comments",
    "content_language",
    "cost_of_goods_sold",
    "custom_label_0",
    "custom_label_1",
    "custom_label_2",
    "custom_label_3",
    "custom_label_4",
    "disclosure_date",
    "display_ads_id",
    "display_ads_link",
    "display_ads_similar_ids",
    "display_ads_title",
    "display_ads_value",
    "enclosure",
    "excluded_destination",
    "expiration_date",
    "external_seller_id",
    "feed_label",
    "guid",
    "handling_cutoff_time",
    "identifier_exists",
    "included_destination",
    "is_bundle_id",
    "item_group_id",
    "link_template",
    "local_inventory",
    "loyalty_points",
    "maximum_retail_price",
    "minimum_order_value",
    "mobile_link",
    "mobile_link_template",
    "online_only",
    "pause",
    "pickup_link_template",
    "popularity_rank",
    "promotion_id",
    "pubdate",
    "published",
    "purchase_quantity_limit",
    "related_product",
    "return_address_label",
    "return_policy_label",
    "sell_on_google_price",
    "sell_on_google_sale_price",
    "shipping_label",
    "shopping_ads_excluded_country",
    "short_title",
    "source",
    "store_code",
    "target_country",
    "tax",
    "tax_category",
    "transit_time_label",
    "unit_pricing_base_measure",
    "updated",
    "video_link",
    "virtual_model_link",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_in_order() {
        assert!(NOT_SHOWN.is_sorted());
    }
}
