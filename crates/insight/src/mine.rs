//! From a corpus to aspects with votes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use crate::aspect::{Aspect, Kind, Lean, Mention, Voice};
use crate::corpus::Corpus;
use crate::grammar::Class;
use crate::learned::weights;
use crate::opinion::{Opinion, Reading};
use crate::phrase::{Key, MAX_WORDS, Phrases, key, runs};
use crate::sentiment::Judges;
use crate::vocabulary::{StemId, WordId};

/// Shorter words describe no goods.
const LEAST_LETTERS: usize = 4;

/// What is mined, and how strictly.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Reviewers who must speak of an aspect.
    pub least_reviews: usize,
    /// The share of its mentions that must be judged.
    pub least_judged: f32,
    /// Words that name the goods, such as those of titles, brands and categories: they are no aspects.
    pub names: Vec<String>,
    /// Words that the shop itself describes the goods by: what a single reviewer speaks of is a part of them only if it is
    /// one of these. `None` where that is not known, and every part counts.
    pub known: Option<Vec<String>>,
}

/// What reviewers say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insight {
    /// What they speak of, most voices first.
    pub aspects: Vec<Aspect>,
    /// Which way each review leans by its words, by its number; `Silent` for those left out.
    pub leans: Vec<Lean>,
    /// What each sentence judges on the whole, by its number; 0 for those left out.
    pub judged: Vec<f32>,
    /// Whether each sentence has a word of four letters and more that the shop describes the goods by, by its number.
    pub describes: Vec<bool>,
}

impl Default for Options {
    fn default() -> Self {
        Self { least_reviews: 2, least_judged: 0.1, names: Vec::new(), known: None }
    }
}

/// What was found of an aspect so far.
#[derive(Default)]
struct Found {
    /// Review, sentence, polarity.
    mentions: Vec<(usize, usize, f32)>,
    forms: BTreeMap<Vec<WordId>, u32>,
    /// Mentions that something is plainly said of.
    judged: usize,
    kind: Option<Kind>,
}

/// What all sentences are read with.
struct Miner<'a> {
    corpus: &'a Corpus,
    weights: Vec<f32>,
    phrases: Phrases,
    names: HashSet<StemId>,
    known: Option<HashSet<StemId>>,
}

impl Corpus {
    /// Mines the reviews that pass.
    pub fn mine(&self, options: &Options, passes: impl Fn(usize) -> bool) -> Insight {
        let miner = Miner::new(self, options);
        let mut found: HashMap<Key, Found> = HashMap::new();
        let mut sums = vec![0.0; self.reviews.len()];
        let mut judged = vec![0.0; self.sentences.len()];
        let mut describes = vec![false; self.sentences.len()];
        for (number, span) in self.sentences.iter().enumerate() {
            let review = span.review as usize;
            if passes(review) {
                let opinions = miner.sentence(number, review, &mut found);
                describes[number] = self.words_of(*span).iter().any(|word| miner.is_described(*word));
                judged[number] = opinions.iter().map(|opinion| opinion.weight).sum();
                sums[review] += judged[number];
            }
        }
        let mut aspects: Vec<Aspect> =
            found.into_iter().filter_map(|(key, found)| miner.aspect(key, found, options)).collect();
        aspects.sort_by(|a, b| b.voices.len().cmp(&a.voices.len()).then_with(|| a.name.cmp(&b.name)));
        let leans = sums.into_iter().map(|sum| Lean::of([sum])).collect();
        Insight { aspects, leans, judged, describes }
    }
}

impl<'a> Miner<'a> {
    fn new(corpus: &'a Corpus, options: &Options) -> Self {
        let mut phrases = Phrases::default();
        for span in &corpus.sentences {
            let words = corpus.words_of(*span);
            for run in runs(&corpus.vocabulary, words) {
                phrases.count(&corpus.vocabulary, &words[run]);
            }
        }
        let names = corpus.stem_ids(&options.names);
        let known = options.known.as_ref().map(|known| corpus.stem_ids(known));
        Self { corpus, weights: weights(corpus), phrases, names, known }
    }

