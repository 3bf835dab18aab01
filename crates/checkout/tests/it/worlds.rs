//! Sessions of the runtime, in a world that breaks, with the shop as what they call: crashes between append, act and record,
//! lost and late answers, two nodes that fight for a lease, slow disks, and money and stock that have to add up.

use agent::sim::{Breakage, Violation, run_with};

use crate::market::{Market, Mischief};

const RUNS: u64 = 10_000;
/// Seeds in which a call arrives after another attempt at it was refused.
const LATE_AFTER_A_REFUSAL: [u64; 4] = [1_391, 3_017, 3_627, 5_637];

#[test]
fn money_and_stock_add_up_in_ten_thousand_worlds() {
    let halves = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| scope.spawn(move || play((half..RUNS).step_by(2))));
        halves.map(|half| half.join().unwrap())
    });
    let [calls, crashes, orders, returns] =
        halves.iter().fold([0; 4], |sum, half| std::array::from_fn(|place| sum[place] + half[place]));
    // A world in which nothing happens would hold as well.
    assert!(calls > 2 * RUNS, "{calls} calls");
    assert!(crashes > RUNS, "{crashes} crashes");
    assert!(orders > RUNS / 4, "{orders} orders");
    assert!(returns > RUNS / 4, "{returns} returns");
}

fn play(seeds: impl Iterator<Item = u64>) -> [u64; 4] {
    let mut sum = [0; 4];
    for seed in seeds {
        let mut market = Market::of(seed, Mischief::None);
        let outcome = run_with(seed, Breakage::None, &mut market);
        assert!(outcome.violations.is_empty(), "seed {seed}: {:?}", outcome.violations);
        let (orders, returns) = market.made();
        let of_run = [u64::from(outcome.calls), u64::from(outcome.crashes), orders, returns];
        sum = std::array::from_fn(|place| sum[place] + of_run[place]);
    }
    sum
}

/// By what the provider took, by what is on the shelf, or by what had a yes: the runtime's own invariants do not count here.
#[test]
fn the_books_notice_each_mistake_of_the_shop() {
    let by_books = |mischief: &Mischief| *mischief != Mischief::ForgetsRefusals;
    for mischief in Mischief::ALL.into_iter().filter(by_books) {
        let is_noticed = |seed| {
            let outcome = run_with(seed, Breakage::None, &mut Market::of(seed, mischief));
            outcome.violations.iter().any(|violation| matches!(violation, Violation::Books(_)))
        };
        assert!((0..1_000).any(is_noticed), "{mischief:?} goes unnoticed");
    }
}

#[test]
fn a_refusal_that_is_forgotten_is_noticed() {
    let is_noticed = |seed| {
        let outcome = run_with(seed, Breakage::None, &mut Market::of(seed, Mischief::ForgetsRefusals));
        outcome.violations.iter().any(|violation| matches!(violation, Violation::Untrue { .. }))
    };
    assert!(
        LATE_AFTER_A_REFUSAL.into_iter().any(is_noticed),
        "what was refused and then done goes unnoticed"
    );
}
