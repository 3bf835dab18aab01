//! Pulls models by name into the default folder, or into the folder that RUSSET_MODELS names, and draws progress.
#![expect(clippy::print_stderr, reason = "a program for a terminal")]

use std::path::PathBuf;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use infer::{Models, Progress, PullOptions};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::var_os("RUSSET_MODELS").map(PathBuf::from).or_else(Models::default_folder);
    let models = Models::new(folder.ok_or("no data folder on this platform")?);
    for name in std::env::args().skip(1) {
        let bar = Mutex::new(ProgressBar::hidden());
        let draw = |event| draw(&mut bar.lock().expect("no drawing thread panics"), event);
        let folder = models.pull(&name, &PullOptions::default(), &draw).await?;
        eprintln!("{name}: {}", folder.display());
    }
    Ok(())
}

fn draw(bar: &mut ProgressBar, event: Progress) {
    match event {
        Progress::Received { file, received, total } => {
            if bar.length() != Some(total) {
                let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {eta}");
                *bar = ProgressBar::new(total).with_message(file);
                bar.set_style(style.expect("the template is right"));
            }
            bar.set_position(received);
        }
        Progress::Ready { .. } => bar.finish(),
        Progress::GaveUp { source, reason, .. } => eprintln!("{source}: {reason}"),
        Progress::Present { file } => eprintln!("{file}: here already"),
        Progress::Asking { .. } | Progress::Verifying { .. } => {}
    }
}
