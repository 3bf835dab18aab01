//! What decides a question: concepts that it asks for and rare words, with what says the same and the contrary, without
//! the product's name.

use std::ops::Range;

use commerce::Quantity;
use search::analyse::{self, Word};

use super::absence;
use super::asked;
use super::asked_table::{GOODS, QUESTION_WORDS};
use super::either;
use super::mentions::rarity;
use super::units;
use crate::Snapshot;
use crate::figure;
use crate::lexicon::concepts::{self, Found};
use crate::lexicon::{Concept, everyday, kinds, numbers, opposites, stems};
use crate::request::{Asked, Expected, Focus, Form, Term};

/// What a synonym is worth beside the word itself.
const SYNONYM: f32 = 0.85;
/// What a phrase is worth that speaks of a concept and does not decide it: too little to take a side.
const NEAR: f32 = 0.75;
/// What a word under an umbrella word is worth.
const NARROWER: f32 = 0.6;
/// The least that a concept decides: its words can be common in a catalog and still be all that is asked.
const LEAST_OF_CONCEPT: f32 = 1.6;
/// What a concept decides that only leads to what is asked, and one beside the concept that is expected.
const LEAD: f32 = 0.25;
const BESIDE: f32 = 0.4;
/// Verbs that lead to a choice: `does it come in blue`, `do you have this in green`.
const CHOICE_LEADS: &[&str] = &[
    "come",
    "comes",
    "available",
    "get",
    "have",
    "sold",
    "sell",
    "stock",
    "carry",
    "order",
    "offer",
    "offered",
];
/// Words before a name, and the most words that one has.
const NAMING: &[&str] = &["the", "this", "these", "that", "your"];
const LONGEST_NAME: usize = 6;
/// What goods come in: `what is in the box` asks for what is in it, and names no goods.
const CONTAINERS: &[&str] = &["box", "package", "packaging", "parcel", "pack", "carton", "case"];
/// What a verb decides beside a thing, and the least that the thing decides beside it for that.
const VERB: f32 = 0.45;
const LEAST_THING: f32 = 0.5;
/// Words right before a verb.
const BEFORE_VERBS: &[&str] = &["to", "i", "we", "they", "it", "ive", "youve", "please", "never", "always"];
/// Verbs of everyday questions that hardly tell one thing from another.
const LIGHT_VERBS: &[&str] = &[
    "bring", "carry", "drop", "eat", "give", "go", "handle", "hold", "keep", "leave", "live", "make", "need",
    "pick", "place", "pull", "push", "put", "run", "sell", "send", "show", "sit", "stand", "stay", "take",
    "throw", "turn", "use", "wear", "work", "works", "happens", "want", "move", "reach", "hook",
];
/// Words that stand for the goods behind a measure that tells them apart.
const STAND_INS: &[&str] = &["one", "ones", "version", "model", "kind", "type", "variant"];
/// Words by which a question asks for what is not so; `isn't it` opens one that asks for what is.
const DENIALS: &[&str] = &["no", "not", "without", "never", "none"];
/// How far before the `in` the verb can stand, in words.
const CHOICE_REACH: usize = 3;

/// What a question says of products, so that their names do not decide.
pub(super) struct Named<'a> {
    /// Places of the words that name products.
    pub(super) places: Vec<usize>,
    /// Stems of words for the goods that are asked about, from titles and categories.
    pub(super) goods: &'a [String],
}

