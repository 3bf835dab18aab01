//! Whether a text asks what suits a place, a time, a use, a person or a room.

use commerce::Product;
use search::{Understood, analyse};

use super::asked;
use crate::lexicon::goods;
use crate::request::{Asked, Context, Focus, Form};

/// Words that ask whether something suits.
const SUITING: &[&str] = &[
    "suit",
    "suits",
    "suitable",
    "suited",
    "good for",
    "good in",
    "good enough",
    "right for",
    "ok for",
    "okay for",
    "ok in",
    "fine for",
    "fine in",
    "appropriate",
    "enough for",
    "enough in",
    "warm enough",
    "wear",
    "use it for",
    "use it in",
    "use this for",
    "use this in",
    "use these for",
    "use them for",
    "work for",
    "work in",
    "works for",
    "works in",
    "handle",
    "survive",
    "cope",
    "hold up",
    "be ok",
    "be okay",
    "be fine",
    "too warm",
    "too hot",
    "too cold",
    "keep me",
    "do for",
    "do in",
    "ideal for",
    "great for",
    "perfect for",
    "meant for",
    "made for",
    "take to",
    "take on",
    "bring",
    "ready for",
    "recommended for",
    "recommend for",
    "dress",
    "need for",
    "need in",
    "enough at",
    "use for",
    "use in",
    "use on",
    "used for",
    "used in",
    "fit for",
    "would it do",
    "a good choice",
    "safe for",
];
/// Openings that ask whether somebody may use goods or goods can bear something.
const PERMITTING: &[&str] = &[
    "can i",
    "can we",
    "can my",
    "can he",
    "can she",
    "can they",
    "can a",
    "can an",
    "may i",
    "may my",
    "could i",
    "could my",
    "should i",
    "will it hold",
    "does it hold",
    "can it hold",
    "hold",
    "support",
    "carry",
    "bear",
    "withstand",
    "take",
    "does it fit",
    "will it fit",
    "would it fit",
    "is it ok",
    "is it okay",
    "is it safe",
    "big enough",
    "strong enough",
    "am i too",
    "is he too",
    "is she too",
];
/// Words that ask what to wear or take where no goods are named.
const WEARING: &[&str] = &["wear", "pack", "dress", "clothes", "clothing", "outfit", "bring", "layers"];

/// Decides by what the text names and how it asks.
pub(super) fn decides(
    words: &[analyse::Word],
    named: &[usize],
    context: &Context,
    focus: &Focus,
    need: &Understood,
    products: &[Product],
) -> bool {
    let is_fact =
        focus.asked.iter().any(|asked| matches!(asked, Asked::Price | Asked::Availability | Asked::Rating));
    // The years of a child are no warranty.
    let is_of_person = !context.sizes.is_empty() && !products.is_empty();
    let is_to_buy = focus.asked.contains(&Asked::Availability);
    if focus.is_policy && !is_of_person || is_fact || is_to_buy {
        return false;
    }
    let free = words.iter().enumerate().filter(|(place, _)| !named.contains(place));
    let stems: Vec<String> = free.map(|(_, word)| word.stem.clone()).collect();
    let has_any = |phrases: &[&str]| phrases.iter().any(|phrase| asked::has(&stems, phrase));
    let (suits, wears) = (has_any(SUITING), has_any(WEARING));
    let is_named_time = context.time.as_ref().is_some_and(|time| time.is_named);
    let has_weather = context.place.is_some() || context.time.is_some();
    let is_of_use = !context.circumstances.is_empty() || !context.sizes.is_empty();
    if products.is_empty() {
        let names_goods = !need.head.is_empty() || goods::of_stems(&stems).is_some();
        let is_weathered = goods::of_stems(&stems).is_some_and(goods::Class::is_weathered);
        let is_month = context.time.as_ref().is_some_and(|time| time.is_named && time.season.is_none());
        return wears && (has_weather || is_of_use)
            || is_weathered && context.place.is_some()
            || is_weathered && is_month
            || names_goods && !context.sizes.is_empty() && suits;
    }
    let is_weathered =
        products.iter().any(|product| goods::of(product).is_some_and(goods::Class::is_weathered));
    let is_of_weather = context.place.is_some() && (is_named_time || is_weathered || suits)
        || is_named_time && suits && is_weathered;
    let is_of_body = !context.sizes.is_empty() && focus.form == Form::YesNo && has_any(PERMITTING);
    is_of_weather || is_of_use && suits || is_of_body
}

/// Whether a text asks what to wear or take, whatever the goods are called.
pub(crate) fn is_open(text: &str) -> bool {
    let stems: Vec<String> = analyse::words(text).into_iter().map(|word| word.stem).collect();
    WEARING.iter().any(|phrase| asked::has(&stems, phrase)) && goods::of_stems(&stems).is_none()
}
