//! `russet eval`: quality on judged searches and questions.

use eval::command::{self, Arguments};
use infer::Models;

use crate::config::Config;
use crate::output;

/// Scores and prints.
pub(crate) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let models = Models::new(&config.models);
    output::text(&command::run(&arguments, &models, output::note).await?)
}