impl<'a> Named<'a> {
    /// Adds the names that a shopper gives to the goods of a page: `the blue teapot` is the teapot.
    pub(super) fn new(words: &[Word], mut places: Vec<usize>, goods: &'a [String]) -> Self {
        let is_container = |at: usize| {
            let is_in = at > 0 && matches!(words[at - 1].text.as_str(), "in" | "inside" | "within");
            is_in && words.get(at + 1).is_some_and(|word| CONTAINERS.contains(&word.text.as_str()))
        };
        let is_good = |word: &Word| {
            GOODS.contains(&word.text.as_str()) || goods.iter().any(|good| names(good, &word.stem))
        };
        let naming = words.iter().enumerate().filter(|(_, word)| NAMING.contains(&word.text.as_str()));
        for (at, _) in naming.filter(|(at, _)| !is_container(*at)) {
            let end = words.len() - usize::from(is_said_of(words) || does_something(words));
            let run = words[(at + 1).min(end)..end]
                .iter()
                .take_while(|word| !analyse::is_stop_word(&word.text))
                .take(LONGEST_NAME);
            let last = run.enumerate().filter(|(_, word)| is_good(word)).map(|(place, _)| place).last();
            if let (Some(last), false) = (last, goods.is_empty()) {
                places.extend(at + 1..=at + 1 + last);
            }
        }
        places.sort_unstable();
        places.dedup();
        Self { places, goods }
    }

    /// The first and the last word of the name, where it is one run of words.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        let (first, last) = (*self.places.first()?, *self.places.last()?);
        (last - first + 1 == self.places.len()).then_some((first, last))
    }
}

fn is_money_sign(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥')
}

/// Whether the last word is said of the goods, as in `is the scarf wool`.
fn is_said_of(words: &[Word]) -> bool {
    words.first().is_some_and(|word| matches!(word.text.as_str(), "is" | "are" | "was" | "were"))
}

/// Whether the last word is what the goods do, as in `does the hose kink`, so that it is none of their name.
fn does_something(words: &[Word]) -> bool {
    let is_helper = |word: &Word| {
        matches!(
            word.text.as_str(),
            "do" | "does" | "did" | "will" | "can" | "could" | "would" | "wont" | "doesnt"
        )
    };
    words.first().is_some_and(is_helper)
}

/// Whether a word stands for a good: itself, or the end of a compound, as `brush` of `toothbrush`.
fn names(good: &str, stem: &str) -> bool {
    good == stem || stem.len() >= 4 && good.ends_with(stem)
}

