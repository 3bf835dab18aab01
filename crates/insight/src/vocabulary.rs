//! The words of a corpus, each once, with what is known of it.

use std::collections::HashMap;

use crate::grammar::Class;
use crate::language::{Language, Tables};
use crate::sentiment::Judgement;
use crate::text::Piece;

/// A word by its number.
pub(crate) type WordId = u32;
/// A stem by its number.
pub(crate) type StemId = u32;

/// The pieces that are no words have the first numbers.
const MARKS: [Class; 4] = [Class::Pause, Class::Stop, Class::Question, Class::Number];

/// One word.
pub(crate) struct Entry {
    pub(crate) text: Box<str>,
    pub(crate) stem: StemId,
    pub(crate) class: Class,
    pub(crate) judgement: Judgement,
    /// How often it was used so that it must be a noun, a verb, an adjective.
    pub(crate) uses: [u32; 3],
    /// In how many reviews that praise and that fault it stands, by their stars.
    pub(crate) stars: [u32; 2],
    /// The last review that counted in `stars`, plus one.
    pub(crate) counted: u32,
}

/// All words.
pub(crate) struct Vocabulary {
    tables: &'static Tables,
    ids: HashMap<Box<str>, WordId>,
    pub(crate) entries: Vec<Entry>,
    stems: HashMap<Box<str>, StemId>,
    names: Vec<Box<str>>,
}

impl Vocabulary {
    pub(crate) fn new(language: Language) -> Self {
        let tables = language.tables();
        let mut new = Self {
            tables,
            ids: HashMap::new(),
            entries: Vec::new(),
            stems: HashMap::new(),
            names: Vec::new(),
        };
        for class in MARKS {
            let stem = new.stem_id("");
            new.entries.push(Entry::new("", stem, class, Judgement::default()));
        }
        new
    }

    /// The number of a piece; a new word gets the next one.
    pub(crate) fn id(&mut self, piece: Piece<'_>) -> WordId {
        let word = match piece {
            Piece::Pause => return 0,
            Piece::Stop => return 1,
            Piece::Question => return 2,
            Piece::Number => return 3,
            Piece::Word(word) => word,
        };
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let stem = self.tables.stemmer.stem(word).into_owned();
        let class = self.tables.grammar.class(word, &stem);
        let judgement = self.tables.sentiment.of(word, &stem);
        let stem = self.stem_id(&stem);
        let id = self.entries.len() as WordId;
        self.entries.push(Entry::new(word, stem, class, judgement));
        self.ids.insert(word.into(), id);
        id
    }

    fn stem_id(&mut self, stem: &str) -> StemId {
        if let Some(id) = self.stems.get(stem) {
            return *id;
        }
        let id = self.names.len() as StemId;
        self.names.push(stem.into());
        self.stems.insert(stem.into(), id);
        id
    }

    pub(crate) fn entry(&self, word: WordId) -> &Entry {
        &self.entries[word as usize]
    }

    pub(crate) fn class(&self, word: WordId) -> Class {
        self.entries[word as usize].class
    }

    pub(crate) fn stem(&self, word: WordId) -> StemId {
        self.entries[word as usize].stem
    }

    pub(crate) fn stem_name(&self, stem: StemId) -> &str {
        &self.names[stem as usize]
    }

    pub(crate) fn stem_count(&self) -> usize {
        self.names.len()
    }

    /// The stem of any word, whether it is known or not.
    pub(crate) fn stem_of(&self, word: &str) -> String {
        self.tables.stemmer.stem(word).into_owned()
    }
}

impl Entry {
    fn new(text: &str, stem: StemId, class: Class, judgement: Judgement) -> Self {
        Self { text: text.into(), stem, class, judgement, uses: [0; 3], stars: [0; 2], counted: 0 }
    }
}
