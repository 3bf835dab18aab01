//! A question told as a statement: `is it waterproof` is `it is waterproof`, `who makes the kettle` is `who makes it`.
//! Only plain grammar is read; what is not plain is not restated. German, French and Spanish have a file each.

use std::ops::Range;

use search::Language;

mod french;
mod german;
mod own;
mod spanish;
mod verbs_table;
mod words;

use verbs_table::{PREPOSITIONS, VERBS};

/// Questions of more words are not restated.
const MAX_WORDS: usize = 16;
/// Words that open a question of yes or no and carry its verb.
const AUXILIARIES: &[&str] =
    &["is", "are", "was", "were", "do", "does", "can", "could", "will", "would", "has", "have", "should"];
/// Words that open other questions.
const OPENERS: &[&str] = &["what", "which", "who", "where", "when", "why", "how", "whose"];
/// What the shop does, and no shopper.
const SHOP_VERBS: &[&str] = &["have", "sell", "stock", "offer", "ship", "deliver"];
/// Words that can stand as a subject on their own.
const PRONOUNS: &[&str] = &["it", "they", "you", "i", "we", "this", "these", "that", "there", "he", "she"];
/// Words before a noun.
const DETERMINERS: &[&str] = &["the", "this", "that", "these", "your", "a", "an", "my", "its"];

/// A question as a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restated {
    /// After `the store does not say`: `whether it is waterproof`, `who makes it`.
    pub indirect: String,
    /// A statement that says yes, for a question of yes or no.
    pub yes: Option<String>,
    /// A statement that says no.
    pub no: Option<String>,
}

impl Restated {
    /// Reads a question; `name` is where it names a product, and `is_about_goods` whether it is about one at all.
    pub(crate) fn of(text: &str, name: Option<Range<usize>>, is_about_goods: bool) -> Option<Self> {
        let tokens = tokens(text, name)?;
        // Whoever has goods or sells them is the shop, in whatever is asked.
        let is_of_shop = |place: usize| {
            tokens.get(place + 1).is_some_and(|verb| SHOP_VERBS.contains(&verb.to_lowercase().as_str()))
        };
        let seen = |(place, token): (usize, &String)| {
            seen_from_here(token, is_about_goods && !(token == "you" && is_of_shop(place)))
        };
        let tokens: Vec<String> = tokens.iter().enumerate().map(seen).collect();
        let first = tokens.first()?.as_str();
        if AUXILIARIES.contains(&first) {
            return yes_or_no(&tokens);
        }
        OPENERS.contains(&first).then(|| open(&tokens)).flatten().map(|indirect| Self {
            indirect,
            yes: None,
            no: None,
        })
    }

    /// Reads a question in its own words, which are not English.
    pub(crate) fn in_own(language: Language, text: &str, name: Option<Range<usize>>) -> Option<Self> {
        own::restated(language, text, name)
    }
}

/// The words of a question of one sentence, with the product's name as `it`.
fn tokens(text: &str, name: Option<Range<usize>>) -> Option<Vec<String>> {
    let text = text.trim().trim_end_matches(['?', '.', '!', ' ']);
    if text.contains(['?', '.', ',', ';', ':', '!', '\n', '"', '“', '{', '}', '<', '>']) {
        return None;
    }
    let mut tokens: Vec<String> = Vec::new();
    let mut is_named = false;
    for (start, word) in split(text) {
        if name
            .as_ref()
            .is_some_and(|name| name.contains(&start) || (start..start + word.len()).contains(&name.start))
        {
            if !is_named {
                let is_determiner = |word: &mut String| DETERMINERS.contains(&word.as_str());
                tokens.pop_if(is_determiner);
                tokens.push("it".to_owned());
            }
            is_named = true;
            continue;
        }
        let is_first = tokens.is_empty();
        tokens.push(if is_first { word.to_lowercase() } else { word.to_owned() });
    }
    merge_goods(&mut tokens);
    ((2..=MAX_WORDS).contains(&tokens.len()) && !holds_another(&tokens)).then_some(tokens)
}

