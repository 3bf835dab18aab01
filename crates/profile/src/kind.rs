//! Kinds of facts, as the grammar lists them.

use crate::grammar::GRAMMAR;

/// What sort of thing is known of somebody. Kinds are rows of the grammar.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name, which begins the topic of its facts.
    pub name: String,
    /// A sentence with `{thing}` and `{value}`.
    pub(crate) sentence: String,
    /// For how many days it holds unless it is said again; `None` for as long as the shopper lets it.
    pub days: Option<u32>,
    /// How it bears on goods.
    pub bearing: Use,
    /// Words that name it: `size` of `forget my size`.
    pub(crate) names: Vec<Vec<String>>,
}

/// How a fact bears on goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// Goods that state this are liked better; the words are a search.
    Prefer(String),
    /// The same, where the thing that it is about is looked for.
    PreferIfNamed(String),
    /// Goods that state a range or a level have to serve it; the words say it as a shopper does who asks for such goods.
    Serve(String),
    /// Goods that state it are left out, because they do harm.
    Harm,
    /// Goods that state it are left out, because they are not liked.
    Avoid,
    /// It is kept and shown.
    Keep,
}

impl Kind {
    /// The kind of this name.
    pub fn of(name: &str) -> Option<&'static Self> {
        GRAMMAR.kinds.iter().find(|kind| kind.name == name)
    }

    /// The kind of what no pattern covers.
    pub(crate) fn note() -> &'static Self {
        GRAMMAR.kinds.iter().find(|kind| kind.name == "note").expect("a row of the grammar")
    }

    /// Reads `size | You wear size {value}. | 730 | prefer size {value} | size, clothing size`.
    pub(crate) fn parse(row: &str) -> Option<Self> {
        let mut cells = row.split('|').map(str::trim);
        let (name, sentence) = (cells.next()?.to_owned(), cells.next()?.to_owned());
        let days = cells.next()?.parse().ok().filter(|days| *days > 0);
        let bearing = cells.next()?;
        let bearing = match bearing.split_once(' ').unwrap_or((bearing, "")) {
            ("prefer", words) => Use::Prefer(words.to_owned()),
            ("named", words) => Use::PreferIfNamed(words.to_owned()),
            ("serve", words) => Use::Serve(words.to_owned()),
            ("harm", _) => Use::Harm,
            ("avoid", _) => Use::Avoid,
            ("keep", _) => Use::Keep,
            _ => return None,
        };
        let names = cells.next().unwrap_or_default().split(',');
        let names = names.map(|name| name.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        Some(Self { name, sentence, days, bearing, names: names.filter(|name| !name.is_empty()).collect() })
    }
}
