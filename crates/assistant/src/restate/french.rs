//! French: `La veste est-elle imperméable ?` is `la veste est imperméable`, and `si la veste est imperméable` behind `the shop
//! does not say`.

use super::Restated;
use super::own::{Token, join};
use super::words::Words;

/// What is behind a verb that stands before its subject.
const INVERTED: [&str; 14] = [
    "-t-elle", "-t-elles", "-t-il", "-t-ils", "-t-on", "-elle", "-elles", "-ils", "-il", "-on", "-je",
    "-vous", "-nous", "-tu",
];
/// Those that only repeat a subject that was named.
const REPEATED: [&str; 4] = ["elle", "elles", "il", "ils"];
/// Who sells, as the subject of a sentence.
const SHOP: &str = "la boutique";

/// Tells a question as a statement.
pub(super) fn restated(words: &Words, tokens: &[Token]) -> Option<Restated> {
    let mut tokens = apart(tokens);
    let lead = lead(words, &mut tokens)?;
    let statement = statement(words, tokens, lead.is_some())?;
    match lead {
        Some(lead) => {
            Some(Restated { indirect: format!("{lead} {}", join(&statement)), yes: None, no: None })
        }
        None => {
            let yes = join(&statement);
            let indirect = match yes.strip_prefix("il") {
                Some(rest) if rest.starts_with([' ', 's']) => format!("s’il{rest}"),
                _ => format!("si {yes}"),
            };
            Some(Restated { indirect, no: denied(words, &statement), yes: Some(yes) })
        }
    }
}

/// The first word in small letters, `qu'est-ce que` as one word, and apostrophes as they are typed.
fn apart(tokens: &[Token]) -> Vec<Token> {
    let mut tokens = tokens.to_vec();
    if let Some(first) = tokens.first_mut().filter(|first| !first.is_name) {
        first.text = first.text.to_lowercase();
    }
    tokens
        .iter_mut()
        .filter(|token| !token.is_name)
        .for_each(|token| token.text = token.text.replace('’', "'"));
    tokens
}

/// Takes away what asks: `None` within for a question of yes or no, with `est-ce que` gone; `None` for what is not plain.
fn lead(words: &Words, tokens: &mut Vec<Token>) -> Option<Option<String>> {
    if tokens.len() < 2 {
        return None;
    }
    let (first, second) = (tokens[0].text.clone(), tokens[1].text.clone());
    if first == "est-ce" {
        return without_que(tokens, 1).then_some(None);
    }
    if first == "qu'est-ce" {
        let asked = match second.as_str() {
            "qui" => "ce qui",
            _ => "ce que",
        };
        if asked == "ce qui" {
            tokens.drain(..2);
        } else if !without_que(tokens, 1) {
            return None;
        }
        return Some(Some(asked.to_owned()));
    }
    if first == "que" {
        tokens.remove(0);
        return Some(Some("ce que".to_owned()));
    }
    let length = if words.has("openers", &first) {
        1
    } else if words.has("prepositions", &first) && words.has("asked behind", &second) {
        2
    } else {
        return Some(None);
    };
    let mut lead = join(&tokens[..length]);
    tokens.drain(..length);
    if let Some(at) = tokens.iter().position(|token| token.text == "est-ce") {
        let more = join(&tokens[..at]);
        if !without_que(tokens, at + 1) {
            return None;
        }
        if !more.is_empty() {
            lead = format!("{lead} {more}");
        }
    }
    Some(Some(lead))
}

/// Drops all up to a `que`; the `qu'` before a vowel leaves its word.
fn without_que(tokens: &mut Vec<Token>, at: usize) -> bool {
    let Some(token) = tokens.get_mut(at) else { return false };
    if let Some(rest) = token.text.strip_prefix("qu'") {
        token.text = rest.to_owned();
        tokens.drain(..at);
        return true;
    }
    let is_que = token.text == "que" && tokens.len() > at + 1;
    if is_que {
        tokens.drain(..=at);
    }
    is_que
}

