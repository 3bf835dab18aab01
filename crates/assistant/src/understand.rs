//! From words to a [`Request`]: which products, what is asked of them, or what is needed.

mod absence;
mod asked;
mod asked_table;
mod basket;
mod carry;
mod cheaper;
mod context;
mod definite;
mod either;
mod focus;
mod intent;
mod language;
mod mentions;
mod parts;
mod pointing;
mod relation;
mod reviews;
mod reviews_table;
mod set;
mod suit;
mod trouble;
mod units;
mod wish;

pub(crate) use absence::avoided;
pub(crate) use carry::{Heard, hear};
pub(crate) use cheaper::is_less_wished;
pub(crate) use context::{month_of, served};
pub(crate) use intent::wishes;
pub(crate) use mentions::{head, rarity};
pub(crate) use parts::parts;
pub(crate) use pointing::{is_courtesy, points, says_nothing};
pub(crate) use relation::asks_what_fits;
pub(crate) use set::{first_in, products_of};
pub(crate) use suit::is_open;
pub(crate) use trouble::tells_trouble;
pub(crate) use wish::need;

use std::borrow::Cow;
use std::ops::Range;

use commerce::{Locale, Product};
use search::analyse::{self, Word};
use search::{Language, Understood};

use crate::gloss::{self, Reading};
use crate::lexicon::{everyday, kinds, spelling, stem_list};
use crate::model_name::{self, ModelName};
use crate::relevance::{KindMatch, Need};
use crate::request::{Asked, Form, Relation};
use crate::restate::Restated;
use crate::{Ask, AskError, Intent, Place, Request, Snapshot};

/// Texts longer than this are cut; nobody asks a longer question.
pub(crate) const MAX_TEXT_BYTES: usize = 4096;

/// Letters of a text that can be called shouted.
const SHOUTED_LETTERS: usize = 8;

/// A question in English words, with the language of the shopper's own words as that of the locale: it is answered in that.
/// Names that the catalog has are kept as they are written; a question that was heard already stays as it is.
pub(crate) fn heard(snapshot: &Snapshot, ask: &Ask) -> Result<Ask, AskError> {
    if ask.reading.is_some() {
        return Ok(ask.clone());
    }
    let text = cut(&ask.text);
    let prior = Language::parse(&ask.locale.language).unwrap_or_default();
    let language = language::of(text, Some(&snapshot.vocabulary), prior);
    let reading = match language {
        Language::English => Reading::plain(text),
        language => gloss::english(language, text, &names(snapshot, language, text)?),
    };
    let locale = Locale { language: language.code().to_owned(), ..ask.locale.clone() };
    Ok(Ask { text: reading.english.clone(), locale, reading: Some(reading), ..ask.clone() })
}

/// An order to act in another language, as one of English; `None` where it is none.
pub(crate) fn ordered(snapshot: &Snapshot, ask: &Ask) -> Result<Option<String>, AskError> {
    let text = cut(&ask.text);
    let prior = Language::parse(&ask.locale.language).unwrap_or_default();
    let spoken = language::of(text, Some(&snapshot.vocabulary), prior);
    // A short order may have no word that tells its language from English.
    let language = if spoken == Language::English { prior } else { spoken };
    let gloss = |part: &str| {
        let kept = names(snapshot, language, part).unwrap_or_default();
        gloss::english(language, part, &kept).english
    };
    Ok(gloss::order(language, text, gloss))
}

/// The language that a message is in; `None` where no word of it tells.
pub(crate) fn language_of(snapshot: &Snapshot, ask: &Ask) -> Option<Language> {
    let prior = Language::parse(&ask.locale.language).unwrap_or_default();
    language::spoken(cut(&ask.text), &snapshot.vocabulary, prior)
}

/// Where names of products stand in a text: two words of one at least, for one word may be any word.
fn names(snapshot: &Snapshot, language: Language, text: &str) -> Result<Vec<Range<usize>>, AskError> {
    let words = analyse::words(text);
    let is_own_language = snapshot.vocabulary.language() == language;
    let mentions = mentions::find(snapshot, text, &words)?;
    let named = mentions.iter().filter(|mention| is_own_language || mention.places.len() > 1);
    Ok(named
        .flat_map(|mention| &mention.places)
        .map(|place| words[*place].start..words[*place].end)
        .collect())
}

/// The products that a text names.
pub(crate) fn named(snapshot: &Snapshot, text: &str) -> Result<Vec<Product>, AskError> {
    let found = mentions::find(snapshot, text, &analyse::words(text))?;
    Ok(found.into_iter().map(|mention| mention.product).collect())
}