/// Whether a second question follows in the same sentence: `do you ship to Alaska and what does it cost`.
fn holds_another(tokens: &[String]) -> bool {
    let opens = |word: &str| AUXILIARIES.contains(&word) || OPENERS.contains(&word);
    tokens.windows(2).any(|pair| matches!(pair[0].as_str(), "and" | "or" | "but") && opens(pair[1].as_str()))
}

/// `it jacket` is `it`: the noun behind a short name belongs to it.
fn merge_goods(tokens: &mut Vec<String>) {
    let Some(place) = tokens.iter().position(|token| token == "it") else { return };
    let follows = tokens.get(place + 1).map(|next| next.to_lowercase());
    let is_noun = follows.is_some_and(|next| {
        !VERBS.contains(&next.as_str())
            && !PREPOSITIONS.contains(&next.as_str())
            && place == 1
            && tokens.len() > 3
    });
    let opens_with_do =
        tokens.first().is_some_and(|first| matches!(first.as_str(), "does" | "do" | "can" | "will"));
    if is_noun && opens_with_do {
        tokens.remove(place + 1);
    }
}

fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// `my order` is `your order` to the shopper, and `you` is the shop.
fn seen_from_here(token: &str, is_about_goods: bool) -> String {
    // The country, and not the shopper.
    if token.trim_end_matches(|c: char| !c.is_alphanumeric()) == "US" {
        return token.to_owned();
    }
    let told = match token.to_lowercase().as_str() {
        "i" | "we" | "me" | "us" => "you",
        "my" | "our" => "your",
        "you" if !is_about_goods => "they",
        "your" => "their",
        "this" | "that" => "it",
        "these" | "those" => "they",
        "am" => "are",
        _ => token,
    };
    told.to_owned()
}

/// The end of the subject that starts a list of words.
fn subject(tokens: &[String], auxiliary: &str) -> Option<usize> {
    let first = tokens.first()?.as_str();
    if PRONOUNS.contains(&first) {
        let is_noun_next = tokens.get(1).is_some_and(|next| next == "one");
        return Some(if is_noun_next { 2 } else { 1 });
    }
    if matches!(auxiliary, "is" | "are" | "was" | "were") {
        // `The warranty 5 years`: what is said of it begins with the number.
        let number = (1..tokens.len()).find(|place| tokens[*place].starts_with(|c: char| c.is_ascii_digit()));
        if let Some(place) =
            number.filter(|place| !tokens[..*place].iter().any(|token| is_preposition(token)))
        {
            let is_bare = DETERMINERS.contains(&tokens[place - 1].as_str());
            return (!is_bare).then_some(place);
        }
        let is_plain =
            tokens.len() <= 5 && !tokens[..tokens.len() - 1].iter().any(|token| is_preposition(token));
        return (is_plain && tokens.len() >= 2).then(|| tokens.len() - 1);
    }
    (1..tokens.len()).find(|place| VERBS.contains(&tokens[*place].to_lowercase().as_str()))
}

fn is_preposition(token: &str) -> bool {
    token != "of" && PREPOSITIONS.contains(&token)
}

fn yes_or_no(tokens: &[String]) -> Option<Restated> {
    let (auxiliary, rest) = tokens.split_first()?;
    let end = subject(rest, auxiliary)?;
    let (subject, rest) = (rest[..end].join(" "), &rest[end..]);
    let is_be = matches!(auxiliary.as_str(), "is" | "are" | "was" | "were" | "has" | "have");
    // Behind a name its verb can be a word that is taken for more of the name.
    let has_verb = rest.iter().take(2).any(|word| VERBS.contains(&word.to_lowercase().as_str()));
    if rest.is_empty() || subject == "it" && !is_be && !has_verb {
        return None;
    }
    // The goods were named in the plural.
    let subject = if auxiliary == "do" && subject == "it" { "they".to_owned() } else { subject };
    let after = rest.join(" ");
    let (yes, no) = match auxiliary.as_str() {
        "do" | "does" => {
            let is_third = auxiliary == "does" && subject != "they" && subject != "you";
            let verb = if is_third { third_person(&rest[0]) } else { rest[0].clone() };
            let object = rest[1..].join(" ");
            let plain = format!("{subject} {verb} {object}");
            let helper = if is_third { "does" } else { "do" };
            (plain.trim().to_owned(), format!("{subject} {helper} not {after}"))
        }
        auxiliary => {
            let auxiliary = agree(auxiliary, &subject);
            let not = if auxiliary == "can" { "cannot".to_owned() } else { format!("{auxiliary} not") };
            (format!("{subject} {auxiliary} {after}"), format!("{subject} {not} {after}"))
        }
    };
    let (yes, no) = (without_any(&yes, "some"), no);
    let indirect = format!("whether {}", without_any(&yes, "any"));
    Some(Restated { indirect, yes: Some(yes), no: Some(no) })
}

