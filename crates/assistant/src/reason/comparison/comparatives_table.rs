//! Words that compare, with what they compare, in English.

/// A row: the words, the concept of which there is more or less, and how it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Comparative {
    pub(crate) phrases: &'static [&'static str],
    /// The concept; `None` is the price.
    pub(crate) concept: Option<&'static str>,
    pub(crate) wants_most: bool,
    pub(crate) told: &'static str,
    /// What else the words may compare: a bigger bag holds more, a bigger screen is wider.
    pub(crate) others: &'static [&'static str],
}

const fn row(
    phrases: &'static [&'static str],
    concept: Option<&'static str>,
    wants_most: bool,
    told: &'static str,
) -> Comparative {
    Comparative { phrases, concept, wants_most, told, others: &[] }
}

/// A size, which is another measure of each kind of goods.
const fn size(phrases: &'static [&'static str], wants_most: bool, told: &'static str) -> Comparative {
    let others = &["capacity", "screen size", "coverage"];
    Comparative { phrases, concept: Some("dimensions"), wants_most, told, others }
}

/// What a question for several prices compares.
pub(crate) const CHEAPER: Comparative = row(&[], None, false, "cheaper");

/// The first row that has a phrase of the question counts.
pub(crate) const COMPARATIVES: &[Comparative] = &[
    row(
        &["costs more", "cost more", "more expensive", "dearer", "pricier", "most expensive"],
        None,
        true,
        "more expensive",
    ),
    row(
        &[
            "costs less",
            "cost less",
            "less expensive",
            "cheaper",
            "cheapest",
            "better price",
            "price compared",
            "price difference",
            "compare price",
        ],
        None,
        false,
        "cheaper",
    ),
    row(
        &[
            "battery last longer",
            "battery lasts longer",
            "longer battery",
            "lasts longer",
            "more battery",
            "longest battery",
        ],
        Some("battery life"),
        true,
        "longer-lasting",
    ),
    row(&["charges faster", "charge faster"], Some("charging time"), false, "quicker to charge"),
    row(&["lighter", "lightest", "weighs less", "weigh less"], Some("weight"), false, "lighter"),
    row(&["heavier", "heaviest", "weighs more", "weigh more"], Some("weight"), true, "heavier"),
    row(
        &["holds more", "hold more", "more capacity", "larger capacity", "bigger capacity", "roomier"],
        Some("capacity"),
        true,
        "larger inside",
    ),
    row(
        &["carries more", "carry more", "supports more", "stronger"],
        Some("load"),
        true,
        "made for more weight",
    ),
    row(&["taller", "tallest", "higher"], Some("height"), true, "taller"),
    row(&["wider", "widest"], Some("width"), true, "wider"),
    row(&["deeper", "deepest"], Some("depth"), true, "deeper"),
    row(&["thicker", "thickest"], Some("thickness"), true, "thicker"),
    row(&["thinner", "thinnest", "slimmer", "slimmest"], Some("thickness"), false, "thinner"),
    row(&["narrower", "narrowest"], Some("width"), false, "narrower"),
    row(&["longer", "longest"], Some("length"), true, "longer"),
    row(&["shorter", "shortest"], Some("length"), false, "shorter"),
    size(&["bigger", "larger", "biggest", "largest"], true, "larger"),
    size(&["smaller", "smallest"], false, "smaller"),
    row(&["brighter", "brightest"], Some("brightness"), true, "brighter"),
    row(&["quieter", "quietest", "less noise"], Some("noise"), false, "quieter"),
    row(&["louder", "loudest", "noisier"], Some("noise"), true, "louder"),
    row(&["more powerful", "most powerful", "more power"], Some("power"), true, "more powerful"),
    row(&["faster", "fastest"], Some("speed"), true, "faster"),
    row(&["more storage", "more memory"], Some("storage"), true, "larger in storage"),
];
