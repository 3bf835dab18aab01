//! Questions after what reviewers say: which side, of what, and which reviewers.

use commerce::Product;
use search::analyse::{self, Word};

use super::asked;
use super::reviews_table::{
    FAULT, OF_GROUP, PHRASES, PRAISE, RECENT, RECENT_DAYS, REVIEWS, SAY, SMALL, SPANS, WHO,
};
use crate::lexicon::{groups, stem_list};
use crate::request::{Form, ReviewFilter, ReviewsAsked, Side};

/// Words between who and what they say.
const FURTHEST: usize = 10;
/// Numbers of stars as words.
const NUMERALS: &[&str] = &["one", "two", "three", "four", "five"];

/// What a text asks of the reviews; `None` where it asks nothing of them.
pub(super) fn read(text: &str, products: &[Product]) -> Option<ReviewsAsked> {
    let words = analyse::words(text);
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let said = said(&words);
    let names_reviews = words.iter().any(|word| matches!(word.text.as_str(), "reviews" | "ratings"));
    let is_change = names_reviews && is_trend(&words);
    if said.is_none() && !is_change && !PHRASES.iter().any(|phrase| asked::has(&stems, phrase)) {
        return None;
    }
    let (filter, taken) = filter(&words, said);
    let names: Vec<String> = products.iter().flat_map(names).collect();
    let rest: Vec<&Word> = words
        .iter()
        .enumerate()
        .filter(|(place, word)| !taken.contains(place) && is_open(&word.text))
        .map(|(_, word)| word)
        .collect();
    let topic =
        rest.iter().filter(|word| !names.contains(&word.stem)).map(|word| word.stem.clone()).collect();
    let goods = rest.iter().map(|word| &text[word.start..word.end]).collect::<Vec<_>>().join(" ");
    Some(ReviewsAsked { side: side(&words), topic, goods, is_trend: is_trend(&words), filter })
}

/// Whether the reviewers are the answer: where one thing is asked with yes or no, everything that the shop says counts.
pub(super) fn decides(asked: &ReviewsAsked, form: Form, has_products: bool) -> bool {
    let has_topic = !asked.topic.is_empty() && has_products;
    form != Form::YesNo || !has_topic && (has_products || asked.filter != ReviewFilter::default())
}

/// Who says something, and where that stands.
fn said(words: &[Word]) -> Option<(usize, usize)> {
    let opens = |place: usize| {
        words[..place].iter().any(|word| {
            matches!(word.text.as_str(), "what" | "whats" | "how" | "do" | "does" | "did" | "tell" | "which")
        })
    };
    let is_who = |place: &usize| WHO.contains(&words[*place].text.as_str()) && opens(*place);
    (0..words.len()).filter(is_who).find_map(|who| {
        let last = words.len().min(who + 1 + FURTHEST);
        let says = (who + 1..last).rev().find(|place| SAY.contains(&words[*place].text.as_str()))?;
        Some((who, says))
    })
}

fn side(words: &[Word]) -> Side {
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
    match (has(PRAISE), has(FAULT)) {
        (true, false) => Side::Praise,
        (false, true) => Side::Fault,
        _ => Side::Both,
    }
}

fn is_trend(words: &[Word]) -> bool {
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    ["changed", "over time", "got worse", "got better", "getting worse", "getting better", "trend"]
        .iter()
        .any(|phrase| asked::has(&stems, phrase))
}

/// Whether a word could name goods or a topic.
fn is_open(word: &str) -> bool {
    let lists = [WHO, SAY, FAULT, PRAISE, SMALL];
    !analyse::is_stop_word(word) && !lists.iter().any(|list| list.contains(&word))
}

/// The stems of what a product is called.
fn names(product: &Product) -> Vec<String> {
    let leaves = product.categories.iter().map(|path| path.leaf());
    let texts = [product.title.as_str(), product.brand.as_str(), product.source_id.as_str()];
    texts.into_iter().chain(leaves).flat_map(stem_list).collect()
}

