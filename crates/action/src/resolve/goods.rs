//! Which item is meant.

use std::collections::BTreeSet;

use checkout::Item;

use super::{Scene, Step};
use crate::read::{GRAMMAR, is_near};
use crate::{Reference, Which};

/// The shortest word of a name that may have a slip of the keyboard.
const MIN_NEAR_LETTERS: usize = 5;

/// The one item of those shown that is meant; else what is to be said.
pub(super) fn shown<'a>(what: &Reference, scene: &Scene<'a>) -> Result<&'a Item, Step> {
    let product = product(what, scene)?;
    one_of(product, &wanted(what, product))
}

/// The options that are wanted: those that were said, and the words of a name that are no part of the title. "The fleece one" names a
/// title by a word that is no option of it.
fn wanted(what: &Reference, product: &[Item]) -> Vec<String> {
    let titles = words(title(product));
    let is_option = |word: &String| {
        let is_one = product.iter().any(|item| has_all(item, std::slice::from_ref(word)));
        is_one || !titles.iter().any(|known| is_same_word(word, known))
    };
    let mut options: Vec<String> = what.options.iter().filter(|word| is_option(word)).cloned().collect();
    options.extend(beyond_title(what, title(product)));
    options
}

/// The words of a name that are no part of the title: "the navy jacket" is the jacket in navy.
fn beyond_title(what: &Reference, title: &str) -> Vec<String> {
    let (Which::Named(name) | Which::Place(_, Some(name)) | Which::Last(Some(name))) = &what.which else {
        return Vec::new();
    };
    let titles = words(title);
    words(name).into_iter().filter(|word| !titles.iter().any(|known| is_same_word(word, known))).collect()
}

/// The item whose price is to be watched. Where variants cost differently, which one is asked unless any will do, for one at a price helps
/// nobody who wants another. Else it is the cheapest, which can reach the price first.
pub(super) fn watched<'a>(what: &Reference, scene: &Scene<'a>) -> Result<&'a Item, Step> {
    let (any, options): (Vec<String>, Vec<String>) =
        what.options.iter().cloned().partition(|word| GRAMMAR.is_in("whichever", word));
    let what = Reference { options, ..what.clone() };
    let product = product(&what, scene)?;
    let options = wanted(&what, product);
    let fitting = || product.iter().filter(|item| item.price.is_some() && has_all(item, &options));
    let costs_one =
        fitting().map(|item| item.price.map(|price| price.amount_minor)).collect::<BTreeSet<_>>().len() < 2;
    if any.is_empty() && !costs_one {
        return shown(&what, scene);
    }
    // What is sold out comes last: nobody is helped by its price.
    let cheapest = fitting().min_by_key(|item| {
        (!item.is_available, item.price.map(|price| price.amount_minor), item.variant.clone())
    });
    cheapest.map_or_else(|| one_of(product, &what.options), Ok)
}

/// The one of a product's variants with these options; else which there are.
pub(super) fn one_of<'a>(
    variants: impl IntoIterator<Item = &'a Item>,
    options: &[String],
) -> Result<&'a Item, Step> {
    let variants: Vec<&'a Item> = variants.into_iter().collect();
    let title = variants.first().map_or("", |item| item.title.as_str());
    let product = variants.first().map(|item| item.product.clone());
    let fitting: Vec<&'a Item> = variants.iter().copied().filter(|item| has_all(item, options)).collect();
    match fitting[..] {
        [only] => Ok(only),
        [] => {
            let all = choices(&variants);
            let text = format!("{title} does not come in {}. There is {all}.", options.join(" "));
            Err(Step::Choose { text, fits: false, product })
        }
        _ => {
            let text = format!("Which one of {title}? There is {}.", choices(&fitting));
            Err(Step::Choose { text, fits: true, product })
        }
    }
}

/// The variant with the wanted options that is otherwise most like this one.
pub(super) fn like<'a>(old: &Item, others: &[&'a Item], wanted: &[String]) -> Result<&'a Item, Step> {
    if wanted.is_empty() {
        let text = format!("What would you like in place of {}?", old.name());
        return Err(Step::Choose { text, fits: true, product: Some(old.product.clone()) });
    }
    let like =
        |item: &Item| old.options.iter().filter(|(key, value)| item.options.get(*key) == Some(value)).count();
    let fitting: Vec<&'a Item> = others.iter().copied().filter(|item| has_all(item, wanted)).collect();
    let most = fitting.iter().map(|item| like(item)).max().unwrap_or(0);
    let best: Vec<&'a Item> = fitting.into_iter().filter(|item| like(item) == most).collect();
    match best[..] {
        [only] => Ok(only),
        _ => one_of(others.iter().copied(), wanted),
    }
}

/// Whether words are options of an item: each is a word of one of its values, or means the same.
pub(super) fn has_all(item: &Item, options: &[String]) -> bool {
    let values: BTreeSet<String> = item.options.values().flat_map(|value| words(value)).collect();
    let has = |word: &String| GRAMMAR.same_as(word).any(|same| values.contains(same));
    options.iter().all(has)
}

/// Whether a name fits an item: some word of it stands in the title, and the others there or among the options.
pub(super) fn is_item(item: &Item, name: &str) -> bool {
    let titles = words(&item.title);
    let (in_title, rest): (Vec<String>, Vec<String>) =
        words(name).into_iter().partition(|word| titles.iter().any(|known| is_same_word(word, known)));
    !in_title.is_empty() && has_all(item, &rest)
}