/// Reads what is asked.
pub(super) fn read(snapshot: &Snapshot, text: &str, words: &[Word], named: &Named<'_>) -> Focus {
    let all: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
    let form = asked::form(text);
    // `How many bits` of a bit set are no measure.
    let is_of_name = |place: &usize| {
        let stem = &words[*place].stem;
        named.goods.contains(stem) || named.places.iter().any(|place| words[*place].stem == *stem)
    };
    let unit =
        units::asked(text, words).filter(|(places, _)| !places.clone().any(|place| is_of_name(&place)));
    let is_of_unit = |place: usize| unit.as_ref().is_some_and(|(places, _)| places.contains(&place));
    let counted = counted_noun(words).filter(|place| !is_of_unit(*place));
    let measures = measures(text, words);
    // Words of a name ask for nothing, unless they are what is counted.
    let open: Vec<String> = (0..all.len())
        .map(|place| {
            if named.places.contains(&place) && counted != Some(place) {
                String::new()
            } else {
                all[place].clone()
            }
        })
        .collect();
    let is_participle = |place: usize| words[place].text.ends_with("ed");
    let mut found = concepts::find(&open, &is_participle);
    let implied = implied(&open, &found, words, form);
    found.extend(implied);
    let values = values(&open, &found);
    let measured: Vec<Range<usize>> = measures.iter().map(|(range, _)| range.clone()).collect();
    let is_told_otherwise = |place: usize| {
        let start = words[place].start;
        named.places.contains(&place)
            || measured.iter().any(|range| range.contains(&start))
            || text[..start].trim_end().ends_with(is_money_sign)
    };
    let mut focus = Focus {
        figures: figure::read(text, words, &is_told_otherwise),
        form: if either::is_asked(words, &all) { Form::Open } else { form },
        asked: asked::read(&open),
        unit: unit.as_ref().map(|(_, unit)| *unit),
        measures: measures.into_iter().map(|(_, quantity)| quantity).collect(),
        choice: choice(text, words),
        is_rate: words.iter().any(|word| word.text == "per"),
        is_denied: words.iter().skip(1).any(|word| DENIALS.contains(&word.text.as_str())),
        ..Focus::default()
    };
    focus.terms = terms(snapshot, text, words, named, &found, counted, &open);
    let absent = found.iter().filter(|found| !absence::asks_for_thing(words, found));
    focus.absent = absent
        .flat_map(|found| found.concept.thing.iter().flat_map(|thing| thing.split(' ')))
        .map(str::to_owned)
        .collect();
    let is_absent = |place: &usize| absence::is_absent(words, *place);
    focus.absent.extend((0..words.len()).filter(is_absent).map(|place| words[place].stem.clone()));
    let unit_words: Vec<&str> =
        unit.iter().flat_map(|(places, _)| places.clone()).map(|place| words[place].stem.as_str()).collect();
    focus.terms.retain(|term| term.concept.is_some() || !unit_words.contains(&term.stems[0].as_str()));
    if !values.is_empty() {
        let is_value = |term: &Term| {
            term.concept.is_none()
                && values.iter().any(|value| value.split(' ').any(|part| term.stems[0] == part))
        };
        focus.terms.retain(|term| !is_value(term));
    }
    focus.values = values;
    focus.is_policy = found.iter().any(|found| is_rule(snapshot, found.concept, named));
    focus.expected = expected(&focus, &found, words, counted);
    soften_verbs(&mut focus.terms, words, form);
    let is_rule = focus.concepts().any(|concept| !concept.rule.is_empty()) && named.goods.is_empty();
    if is_rule {
        // What happened to the shopper matters less than the rule that is asked for.
        let told = focus.terms.iter_mut().filter(|term| term.concept.is_none());
        told.for_each(|term| term.weight *= BESIDE);
    }
    if let Some(expected) = focus.expected_concept() {
        let beside = |term: &&mut Term| term.concept.is_some_and(|concept| concept.name != expected.name);
        focus.terms.iter_mut().filter(beside).for_each(|term| term.weight *= BESIDE);
    }
    let asks_amount = amount_of(words).is_some_and(|place| !named.places.contains(&place));
    if asks_amount || focus.terms.iter().any(|term| term.concept.is_some_and(answers_price)) {
        focus.asked.retain(|asked| *asked != Asked::Price);
    }
    focus
}

/// The place of the thing in `how much salt`, which asks for no price.
fn amount_of(words: &[Word]) -> Option<usize> {
    let place = words.windows(2).position(|pair| pair[0].text == "how" && pair[1].text == "much")? + 2;
    let is_thing =
        |word: &&Word| !analyse::is_stop_word(&word.text) && !OF_PRICE.contains(&word.text.as_str());
    words.get(place).filter(is_thing).map(|_| place)
}

/// What is done with a thing decides less than the thing, where a thing is named: shops say `use` and shoppers `take`.
fn soften_verbs(terms: &mut [Term], words: &[Word], form: Form) {
    let is_verb = |term: &Term| {
        term.concept.is_none()
            && words
                .iter()
                .enumerate()
                .any(|(place, word)| word.stem == term.stems[0] && is_verb(words, place))
    };
    let (mut verbs, mut things) = (0.0_f32, 0.0_f32);
    // `How many people can it feed`: what is measured is no thing.
    let is_measure =
        |term: &Term| form == Form::HowMuch && term.concept.is_some_and(|concept| concept.rule.is_empty());
    for term in terms.iter().filter(|term| !is_measure(term)) {
        if is_verb(term) { verbs = verbs.max(term.weight) } else { things = things.max(term.weight) }
    }
    if things >= verbs * LEAST_THING {
        terms.iter_mut().filter(|term| is_verb(term)).for_each(|term| term.weight *= VERB);
    }
}

