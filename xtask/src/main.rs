//! All automation of the project: `cargo xtask --help` lists it.
//!
//! **Invariant**: nothing here needs more than Rust, Python and a package manager; what is missing is installed, or the
//! exact line that installs it is printed.

#![expect(clippy::print_stdout, reason = "a command line tool talks on standard output")]

mod command;
mod generate;
mod setup;
mod tidy;

use clap::{Parser, Subcommand};
use command::{built, cargo, program, step};

/// Sets up, runs, checks and measures Russet.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Sets the machine up and opens the built-in store in a browser.
    Demo {
        /// Passed on to `russet demo`, such as `--listen 127.0.0.1:8080`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Sets the machine up and runs all tests.
    Test {
        /// Passed on to `cargo test`, such as `-p search`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Everything that must hold before a change lands: format, lints, tidy, generated files, licences, tests.
    Ci,
    /// Checks layers, purity, module docs and names.
    Tidy,
    /// Writes the generated files, or with --check compares them.
    Gen {
        /// Fails where a file is out of date instead of writing it.
        #[arg(long)]
        check: bool,
    },
    /// Measures speed and size on generated catalogs, in release, and prints tables.
    Bench {
        /// Passed on to the benchmark, such as `--size 50k --without-peer`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Scores quality on judged searches and questions.
    Eval {
        /// Passed on to the evaluation, such as `search --store luma`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        rest: Vec<String>,
    },
    /// Runs the tests and accepts what they print as what they should print.
    Bless,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Demo { rest } => demo(rest),
        Task::Test { rest } => test(rest),
        Task::Ci => ci(),
        Task::Tidy => tidy::check(),
        Task::Gen { check } => generate::run(check),
        Task::Bench { rest } => {
            setup::build_tools()?;
            // Both at once, so that the libraries they share are built once.
            cargo(["build", "--release", "-p", "russet", "-p", "bench"]).run()?;
            program(&built("release/bench").display().to_string()).args(rest).run()
        }
        Task::Eval { rest } => {
            setup::build_tools()?;
            setup::embedding_model();
            cargo(["run", "--quiet", "-p", "russet", "--", "eval"]).args(rest).run()
        }
        Task::Bless => {
            setup::build_tools()?;
            cargo(["test", "--workspace"]).env("INSTA_UPDATE", "always").run()
        }
    }
}

fn demo(rest: Vec<String>) -> anyhow::Result<()> {
    setup::build_tools()?;
    step("Building russet (the first time takes some minutes)");
    cargo(["build", "-p", "russet"]).run()?;
    setup::embedding_model();
    cargo(["run", "--quiet", "-p", "russet", "--", "demo", "--open"]).args(rest).run()
}

fn test(rest: Vec<String>) -> anyhow::Result<()> {
    setup::build_tools()?;
    step("Building and running all tests");
    let selection = if rest.is_empty() { vec!["--workspace".to_owned()] } else { rest };
    cargo(["test", "--no-run"]).args(selection.clone()).run()?;
    let has_models = setup::test_models();
    let mut tests = cargo(["test", "--no-fail-fast"]).args(selection);
    if has_models {
        tests = tests.env("RUSSET_TEST_REQUIRE_MODELS", "1");
    }
    tests.run()
}

fn ci() -> anyhow::Result<()> {
    setup::build_tools()?;
    step("Format");
    cargo(["fmt", "--all", "--check"]).run()?;
    step("Tidy");
    tidy::check()?;
    step("Lints");
    cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]).run()?;
    step("Licences");
    if setup::has("cargo-deny") {
        cargo(["deny", "check", "licenses", "bans", "sources"]).run()?;
    } else {
        println!("cargo-deny is not installed; `cargo install cargo-deny` adds this check");
    }
    step("Generated files");
    generate::run(true)?;
    test(Vec::new())
}
