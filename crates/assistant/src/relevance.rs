//! How much of a need's words a product speaks of: what keeps a match on one stray word from being told as a find.
//!
//! The head says what is looked for and binds: `headphones with deep bass` are headphones, whatever else speaks of bass.
//! The other words rank, and what no product that is shown speaks of is told.

use commerce::Product;
use search::{EvidenceKind, EvidenceRow, Field, Test, Understood, analyse};

use crate::Snapshot;
use crate::directive::is_quotable;
use crate::hazard;
use crate::lexicon::{has_phrase, stem_list, stems};
use crate::stance;
use crate::understand::rarity;

/// What a word is worth that a product only mentions, beside one in its name, category or attributes.
const MENTIONED: f32 = 0.5;

/// Values by which a product states that it has not what the label names.
const DENIALS: &[&str] =
    &["none", "no", "not included", "without", "n/a", "not available", "not supported", "-"];

/// Phrases by which goods say that they are not for something, and how far before it they can begin, in words.
const REFUSALS: &[&str] = &[
    "not for",
    "not suitable for",
    "unsuitable for",
    "not suited to",
    "not suited for",
    "not intended for",
    "not meant for",
    "not made for",
    "not recommended for",
    "not compatible with",
    "incompatible with",
    "does not fit",
    "doesnt fit",
    "do not fit",
    "dont fit",
    "will not fit",
    "wont fit",
    "does not work with",
    "doesnt work with",
    "not work with",
    "do not use",
    "dont use",
    "never use",
    "not for use",
    "not to be used",
    "may not be used",
    "must not be used",
    "should not be used",
    "do not give",
    "never give",
    "keep away from",
    "keep out of",
];
/// Stems of words for several goods together, which name no kind of them.
const PACKS: &[&str] = &["kit", "set", "pack", "bundl", "pair", "box"];
/// Words right before what goods have not, as stems.
const LACKS: &[&str] = &["no", "without", "lack"];
/// What in a title parts goods from what they are for, have or are made of.
const APART: &[&str] = &[
    " for ",
    " with ",
    " w/ ",
    " from ",
    " by ",
    " in ",
    " of ",
    " für ",
    " mit ",
    " aus ",
    " pour ",
    " avec ",
    " para ",
    " con ",
    " compatible ",
];
const REFUSAL_REACH: usize = 6;

/// How surely a product is of the kind that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KindMatch {
    /// Nothing says so.
    None,
    /// The word, or one that stands for it, is in its categories, or in its title as what the goods are for.
    Mentioned,
    /// The word is in its name beside others: `laptop bag`, for a laptop.
    InName,
    /// A higher category is called so.
    Within,
    /// Its name or category is a word that stands for it.
    Alike,
    /// Its name is called so.
    Named,
    /// Its own category is called so.
    Filed,
}

/// The words of a need with their weights and stand-ins.
pub(crate) struct Need {
    words: Vec<Word>,
    head: Option<usize>,
    /// The last word of what is looked for, where it names no category: titles may be called so.
    noun: Option<usize>,
    kinds: Vec<String>,
    /// Stems of what the goods are for.
    purpose: Vec<String>,
}

struct Word {
    text: String,
    stem: String,
    weight: f32,
    /// Whether it only says what the goods are for.
    is_purpose: bool,
    others: Vec<(String, f32)>,
}

impl Need {
    /// The words that are left when constraints are read.
    pub(crate) fn new(snapshot: &Snapshot, need: &Understood) -> Self {
        let words = analyse::words(&need.text);
        let is_purpose = |word: &analyse::Word| is_for(&word.text, need);
        // What goods are for ranks them; it does not keep them out where the other words say what they are.
        let says_what = words.iter().any(|word| !is_purpose(word) && snapshot.vocabulary.knows(&word.stem));
        let words: Vec<Word> = words
            .into_iter()
            .map(|word| Word {
                is_purpose: says_what && is_purpose(&word),
                weight: rarity(snapshot, &word.stem),
                others: need
                    .alternatives
                    .iter()
                    .filter(|alternative| alternative.word == word.text)
                    .flat_map(|a| a.others.iter().map(|other| (stems(other), a.weight)))
                    .collect(),
                stem: word.stem,
                text: word.text,
            })
            .collect();
        let head = words.iter().position(|word| !need.head.is_empty() && word.text == need.head);
        let is_noun = |word: &Word| !is_for(&word.text, need) && !PACKS.contains(&word.stem.as_str());
        let noun = words.iter().rposition(is_noun).filter(|_| head.is_none());
        let denied = need.constraints.iter().filter(|own| own.is_negated);
        let denied: Vec<String> = denied.flat_map(|own| stem_list(&own.words)).collect();
        let purpose = need.context.iter().flat_map(|word| stem_list(word));
        let purpose = purpose.filter(|stem| !denied.contains(stem)).collect();
        Self { words, head, noun, kinds: kinds(need), purpose }
    }