    /// Notes what a sentence mentions.
    fn sentence(&self, number: usize, review: usize, found: &mut HashMap<Key, Found>) -> Vec<Opinion> {
        let words = self.corpus.words_of(self.corpus.sentences[number]);
        let vocabulary = &self.corpus.vocabulary;
        let reading = Reading { vocabulary, words, weights: &self.weights };
        let opinions = reading.opinions();
        let mut note = |mention: Range<usize>, polarity: f32, kind: Kind, is_judged: bool| {
            let entry = found.entry(key(vocabulary, &words[mention.clone()])).or_default();
            entry.mentions.push((review, number, polarity));
            entry.kind = Some(entry.kind.map_or(kind, |known| known.min(kind)));
            entry.judged += usize::from(is_judged);
            *entry.forms.entry(words[mention].to_vec()).or_default() += 1;
        };
        for run in runs(vocabulary, words) {
            for mention in self.phrases.split(vocabulary, words, run) {
                let verdict = reading.verdict(&mention, &opinions);
                note(mention, verdict.polarity, Kind::Part, verdict.is_own);
            }
        }
        for (deed, polarity) in reading.deeds(&opinions) {
            note(deed, polarity, Kind::Part, true);
        }
        for opinion in &opinions {
            let place = opinion.place;
            let judgement = vocabulary.entry(words[place]).judgement;
            let kind = match judgement.kind {
                Judges::Quality if judgement.describes && self.describes_whole(&reading, place) => {
                    Kind::Quality
                }
                Judges::Event if self.is_of_whole(&reading, place) => Kind::Event,
                _ => continue,
            };
            note(place..place + 1, opinion.weight, kind, true);
        }
        opinions
    }

    /// Whether a word that describes does so for the thing itself: not `hard use`, not where it is what somebody does.
    fn describes_whole(&self, reading: &Reading<'_>, place: usize) -> bool {
        let is_name =
            |place: usize| reading.words.get(place).is_some_and(|word| self.is_name(reading, *word));
        let mut next = place + 1;
        while reading.class(next) == Class::Adjective && !reading.is_enough(next) {
            next += 1;
        }
        let of_another = next > place + 1 || reading.is_noun(next);
        if of_another && !is_name(next) {
            return false;
        }
        let does = matches!(
            reading.class(place.wrapping_sub(1)),
            Class::Subject | Class::Modal | Class::To | Class::Do
        );
        !does && self.is_of_whole(reading, place)
    }

    fn is_described(&self, word: WordId) -> bool {
        let entry = self.corpus.vocabulary.entry(word);
        entry.text.len() >= LEAST_LETTERS
            && entry.class == Class::Open
            && self.known.as_ref().is_some_and(|known| known.contains(&entry.stem))
    }

    fn is_name(&self, reading: &Reading<'_>, word: WordId) -> bool {
        self.names.contains(&reading.vocabulary.stem(word))
    }

    /// Whether what stands here is said of the thing itself: `it is very warm`, `the jacket feels warm`, `warm jacket`.
    fn is_of_whole(&self, reading: &Reading<'_>, place: usize) -> bool {
        let is_name =
            |place: usize| reading.words.get(place).is_some_and(|word| self.is_name(reading, *word));
        if is_name(place + 1) {
            return true;
        }
        for before in (0..place).rev() {
            match reading.class(before) {
                Class::Intensify | Class::Soften | Class::Excess | Class::Negation | Class::Adverb => {}
                Class::Be | Class::Verb | Class::Have | Class::Modal | Class::Do => {}
                Class::Subject | Class::Stop => return true,
                Class::Determiner => return before + 1 != place,
                _ => return is_name(before),
            }
        }
        true
    }

    /// An aspect, where enough reviewers speak of it and enough of what they say judges it.
    fn aspect(&self, key: Key, found: Found, options: &Options) -> Option<Aspect> {
        let vocabulary = &self.corpus.vocabulary;
        let stems: Vec<StemId> = key.iter().copied().take(MAX_WORDS).filter(|stem| *stem != 0).collect();
        if found.judged == 0 || (found.judged as f32) < options.least_judged * found.mentions.len() as f32 {
            return None;
        }
        let named = stems.iter().filter(|stem| self.names.contains(*stem)).count();
        let kind = if named == stems.len() { Kind::Whole } else { found.kind? };
        let most = found.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        let name: Vec<&str> = most.0.iter().map(|word| &*vocabulary.entry(*word).text).collect();
        let voices = voices(found.mentions);
        let is_known = |known: &HashSet<StemId>| stems.last().is_some_and(|head| known.contains(head));
        if voices.len() == 1 && kind == Kind::Part && !self.known.as_ref().is_none_or(is_known) {
            return None;
        }
        (voices.len() >= options.least_reviews).then(|| Aspect {
            name: name.join(" "),
            stems: stems.iter().map(|stem| vocabulary.stem_name(*stem).to_owned()).collect(),
            kind,
            is_fault: vocabulary.entry(most.0[0]).judgement.weight < 0.0,
            voices,
        })
    }
}

/// Mentions, in the order of the reviews, by reviewer.
fn voices(mentions: Vec<(usize, usize, f32)>) -> Vec<Voice> {
    let mut by_review: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for (review, sentence, polarity) in mentions {
        by_review.entry(review).or_default().push(Mention { sentence, polarity });
    }
    by_review
        .into_iter()
        .map(|(review, mentions)| {
            let lean = Lean::of(mentions.iter().map(|mention| mention.polarity));
            Voice { review, lean, mentions }
        })
        .collect()
}
