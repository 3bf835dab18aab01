//! What a bare machine lacks: build tools from the system's packages, model weights from the registry of models.

use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::command::{cargo, program, step};

/// A program that the build needs, with the Debian packages that bring it.
const TOOLS: &[(&str, &[&str])] = &[
    ("cmake", &["cmake"]),
    ("make", &["make"]),
    ("c++", &["g++"]),
    ("clang", &["clang", "libclang-dev"]),
    ("python3", &["python3", "python3-pip"]),
];

/// Whether a program is on the path.
pub(crate) fn has(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Installs the build tools that are missing, or says how.
pub(crate) fn build_tools() -> anyhow::Result<()> {
    let mut packages: Vec<&str> = TOOLS
        .iter()
        .filter(|(tool, _)| !has(tool))
        .flat_map(|(_, packages)| packages.iter().copied())
        .collect();
    if !packages.contains(&"libclang-dev") && !has_libclang() {
        packages.push("libclang-dev");
    }
    if packages.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install --yes --no-install-recommends {}", packages.join(" "));
    if !has("apt-get") {
        bail!("these are missing: {}. Install them with your system's package manager.", packages.join(", "));
    }
    if !is_root() {
        bail!("these are missing: {}. Run:\n  sudo {line}", packages.join(", "));
    }
    step(&format!("Installing {}", packages.join(", ")));
    program("apt-get").args(["update".to_owned(), "--quiet".to_owned()]).run()?;
    program("apt-get")
        .args(line.split(' ').skip(1).map(str::to_owned))
        .env("DEBIAN_FRONTEND", "noninteractive")
        .run()
}

/// Fetches the embedding model; without it the shop works on words alone.
pub(crate) fn embedding_model() {
    step("Embedding model (23 MB, once)");
    if let Err(error) = pull(&["all-minilm-l6-v2"]) {
        println!("{error}\nGoing on without it: search and answers work on words alone.");
    }
}

/// Fetches the models that tests use; `false` where they cannot be had.
pub(crate) fn test_models() -> bool {
    step("Models for tests (155 MB, once)");
    match pull(&["all-minilm-l6-v2", "use-multilingual-v3", "smollm2-135m"]) {
        Ok(()) => true,
        Err(error) => {
            println!("{error}\nGoing on without them: tests of models say so and pass over.");
            false
        }
    }
}

fn pull(names: &[&str]) -> anyhow::Result<()> {
    cargo(["run", "--quiet", "-p", "russet", "--", "models", "pull"])
        .args(names.iter().map(|n| (*n).to_owned()))
        .run()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0"))
}

fn has_libclang() -> bool {
    let folders = [
        "/usr/lib",
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/local/lib",
        "/usr/lib64",
    ];
    let is_libclang = |path: &Path| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| {
            name.starts_with("libclang.so")
                || name.starts_with("libclang-") && name.contains(".so")
                || name == "libclang.dylib"
        })
    };
    let holds = |folder: &Path| {
        std::fs::read_dir(folder)
            .is_ok_and(|entries| entries.flatten().any(|entry| is_libclang(&entry.path())))
    };
    let llvm = std::fs::read_dir("/usr/lib").map(|entries| {
        entries.flatten().any(|entry| {
            entry.file_name().to_string_lossy().starts_with("llvm") && holds(&entry.path().join("lib"))
        })
    });
    std::env::var_os("LIBCLANG_PATH").is_some()
        || folders.iter().any(|folder| holds(Path::new(folder)))
        || llvm.unwrap_or(false)
        || cfg!(target_os = "macos")
}
