//! Plays many seeds of the simulated world: `SIM_RUNS=1000000 SIM_SEED=1 cargo run -p agent --example simulate`.

use agent::sim::{Breakage, run};

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for people, not part of the pure crate"
)]
fn main() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (runs, first) = (number("SIM_RUNS", 10_000), number("SIM_SEED", 1));
    let breakage = match std::env::var("SIM_BREAKAGE").as_deref() {
        Ok("act-before-append") => Breakage::ActBeforeAppend,
        Ok("lost-means-not-done") => Breakage::LostMeansNotDone,
        Ok("no-fencing") => Breakage::NoFencing,
        Ok("no-timers") => Breakage::NoTimers,
        Ok("new-key-after-crash") => Breakage::NewKeyAfterCrash,
        _ => Breakage::None,
    };
    let (mut failed, mut calls, mut crashes) = (0_u64, 0_u64, 0_u64);
    for seed in first..first.saturating_add(runs) {
        let outcome = run(seed, breakage);
        calls += u64::from(outcome.calls);
        crashes += u64::from(outcome.crashes);
        if !outcome.violations.is_empty() {
            failed += 1;
            println!("seed {seed}: {:?}", outcome.violations);
            if runs == 1 {
                outcome.disk.lines.iter().for_each(|line| println!("{line}"));
            }
        }
    }
    println!("{runs} runs from seed {first}: {failed} failed, {calls} calls, {crashes} crashes");
    std::process::exit(i32::from(failed > 0));
}
