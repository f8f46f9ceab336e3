/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLimits {
    /// Without a request, in milliseconds.
    pub idle_ms: i64,
    /// From sign-in, whatever happens, in milliseconds.
    pub whole_ms: i64,
}

impl Default for SessionLimits {
    /// Two hours idle, twelve hours in all: a shift.
    fn default() -> SessionLimits {
        SessionLimits { idle_ms: 2 * 3_600_000, whole_ms: 12 * 3_600_000 }
    }
}

impl SessionLimits {
    /// Whether a session still runs.
    pub fn allow(self, started_ms: i64, seen_ms: i64, now_ms: i64) -> bool {
        now_ms - seen_ms < self.idle_ms && now_ms - started_ms < self.whole_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_idle_or_old() {
        let limits = SessionLimits { idle_ms: 10, whole_ms: 100 };
        assert!(limits.allow(0, 90, 99));
        assert!(!limits.allow(0, 80, 90));
        assert!(!limits.allow(0, 99, 100));
    }
}