    /// Whether a product says of itself that it is not for what the goods are wanted for: `Not for the iPhone 15`.
    pub(crate) fn is_refused(&self, rows: &[EvidenceRow]) -> bool {
        let refuses = |row: &EvidenceRow| {
            let stems = stem_list(&row.quote);
            let place = |own: &String| stems.iter().position(|stem| stem == own);
            let places: Option<Vec<usize>> = self.purpose.iter().map(place).collect();
            // A number tells one of a name from another: it is the iPhone 15 that is denied, not each iPhone.
            let number = self.purpose.iter().find(|own| own.bytes().any(|byte| byte.is_ascii_digit()));
            let deciding = places.and(number.or(self.purpose.last()).and_then(place));
            let is_warned = |place: usize| {
                let warning = hazard::of(&stems, &(place..place + 1));
                warning.is_some_and(|warning| !stance::is_negated(&stems, warning))
            };
            deciding.is_some_and(|place| {
                if is_warned(place) {
                    return true;
                }
                let before = &stems[place.saturating_sub(REFUSAL_REACH)..place];
                if before.last().is_some_and(|last| LACKS.contains(&last.as_str())) {
                    return true;
                }
                REFUSALS.iter().any(|phrase| has_phrase(before, &self::stems(phrase)))
            })
        };
        // An answer of no to a question after what they are wanted for and hardly anything else.
        let answers_no = |row: &EvidenceRow| {
            let asked =
                analyse::words(&row.context).into_iter().filter(|word| !analyse::is_stop_word(&word.text));
            let asked: Vec<String> = asked.map(|word| word.stem).collect();
            row.kind == EvidenceKind::Question
                && self.purpose.iter().all(|own| asked.contains(own))
                && asked.len() <= 2 * self.purpose.len()
                && stem_list(&row.quote).first().is_some_and(|first| first == "no")
        };
        let is_of_shop = |row: &&EvidenceRow| row.kind != EvidenceKind::Review;
        let mut own = rows.iter().filter(is_of_shop);
        !self.purpose.is_empty() && own.any(|row| refuses(row) || answers_no(row))
    }

    /// Whether the need names a kind of goods by what the shop files them under.
    pub(crate) fn names_kind(&self) -> bool {
        self.head.is_some()
    }

    /// Whether a product is of the kind that is looked for; `None` where the need names none.
    pub(crate) fn is_kind(&self, product: &Product) -> Option<bool> {
        self.head?;
        Some(self.kind_of(product) > KindMatch::None)
    }

    /// How surely a product is of the kind that is looked for.
    pub(crate) fn kind_of(&self, product: &Product) -> KindMatch {
        let Some(head) = self.head.or(self.noun).map(|head| &self.words[head]) else {
            return KindMatch::None;
        };
        let own = |name: &str| names(name, |stems| stems.last() == Some(&head.stem));
        let other =
            |name: &str| names(name, |stems| head.others.iter().any(|(other, _)| ends_with(stems, other)));
        let leaves: Vec<&str> = product.categories.iter().map(|path| path.leaf()).collect();
        let paths: Vec<&String> = product.categories.iter().flat_map(|path| path.names()).collect();
        let title = called(&product.title);
        let stems = stem_list(core(&product.title));
        let is_mentioned =
            |name: &String| self.kinds.contains(name) || head.stands_in(&stem_list(name)) > 0.0;
        match () {
            () if leaves.iter().any(|leaf| own(leaf)) => KindMatch::Filed,
            () if own(title) => KindMatch::Named,
            () if stems.contains(&head.stem) => KindMatch::InName,
            () if stem_list(&product.title).contains(&head.stem) => KindMatch::Mentioned,
            () if leaves.iter().any(|leaf| other(leaf)) || other(title) => KindMatch::Alike,
            () if paths.iter().any(|name| own(name)) => KindMatch::Within,
            () if paths.into_iter().chain([&product.title]).any(is_mentioned) => KindMatch::Mentioned,
            () => KindMatch::None,
        }
    }

    /// The words among these that none of the texts has, nor anything that says the same.
    pub(crate) fn unsaid(&self, wanted: &[String], texts: &[Vec<String>]) -> Vec<String> {
        let words = self.words.iter().enumerate().filter(|(place, word)| {
            Some(*place) != self.head
                && wanted.contains(&word.text)
                && texts.iter().all(|stems| word.stands_in(stems) == 0.0)
        });
        words.map(|(_, word)| word.text.clone()).collect()
    }

    /// The share of the words' weight that a product's own data has, from 0 to 1; 1 for a need without words.
    pub(crate) fn coverage(&self, product: &Product, rows: &[EvidenceRow]) -> f32 {
        let mut name = format!("{} {}", product.title, product.brand);
        let mut text = String::new();
        for category in product.categories.iter().flat_map(|path| path.names()) {
            name.push(' ');
            name.push_str(category);
        }
        for row in rows.iter().filter(|row| row.kind != EvidenceKind::Review && !denies(row)) {
            let part = if row.kind == EvidenceKind::Attribute { &mut name } else { &mut text };
            part.push(' ');
            part.push_str(&row.quote);
        }
        let share = |text: &str| share(self.words.iter().filter(|word| !word.is_purpose), text);
        let (named, said) = (share(&name), share(&format!("{name} {text}")));
        named + MENTIONED * (said - named).max(0.0)
    }