/// Whether a name fits a title: each of its words stands there, endings and slips of the keyboard aside.
pub(super) fn is_called(title: &str, name: &str) -> bool {
    let titles = words(title);
    let fits = |word: &String| titles.iter().any(|known| is_same_word(word, known));
    let name = words(name);
    !name.is_empty() && name.iter().all(fits)
}

/// The how many-th of these, counted from 1; none for a place that there is not, such as 0.
pub(super) fn nth<T>(things: Vec<T>, place: u32) -> Option<T> {
    things.into_iter().nth(place.checked_sub(1)? as usize)
}

fn product<'a>(what: &Reference, scene: &Scene<'a>) -> Result<&'a [Item], Step> {
    let named = |name: &Option<String>| -> Vec<&'a [Item]> {
        let fits = |items: &&Vec<Item>| name.as_ref().is_none_or(|name| is_called(title(items), name));
        let by_title: Vec<&'a [Item]> = scene.shown.iter().filter(fits).map(Vec::as_slice).collect();
        let (true, Some(name)) = (by_title.is_empty(), name) else { return by_title };
        let has_one = |items: &&Vec<Item>| items.iter().any(|item| is_item(item, name));
        scene.shown.iter().filter(has_one).map(Vec::as_slice).collect()
    };
    let found = match &what.which {
        Which::Place(place, name) => nth(named(name), *place),
        Which::Last(name) => named(name).last().copied(),
        Which::It => {
            let is_focus = |items: &&Vec<Item>| items.first().map(|item| &item.product) == scene.focus;
            let focus = scene.shown.iter().find(is_focus);
            let only = if let [only] = scene.shown { Some(only) } else { None };
            let by_options = by_options(what, scene);
            focus.or(only).or(by_options).or_else(|| by_words(what, scene)).map(Vec::as_slice)
        }
        Which::Named(name) => match named(&Some(name.clone()))[..] {
            [only] => Some(only),
            [] => None,
            ref several => {
                let titles: Vec<&str> = several.iter().map(|items| title(items)).collect();
                return Err(Step::Point(format!("Which one do you mean: {}?", titles.join(" or "))));
            }
        },
        Which::All => None,
        // A title may begin with such a word.
        Which::Most(words) => match named(&Some(words.clone()))[..] {
            [only] => Some(only),
            _ => return Err(seek(what, words, scene.shown.iter().filter_map(|items| items.first()))),
        },
    };
    found.filter(|items| !items.is_empty()).ok_or_else(|| nothing(what, scene))
}

/// "the blue one" is the one of those shown that comes in blue.
fn by_options<'a>(what: &Reference, scene: &Scene<'a>) -> Option<&'a Vec<Item>> {
    if what.options.is_empty() {
        return None;
    }
    let mut fitting =
        scene.shown.iter().filter(|items| items.iter().any(|item| has_all(item, &what.options)));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// "the fleece one" is the one of those shown that is called so.
fn by_words<'a>(what: &Reference, scene: &Scene<'a>) -> Option<&'a Vec<Item>> {
    let name = what.options.join(" ");
    let mut fitting = scene.shown.iter().filter(|items| is_called(title(items), &name));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// A name that fits nothing that was shown is looked for in the shop; a place or a pronoun is one that is not clear.
fn nothing(what: &Reference, scene: &Scene<'_>) -> Step {
    match &what.which {
        Which::Named(words) | Which::Most(words) => seek(what, words, []),
        Which::Place(..) | Which::Last(_) if !scene.shown.is_empty() => {
            Step::Point(format!("I have shown you {}. Which one do you mean?", scene.shown.len()))
        }
        Which::Place(..) | Which::Last(_) | Which::It | Which::All => {
            Step::Point("Which product do you mean?".to_owned())
        }
    }
}

/// What words mean among these, or in the whole shop, has to be found out first.
pub(super) fn seek<'a>(what: &Reference, words: &str, among: impl IntoIterator<Item = &'a Item>) -> Step {
    let among = among.into_iter().map(|item| item.product.clone()).collect();
    let words = what.options.iter().fold(words.to_owned(), |words, option| format!("{words} {option}"));
    Step::Seek { words, among }
}

fn title(items: &[Item]) -> &str {
    items.first().map_or("", |item| item.title.as_str())
}

/// Variants by what tells them apart, at most a dozen.
fn choices(items: &[&Item]) -> String {
    let all: BTreeSet<String> = items
        .iter()
        .map(|item| item.options.values().cloned().collect::<Vec<_>>().join(", "))
        .filter(|choice| !choice.is_empty())
        .collect();
    let mut shown: Vec<String> = all.iter().take(12).cloned().collect();
    if all.len() > shown.len() {
        shown.push(format!("{} more", all.len() - shown.len()));
    }
    if shown.is_empty() { "one only".to_owned() } else { shown.join("; ") }
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '.' || c == '/'));
    let whole = parts.filter(|word| !word.is_empty()).map(str::to_lowercase);
    // "The Halden in blue" is the blue Halden.
    let is_small = |word: &String| GRAMMAR.is_in("determiners", word) || GRAMMAR.is_in("joints", word);
    whole.filter(|word| !is_small(word)).collect()
}

fn is_same_word(word: &str, known: &str) -> bool {
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    bare(word) == bare(known) || word.len() >= MIN_NEAR_LETTERS && is_near(word, known)
}
