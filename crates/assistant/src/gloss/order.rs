//! The word order of English: adjectives before nouns, the verb behind its subject, questions that begin as English ones do.

use std::ops::Range;

use search::Language;

use super::{Kind, Piece};

/// Mends the order of the pieces of a text, clause by clause.
pub(super) fn mend(language: Language, is_question: bool, pieces: &mut Vec<Piece>) {
    mend_phrases(language, pieces);
    let mut start = 0;
    while start < pieces.len() {
        let ends = |piece: &Piece| piece.marks.contains([',', ';', '?', '.', '!', ':']);
        let end = pieces[start..].iter().position(ends).map_or(pieces.len(), |at| start + at + 1);
        let mut clause = Clause { language, is_question, pieces: pieces[start..end].to_vec() };
        clause.mend();
        let length = clause.pieces.len();
        pieces.splice(start..end, clause.pieces);
        start += length;
    }
}

/// Mends a sentence that asks nothing: the order within noun phrases, and what denies a whole clause of German before it,
/// where English reads that all behind it is denied.
pub(super) fn mend_statement(language: Language, pieces: &mut Vec<Piece>) {
    mend_phrases(language, pieces);
    if language != Language::German {
        return;
    }
    let mut start = 0;
    while start < pieces.len() {
        let ends = |piece: &Piece| piece.marks.contains([',', ';', '?', '.', '!', ':']);
        let end = pieces[start..].iter().position(ends).map_or(pieces.len(), |at| start + at + 1);
        deny_all(&mut pieces[start..end]);
        start = end;
    }
}

/// `in Switzerland deliver we not` is `not in Switzerland deliver we`. Before anything but a verb it denies only that.
fn deny_all(clause: &mut [Piece]) {
    let denies = |at: &usize| clause[*at].english == "not";
    let Some(at) = (1..clause.len()).find(denies) else { return };
    let is_verb = |piece: &Piece| matches!(piece.kind, Kind::Verb | Kind::Auxiliary);
    if clause[at + 1..].iter().all(is_verb) {
        let marks = std::mem::take(&mut clause[at].marks);
        clause[at - 1].marks.push_str(&marks);
        clause[..=at].rotate_right(1);
    }
}

/// Mends the order within noun phrases.
fn mend_phrases(language: Language, pieces: &mut Vec<Piece>) {
    drop_empty(pieces);
    names_first(pieces);
    if language != Language::German {
        nouns_of_nouns(pieces);
        adjectives(pieces);
    }
}

/// Drops what says nothing in English; its marks stay.
fn drop_empty(pieces: &mut Vec<Piece>) {
    for at in (0..pieces.len()).rev().filter(|at| *at > 0) {
        if pieces[at].english.is_empty() {
            let marks = std::mem::take(&mut pieces[at].marks);
            pieces[at - 1].marks.push_str(&marks);
        }
    }
    pieces.retain(|piece| !piece.english.is_empty());
}

/// `the jacket Galewing` is `the Galewing jacket`: a name behind the determiner and the noun that it is a name of.
fn names_first(pieces: &mut [Piece]) {
    for at in 2..pieces.len() {
        let kinds = [pieces[at - 2].kind, pieces[at - 1].kind, pieces[at].kind];
        let is_name = pieces[at].english.starts_with(char::is_uppercase);
        if kinds != [Kind::Determiner, Kind::Noun, Kind::Unknown]
            || !is_name
            || !pieces[at - 1].marks.is_empty()
        {
            continue;
        }
        let goes_on = |piece: &&Piece| {
            piece.kind == Kind::Unknown && piece.english.starts_with(char::is_uppercase)
                || piece.english.starts_with(|c: char| c.is_ascii_digit())
        };
        let more =
            if pieces[at].marks.is_empty() { pieces[at + 1..].iter().take_while(goes_on).count() } else { 0 };
        let marks = std::mem::take(&mut pieces[at + more].marks);
        pieces[at - 1..=at + more].rotate_left(1);
        pieces[at + more].marks = marks;
    }
}