/// The words in the order of a statement, said from here; `None` where they are not plain.
fn statement(words: &Words, mut tokens: Vec<Token>, is_asked: bool) -> Option<Vec<Token>> {
    let inverted = tokens.iter().enumerate().filter(|(_, token)| !token.is_name).find_map(|(at, token)| {
        let end = INVERTED.iter().find(|end| token.text.ends_with(**end))?;
        Some((
            at,
            token.text.strip_suffix(end)?.to_owned(),
            end.trim_start_matches("-t-").trim_start_matches('-'),
        ))
    });
    if let Some((at, verb, subject)) = inverted {
        let is_named = at > 0 && REPEATED.contains(&subject) && is_subject(words, &tokens[..at], is_asked);
        let told =
            if is_named { vec![Token::word(&verb)] } else { vec![Token::word(subject), Token::word(&verb)] };
        // `y a-t-il` has its `y` between them.
        if at == 1 && tokens[0].text == "y" && verb == "a" {
            tokens.splice(..2, ["il", "y", "a"].map(Token::word));
        } else {
            tokens.splice(at..=at, told);
        }
    } else if !is_asked {
        let first = tokens.first()?;
        let is_elided = first.text.starts_with("l'");
        let opens = first.is_name
            || is_elided
            || ["determiners", "pronouns"].iter().any(|list| words.has(list, &first.text));
        verb(words, &tokens).filter(|at| opens && *at > 0)?;
    }
    turned(words, tokens)
}

/// Whether words before a verb name what it is said of.
fn is_subject(words: &Words, before: &[Token], is_asked: bool) -> bool {
    let opens = |token: &Token| {
        token.is_name || token.text.starts_with("l'") || words.has("determiners", &token.text)
    };
    if is_asked { before.iter().any(opens) } else { before.first().is_some_and(opens) }
}

/// Who asks is `vous` to the answer, and who is asked is the shop.
fn turned(words: &Words, tokens: Vec<Token>) -> Option<Vec<Token>> {
    let mut told: Vec<Token> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let text = token.text.to_lowercase();
        if token.is_name {
            told.push(token);
        } else if words.has("not plain", &text)
            || ["n'", "m'", "qu'", "t'"].iter().any(|start| text.starts_with(start))
        {
            return None;
        } else if text == "je" || text == "vous" {
            let list = if text == "je" { "to you" } else { "of the shop" };
            let verb = words.turned(list, &tokens.next()?.text)?;
            told.push(Token::word(if text == "je" { "vous" } else { SHOP }));
            told.push(Token::word(verb));
        } else if let Some(verb) = text.strip_prefix("j'") {
            told.extend(["vous", words.turned("to you", verb)?].map(Token::word));
        } else if text == "vos" {
            told.push(Token::word("les"));
        } else if text == "votre" {
            return None;
        } else if let Some(own) = words.turned("yours", &text) {
            told.push(Token::word(own));
        } else {
            told.push(token);
        }
    }
    (told.len() > 1).then_some(told)
}

/// Where the verb stands. A noun behind its article is none, though it is spelled like one.
fn verb(words: &Words, tokens: &[Token]) -> Option<usize> {
    tokens.iter().enumerate().position(|(at, token)| {
        let follows_article = at > 0 && words.has("determiners", &tokens[at - 1].text);
        !token.is_name
            && !follows_article
            && (words.has("verbs", &token.text) || token.text == "pouvez" || token.text == "avez")
    })
}

/// A statement that says no.
fn denied(words: &Words, statement: &[Token]) -> Option<String> {
    let at = verb(words, statement)?;
    let is_clitic = at > 0 && words.has("clitics", &statement[at - 1].text);
    // `se` is listed among the verbs, for what follows it is one.
    let (first, last) = match (statement[at].text.as_str(), is_clitic) {
        ("se", _) => (at, at + 1),
        (_, true) => (at - 1, at),
        _ => (at, at),
    };
    let last_word = statement.get(last)?.text.as_str();
    let opens = statement[first].text.chars().next()?.to_ascii_lowercase();
    let ne = if "aeiouéèêhy".contains(opens) { "n’" } else { "ne " };
    let rest = &statement[last + 1..];
    let mut text = String::new();
    if first > 0 {
        text = format!("{} ", join(&statement[..first]));
    }
    text.push_str(&format!("{ne}{} pas", join(&statement[first..=last])));
    if words.has("copulas", last_word) {
        return Some(with(text, &join(rest)));
    }
    Some(with(text, &unowned(words, rest)))
}

fn with(text: String, rest: &str) -> String {
    if rest.is_empty() { text } else { format!("{text} {rest}") }
}

/// `une capuche` that is not there is `de capuche`.
fn unowned(words: &Words, rest: &[Token]) -> String {
    if !rest.first().is_some_and(|first| words.has("partitives", &first.text)) {
        return join(rest);
    }
    let noun = join(&rest[1..]);
    let is_vowel = noun.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u', 'é', 'è', 'ê']);
    if is_vowel { format!("d’{noun}") } else { format!("de {noun}") }
}
