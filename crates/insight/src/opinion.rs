//! What a sentence judges, and what a mention in it gets of that.
//!
//! Judging words are turned around by negations, strengthened, weakened, and taken as faults in wishes and after `too`. A
//! mention gets the judgements of its sentence by how near they stand (Ding, Liu and Yu, "A holistic lexicon-based approach to
//! opinion mining", 2008); what stands behind `but` or behind `than` counts the other way.

use std::ops::Range;

use crate::grammar::Class;
use crate::vocabulary::{Vocabulary, WordId};

/// How far before a word its negation can stand.
const REACH: usize = 4;
/// What a judgement of another part of the sentence is worth.
const ELSEWHERE: f32 = 0.35;
/// What a judgement on the other side of `but` says of this side.
const BEYOND_CONTRAST: f32 = -0.2;
/// What a judging word says of other things than the noun that it stands before.
const OF_ANOTHER: f32 = 0.25;
/// Sums below this say nothing of a mention that is not plainly judged itself.
const LEAST_NEAR: f32 = 0.45;
/// Sums below this say nothing of any.
const LEAST: f32 = 0.15;
/// Words between a subject and what is said of it.
const FURTHEST: usize = 8;

/// One judgement in a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Opinion {
    pub(crate) place: usize,
    pub(crate) weight: f32,
}

/// What a mention gets of its sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) polarity: f32,
    /// Whether something is plainly said of the mention itself.
    pub(crate) is_own: bool,
}

/// A sentence with what its words do and judge.
pub(crate) struct Reading<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) words: &'a [WordId],
    pub(crate) weights: &'a [f32],
}

