//! The runtime itself: started once in a process, quiet, and only on processors that it was built for.

use std::sync::OnceLock;

use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::{LogOptions, send_logs_to_tracing};

use crate::InferError;

/// The variable that a process should be started with, and its value: threads of a model then sleep while they wait for
/// each other. Else they spin, and one more busy thread in the machine slows a model down ten times. It is read before
/// `main`, so only whoever starts the process can set it.
pub const WAIT_POLICY: (&str, &str) = ("OMP_WAIT_POLICY", "passive");

/// The runtime, started at the first call. Its log goes to `tracing` under the target `llama-cpp-2`.
pub(super) fn backend() -> Result<&'static LlamaBackend, InferError> {
    static BACKEND: OnceLock<Result<LlamaBackend, String>> = OnceLock::new();
    let started = BACKEND.get_or_init(|| {
        send_logs_to_tracing(LogOptions::default());
        LlamaBackend::init().map_err(|e| e.to_string())
    });
    started.as_ref().map_err(InferError::failed)
}

/// The runtime is compiled for these instructions and would be killed by a processor without them.
#[cfg(target_arch = "x86_64")]
pub(super) fn check_processor() -> Result<(), InferError> {
    let needed = [
        ("AVX2", is_x86_feature_detected!("avx2")),
        ("FMA", is_x86_feature_detected!("fma")),
        ("F16C", is_x86_feature_detected!("f16c")),
        ("BMI2", is_x86_feature_detected!("bmi2")),
    ];
    match needed.iter().find(|(_, is_there)| !is_there) {
        None => Ok(()),
        Some((name, _)) => Err(InferError::Unsupported { reason: format!("its processor has no {name}") }),
    }
}

/// Other processors run what the compiler made for their baseline.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn check_processor() -> Result<(), InferError> {
    Ok(())
}

/// The number of threads that was asked for, or one for each processor. Threads that spin leave one processor alone.
pub(super) fn thread_count(wanted: usize) -> i32 {
    let (name, passive) = WAIT_POLICY;
    let sleeps = std::env::var(name).is_ok_and(|policy| policy.eq_ignore_ascii_case(passive));
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = match (wanted, sleeps) {
        (0, true) => processors,
        (0, false) => (processors - 1).max(1),
        (wanted, _) => wanted,
    };
    threads as i32
}
