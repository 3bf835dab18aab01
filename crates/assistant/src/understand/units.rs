//! The unit that a question wants its answer in: `how many pounds`, `the height in inches`.

use std::ops::Range;

use commerce::Unit;
use search::analyse::Word;

/// Words in the longest unit's name.
const MAX_WORDS: usize = 3;

/// The unit that is asked for, with the places of its words.
pub(super) fn asked(text: &str, words: &[Word]) -> Option<(Range<usize>, Unit)> {
    let starts = (1..words.len()).filter(|place| {
        let before = words[place - 1].text.as_str();
        before == "in" || before == "many" && *place > 1 && words[place - 2].text == "how"
    });
    starts.filter_map(|start| unit_at(text, words, start)).next_back()
}

fn unit_at(text: &str, words: &[Word], start: usize) -> Option<(Range<usize>, Unit)> {
    let longest = (start + MAX_WORDS).min(words.len());
    (start + 1..=longest).rev().find_map(|end| {
        let name = text.get(words[start].start..words[end - 1].end)?;
        Unit::parse(&name.to_lowercase().replace("sq ", "square ")).map(|unit| (start..end, unit))
    })
}

#[cfg(test)]
mod tests {
    use commerce::Unit;
    use search::analyse;

    use super::asked;

    #[test]
    fn a_unit_is_asked_for_by_name() {
        let unit = |text: &str| asked(text, &analyse::words(text)).map(|(_, unit)| unit);
        assert_eq!(unit("how heavy is it in pounds?"), Unit::parse("pounds"));
        assert_eq!(unit("how many litres does it hold"), Unit::parse("litres"));
        assert_eq!(unit("how many sq metres does a tin cover"), Unit::parse("square metres"));
        assert_eq!(unit("does it come in blue"), None);
    }
}
