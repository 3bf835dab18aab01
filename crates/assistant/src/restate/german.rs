//! German: `Ist die Jacke wasserdicht?` is `die Jacke ist wasserdicht`, and `ob die Jacke wasserdicht ist` behind `the shop does
//! not say`.

use super::Restated;
use super::own::{Token, join};
use super::words::Words;

/// Who sells, as the subject of a sentence.
const SHOP: [&str; 2] = ["der", "Shop"];

/// A question, by its parts.
struct Question {
    /// What stands before the verb: `wie lange`; empty where the verb comes first.
    lead: Vec<Token>,
    verb: String,
    rest: Vec<Token>,
}

/// Tells a question as a statement.
pub(super) fn restated(words: &Words, tokens: &[Token]) -> Option<Restated> {
    let question = Question::read(words, tokens)?;
    let lead = if question.lead.is_empty() { "ob".to_owned() } else { join(&question.lead) };
    let indirect = format!("{lead} {}", question.verb_last(words));
    let (yes, no) = if question.lead.is_empty() { question.statements(words) } else { (None, None) };
    Some(Restated { indirect, yes, no })
}

impl Question {
    fn read(words: &Words, tokens: &[Token]) -> Option<Self> {
        let is = |list: &str, token: &Token| words.has(list, &token.text);
        if tokens.iter().any(|token| !token.is_name && is("not plain", token)) {
            return None;
        }
        let first = tokens.first()?;
        let opens = is("openers", first)
            || is("prepositions", first) && tokens.get(1).is_some_and(|second| is("openers", second));
        let is_verb = |token: &Token| !token.is_name && !token.is_capital() && is("verbs", token);
        let at = if opens {
            tokens.iter().position(is_verb)?
        } else {
            (!first.is_name && is("verbs", first)).then_some(0)?
        };
        let mut question = Self {
            lead: tokens[..at].to_vec(),
            verb: tokens[at].text.to_lowercase(),
            rest: tokens[at + 1..].iter().filter(|token| !is("softeners", token)).cloned().collect(),
        };
        question.lead.iter_mut().take(1).for_each(|token| token.text = token.text.to_lowercase());
        question.turn(words)?;
        let joins = |pair: &[Token]| {
            matches!(pair[0].text.as_str(), "und" | "oder")
                && (is("verbs", &pair[1]) || is("openers", &pair[1]))
        };
        (!question.rest.is_empty() && !question.rest.windows(2).any(joins)).then_some(question)
    }

    /// Who asks is `du` to the answer, and who is asked is the shop.
    fn turn(&mut self, words: &Words) -> Option<()> {
        let subject = self.rest.first().filter(|token| !token.is_name).map(|token| token.text.clone());
        match subject.as_deref() {
            Some("ich") => {
                self.verb = words.turned("to you", &self.verb)?.to_owned();
                self.rest[0].text = "du".to_owned();
            }
            Some("ihr" | "du" | "Sie" | "Ihr") => {
                self.verb = words.turned("of the shop", &self.verb)?.to_owned();
                self.rest.splice(..1, SHOP.map(|word| Token { text: word.to_owned(), is_name: false }));
            }
            _ => {}
        }
        for token in self.lead.iter_mut().chain(&mut self.rest).filter(|token| !token.is_name) {
            match token.text.as_str() {
                "ich" | "Sie" | "Ihr" | "ihr" | "du"
                    if token.text != "du" || subject.as_deref() != Some("ich") =>
                {
                    return None;
                }
                "Ihre" => token.text = "die".to_owned(),
                "Ihren" => token.text = "den".to_owned(),
                "Ihrem" => token.text = "dem".to_owned(),
                own => {
                    if let Some(turned) = words.turned("yours", own) {
                        token.text = turned.to_owned();
                    }
                }
            }
        }
        Some(())
    }

    /// All behind the first word of a clause that has its verb last; a particle joins it: `ankommt`.
    fn verb_last(&self, words: &Words) -> String {
        let last = self.rest.last().map(|token| token.text.as_str()).unwrap_or_default();
        let is_joined =
            self.rest.len() > 1 && words.has("particles", last) && !words.has("helpers", &self.verb);
        if is_joined {
            let before = join(&self.rest[..self.rest.len() - 1]);
            return format!("{before} {last}{}", self.verb);
        }
        format!("{} {}", join(&self.rest), self.verb)
    }

    /// What says yes and what says no, as far as each is plain.
    fn statements(&self, words: &Words) -> (Option<String>, Option<String>) {
        let Some(end) = self.subject(words) else { return (None, None) };
        let (subject, rest) = self.rest.split_at(end);
        let Some(first) = rest.first() else { return (None, None) };
        let is_copula = words.has("copulas", &self.verb);
        // Behind `is` a noun belongs to the subject: the name of goods that nothing knows.
        if is_copula && (first.is_capital() || first.is_name) {
            return (None, None);
        }
        let told = |verb: &str, rest: &str| format!("{} {verb} {rest}", join(subject));
        let yes = Some(told(&self.verb, &join(rest)));
        let is_plain = !words.has("determiners", &first.text) && !words.has("of degree", &first.text);
        let is_owner = words.has("owners", &self.verb);
        let denied = match first.text.as_str() {
            "ein" | "eine" | "einen" | "einem" | "einer" if is_owner => Some(format!("k{}", join(rest))),
            word if is_copula && is_plain || words.has("prepositions", word) && !is_owner => {
                Some(format!("nicht {}", join(rest)))
            }
            _ => None,
        };
        (yes, denied.map(|rest| told(&self.verb, &rest)))
    }

    /// Where the subject ends that stands behind the verb.
    fn subject(&self, words: &Words) -> Option<usize> {
        let is = |list: &str, token: &Token| words.has(list, &token.text);
        let first = self.rest.first()?;
        if self.rest.len() > 1 && first.text == SHOP[0] && self.rest[1].text == SHOP[1] {
            return Some(2);
        }
        let is_noun = |token: &Token| token.is_capital() || token.is_name;
        let is_adjective = |token: &&Token| {
            let is_inflected = ["e", "er", "es", "en", "em"].iter().any(|end| token.text.ends_with(end));
            !is_noun(token) && is_inflected && !is("no adjectives", token)
        };
        let mut end = if is_noun(first) {
            0
        } else if is("determiners", first) {
            1 + self.rest[1..].iter().take_while(is_adjective).count()
        } else {
            0
        };
        if !self.rest.get(end).is_some_and(is_noun) {
            return is("pronouns", first).then_some(1);
        }
        end += 1;
        while self.rest.get(end).is_some_and(|token| token.is_name || token.is_number()) {
            end += 1;
        }
        // `der Boden des Zelts`.
        if self.rest.get(end).is_some_and(|token| !token.is_name && is("of", token)) {
            let owner = self.rest[end..].iter().position(is_noun)?;
            end += owner + 1;
            while self.rest.get(end).is_some_and(|token| token.is_name || token.is_number()) {
                end += 1;
            }
        }
        Some(end)
    }
}