/// `shoes of hiking` is `hiking shoes`.
fn nouns_of_nouns(pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at + 2 < pieces.len() {
        let kinds = [pieces[at].kind, pieces[at + 1].kind, pieces[at + 2].kind];
        let is_one = pieces[at].marks.is_empty() && pieces[at + 1].marks.is_empty();
        if kinds == [Kind::Noun, Kind::Of, Kind::Noun] && is_one {
            pieces.remove(at + 1);
            swap(pieces, at, at + 1);
        }
        at += 1;
    }
}

/// `jacket waterproof` is `waterproof jacket`.
fn adjectives(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let is_behind = pieces[at].kind == Kind::Adjective && pieces[at - 1].kind == Kind::Noun;
        if !is_behind || !pieces[at - 1].marks.is_empty() {
            continue;
        }
        let mut first = at;
        while first > 0 && pieces[first - 1].kind == Kind::Noun && pieces[first - 1].marks.is_empty() {
            first -= 1;
        }
        let marks = std::mem::take(&mut pieces[at].marks);
        pieces[first..=at].rotate_right(1);
        pieces[at].marks = marks;
    }
}

/// Swaps two pieces; the marks stay where they are.
fn swap(pieces: &mut [Piece], one: usize, other: usize) {
    pieces.swap(one, other);
    let marks = std::mem::take(&mut pieces[one].marks);
    pieces[one].marks = std::mem::replace(&mut pieces[other].marks, marks);
}

struct Clause {
    language: Language,
    is_question: bool,
    pieces: Vec<Piece>,
}

impl Clause {
    fn mend(&mut self) {
        if self.language == Language::German {
            self.last_verb();
        }
        self.in_which();
        self.full_verb();
        match self.kind(0) {
            Some(Kind::Question) if self.superlative() => {}
            Some(Kind::Question) => self.after_question(1),
            Some(Kind::Verb) if self.is_question || self.is_subject(1) => self.verb_first(0),
            Some(Kind::Auxiliary) => self.auxiliary_first(0),
            Some(Kind::Determiner | Kind::Noun | Kind::Adjective | Kind::Unknown | Kind::Pronoun)
                if self.is_question =>
            {
                self.statement(0);
            }
            _ => {}
        }
    }

    /// `in which sizes` is `what sizes … in`; the verb that follows holds the `in`.
    fn in_which(&mut self) {
        let opens = self.pieces.first().is_some_and(|piece| piece.english == "in");
        if !opens || self.kind(1) != Some(Kind::Question) {
            return;
        }
        self.pieces.remove(0);
        self.pieces[0].english = "what".to_owned();
        let offers =
            |piece: &&mut Piece| matches!(piece.english.as_str(), "do you have" | "come in" | "have");
        if let Some(verb) = self.pieces.iter_mut().find(offers) {
            verb.english = "come in".to_owned();
            verb.kind = Kind::Verb;
        }
    }

    /// `have` is a verb of its own where no participle belongs to it.
    fn full_verb(&mut self) {
        let is_have =
            |piece: &Piece| piece.kind == Kind::Auxiliary && matches!(piece.english.as_str(), "have" | "has");
        let Some(place) = self.pieces.iter().position(is_have) else { return };
        let behind = if self.kind(place + 1) == Some(Kind::Pronoun) { place + 2 } else { place + 1 };
        let participle = if self.language == Language::German { self.pieces.len() - 1 } else { behind };
        if participle <= place || self.kind(participle) != Some(Kind::Verb) {
            self.pieces[place].kind = Kind::Verb;
            self.pieces[place].english = "have".to_owned();
        }
    }

    fn kind(&self, place: usize) -> Option<Kind> {
        self.pieces.get(place).map(|piece| piece.kind)
    }

    fn is_subject(&self, place: usize) -> bool {
        matches!(self.kind(place), Some(Kind::Determiner | Kind::Pronoun))
    }

