//! Plays many seeds of the simulated world with the shop as what is called:
//! `SIM_RUNS=1000000 SIM_SEED=1 cargo run -p checkout --example worlds`. `SIM_MISCHIEF=4` makes the fourth mistake on purpose.

#![expect(clippy::unwrap_used, dead_code, reason = "it shares the modules of the tests")]

mod market;
mod part;
mod shop;

use agent::sim::{Breakage, run_with};
use market::{Market, Mischief};

#[expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a program for people")]
fn main() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (runs, first) = (number("SIM_RUNS", 10_000), number("SIM_SEED", 1));
    let mischief = match number("SIM_MISCHIEF", 0) as usize {
        0 => Mischief::None,
        nth => Mischief::ALL[(nth - 1) % Mischief::ALL.len()],
    };
    let (mut failed, mut sum) = (0_u64, [0_u64; 4]);
    for seed in first..first.saturating_add(runs) {
        let mut market = Market::of(seed, mischief);
        let outcome = run_with(seed, Breakage::None, &mut market);
        let (orders, returns) = market.made();
        let of_run = [u64::from(outcome.calls), u64::from(outcome.crashes), orders, returns];
        sum = std::array::from_fn(|place| sum[place] + of_run[place]);
        if !outcome.violations.is_empty() {
            failed += 1;
            println!("seed {seed}: {:?}", outcome.violations);
            if runs == 1 {
                outcome.disk.lines.iter().for_each(|line| println!("{line}"));
                println!("{:#?}", market.state.orders);
            }
        }
    }
    let [calls, crashes, orders, returns] = sum;
    println!(
        "{mischief:?}: {runs} runs from seed {first}: {failed} failed, {calls} calls, {crashes} crashes, {orders} orders, {returns} returns"
    );
    std::process::exit(i32::from(failed > 0));
}
