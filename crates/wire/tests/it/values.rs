//! Replies with every field filled.

use std::collections::BTreeMap;

use commerce::{Availability, Currency, EvidenceId, Money, ProductId};
use wire::{
    AskReply, AskTimings, Claim, Constraint, Evidence, EvidenceKind, Facet, FacetValue, Hit, ModelUse,
    NumberRange, Polarity, Rating, Recommended, SearchReply, SearchTimings, Support, Test, Understood,
    VariantRef,
};

pub(crate) fn hit() -> Hit {
    let usd = Currency::parse("USD").unwrap();
    Hit {
        id: ProductId::of(&["T-1"]),
        source_id: "T-1".into(),
        title: "Ridge Tent".into(),
        variant: Some(VariantRef { source_id: "T-1-MOSS".into(), title: "Moss".into() }),
        price: Some(Money::new(9900, usd)),
        regular_price: Some(Money::new(12900, usd)),
        availability: Availability::InStock,
        rating: Some(Rating { stars: 4.5, count: 12 }),
        url: "https://shop.example/t-1".into(),
        image: Some("/images/ab.svg".into()),
        score: 1.5,
    }
}

pub(crate) fn constraint() -> Constraint {
    Constraint {
        field: "price".into(),
        or_fields: Vec::new(),
        test: Test::AtMost { max: 10_000.0 },
        negated: false,
        words: "under $100".into(),
    }
}

pub(crate) fn search_reply() -> SearchReply {
    let values = vec![FacetValue { value: "Moss".into(), count: 3 }];
    let range = Some(NumberRange { min: 9900.0, max: 12900.0 });
    SearchReply {
        query: "tent under $100".into(),
        understood: Understood {
            constraints: vec![constraint()],
            preferences: vec![],
            corrections: vec![],
            unknown: vec![],
            text: "tent".into(),
        },
        hits: vec![hit()],
        total: 1,
        facets: BTreeMap::from([
            ("color".into(), Facet { label: "Colour".into(), values, range: None }),
            ("price".into(), Facet { label: "Price".into(), values: Vec::new(), range }),
        ]),
        relaxed: vec![],
        next_cursor: None,
        timings_ms: SearchTimings { total: 1.25 },
    }
}

pub(crate) fn evidence() -> Evidence {
    Evidence {
        id: EvidenceId::of(&["T-1", "weight"]),
        kind: EvidenceKind::Attribute,
        product: Some(ProductId::of(&["T-1"])),
        source: "weight".into(),
        quote: "Weight: 1.9 kg".into(),
        context: "Weight".into(),
    }
}

pub(crate) fn claim() -> Claim {
    Claim {
        text: "It weighs 1.9 kg.".into(),
        product: Some(ProductId::of(&["T-1"])),
        polarity: Polarity::Neutral,
        support: Support::Stated,
        evidence: vec![evidence().id],
    }
}

pub(crate) fn ask_reply() -> AskReply {
    AskReply {
        session: "conv_1".into(),
        language: "en".into(),
        intent: "answer".into(),
        text: "It weighs 1.9 kg.".into(),
        claims: vec![claim()],
        evidence: vec![evidence()],
        products: vec![Recommended { hit: hit(), reason: "Lighter than 2 kg".into() }],
        table: None,
        pick: None,
        steps: Vec::new(),
        abstained: false,
        missing: vec![],
        looked_at: vec!["8 attributes".into()],
        relaxed: vec![],
        follow_ups: vec!["Is it waterproof?".into()],
        summary: None,
        model: ModelUse::none(),
        timings_ms: AskTimings { first_part: 2.5, total: 3.5 },
        cart: None,
        orders: vec![],
        confirm: None,
        constraints: Vec::new(),
        clarify: None,
        memory: None,
    }
}
