//! The runtime itself: started once in a process, quiet, and only on processors that it was built for.

use std::sync::OnceLock;

use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::{LogOptions, send_logs_to_tracing};

use crate::InferError;

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
