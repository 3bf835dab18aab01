//! Finds the weights that a test needs, or says that they are missing.

use std::path::PathBuf;

use infer::Models;

/// The models folder that tests read: RUSSET_MODELS, or the default folder.
pub(crate) fn models() -> Models {
    let named = std::env::var_os("RUSSET_MODELS").map(PathBuf::from);
    Models::new(named.or_else(Models::default_folder).expect("a data folder"))
}

/// The models when the named one is installed. Without it the test is over, unless the run insists on models.
#[expect(clippy::print_stdout, reason = "a test that did not run should say so")]
pub(crate) fn models_with(name: &str) -> Option<Models> {
    let models = models();
    match models.installed(name) {
        Ok(_) => Some(models),
        Err(missing) if std::env::var_os("RUSSET_TEST_REQUIRE_MODELS").is_none() => {
            println!("skipped: {missing}");
            None
        }
        Err(missing) => panic!("{missing}"),
    }
}
