//! Spanish: `¿Es impermeable la Halden?` is `es impermeable`, and `si es impermeable` behind `the shop does not say`. The order of a
//! question is that of a statement.

use super::Restated;
use super::own::{Token, join};
use super::words::Words;

/// Tells a question as a statement.
pub(super) fn restated(words: &Words, tokens: &[Token]) -> Option<Restated> {
    let is = |list: &str, token: &Token| !token.is_name && words.has(list, &token.text);
    let mut tokens = tokens.to_vec();
    let first = tokens.first_mut().filter(|first| !first.is_name);
    let first_text = first.map(|first| {
        first.text = first.text.to_lowercase();
        first.text.clone()
    });
    if let Some(accented) = first_text.as_deref().and_then(|first| words.turned("accents", first)) {
        tokens[0].text = accented.to_owned();
    }
    let is_asked = is("openers", &tokens[0])
        || is("prepositions", &tokens[0]) && tokens.get(1).is_some_and(|second| is("openers", second))
        || tokens[0].text == "por" && tokens[1].text == "qué";
    let from = usize::from(is_asked);
    if tokens[from..].iter().any(|token| is("not plain", token) || is("openers", token) && !is_asked) {
        return None;
    }
    let verb = tokens.iter().position(|token| is("verbs", token))?;
    let begins = verb.checked_sub(1).filter(|before| is("clitics", &tokens[*before])).unwrap_or(verb);
    let is_told = begins == 0 || tokens[0].is_name || is("determiners", &tokens[0]);
    if !is_asked && !is_told {
        return None;
    }
    let last = unnamed(words, &mut tokens, begins);
    let tokens = turned(words, tokens);
    if last <= verb + 1 && !is_asked {
        return None;
    }
    if is_asked {
        return Some(Restated { indirect: join(&tokens), yes: None, no: None });
    }
    let yes = join(&tokens);
    let (before, rest) = tokens.split_at(begins);
    let no = match before {
        [] => format!("no {}", join(rest)),
        before => format!("{} no {}", join(before), join(rest)),
    };
    Some(Restated { indirect: format!("si {yes}"), yes: Some(yes), no: Some(no) })
}

/// Drops the product's name where it stands last as the subject: `es impermeable la chaqueta Galewing` says enough as `es
/// impermeable`. Gives the number of words that are left.
fn unnamed(words: &Words, tokens: &mut Vec<Token>, verb: usize) -> usize {
    let Some(name) = tokens.iter().position(|token| token.is_name).filter(|name| *name > verb) else {
        return tokens.len();
    };
    let is_last = tokens[name..].iter().all(|token| token.is_name);
    let article = (verb + 1..name).rev().find(|at| words.has("determiners", &tokens[*at].text));
    // Between the article and the name is at most the word for such goods.
    if let Some(article) = article.filter(|article| is_last && name - article <= 2 && *article > verb + 1) {
        let follows_preposition =
            words.has("prepositions", &tokens[article - 1].text) || tokens[article - 1].text == "del";
        if !follows_preposition {
            tokens.truncate(article);
        }
    }
    tokens.len()
}

/// Who asks is `tú` to the answer, and who is asked is the shop.
fn turned(words: &Words, mut tokens: Vec<Token>) -> Vec<Token> {
    for token in tokens.iter_mut().filter(|token| !token.is_name) {
        let turned =
            ["to you", "yours", "of the shop"].iter().find_map(|list| words.turned(list, &token.text));
        if let Some(turned) = turned {
            token.text = turned.to_owned();
        }
    }
    tokens
}