/// Reads a question.
pub fn understand(snapshot: &Snapshot, ask: &Ask) -> Result<Request, AskError> {
    let ask = &heard(snapshot, ask)?;
    let reading = ask.reading.clone().unwrap_or_default();
    let text = &*sober(cut(&ask.text));
    let is_own_language = snapshot.vocabulary.language().code() == ask.locale.language;
    let wish = if is_own_language { reading.own_words(text) } else { text.to_owned() };
    let mut need = wish::need(&snapshot.vocabulary, &wish);
    let mut words = corrected(snapshot, text, &need);
    let mut mentions = mentions::find(snapshot, text, &words)?;
    let page = match &ask.product {
        Some(source_id) => snapshot.index.find(source_id)?,
        None => None,
    };
    let page = match page {
        Some(id) => snapshot.index.product(&id)?,
        None => None,
    };
    if page.as_ref().is_some_and(|page| mentions.len() == 1 && mentions[0].is_also(page, &words)) {
        mentions.clear();
    }
    if page.is_some() {
        mentions.retain(|mention| !mention.is_of_any(snapshot, &words));
    }
    if wish::is_bounded(&words, &need) {
        mentions.retain(|mention| !mention.describes(snapshot, &words));
    }
    let first = mentions.iter().flat_map(|mention| &mention.places).min().copied();
    if relation::read(text, first) == Some(Relation::Instead) {
        mentions::keep_best(&mut mentions);
    }
    let is_between = relation::joins(text);
    let top = set::place_of_top(&words);
    mentions.retain(|mention| top.is_none_or(|top| !mention.places.contains(&top)));
    let names_products = !mentions.is_empty();
    let names: Vec<Vec<usize>> = mentions.iter().map(|mention| mention.places.clone()).collect();
    let mut products: Vec<Product> = mentions.into_iter().map(|mention| mention.product).collect();
    let all_places: Vec<usize> = names.iter().flatten().copied().collect();
    let named =
        set::Named { text, words: &words, products: &products, places: all_places, page: page.as_ref() };
    let of_set = set::read(snapshot, ask, named)?;
    let names_by_title = names_products && of_set.products.is_empty() && of_set.intent.is_none();
    let names_products = names_products || !of_set.products.is_empty();
    if !of_set.products.is_empty() {
        products = of_set.products;
    }
    // `Does the battery of the Halden fit this` is about both.
    let is_between = is_between && of_set.intent.is_none() && products.len() < 3;
    if is_between && products.len() == 1 && is_pointed(text) {
        products.extend(page.clone().filter(|page| page.id != products[0].id));
    }
    let is_between = is_between && products.len() == 2;
    if of_set.intent.is_some() {
        need = wish::need(&snapshot.vocabulary, &of_set.set.rest);
    } else if products.is_empty() {
        products.extend(page.clone());
    }
    let is_open = products.is_empty() && of_set.intent.is_none();
    let meant = if is_open { of_kind(snapshot, ask, text, &words)? } else { None };
    let names_products = names_products || meant.is_some();
    let names: Vec<Vec<usize>> =
        names.into_iter().chain(meant.iter().map(|meant| meant.places.clone())).collect();
    products.extend(meant.into_iter().flat_map(|meant| meant.products));
    restore(snapshot, text, &mut words, &products)?;
    let places: Vec<usize> = names.iter().flatten().chain(&of_set.places).copied().collect();
    let goods = goods(&products, names_products || of_set.intent.is_some());
    let named = focus::Named::new(&words, places, &goods);
    let focus = focus::read(snapshot, text, &words, &named);
    let mut intent = intent::decide(snapshot, text, &need, &focus, names_products, page.is_some());
    if names_by_title && intent::only_names(text, &focus) {
        intent = Intent::Find;
    }
    let cheaper = cheaper::need(&snapshot.vocabulary, &words, page.as_ref().filter(|_| !names_products));
    let is_below_page = cheaper.is_some();
    if let Some(cheaper) = cheaper {
        (intent, need) = (Intent::Find, cheaper);
    }
    let mut reviews = reviews::read(text, &products);
    if let Some(who) = reviews.as_mut().and_then(|asked| asked.filter.who.as_mut()) {
        *who = reading.own_words(who);
    }
    if let Some(asked) = &reviews
        && !is_below_page
        && reviews::decides(asked, focus.form, !products.is_empty())
    {
        intent = Intent::Reviews;
    }
    // `Compare your delivery options` is a question on a rule.
    let is_rule = products.is_empty() && focus.is_policy;
    let run = context::run(&named.places);
    let context = context::read(snapshot, text, &run, ask.now);
    if suit::decides(&words, &run, &context, &focus, &need, &products) && !is_below_page {
        intent = Intent::Suit;
    }
    intent = of_set.intent.filter(|_| !is_rule).unwrap_or(intent);
    let is_wish = of_set.intent.is_none() && focus.form != Form::HowMuch;
    let basket = if is_wish { basket::read(snapshot, text)? } else { None };
    // Without a sum, what is said of a product is no wish for several: `is there a cable and a strap with it`.
    let is_free = products.is_empty() && !focus.is_policy;
    let basket = basket.filter(|basket| basket.budget.is_some() || is_free);
    if basket.is_some() {
        products.clear();
    }
    let relation = relation::read(text, named.places.first().copied())
        .filter(|_| products.len() == 1 && of_set.intent.is_none());
    if basket.is_some() || relation.is_some() {
        intent = Intent::Find;
    }
    let mut offers = Vec::new();
    let mut mate = String::new();
    let mut relation = relation;
    if names_by_title
        && of_set.intent.is_none()
        && let Some((first, last)) = named.span()
    {
        let kind = relation::kind_for(&words, first).map(|kind| said(text, &words, kind));
        if let Some(kind) = kind.filter(|kind| is_other_kind(snapshot, kind, &products)) {
            (relation, intent) = (Some(Relation::Together), Intent::Find);
            mate = kind.to_owned();
        }
        let model = ModelName::read(&snapshot.vocabulary, said(text, &words, first..last + 1), false);
        if let Some(model) = model.filter(|_| relation.is_some()) {
            // Of several offers the one that says most of the goods.
            offers = model.offers(snapshot)?;
            products = offers.first().cloned().map_or(products, |telling| vec![telling]);
        }
    }
    if products.is_empty()
        && of_set.intent.is_none()
        && basket.is_none()
        && let Some((kind, name)) = relation::kind_and_name(&words)
        && let Some(model) = ModelName::read(&snapshot.vocabulary, said(text, &words, name), false)
    {
        let kind = said(text, &words, kind);
        let named = model.offers_of_one(snapshot)?;
        if !named.is_empty() && is_other_kind(snapshot, kind, &named) {
            (relation, intent, mate) = (Some(Relation::Together), Intent::Find, kind.to_owned());
            products = named.first().cloned().into_iter().collect();
            offers = named;
        }
    }
    if of_set.intent.is_none() && basket.is_none() && relation.is_none() {
        offers = model_name::asked_for(snapshot, text, page.as_ref())?;
        if !offers.is_empty() {
            intent = Intent::Find;
            products.clear();
        }
    }
    let name = named.span().map(|(first, last)| words[first].start..words[last].end);
    let place = Place {
        is_set: of_set.intent.is_some() || !of_set.places.is_empty() && !products.is_empty(),
        bare: bare(text, name.clone()),
        is_between,
        ..Place::default()
    };
    let is_plain = names.len() < 2 && (named.places.is_empty() || name.is_some()) && !is_between;
    let restated = is_plain.then(|| restated(&reading, ask, text, name, !products.is_empty())).flatten();
    Ok(Request {
        language: ask.locale.language.clone(),
        restated,
        reading,
        context,
        text: text.to_owned(),
        place,
        intent,
        is_below_page,
        set: of_set.set,
        offers,
        products,
        need,
        focus,
        basket,
        relation,
        mate,
        reviews,
    })
}

