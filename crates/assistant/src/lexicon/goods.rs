//! Classes of goods and the needs that bear on them, from `goods_en.txt`.

use std::sync::LazyLock;

use commerce::Product;

use super::{place_of, stem_list};

static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| {
    include_str!("goods_en.txt").lines().filter(|line| !line.starts_with('#')).filter_map(class).collect()
});

/// A class of goods.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Class {
    pub(crate) name: String,
    /// Stems of the phrases that name its goods.
    named: Vec<String>,
    /// Names of the needs that bear on it, with whether they are only a wish.
    needs: Vec<(String, bool)>,
    /// Whether it is worn.
    pub(crate) is_worn: bool,
}

impl Class {
    /// Whether a need bears on it, and whether it is only a wish.
    pub(crate) fn asks(&self, need: &str) -> Option<bool> {
        self.needs.iter().find(|(name, _)| name == need).map(|(_, is_wish)| *is_wish)
    }

    /// Whether weather bears on it.
    pub(crate) fn is_weathered(&self) -> bool {
        ["warmth", "rain", "cooling"].iter().any(|need| self.asks(need).is_some())
    }
}

/// The class of a product: by its narrowest category, then by its title, then by the wider categories.
pub(crate) fn of(product: &Product) -> Option<&'static Class> {
    let categories: Vec<&str> =
        product.categories.iter().flat_map(|path| path.names().iter().rev().map(String::as_str)).collect();
    let leaf = categories.first().copied();
    let texts = leaf.into_iter().chain([product.title.as_str()]).chain(categories.iter().skip(1).copied());
    texts.into_iter().find_map(|text| of_stems(&stem_list(text)))
}

/// The class that these stems name, by the longest and then the last phrase: `rain jacket` is no mere jacket.
pub(crate) fn of_stems(text: &[String]) -> Option<&'static Class> {
    let matches = CLASSES.iter().flat_map(|class| {
        let places = class.named.iter().filter_map(|phrase| Some((phrase, place_of(text, phrase)?)));
        places.map(move |(phrase, place)| (phrase.split(' ').count(), place, class))
    });
    matches.max_by_key(|(length, place, _)| (*length, *place)).map(|(_, _, class)| class)
}

fn class(line: &str) -> Option<Class> {
    let mut fields = line.split(';').map(str::trim);
    let (name, named, needs) = (fields.next()?, fields.next()?, fields.next()?);
    let need = |need: &str| {
        let name = need.trim_end_matches('?');
        (name.to_owned(), name.len() != need.len())
    };
    Some(Class {
        name: name.to_owned(),
        named: super::needs::phrases(named),
        needs: needs.split(',').map(|word| need(word.trim())).collect(),
        is_worn: fields.next() == Some("worn"),
    })
}

#[cfg(test)]
mod tests {
    use super::super::needs;
    use super::*;

    #[test]
    fn every_need_of_a_class_is_known() {
        for class in CLASSES.iter() {
            for (need, _) in &class.needs {
                assert!(needs::by_name(need).is_some(), "{} has {need}", class.name);
            }
        }
    }

    #[test]
    fn goods_have_the_class_of_their_longest_name() {
        let name = |text: &str| of_stems(&stem_list(text)).map(|class| class.name.as_str());
        assert_eq!(name("Harbor rain jacket"), Some("rainwear"));
        assert_eq!(name("Two-person tent"), Some("tent"));
        assert_eq!(name("Duvet cover in linen"), Some("sheets"));
        assert_eq!(name("Almond butter"), None);
    }
}
