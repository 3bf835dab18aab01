//! Whether and when a request is tried again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The longest time that a server may ask a waiting shopper to stay; beyond it the request is refused.
pub(super) const MAX_WAIT: Duration = Duration::from_secs(8);

/// Whether an answer of this status may turn out better the next time.
pub(super) fn is_worth_it(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504 | 529)
}

/// The pause before try number `attempt` (2, 3, …): doubled each time, between half of it and all of it, so that many
/// callers do not come back together. `chance` is between 0 and 1. What the server asks for is never undercut.
pub(super) fn pause(attempt: u32, backoff: Duration, chance: f64, asked: Option<Duration>) -> Duration {
    let full = backoff.saturating_mul(1 << attempt.saturating_sub(2).min(10));
    let jittered = full.mul_f64(0.5 + chance.clamp(0.0, 1.0) / 2.0);
    jittered.max(asked.unwrap_or_default())
}

/// `Retry-After` in seconds. The form with a date is rare and counts as absent.
pub(super) fn asked(header: Option<&str>) -> Option<Duration> {
    let seconds: f64 = header?.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// A number between 0 and 1 that differs from call to call. It spreads load and decides nothing.
pub(super) fn chance() -> f64 {
    RandomState::new().hash_one(()) as f64 / u64::MAX as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Duration = Duration::from_millis(100);

    #[test]
    fn the_pause_doubles_and_is_spread() {
        assert_eq!(pause(2, BACKOFF, 1.0, None), BACKOFF);
        assert_eq!(pause(3, BACKOFF, 1.0, None), 2 * BACKOFF);
        assert_eq!(pause(3, BACKOFF, 0.0, None), BACKOFF);
        assert!(pause(u32::MAX, BACKOFF, 1.0, None) > BACKOFF);
    }

    #[test]
    fn the_server_is_not_undercut() {
        let asked = asked(Some("2"));
        assert_eq!(pause(2, BACKOFF, 1.0, asked), Duration::from_secs(2));
        assert_eq!(super::asked(Some("Fri, 31 Dec 1999 23:59:59 GMT")), None);
        assert_eq!(super::asked(Some("-1")), None);
    }

    #[test]
    fn only_some_answers_are_worth_another_try() {
        assert!(is_worth_it(429) && is_worth_it(503));
        assert!(!is_worth_it(400) && !is_worth_it(401) && !is_worth_it(404));
    }
}
