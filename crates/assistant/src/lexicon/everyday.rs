//! How shoppers and shops call the same thing, in all trades, from the files of `everyday_en`, one for each field.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::stems;

/// The files; their order says nothing.
const FILES: &[&str] = &[
    include_str!("everyday_en/home.txt"),
    include_str!("everyday_en/kitchen.txt"),
    include_str!("everyday_en/electronics.txt"),
    include_str!("everyday_en/clothing.txt"),
    include_str!("everyday_en/food.txt"),
    include_str!("everyday_en/health.txt"),
    include_str!("everyday_en/children_and_pets.txt"),
    include_str!("everyday_en/tools.txt"),
    include_str!("everyday_en/garden_and_vehicles.txt"),
    include_str!("everyday_en/outdoors.txt"),
    include_str!("everyday_en/culture.txt"),
    include_str!("everyday_en/qualities.txt"),
    include_str!("everyday_en/actions.txt"),
    include_str!("everyday_en/faults.txt"),
    include_str!("everyday_en/people_and_places.txt"),
    include_str!("everyday_en/shop.txt"),
    include_str!("everyday_en/spoken.txt"),
];

static EVERYDAY: LazyLock<BTreeMap<String, Others>> = LazyLock::new(|| parse(&FILES.concat()));

/// What a phrase is worth that is called the same, beside the word itself.
const SAME: f32 = 0.8;
/// What a phrase is worth that only speaks of it.
const SPEAKS: f32 = 0.65;

/// Stems of phrases with what they are worth.
type Others = Vec<(String, f32)>;

/// The phrases that speak of the same as this stem.
pub(crate) fn of(stem: &str) -> &'static [(String, f32)] {
    EVERYDAY.get(stem).map_or(&[], Vec::as_slice)
}

fn parse(lines: &str) -> BTreeMap<String, Others> {
    let mut all: BTreeMap<String, Others> = BTreeMap::new();
    let mut add = |from: &str, to: &str, weight: f32| {
        let known = all.entry(from.to_owned()).or_default();
        if from != to && !known.iter().any(|(other, _)| other == to) {
            known.push((to.to_owned(), weight));
        }
    };
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let Some((head, rest)) = line.split_once(['=', '>']) else { continue };
        let (head, is_same) = (stems(head), line.contains('='));
        for other in rest.split(',').map(stems) {
            add(&head, &other, if is_same { SAME } else { SPEAKS });
            if is_same {
                add(&other, &head, SAME);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equal_sign_reads_both_ways_and_an_angle_one_way() {
        let speaks = |a: &str, b: &str| of(&stems(b)).iter().any(|(other, _)| *other == stems(a));
        assert!(speaks("microphone", "mic") && speaks("mic", "microphone"));
        assert!(speaks("milk", "vegan") && !speaks("vegan", "milk"));
    }
}