/// Whether a word is a verb by its form, by the word before it, or because it hardly ever is anything else. `Do you
/// rent` and `do you repair` ask for just that.
fn is_verb(words: &[Word], place: usize) -> bool {
    let text = words[place].text.as_str();
    let before = place.checked_sub(1).map(|before| words[before].text.as_str());
    text.len() > 4 && (text.ends_with("ing") || text.ends_with("ed"))
        || LIGHT_VERBS.contains(&text)
        || before.is_some_and(|before| BEFORE_VERBS.contains(&before))
}

/// The concept that a value asks for by itself: `is it glass` asks for the material.
fn implied(open: &[String], found: &[Found], words: &[Word], form: Form) -> Option<Found> {
    if form != Form::YesNo || !found.is_empty() {
        return None;
    }
    let decides = |place: &usize| !open[*place].is_empty() && decides(&words[*place]);
    let last = (0..open.len()).rfind(decides)?;
    let concept = kinds::of(&open[last]).find_map(concepts::of_kind)?;
    Some(Found { concept, places: vec![last] })
}

/// The values of the concepts' kinds that are asked for.
fn values(open: &[String], found: &[Found]) -> Vec<String> {
    let kinds = found.iter().flat_map(|found| &found.concept.kinds);
    kinds.flat_map(|kind| kinds::said(kind, open)).map(str::to_owned).collect()
}

/// Whether a concept asks for an amount of its own, so that `how much` is no price.
fn answers_price(concept: &Concept) -> bool {
    !concept.measured.is_empty() || !concept.rule.is_empty()
}

/// Whether a concept is about the shop. One that goods state as well, such as a warranty, is only without goods.
fn is_rule(snapshot: &Snapshot, concept: &Concept, named: &Named<'_>) -> bool {
    let is_of_goods = !concept.keys.is_empty() && !named.goods.is_empty();
    snapshot.documents.count > 0 && !concept.rule.is_empty() && !is_of_goods
}

fn terms(
    snapshot: &Snapshot,
    text: &str,
    words: &[Word],
    named: &Named<'_>,
    found: &[Found],
    counted: Option<usize>,
    open: &[String],
) -> Vec<Term> {
    let asking = asked::asking_stems(open);
    let measured = Quantity::find_all(&numbers::as_digits(text));
    let measures: Vec<_> = measured.into_iter().map(|(range, _)| range).collect();
    let mut terms: Vec<Term> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if let Some(found) = found.iter().find(|found| found.places.contains(&place)) {
            // `how many keys do I get` asks for keys.
            let only_counts = counted
                .is_some_and(|noun| found.places.contains(&(noun - 1)) && !found.places.contains(&noun));
            if !only_counts && found.places.iter().min() == Some(&place) {
                terms.push(concept_term(snapshot, words, found));
            }
            continue;
        }
        let is_name =
            named.places.contains(&place) || named.goods.contains(&word.stem) && !is_predicate(words, place);
        let is_known = terms.iter().any(|term| term.concept.is_none() && term.stems.contains(&word.stem));
        if decides(word)
            && !absence::is_mark(words, place)
            && !measures.iter().any(|range| range.contains(&word.start))
            && !is_known
            && (counted == Some(place) || !is_name && !asking.contains(&word.stem))
        {
            let is_absent = absence::is_absent(words, place);
            terms.push(Term { is_absent, ..word_term(snapshot, word) });
        }
    }
    terms
}

/// Whether a word can decide at all.
fn decides(word: &Word) -> bool {
    let is_number = word.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_idle = |words: &[&str]| words.contains(&word.text.as_str());
    !analyse::is_stop_word(&word.text)
        && !is_idle(QUESTION_WORDS)
        && !is_idle(GOODS)
        && !is_number
        && word.text.len() > 1
}