    /// The places of the noun phrase that begins here; empty where none does.
    fn phrase(&self, start: usize) -> Range<usize> {
        if self.kind(start) == Some(Kind::Pronoun) {
            return start..start + 1;
        }
        let mut end = start;
        let mut has_noun = false;
        while let Some(piece) = self.pieces.get(end) {
            let is_number = piece.english.starts_with(|c: char| c.is_ascii_digit());
            let goes_on = match piece.kind {
                Kind::Determiner => end == start || self.kind(end - 1) == Some(Kind::Of),
                Kind::Noun => !has_noun || self.language != Language::German,
                Kind::Adjective => !has_noun,
                Kind::Unknown | Kind::Of => true,
                Kind::Other => is_number && end > start,
                _ => false,
            };
            if !goes_on {
                break;
            }
            has_noun |= piece.kind == Kind::Noun;
            end += 1;
            if !self.pieces[end - 1].marks.is_empty() {
                break;
            }
        }
        start..end
    }

    /// German has infinitives and participles last: `can i the jacket wash` is `can i wash the jacket`.
    fn last_verb(&mut self) {
        let last = self.pieces.len().saturating_sub(1);
        let Some(auxiliary) = self.pieces.iter().position(|piece| piece.kind == Kind::Auxiliary) else {
            return;
        };
        if self.kind(last) != Some(Kind::Verb) || last <= auxiliary + 1 {
            return;
        }
        // `can i` holds its subject.
        let has_subject_before = self.pieces[auxiliary].english.contains(' ')
            || auxiliary > 0 && !matches!(self.kind(0), Some(Kind::Question | Kind::Other) | None);
        let behind =
            if has_subject_before { auxiliary + 1 } else { self.phrase(auxiliary + 1).end.min(last) };
        let mut verb = self.pieces.remove(last);
        if let Some(before) = self.pieces.last_mut() {
            before.marks = std::mem::take(&mut verb.marks);
        }
        if self.pieces[auxiliary].english == "want" {
            verb.english = format!("to {}", verb.english);
        }
        self.pieces.insert(behind, verb);
    }

    /// `weighs the tent 2 kg` is `does the tent weigh 2 kg`.
    fn verb_first(&mut self, place: usize) {
        let subject = self.phrase(place + 1);
        self.does(place, subject);
    }

    /// `does` before a subject, with the verb that stood before it behind it; without a subject it is `it`.
    fn does(&mut self, verb: usize, subject: Range<usize>) {
        let subject = self.subject_last(subject);
        let mut moved = self.pieces.remove(verb);
        let is_of_many = self
            .pieces
            .get(subject.start.saturating_sub(1))
            .is_some_and(|first| matches!(first.english.as_str(), "i" | "you" | "we" | "they"));
        let does = helper(&moved, if is_of_many && !subject.is_empty() { "do" } else { "does" });
        if subject.is_empty() {
            let it = helper(&moved, "it");
            self.pieces.splice(verb..verb, [does, it, moved]);
            return;
        }
        let behind = subject.end - 1;
        if let Some(last) = self.pieces.get_mut(behind - 1) {
            std::mem::swap(&mut last.marks, &mut moved.marks);
        }
        self.pieces.insert(behind, moved);
        self.pieces.insert(verb, does);
    }

    /// `which tent is lightest` is `show me the lightest tent`: goods are looked for.
    fn superlative(&mut self) -> bool {
        let goods = self.phrase(1);
        let is_asked = !goods.is_empty()
            && self.pieces[0].english == "which"
            && self.pieces.get(goods.end).is_some_and(|piece| matches!(piece.english.as_str(), "is" | "are"))
            && self.kind(goods.end + 1) == Some(Kind::Adjective)
            && self.pieces[goods.end + 1].english.ends_with("est");
        if is_asked {
            self.pieces[0].english = "show me the".to_owned();
            let mut superlative = self.pieces.remove(goods.end + 1);
            self.pieces.remove(goods.end);
            if let Some(last) = self.pieces.get_mut(goods.end - 1) {
                last.marks = std::mem::take(&mut superlative.marks);
            }
            self.pieces.insert(1, superlative);
        }
        is_asked
    }