/// The shopper's own letters of these words.
fn said<'a>(text: &'a str, words: &[Word], places: Range<usize>) -> &'a str {
    let start = words.get(places.start).map_or(text.len(), |word| word.start);
    let end = words.get(places.end.saturating_sub(1)).map_or(start, |word| word.end);
    text.get(start..end).unwrap_or_default()
}

/// Whether words name a kind of goods of the shop that none of these products is of.
fn is_other_kind(snapshot: &Snapshot, kind: &str, products: &[Product]) -> bool {
    let wanted = Need::new(snapshot, &wish::need(&snapshot.vocabulary, kind));
    wanted.names_kind() && products.iter().all(|product| wanted.kind_of(product) < KindMatch::Named)
}

/// The question as a statement, in the words in which it was asked.
fn restated(
    reading: &Reading,
    ask: &Ask,
    text: &str,
    name: Option<Range<usize>>,
    is_about_goods: bool,
) -> Option<Restated> {
    if reading.source.is_empty() {
        return Restated::of(text, name, is_about_goods);
    }
    let language = Language::parse(&ask.locale.language)?;
    let part = reading.place_of(text)?;
    let own = reading.source_of(&part)?;
    let shift = |name: Range<usize>| reading.source_of(&(part.start + name.start..part.start + name.end));
    let name = name.and_then(shift).map(|name| name.start.saturating_sub(own.start)..name.end - own.start);
    // What opens and ends a question is no word of it.
    Restated::in_own(language, reading.source.get(own)?, name)
}