    /// The sentence of the description that has the most of the words and denies none of them: `it is not a rain jacket`.
    pub(crate) fn best_sentence<'a>(&self, rows: &'a [EvidenceRow]) -> Option<&'a EvidenceRow> {
        let said =
            rows.iter().filter(|row| row.kind == EvidenceKind::Description && row.source == "description");
        said.map(|row| (share(self.words.iter(), &row.quote), row))
            .filter(|(share, row)| *share > 0.0 && !self.words.is_empty() && is_quotable(row))
            .filter(|(_, row)| !self.is_denied_in(&row.quote))
            .max_by(|(a, first), (b, second)| {
                a.total_cmp(b).then_with(|| second.position.cmp(&first.position))
            })
            .map(|(_, row)| row)
    }

    fn is_denied_in(&self, text: &str) -> bool {
        let stems = stem_list(text);
        let is_own = |stem: &String| self.words.iter().any(|word| word.stem == *stem);
        let mut places = stems.iter().enumerate().filter(|(_, stem)| is_own(stem)).map(|(place, _)| place);
        places.any(|place| stance::is_negated(&stems, place))
    }
}

/// Whether one of the things that a name calls goods is such: `TV` and `video` of `TV & Video`, `screen` of `Portable Screen 15" for
/// laptops, black`. What stands behind a preposition names something else.
fn names(name: &str, is_such: impl Fn(&[String]) -> bool) -> bool {
    core(name).split(['&', '/', '+', '|', ',', ';', ':', '(', ')', '[', ']', '–', '—', '•']).any(|part| {
        let words = analyse::words(part);
        let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
        // A number, a size or a code behind a word leaves it the last word of the name.
        let is_code = |place: usize| words[place].text.bytes().any(|byte| byte.is_ascii_digit());
        (0..words.len())
            .filter(|place| place + 1 == words.len() || is_code(place + 1))
            .any(|place| is_such(&stems[..=place]))
    })
}

/// What a title calls goods, before what it lists of them: not `512 GB SSD` of `Laptop, 512 GB SSD`.
fn called(title: &str) -> &str {
    let title = title.trim_start();
    let title = match title.strip_prefix(['(', '[']).and_then(|rest| rest.split_once([')', ']'])) {
        Some((_, rest)) => rest,
        None => title,
    };
    title.split([',', '|', ';', '–', '—']).next().unwrap_or_default()
}

/// Whether a word only says what goods are for.
fn is_for(word: &str, need: &Understood) -> bool {
    need.context.iter().any(|own| own == word)
}

/// A name up to what the goods are for, have or are made of.
fn core(name: &str) -> &str {
    let end = APART.iter().filter_map(|mark| name.find(mark)).min();
    end.map_or(name, |end| &name[..end])
}

fn ends_with(stems: &[String], phrase: &str) -> bool {
    let length = phrase.split(' ').count();
    stems.len() >= length && stems[stems.len() - length..].iter().map(String::as_str).eq(phrase.split(' '))
}

/// Whether a product states that it does not have what the label names: `Speakers: none`, also in a line of its description.
pub(crate) fn denies(row: &EvidenceRow) -> bool {
    if row.kind == EvidenceKind::Description {
        return stance::denies_by_value(&row.quote);
    }
    let value = row.quote.strip_prefix(row.context.as_str()).and_then(|rest| rest.strip_prefix(':'));
    let value = value.filter(|_| row.kind == EvidenceKind::Attribute && !row.context.is_empty());
    value.is_some_and(|value| DENIALS.contains(&value.trim().to_lowercase().as_str()))
}

/// The share of the words' weight that a text has.
fn share<'a>(words: impl Iterator<Item = &'a Word> + Clone, text: &str) -> f32 {
    let whole: f32 = words.clone().map(|word| word.weight).sum();
    if whole == 0.0 {
        return 1.0;
    }
    let stems = stem_list(text);
    words.map(|word| word.weight * word.stands_in(&stems)).sum::<f32>() / whole
}

impl Word {
    /// How well a text of these stems has the word: 1 for itself, less for what says the same or something near.
    fn stands_in(&self, stems: &[String]) -> f32 {
        let near =
            self.others.iter().filter(|(other, _)| has_phrase(stems, other)).map(|(_, weight)| *weight);
        if stems.contains(&self.stem) { 1.0 } else { near.fold(0.0, f32::max) }
    }
}

/// The categories that the words of a need name.
fn kinds(need: &Understood) -> Vec<String> {
    let liked = need.preferences.iter().chain(&need.constraints);
    let of_kind = liked.filter(|liked| liked.field == Field::Category && !liked.is_negated);
    let of_head = of_kind.filter(|liked| liked.words.to_lowercase().contains(need.head.as_str()));
    of_head
        .flat_map(|liked| match &liked.test {
            Test::AnyOf(names) => names.clone(),
            _ => Vec::new(),
        })
        .collect()
}
