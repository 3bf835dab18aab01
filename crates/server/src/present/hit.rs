//! Hits as they cross the wire.

use commerce::{Money, Offer, ProductId};
use jiff::Timestamp;
use search::Index;

/// A hit with its stars and the regular price of its variant.
pub(crate) fn hit(hit: &search::Hit) -> wire::Hit {
    let variant = hit
        .variant
        .as_ref()
        .map(|v| wire::VariantRef { source_id: v.source_id.clone(), title: v.title.clone() });
    wire::Hit {
        id: hit.product_id.clone(),
        source_id: hit.source_id.clone(),
        title: hit.title.clone(),
        price: hit.price,
        regular_price: hit.regular_price,
        availability: hit.availability,
        rating: hit.rating.map(|(stars, count)| wire::Rating { stars, count }),
        url: hit.url.clone(),
        image: image_url(&hit.image),
        score: hit.score,
        variant,
    }
}

/// What buyers gave a product; a card without stars is better than no answer.
pub(crate) fn rating(product: &ProductId, index: &Index) -> Option<wire::Rating> {
    let (stars, count) = index.rating(product).ok()??;
    Some(wire::Rating { stars, count })
}

/// The regular price while another one is paid.
pub(crate) fn regular_price(offer: &Offer, now: Timestamp) -> Option<Money> {
    offer.price.filter(|price| offer.price_at(now) != Some(*price))
}

/// Where a browser finds a picture: on the web, or among those that an import took over. A path that led to a file of
/// the feed and was not taken over leads nowhere.
pub(crate) fn image_url(location: &str) -> Option<String> {
    let is_url = ["https://", "http://", "/images/"].iter().any(|start| location.starts_with(start));
    is_url.then(|| location.to_owned())
}