/// Whether a word ends a question, so that it is said of the goods and does not name them: `is this scarf wool`.
fn is_predicate(words: &[Word], place: usize) -> bool {
    place + 1 == words.len() && place > 1 && words[place - 1].text != "this" && words[place - 1].text != "the"
}

/// Words after `how much` that are of the price.
const OF_PRICE: &[&str] = &[
    "money",
    "cost",
    "costs",
    "price",
    "prices",
    "euro",
    "euros",
    "dollar",
    "dollars",
    "pounds",
    "cheaper",
    "expensive",
    "dearer",
    "more",
    "less",
    "extra",
    "longer",
    "each",
    "total",
    "altogether",
    "discount",
    "postage",
];

/// The place of the noun in `how many drawers`: it is asked about even where it is a part of the product's name.
fn counted_noun(words: &[Word]) -> Option<usize> {
    let start = words.windows(2).position(|pair| pair[0].text == "how" && pair[1].text == "many")? + 2;
    words.get(start).filter(|word| !analyse::is_stop_word(&word.text)).map(|_| start)
}

fn concept_term(snapshot: &Snapshot, words: &[Word], found: &Found) -> Term {
    let mut places = found.places.clone();
    places.sort_unstable();
    let own: Vec<&Word> =
        places.iter().map(|place| &words[*place]).filter(|word| !analyse::is_stop_word(&word.text)).collect();
    let weight = own.iter().map(|word| rarity(snapshot, &word.stem)).fold(LEAST_OF_CONCEPT, f32::max);
    let text = places.iter().map(|place| words[*place].text.as_str());
    let asked: Vec<String> =
        own.iter().map(|word| word.stem.clone()).filter(|stem| !is_idle_stem(stem)).collect();
    let single = if asked.len() == 1 { opposites::of(&asked[0]) } else { &[] };
    let concept = found.concept;
    let weight = if concept.is_lead { weight * LEAD } else { weight };
    let text = text.collect::<Vec<_>>().join(" ");
    if absence::asks_for_thing(words, found) {
        let there = concept.thing.iter().chain(&concept.against).map(|phrase| (phrase.clone(), 1.0));
        let stems = asked.into_iter().filter(|stem| concept.names_thing(stem)).collect();
        let opposites = concept.told.clone();
        let others = there.collect();
        return Term { text, stems, weight, others, opposites, is_absent: false, concept: Some(concept) };
    }
    Term {
        text,
        stems: asked,
        weight,
        others: others_of(concept),
        opposites: concept.against.iter().chain(&concept.thing).chain(single).cloned().collect(),
        is_absent: concept.thing.is_empty() && places.iter().any(|place| absence::is_absent(words, *place)),
        concept: Some(concept),
    }
}

fn others_of(concept: &Concept) -> Vec<(String, f32)> {
    let told = concept.told.iter().map(|phrase| (phrase.clone(), 1.0));
    told.chain(concept.near.iter().map(|phrase| (phrase.clone(), NEAR))).collect()
}

/// Whether a stem is one of a word that decides nothing.
fn is_idle_stem(stem: &str) -> bool {
    QUESTION_WORDS.contains(&stem)
}

fn word_term(snapshot: &Snapshot, word: &Word) -> Term {
    let lexicon = snapshot.vocabulary.lexicon();
    let weigh = |phrases: &[String], weight: f32| -> Vec<(String, f32)> {
        phrases.iter().map(|phrase| (stems(phrase), weight)).collect()
    };
    let mut others = weigh(lexicon.synonyms(&word.stem), SYNONYM);
    others.extend(weigh(lexicon.narrower(&word.stem), NARROWER));
    others.extend(other_number(&word.stem).map(|noun| (noun, 1.0)));
    others.extend(verb_of(&word.stem).map(|verb| (verb, SYNONYM)));
    others.extend(everyday::of(&word.stem).iter().cloned());
    Term {
        text: word.text.clone(),
        stems: vec![word.stem.clone()],
        weight: rarity(snapshot, &word.stem),
        others,
        opposites: opposites::of(&word.stem).to_vec(),
        is_absent: false,
        concept: None,
    }
}

