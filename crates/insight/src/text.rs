//! Sentences into words: lower case, contractions taken apart, pauses kept.

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word in lower case.
    Word(&'a str),
    /// A number.
    Number,
    /// A comma, a dash, a bracket, a colon.
    Pause,
    /// A full stop or an exclamation mark.
    Stop,
    /// A question mark.
    Question,
}

/// Words longer than this are no words.
const MAX_WORD_BYTES: usize = 40;

/// Calls back with every piece of a sentence.
pub(crate) fn pieces(text: &str, mut found: impl FnMut(Piece<'_>)) {
    let lower = text.to_lowercase().replace('’', "'");
    let mut rest = lower.as_str();
    while let Some(c) = rest.chars().next() {
        let length = rest
            .char_indices()
            .find(|(place, c)| !is_inner(rest, *place, *c))
            .map_or(rest.len(), |(place, _)| place);
        if length == 0 {
            if let Some(piece) = mark(c, rest) {
                found(piece);
            }
            rest = &rest[c.len_utf8()..];
            continue;
        }
        run(&rest[..length], &mut found);
        rest = &rest[length..];
    }
}

/// Whether a character belongs to the word or number that began before it.
fn is_inner(text: &str, place: usize, c: char) -> bool {
    let is_between = || {
        let after = text[place + c.len_utf8()..].chars().next();
        place > 0 && after.is_some_and(char::is_alphanumeric)
    };
    match c {
        '\'' => is_between(),
        '.' | ',' => is_between() && text[..place].ends_with(|c: char| c.is_ascii_digit()),
        c => c.is_alphanumeric(),
    }
}

fn mark(c: char, rest: &str) -> Option<Piece<'static>> {
    match c {
        ',' | ';' | ':' | '(' | ')' | '–' | '—' | '[' | ']' => Some(Piece::Pause),
        '-' if rest.starts_with("- ") || rest.starts_with("--") => Some(Piece::Pause),
        '.' | '!' | '\n' | '…' => Some(Piece::Stop),
        '?' => Some(Piece::Question),
        _ => None,
    }
}

/// One run of letters: a contraction is two words, `don't` is `do not`.
fn run(word: &str, found: &mut impl FnMut(Piece<'_>)) {
    let is_remnant = matches!(word, "s" | "m" | "re" | "ve" | "ll" | "d" | "t");
    if is_remnant || word.len() > MAX_WORD_BYTES {
        return;
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return found(Piece::Number);
    }
    if matches!(word, "n't" | "nt") {
        return found(Piece::Word("not"));
    }
    if word == "cannot" {
        found(Piece::Word("can"));
        return found(Piece::Word("not"));
    }
    if let Some(verb) = word.strip_suffix("n't").or_else(|| bare_denial(word)) {
        found(Piece::Word(verb));
        return found(Piece::Word("not"));
    }
    match word.split_once('\'') {
        Some((noun, "s")) if matches!(noun, "it" | "that" | "there" | "he" | "she" | "what" | "this") => {
            found(Piece::Word(noun));
            found(Piece::Word("is"));
        }
        Some((noun, "re")) => {
            found(Piece::Word(noun));
            found(Piece::Word("are"));
        }
        Some((noun, "m")) => {
            found(Piece::Word(noun));
            found(Piece::Word("am"));
        }
        Some((noun, "ll" | "d")) => {
            found(Piece::Word(noun));
            found(Piece::Word("would"));
        }
        Some((noun, "ve")) => {
            found(Piece::Word(noun));
            found(Piece::Word("have"));
        }
        Some((noun, "s")) => found(Piece::Word(noun)),
        _ => found(Piece::Word(word)),
    }
}

/// The verb of a denial that was written without its apostrophe.
fn bare_denial(word: &str) -> Option<&str> {
    let is_verb = matches!(
        word,
        "dont"
            | "doesnt"
            | "didnt"
            | "isnt"
            | "wasnt"
            | "arent"
            | "werent"
            | "couldnt"
            | "wouldnt"
            | "shouldnt"
            | "hasnt"
            | "havent"
            | "hadnt"
    );
    if is_verb { word.strip_suffix("nt") } else { None }
}