/// A statement that says yes has no `any`.
fn without_any(text: &str, other: &str) -> String {
    text.split(' ').map(|word| if word == "any" { other } else { word }).collect::<Vec<_>>().join(" ")
}

/// The helping verb of a subject that changed: `am I` is `you are`.
fn agree(auxiliary: &str, subject: &str) -> String {
    match (auxiliary, subject) {
        ("is" | "am", "you" | "they") => "are",
        ("are", "it") => "is",
        ("has", "you" | "they") => "have",
        ("have", "it") => "has",
        ("was", "you" | "they") => "were",
        _ => auxiliary,
    }
    .to_owned()
}

/// `what is it made of` is `what it is made of`.
fn open(tokens: &[String]) -> Option<String> {
    let place = (1..tokens.len()).find(|place| AUXILIARIES.contains(&tokens[*place].as_str()));
    let Some(place) = place else {
        // `who makes it` needs no turning around.
        let is_verb = matches!(tokens[0].as_str(), "who" | "what" | "which") && tokens.len() >= 3;
        return (is_verb && (tokens[1].ends_with('s') || tokens[1].ends_with("ed")))
            .then(|| tokens.join(" "));
    };
    let (lead, auxiliary, rest) = (tokens[..place].join(" "), tokens[place].as_str(), &tokens[place + 1..]);
    let first = rest.first()?.as_str();
    let is_be = matches!(auxiliary, "is" | "are" | "was" | "were");
    if is_be && PREPOSITIONS.contains(&first) {
        return Some(tokens.join(" "));
    }
    if rest.iter().skip(1).any(|word| word == "it")
        && !rest.iter().any(|word| is_preposition(word) || word == "of")
    {
        return None;
    }
    if is_be && !PRONOUNS.contains(&first) {
        let is_noun = rest.len() <= 7 && !rest.iter().any(|word| VERBS.contains(&word.as_str()));
        return is_noun.then(|| format!("{lead} {} {auxiliary}", rest.join(" ")));
    }
    let end = subject(rest, auxiliary)?;
    let (subject, rest) = (rest[..end].join(" "), &rest[end..]);
    let after = rest.join(" ");
    Some(match auxiliary {
        "do" | "does" => {
            let is_third = auxiliary == "does" && subject != "they" && subject != "you";
            let verb = rest.first().map(|verb| if is_third { third_person(verb) } else { verb.clone() })?;
            format!("{lead} {subject} {verb} {}", rest[1..].join(" ")).trim().to_owned()
        }
        auxiliary => format!("{lead} {subject} {} {after}", agree(auxiliary, &subject)).trim().to_owned(),
    })
}

/// `go` is `goes`, `have` is `has`.
fn third_person(verb: &str) -> String {
    let before_y = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match (verb, before_y) {
        ("have", _) => "has".to_owned(),
        ("be", _) => "is".to_owned(),
        (_, Some(stem)) => format!("{stem}ies"),
        (verb, _) if verb.ends_with(['s', 'x', 'z', 'o']) || verb.ends_with("sh") || verb.ends_with("ch") => {
            format!("{verb}es")
        }
        (verb, _) => format!("{verb}s"),
    }
}

#[cfg(test)]
mod tests;