/// Which reviews count, and the places of the words that say so.
fn filter(words: &[Word], said: Option<(usize, usize)>) -> (ReviewFilter, Vec<usize>) {
    let mut taken = Vec::new();
    let (who, known_by) = match group(words, said) {
        Some(group) => {
            taken.extend(group.clone());
            let own = words[group].iter().filter(|word| !OF_GROUP.contains(&word.text.as_str()));
            let own: Vec<&Word> = own.collect();
            let told = own.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            (Some(told), own.iter().map(|word| groups::known_by(&word.text)).collect())
        }
        None => (None, Vec::new()),
    };
    let filter = ReviewFilter { stars: stars(words), days: days(words), who, known_by };
    (filter, taken)
}

/// The words that say which reviewers: `heavy users`, `people who bought it for hiking`, `as a beginner`.
fn group(words: &[Word], said: Option<(usize, usize)>) -> Option<std::ops::Range<usize>> {
    let text = |place: usize| words.get(place).map_or("", |word| word.text.as_str());
    let tells = |range: &std::ops::Range<usize>| {
        words[range.clone()].iter().any(|word| !OF_GROUP.contains(&word.text.as_str()))
    };
    if let Some((who, says)) = said {
        if matches!(text(who + 1), "who" | "that" | "with" | "for" | "using" | "wearing") {
            return Some(who + 1..says).filter(tells);
        }
        let before = who.checked_sub(1)?;
        let is_name = !analyse::is_stop_word(text(before)) && !SMALL.contains(&text(before));
        if is_name
            && !REVIEWS.contains(&text(before))
            && !FAULT.contains(&text(before))
            && !PRAISE.contains(&text(before))
        {
            return Some(before..who);
        }
        if ["parents", "women", "men", "hikers", "runners", "beginners", "professionals"].contains(&text(who))
        {
            return Some(who..who + 1);
        }
    }
    let who = (0..words.len()).find(|place| {
        REVIEWS.contains(&text(*place)) && matches!(text(place + 1), "by" | "from") && place + 2 < words.len()
    })?;
    Some(who + 2..(who + 4).min(words.len())).filter(tells)
}

/// `1 star`, `two-star`, `negative reviews`.
fn stars(words: &[Word]) -> Option<(u8, u8)> {
    let text = |place: usize| words.get(place).map_or("", |word| word.text.as_str());
    for place in 0..words.len() {
        let is_star = matches!(text(place + 1), "star" | "stars");
        let number = text(place)
            .parse::<u8>()
            .ok()
            .or_else(|| NUMERALS.iter().position(|word| *word == text(place)).map(|place| place as u8 + 1));
        if let Some(number) = number.filter(|number| is_star && (1..=5).contains(number)) {
            return Some((number, number));
        }
        if matches!(text(place + 1), "review" | "reviews" | "reviewers") {
            match text(place) {
                "bad" | "negative" | "critical" | "worst" | "unhappy" => return Some((1, 2)),
                "good" | "positive" | "best" | "happy" => return Some((4, 5)),
                _ => {}
            }
        }
    }
    None
}

/// `recent`, `of the last six months`.
fn days(words: &[Word]) -> Option<u32> {
    let text = |place: usize| words.get(place).map_or("", |word| word.text.as_str());
    let span = |place: usize| SPANS.iter().find(|(word, _)| *word == text(place)).map(|(_, days)| *days);
    for place in 0..words.len() {
        if matches!(text(place), "last" | "past" | "this") {
            let count = text(place + 1).parse::<u32>().ok().or_else(|| {
                NUMERALS.iter().position(|word| *word == text(place + 1)).map(|place| place as u32 + 1)
            });
            if let Some(days) = span(place + 1) {
                return Some(days);
            }
            if let (Some(count), Some(days)) = (count, span(place + 2)) {
                return Some(count.saturating_mul(days));
            }
        }
    }
    words.iter().any(|word| RECENT.contains(&word.text.as_str())).then_some(RECENT_DAYS)
}
