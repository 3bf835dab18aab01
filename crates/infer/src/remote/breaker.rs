//! A circuit breaker (after Nygard, "Release It!"): a server that fails again and again is left alone for a while, then
//! tried with one request.

use std::time::Duration;

use tokio::time::Instant;

/// The state of the breaker. Time is passed in.
#[derive(Debug)]
pub(super) struct Breaker {
    state: State,
    failures_to_open: u32,
    pause: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Requests go through; so many failed in a row.
    Closed { failures: u32 },
    /// Requests are refused until then.
    Open { until: Instant },
    /// One request is on its way to see whether the server is back. If it is never heard of again, another may go then.
    HalfOpen { another: Instant },
}

impl Breaker {
    /// A closed breaker.
    pub(super) fn new(failures_to_open: u32, pause: Duration) -> Breaker {
        Breaker { state: State::Closed { failures: 0 }, failures_to_open: failures_to_open.max(1), pause }
    }

    /// Asks to send a request. Refused with the time to wait.
    pub(super) fn admit(&mut self, now: Instant) -> Result<(), Duration> {
        match self.state {
            State::Closed { .. } => Ok(()),
            State::Open { until: next } | State::HalfOpen { another: next } if now < next => Err(next - now),
            State::Open { .. } | State::HalfOpen { .. } => {
                self.state = State::HalfOpen { another: now + self.pause };
                Ok(())
            }
        }
    }

    /// A request was answered.
    pub(super) fn succeeded(&mut self) {
        self.state = State::Closed { failures: 0 };
    }

    /// A request failed by the fault of the server.
    pub(super) fn failed(&mut self, now: Instant) {
        let open = State::Open { until: now + self.pause };
        self.state = match self.state {
            State::Closed { failures } if failures + 1 < self.failures_to_open => {
                State::Closed { failures: failures + 1 }
            }
            // A request that was sent before the breaker opened says nothing new.
            State::Open { .. } => self.state,
            State::Closed { .. } | State::HalfOpen { .. } => open,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_secs(10);

    fn opened(now: Instant) -> Breaker {
        let mut breaker = Breaker::new(3, PAUSE);
        for _ in 0..3 {
            assert_eq!(breaker.admit(now), Ok(()));
            breaker.failed(now);
        }
        breaker
    }

    #[test]
    fn opens_after_failures_in_a_row() {
        let now = Instant::now();
        assert_eq!(opened(now).admit(now + PAUSE / 2), Err(PAUSE / 2));
    }

    #[test]
    fn a_success_between_failures_keeps_it_closed() {
        let now = Instant::now();
        let mut breaker = Breaker::new(2, PAUSE);
        for _ in 0..5 {
            breaker.failed(now);
            breaker.succeeded();
        }
        assert_eq!(breaker.admit(now), Ok(()));
    }

    #[test]
    fn one_request_tests_whether_the_server_is_back() {
        let now = Instant::now();
        let mut breaker = opened(now);
        assert_eq!(breaker.admit(now + PAUSE), Ok(()));
        assert_eq!(breaker.admit(now + PAUSE), Err(PAUSE));
        breaker.succeeded();
        assert_eq!(breaker.admit(now + PAUSE), Ok(()));
    }

    #[test]
    fn a_failed_test_opens_it_again() {
        let now = Instant::now();
        let mut breaker = opened(now);
        assert_eq!(breaker.admit(now + PAUSE), Ok(()));
        breaker.failed(now + PAUSE);
        assert_eq!(breaker.admit(now + PAUSE), Err(PAUSE));
    }

    #[test]
    fn a_test_that_is_never_heard_of_again_does_not_block_for_ever() {
        let now = Instant::now();
        let mut breaker = opened(now);
        assert_eq!(breaker.admit(now + PAUSE), Ok(()));
        assert_eq!(breaker.admit(now + 2 * PAUSE), Ok(()));
    }
}