    /// `has wheels the bag` names the subject last: its place after it was moved in front.
    fn subject_last(&mut self, subject: Range<usize>) -> Range<usize> {
        let is_open = self.language == Language::Spanish
            && !subject.is_empty()
            && !self.is_subject(subject.start)
            && self.kind(subject.end) == Some(Kind::Determiner);
        if !is_open {
            return subject;
        }
        let last = self.phrase(subject.end);
        let marks = self.pieces.get_mut(last.end - 1).map(|piece| std::mem::take(&mut piece.marks));
        self.pieces[subject.start..last.end].rotate_left(subject.len());
        if let (Some(marks), Some(piece)) = (marks, self.pieces.get_mut(last.end - 1)) {
            piece.marks.push_str(&marks);
        }
        subject.start..subject.start + last.len()
    }

    /// `how much weighs the tent` is `how much does the tent weigh`; so is `how much the tent weighs`.
    fn after_question(&mut self, place: usize) {
        // What is asked for may stand behind the word that asks: `which warranty has the tent`.
        let asked = |place: &usize| matches!(self.kind(*place), Some(Kind::Noun | Kind::Adjective));
        let place = (place..self.pieces.len()).find(|place| !asked(place)).unwrap_or(place);
        if self.kind(place) == Some(Kind::Verb) {
            let subject = self.phrase(place + 1);
            if !subject.is_empty() || self.language != Language::German {
                self.does(place, subject);
            }
            return;
        }
        let subject = self.phrase(place);
        let is_told = self.is_subject(place) && self.kind(subject.end) == Some(Kind::Verb);
        if is_told {
            let does = helper(&self.pieces[place], "does");
            self.pieces.insert(place, does);
        }
    }

    /// `is waterproof the jacket` is `is the jacket waterproof`, and `is waterproof` is `is it waterproof`.
    fn auxiliary_first(&mut self, place: usize) {
        if self.language == Language::German || self.pieces[place].english != "is" {
            return;
        }
        let Some(Kind::Adjective) = self.kind(place + 1) else { return };
        let adjectives =
            (place + 1..self.pieces.len()).take_while(|at| self.kind(*at) == Some(Kind::Adjective)).count();
        let subject = self.phrase(place + 1 + adjectives);
        if subject.is_empty() || self.kind(subject.start) == Some(Kind::Of) {
            let it = helper(&self.pieces[place], "it");
            self.pieces.insert(place + 1, it);
            return;
        }
        let last = subject.end - 1;
        let marks = std::mem::take(&mut self.pieces[last].marks);
        self.pieces[place + 1..subject.end].rotate_left(adjectives);
        self.pieces[last].marks = marks;
    }

    /// `the jacket is waterproof?` is `is the jacket waterproof?`, `the tent weighs 2 kg?` is `does the tent weigh 2 kg?`
    fn statement(&mut self, start: usize) {
        let subject = self.phrase(start);
        match self.kind(subject.end) {
            Some(Kind::Auxiliary) => {
                let auxiliary = self.pieces.remove(subject.end);
                // `la veste est-elle …` names the subject twice.
                if self.kind(subject.end) == Some(Kind::Pronoun) {
                    self.pieces.remove(subject.end);
                }
                self.pieces.insert(start, auxiliary);
            }
            Some(Kind::Verb) => {
                if self.kind(subject.end + 1) == Some(Kind::Pronoun) {
                    self.pieces.remove(subject.end + 1);
                }
                let does = helper(&self.pieces[start], "does");
                self.pieces.insert(start, does);
            }
            _ => {}
        }
    }
}

/// A word that English needs where the source has none.
fn helper(beside: &Piece, english: &str) -> Piece {
    let at = beside.source.start;
    Piece { english: english.to_owned(), kind: Kind::Other, source: at..at, marks: String::new() }
}
