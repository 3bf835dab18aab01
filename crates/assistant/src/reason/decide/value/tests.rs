//! The model against what has to hold of any decision.

use proptest::prelude::*;

use super::{Choosable, Model};

fn model() -> impl Strategy<Value = Model> {
    (2_usize..6, 1_usize..6).prop_flat_map(|(options, criteria)| {
        let utility = prop::option::weighted(0.85, 0.0_f64..=1.0);
        let option =
            (prop::collection::vec(utility, criteria), prop::collection::vec(0.0_f64..0.3, criteria));
        let option = option.prop_map(|(utilities, doubts)| Choosable { utilities, doubts });
        (prop::collection::vec(0.0_f64..5.0, criteria), prop::collection::vec(option, options))
            .prop_map(|(weights, options)| Model::new(weights, options))
    })
}

fn all(model: &Model) -> Vec<usize> {
    (0..model.options.len()).collect()
}

proptest! {
    #[test]
    fn a_dominated_option_is_never_worth_more(model in model()) {
        for one in all(&model) {
            for other in all(&model) {
                if model.dominates(one, other) {
                    prop_assert!(model.value(one) >= model.value(other) - 1e-9);
                    prop_assert!(!model.dominates(other, one));
                }
            }
        }
    }

    #[test]
    fn weights_can_be_given_in_any_scale(model in model(), factor in 0.1_f64..20.0) {
        let weights = model.weights.iter().map(|weight| weight * factor).collect();
        let scaled = Model::new(weights, model.options.clone());
        for option in all(&model) {
            prop_assert!((model.value(option) - scaled.value(option)).abs() < 1e-9);
        }
    }

    #[test]
    fn a_criterion_that_is_all_picks_the_best_in_it(model in model(), criterion in 0_usize..6) {
        prop_assume!(criterion < model.weights.len());
        let mut weights = vec![0.0; model.weights.len()];
        weights[criterion] = 1.0;
        let only = Model::new(weights, model.options.clone());
        let known = |option: usize| only.options[option].utilities[criterion];
        let best = all(&only).into_iter().filter_map(known).fold(f64::NEG_INFINITY, f64::max);
        let pick = only.ranking(&all(&only))[0];
        prop_assert!(!best.is_finite() || known(pick).is_none_or(|own| own >= best - 1e-9));
    }

    #[test]
    fn a_turning_point_turns_the_pick(model in model()) {
        let among = all(&model);
        let pick = model.ranking(&among)[0];
        for criterion in 0..model.weights.len() {
            let Some((weight, other)) = model.turning_point(criterion, &among) else { continue };
            prop_assert!(other != pick && weight > model.weights[criterion]);
            let rest = 1.0 - model.weights[criterion];
            let scaled = |(place, own): (usize, &f64)| {
                if place == criterion { weight } else { own / rest * (1.0 - weight) }
            };
            let weights = model.weights.iter().enumerate().map(scaled).collect();
            let turned = Model::new(weights, model.options.clone());
            prop_assert!((turned.value(other) - turned.value(turned.ranking(&among)[0])).abs() < 1e-9);
        }
    }

    #[test]
    fn more_of_one_thing_never_makes_it_worse(model in model(), option in 0_usize..6, criterion in 0_usize..6) {
        prop_assume!(option < model.options.len() && criterion < model.weights.len());
        prop_assume!(model.options[option].utilities[criterion].is_some());
        let mut better = model.clone();
        better.options[option].utilities[criterion] = Some(1.0);
        let place = |model: &Model| model.ranking(&all(model)).iter().position(|own| *own == option);
        prop_assert!(place(&better) <= place(&model));
    }
}