impl Reading<'_> {
    pub(crate) fn class(&self, place: usize) -> Class {
        self.words.get(place).map_or(Class::Stop, |word| self.vocabulary.class(*word))
    }

    /// Whether a noun stands here.
    pub(crate) fn is_noun(&self, place: usize) -> bool {
        self.words.get(place).is_some_and(|word| crate::nouns::is_noun(self.vocabulary.entry(*word)))
    }

    /// `warm enough`: an adjective that stands behind what it is of.
    pub(crate) fn is_enough(&self, place: usize) -> bool {
        self.is_text(place, &["enough"])
    }

    fn weight(&self, place: usize) -> f32 {
        self.weights[self.words[place] as usize]
    }

    /// All judgements, from left to right.
    pub(crate) fn opinions(&self) -> Vec<Opinion> {
        let asks = self.words.last().is_some_and(|word| self.vocabulary.class(*word) == Class::Question);
        if asks {
            return Vec::new();
        }
        (0..self.words.len())
            .filter_map(|place| {
                let weight = self.judged(place);
                (weight != 0.0).then_some(Opinion { place, weight })
            })
            .collect()
    }

    /// What the word at a place judges where it stands.
    fn judged(&self, place: usize) -> f32 {
        let class = self.class(place);
        let before = place.checked_sub(1).map_or(Class::Stop, |place| self.class(place));
        let own = self.weight(place);
        if before == Class::Excess && matches!(class, Class::Open | Class::Adjective) {
            return if own > 1.5 { own } else { -1.0 };
        }
        let is_word_of_function = !class.is_content() && !matches!(class, Class::Adverb | Class::Contrast);
        if own == 0.0 || (is_word_of_function && !self.is_liked(place)) {
            return 0.0;
        }
        let strength = match before {
            Class::Intensify => 1.4,
            Class::Soften => 0.7,
            _ => 1.0,
        };
        let turned = if self.negations(place) % 2 == 1 { -0.7 * own } else { own };
        let weight = strength * turned;
        match self.is_wished(place) {
            true if weight > 0.0 => -0.6 * weight,
            true => 0.5 * weight,
            false => weight,
        }
    }

    /// Whether `like` at this place is what somebody does: `I really like`, `did not like`.
    fn is_liked(&self, place: usize) -> bool {
        let mut before = place;
        while before > 0 {
            before -= 1;
            match self.class(before) {
                Class::Adverb | Class::Intensify | Class::Negation | Class::Do => {}
                class => return class == Class::Subject,
            }
        }
        false
    }

    /// Negations that bear on the word at a place.
    fn negations(&self, place: usize) -> usize {
        let mut count = 0;
        for before in (place.saturating_sub(REACH)..place).rev() {
            match self.class(before) {
                class if class.is_break() => break,
                Class::Contrast | Class::Than => break,
                Class::Negation if !self.is_only(before + 1) => count += 1,
                Class::Lessen if place - before <= 2 => count += 1,
                Class::Join if count == 0 && self.is_and(before) => break,
                _ => {}
            }
        }
        count
    }

    fn is_only(&self, place: usize) -> bool {
        self.words
            .get(place)
            .is_some_and(|word| matches!(&*self.vocabulary.entry(*word).text, "only" | "just" | "merely"))
    }

    fn is_and(&self, place: usize) -> bool {
        matches!(&*self.vocabulary.entry(self.words[place]).text, "and" | "as" | "because" | "since")
    }

    /// Whether a wish stands before: `I wish it were better`, `could be better`.
    fn is_wished(&self, place: usize) -> bool {
        for before in (place.saturating_sub(2 * REACH)..place).rev() {
            match self.class(before) {
                class if class.is_break() => return false,
                Class::Contrast => return false,
                Class::Wish => return !self.is_recommended(before),
                Class::Modal => return self.is_conditional(before),
                _ => {}
            }
        }
        false
    }

    /// `would recommend` wishes nothing.
    fn is_recommended(&self, modal: usize) -> bool {
        (modal + 1..(modal + 4).min(self.words.len())).any(|place| {
            matches!(
                &*self.vocabulary.entry(self.words[place]).text,
                "recommend" | "say" | "definitely" | "highly"
            )
        })
    }

    /// Whether a modal speaks of what is not: `could be better`, `should have been`.
    fn is_conditional(&self, modal: usize) -> bool {
        let text = &*self.vocabulary.entry(self.words[modal]).text;
        matches!(text, "could" | "should" | "would" | "might")
            && matches!(self.class(modal + 1), Class::Be | Class::Have)
    }

    /// What a mention gets of the judgements of its sentence.
    pub(crate) fn verdict(&self, mention: &Range<usize>, opinions: &[Opinion]) -> Verdict {
        let mut sum = 0.0;
        let mut beyond = 0.0;
        for opinion in opinions.iter().filter(|opinion| !mention.contains(&opinion.place)) {
            let (gap, between) = if opinion.place < mention.start {
                (mention.start - opinion.place, opinion.place + 1..mention.start)
            } else {
                (opinion.place + 1 - mention.end, mention.end..opinion.place)
            };
            let mut weight = opinion.weight / gap as f32;
            if self.is_before_another(opinion.place, mention) {
                weight *= OF_ANOTHER;
            }
            let mut is_beyond = false;
            for place in between {
                match self.class(place) {
                    Class::Contrast => is_beyond = true,
                    Class::Than if opinion.place < place && place < mention.start => weight = -weight,
                    Class::Pause | Class::Stop => weight *= ELSEWHERE,
                    _ => {}
                }
            }
            if is_beyond { beyond += weight } else { sum += weight }
        }
        let sum = if sum == 0.0 { BEYOND_CONTRAST * beyond } else { sum };
        let is_own = self.is_judged_itself(mention, opinions);
        let least = if is_own { LEAST } else { LEAST_NEAR };
        Verdict { polarity: if sum.abs() < least { 0.0 } else { sum }, is_own }
    }

    /// Whether some judgement is plainly of the mention: right before it, as its predicate, or by a verb or preposition that
    /// has it as its object.
    fn is_judged_itself(&self, mention: &Range<usize>, opinions: &[Opinion]) -> bool {
        opinions.iter().filter(|opinion| !mention.contains(&opinion.place)).any(|opinion| {
            if opinion.place < mention.start {
                self.governs(opinion.place, mention.start)
            } else {
                opinion.place - mention.end < FURTHEST && self.is_predicate(mention, opinion.place)
            }
        })
    }

    /// What is easy or hard to do: `easy to use`, `a pain to set up`.
    pub(crate) fn deeds(&self, opinions: &[Opinion]) -> Vec<(Range<usize>, f32)> {
        let is_deed = |place: &usize| self.class(*place) == Class::Open;
        let deed = |opinion: &Opinion| {
            let to = opinion.place + 1;
            let verb = Some(to + 1).filter(|verb| self.class(to) == Class::To && is_deed(verb))?;
            let is_general = self.vocabulary.entry(self.words[opinion.place]).class == Class::Verb;
            (!is_general).then(|| (verb..verb + 1, opinion.weight))
        };
        opinions.iter().filter_map(deed).collect()
    }

    /// `great battery`, `love the small battery`, `problems with its battery`.
    fn governs(&self, place: usize, start: usize) -> bool {
        start - place <= REACH + 1
            && (place + 1..start).all(|between| match self.class(between) {
                Class::Determiner | Class::Possessive | Class::Adjective | Class::Open | Class::Number => {
                    true
                }
                Class::Than => true,
                Class::Preposition => self.is_text(between, &["with", "about", "of", "on"]),
                _ => false,
            })
    }

    /// `the battery of this one is great`, `the battery works well`.
    fn is_predicate(&self, mention: &Range<usize>, place: usize) -> bool {
        let between = mention.end..place;
        let is_broken = between.clone().any(|between| {
            self.class(between).is_break() || matches!(self.class(between), Class::Contrast | Class::Subject)
        });
        let is_verb = |place: usize| {
            matches!(
                self.class(place),
                Class::Be | Class::Verb | Class::Have | Class::Do | Class::Modal | Class::Open
            )
        };
        let is_object = (mention.start.saturating_sub(2)..mention.start).any(|before| {
            self.class(before) == Class::Preposition && !self.is_text(before, &["with", "of", "about"])
        });
        !is_broken && !is_object && (between.clone().any(is_verb) || between.is_empty())
    }

    fn is_text(&self, place: usize, texts: &[&str]) -> bool {
        texts.contains(&&*self.vocabulary.entry(self.words[place]).text)
    }

    /// Whether a judging word stands right before a noun that is not the mention.
    fn is_before_another(&self, place: usize, mention: &Range<usize>) -> bool {
        let next = place + 1;
        next != mention.start && !mention.contains(&next) && self.is_noun(next)
    }
}