/// The stem of `knife` for that of `knives`, and the other way round.
fn other_number(stem: &str) -> Option<String> {
    let one = stem
        .strip_suffix("ve")
        .map(|root| if root.ends_with(['i']) { format!("{root}fe") } else { format!("{root}f") });
    let many = stem.strip_suffix("fe").or_else(|| stem.strip_suffix('f')).map(|root| format!("{root}ve"));
    one.or(many).filter(|_| stem.len() >= 4)
}

/// The verb in `washable` and `foldable`.
fn verb_of(stem: &str) -> Option<String> {
    let verb = stem.strip_suffix("abl").or_else(|| stem.strip_suffix("able"))?;
    (verb.len() >= 3).then(|| verb.to_owned())
}

/// What a row has to hold. A question of yes or no is answered by what speaks of its words; any other by what states
/// the concept, or by a number of what is counted.
fn expected(focus: &Focus, found: &[Found], words: &[Word], counted: Option<usize>) -> Expected {
    let is_stated = |found: &&Found| {
        let concept = found.concept;
        !concept.measured.is_empty() || !concept.kinds.is_empty() || !concept.told.is_empty()
    };
    let is_counted = |place: usize| !found.iter().any(|found| found.places.contains(&place));
    // A part of a matter is asked for, not the matter that it belongs to.
    let is_part = |found: &&Found| is_stated(found) && found.concept.document.is_none();
    let stated = found.iter().find(is_part).or_else(|| found.iter().find(is_stated));
    match (focus.form, counted, stated) {
        (Form::YesNo, ..) => Expected::Anything,
        (_, Some(place), _) if is_counted(place) => Expected::Count(words[place].stem.clone()),
        (_, _, Some(found)) => Expected::Concept(found.concept.name.clone()),
        _ => focus.unit.map_or(Expected::Anything, |unit| Expected::Measured(unit.dimension())),
    }
}

/// The measures of a question with their places. One that tells the goods apart is none: `the 12 volt one`.
fn measures(text: &str, words: &[Word]) -> Vec<(Range<usize>, Quantity)> {
    let mut measures = Quantity::find_all(&numbers::as_digits(text));
    measures.retain(|(range, _)| {
        let is_naming = |word: &Word| NAMING.contains(&word.text.as_str());
        let before = words.iter().rfind(|word| word.end <= range.start);
        let after = words.iter().find(|word| word.start >= range.end);
        let stands_for_goods = |word: &Word| STAND_INS.contains(&word.text.as_str());
        !(before.is_some_and(is_naming) && after.is_some_and(stands_for_goods))
    });
    measures
}

/// The most words of a choice: `navy and size L`.
const MAX_CHOICE_WORDS: usize = 4;

/// The words after `come in`, `available in` and the like.
fn choice(text: &str, words: &[Word]) -> Option<String> {
    let is_lead = |word: &Word| CHOICE_LEADS.contains(&word.text.as_str());
    let start = (1..words.len()).find(|place| {
        words[*place].text == "in" && words[place.saturating_sub(CHOICE_REACH)..*place].iter().any(is_lead)
    })? + 1;
    let rest: Vec<&Word> = words[start..]
        .iter()
        .skip_while(|word| {
            matches!(word.text.as_str(), "a" | "an" | "the" | "size" | "color" | "colour" | "sizes")
        })
        .take_while(|word| word.text == "and" || !analyse::is_stop_word(&word.text))
        .take(MAX_CHOICE_WORDS)
        .collect();
    let end = rest.iter().rposition(|word| word.text != "and").map_or(0, |last| last + 1);
    let rest = &rest[..end];
    let (first, last) = (rest.first()?, rest.last()?);
    Some(text[first.start..last.end].to_owned())
}