/// The goods that a question speaks of by their kind; one on a rule of the shop is about none of several.
fn of_kind(
    snapshot: &Snapshot,
    ask: &Ask,
    text: &str,
    words: &[Word],
) -> Result<Option<definite::Meant>, AskError> {
    let asks = matches!(asked::form(text), Form::YesNo | Form::HowMuch) || intent::opens_question(words);
    // `What if the sofa does not fit` asks for a rule.
    let supposes = words
        .get(1)
        .is_some_and(|second| matches!(second.text.as_str(), "if" | "happens" | "about" | "when"));
    let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let is_of_reviews = asked::read(&stems).contains(&Asked::Opinion);
    if !asks || supposes || is_of_reviews || intent::seeks(text) {
        return Ok(None);
    }
    let Some(meant) = definite::find(snapshot, ask, words)? else { return Ok(None) };
    let named = focus::Named::new(words, meant.places.clone(), &[]);
    let is_rule = meant.products.len() > 1 && focus::read(snapshot, text, words, &named).is_policy;
    Ok(Some(meant).filter(|_| !is_rule))
}

/// Whether a text speaks of the page that is open beside what it names.
fn is_pointed(text: &str) -> bool {
    let words = analyse::words(text);
    words.iter().any(|word| matches!(word.text.as_str(), "this" | "it" | "these" | "that" | "mine"))
}

/// The text with `it` for a name, so that it can be asked of another product.
fn bare(text: &str, name: Option<Range<usize>>) -> String {
    let Some(name) = name else { return text.to_owned() };
    let before = text[..name.start].trim_end();
    let before = before.strip_suffix(" the").or_else(|| before.strip_suffix(" a")).unwrap_or(before);
    format!("{before} it{}", &text[name.end..]).trim().to_owned()
}

/// The words of a text, misspelt ones as the catalog has them, else as questions are asked.
fn corrected(snapshot: &Snapshot, text: &str, need: &Understood) -> Vec<Word> {
    let mut words = analyse::words(text);
    let is_value = |word: &Word| kinds::of(&word.stem).next().is_some();
    for word in words.iter_mut().filter(|word| !asked::knows(&word.text) && !is_value(word)) {
        let is_unknown = || {
            snapshot.vocabulary.count(&word.stem) == 0
                && snapshot.documents.lacks(&word.stem)
                && everyday::of(&word.stem).is_empty()
        };
        let correction = need.corrections.iter().find(|correction| correction.from == word.text);
        let meant = match correction {
            Some(correction) => Some(correction.to.clone()),
            None if is_unknown() => spelling::nearest(&word.text),
            None => None,
        };
        if let Some(meant) = meant {
            word.stem = analyse::stem(&meant);
        }
    }
    words
}

/// Takes back corrections of words that reviews, answers or the shop's pages say just so: `bitter` is no `butter` where
/// somebody finds the oil bitter.
fn restore(
    snapshot: &Snapshot,
    text: &str,
    words: &mut [Word],
    products: &[Product],
) -> Result<(), AskError> {
    let typed = analyse::words(text);
    let mut changed: Vec<usize> =
        (0..words.len().min(typed.len())).filter(|place| words[*place].stem != typed[*place].stem).collect();
    changed.retain(|place| {
        let is_said = !snapshot.documents.lacks(&typed[*place].stem);
        if is_said {
            words[*place].stem = typed[*place].stem.clone();
        }
        !is_said
    });
    if changed.is_empty() {
        return Ok(());
    }
    for product in products {
        for row in snapshot.index.evidence_of(&product.id)? {
            let said = stem_list(&row.quote);
            for place in changed.iter().copied().filter(|place| said.contains(&typed[*place].stem)) {
                words[place].stem = typed[place].stem.clone();
            }
        }
    }
    Ok(())
}

/// Stems of the words for the goods in question: of the title where the shopper looks at it, as far as it
/// names them and not their parts, and of the category.
fn goods(products: &[Product], names_products: bool) -> Vec<String> {
    let titles = products.iter().filter(|_| !names_products).map(|product| mentions::head(&product.title));
    let categories = products.iter().flat_map(|product| product.categories.iter().map(|path| path.leaf()));
    titles.chain(categories).flat_map(stem_list).collect()
}

/// A text that is all capitals in small letters; capitals then say nothing of names.
fn sober(text: &str) -> Cow<'_, str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let is_shouted = letters >= SHOUTED_LETTERS && capitals * 10 >= letters * 9 && text.contains(' ');
    if is_shouted { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) }
}

/// The first bytes of a text up to the cap, at a character boundary.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_TEXT_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim()
}
