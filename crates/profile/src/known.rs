//! One thing that is known of somebody.

use crate::grammar::GRAMMAR;
use crate::kind::{Kind, Use};

/// What stands between the kind and the thing of a topic.
const OF: &str = ": ";

/// A text with so many digits holds a number of a card or an account.
const SECRET_DIGITS: usize = 9;

/// A typed fact. A memory keeps it as a topic, by which facts contradict each other, and a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What sort it is.
    pub kind: &'static Kind,
    /// What it is about, such as `shoes` of a size or `nuts` of an allergy; empty where the kind says it all.
    pub thing: String,
    /// What is so; empty where the thing says it all.
    pub value: String,
}

impl Known {
    /// The fact that was kept under this topic; a note where the topic is none of the grammar's.
    pub fn of(topic: &str, content: &str) -> Self {
        let (name, thing) = topic.split_once(OF).unwrap_or((topic, ""));
        match Kind::of(name) {
            Some(kind) if kind.name != "note" => {
                let is_thing = kind.is_of_things();
                let thing = if is_thing { content } else { thing };
                Self { kind, thing: thing.to_owned(), value: if is_thing { "" } else { content }.to_owned() }
            }
            _ => Self::note(content),
        }
    }

    /// Something that no pattern covers, in the shopper's words.
    pub(crate) fn note(words: &str) -> Self {
        Self { kind: Kind::note(), thing: String::new(), value: words.to_owned() }
    }

    /// The same with its goods in the plural: a shoe size is one of shoes.
    pub(crate) fn in_plural(mut self) -> Self {
        if self.kind.name == "size" && !self.thing.is_empty() && !self.thing.ends_with('s') {
            self.thing.push('s');
        }
        self
    }

    /// Whether it is something that nobody should keep for a shopper: a number of a card, a password.
    pub fn is_secret(&self) -> bool {
        let digits = self.value.chars().filter(char::is_ascii_digit).count();
        let is_named =
            |word: &str| GRAMMAR.is_in("secret", word.trim_matches(|c: char| !c.is_alphanumeric()));
        digits >= SECRET_DIGITS || self.value.to_lowercase().split_whitespace().any(is_named)
    }

    /// What it is about. Facts of one topic contradict each other.
    pub fn topic(&self) -> String {
        let about = match self.kind.name.as_str() {
            "note" => self.value.to_lowercase(),
            _ => self.thing.to_lowercase(),
        };
        match about.is_empty() {
            true => self.kind.name.clone(),
            false => format!("{}{OF}{about}", self.kind.name),
        }
    }

    /// What it says.
    pub fn content(&self) -> &str {
        if self.kind.is_of_things() { &self.thing } else { &self.value }
    }

    /// The same fact with another content, as its owner puts it right.
    pub fn with(&self, content: &str) -> Self {
        match self.kind.is_of_things() {
            true => Self { thing: content.to_owned(), ..self.clone() },
            false => Self { value: content.to_owned(), ..self.clone() },
        }
    }

    /// A sentence to the shopper: `You wear size M.`
    pub fn sentence(&self) -> String {
        self.fill(&self.kind.sentence)
    }

    /// The same inside of another sentence: `you wear size M`.
    pub fn clause(&self) -> String {
        let sentence = self.sentence();
        let mut letters = sentence.trim_end_matches('.').chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }

    /// Searches for goods that state it, where those are liked better; the first one that the shop knows counts.
    pub fn preferred(&self) -> Vec<String> {
        match &self.kind.bearing {
            Use::Prefer(words) | Use::PreferIfNamed(words) => {
                words.split('/').map(|words| self.fill(words.trim())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What has to be looked for, so that it counts; `None` where it always does.
    pub fn only_for(&self) -> Option<&str> {
        let is_of_thing = matches!(self.kind.bearing, Use::PreferIfNamed(_) | Use::Serve(_));
        (is_of_thing && !self.thing.is_empty()).then_some(self.thing.as_str())
    }

    /// What goods that state a range or a level have to serve, as somebody asks for it: `5 years old`. Of several ways of saying
    /// it the first counts that says something; empty where goods serve nothing of the kind.
    pub fn served(&self) -> Vec<String> {
        let Use::Serve(words) = &self.kind.bearing else { return Vec::new() };
        words.split('/').map(|words| self.fill(words.trim())).collect()
    }

    /// What goods must not state.
    pub fn unwanted(&self) -> Option<&str> {
        matches!(self.kind.bearing, Use::Harm | Use::Avoid).then_some(self.thing.as_str())
    }

    /// Whether what is unwanted does harm.
    pub fn is_harm(&self) -> bool {
        self.kind.bearing == Use::Harm
    }

    /// Text in brackets is left out where what it holds is empty.
    fn fill(&self, template: &str) -> String {
        let mut out = String::new();
        for (place, part) in template.split(['[', ']']).enumerate() {
            let is_empty = part.contains("{thing}") && self.thing.is_empty();
            if place % 2 == 0 || !is_empty {
                out.push_str(&part.replace("{thing}", &self.thing).replace("{value}", &self.value));
            }
        }
        out
    }
}

impl Kind {
    /// Whether its facts differ by the thing alone: each allergy is a fact of its own.
    fn is_of_things(&self) -> bool {
        !self.sentence.contains("{value}")
    }
}
