//! Products of the built-in store, and a question on the page of each that its texts answer.

/// A product with what is asked of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Its source id.
    pub(super) product: &'static str,
    /// What is asked on its page.
    pub(super) question: &'static str,
}

const fn target(product: &'static str, question: &'static str) -> Target {
    Target { product, question }
}

/// All of them.
pub(super) const TARGETS: &[Target] = &[
    target("jacket-drizzle", "is it waterproof?"),
    target("jacket-galewing", "is it waterproof?"),
    target("tent-cirrus-2", "do two wide pads fit inside?"),
    target("tent-meadow-4", "can a grown man stand in it?"),
    target("kettle-ember-17", "is it loud?"),
    target("kettle-heron-10", "how much does it hold?"),
    target("boot-skarv-mid", "can they be resoled?"),
    target("boot-larkspur-mid", "are the laces vegan?"),
    target("headphones-hush-700", "are they good for the gym?"),
    target("earbuds-wren-2", "can I swim with them?"),
    target("powerbank-summit-20k", "does it charge a laptop?"),
    target("powerbank-cairn-10k", "can I take it as hand luggage?"),
    target("water-filter-brook", "does it remove viruses?"),
    target("skillet-forge", "does it rust?"),
    target("pan-dove", "does it work on induction?"),
    target("humidifier-mist-4", "can I add essential oils?"),
    target("duvet-skylark-synthetic", "is it good for allergies?"),
    target("ereader-leaf-7", "is the storage expandable?"),
    target("speaker-kip", "does it have a microphone?"),
    target("mower-vole-38", "how loud is it?"),
    target("sleeping-bag-rime-900", "what do people say about the warmth?"),
    target("parka-skerry", "what do reviewers complain about?"),
    target("secateurs-wrenbill", "is there a left-handed version?"),
    target("pack-metro-20", "is it waterproof?"),
];
