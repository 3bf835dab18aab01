//! Automation: demo, test, ci, tidy, gen, bench, eval.
fn main() {}
