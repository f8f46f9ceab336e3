//! Work that is done after the request that asked for it was answered: a long import, a daily clean-up.

/// For how long someone who takes a job has it, in milliseconds. Progress makes it longer; when it runs out, the job is
/// taken again.
pub const LEASE_MS: i64 = 60_000;
/// How often a job is tried before it is given up.
pub const MOST_ATTEMPTS: u32 = 8;
/// The wait after the first failure, in milliseconds; each further one doubles it.
const FIRST_WAIT_MS: i64 = 30_000;
/// The longest wait, in milliseconds.
const LONGEST_WAIT_MS: i64 = 3_600_000;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobState {
    /// Waits for its time, or for someone to take it.
    Waiting,
    /// Someone has taken it.
    Running,
    /// Done.
    Done,
    /// Given up; it stays visible until someone has it tried again.
    Failed,
}

impl JobState {
    /// Every state.
    pub const ALL: [JobState; 4] = [JobState::Waiting, JobState::Running, JobState::Done, JobState::Failed];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            JobState::Waiting => "waiting",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<JobState> {
        JobState::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How long to wait after so many attempts have failed, in milliseconds; none when the job is given up.
pub fn wait_after(attempts: u32) -> Option<i64> {
    let doublings = attempts.saturating_sub(1).min(20);
    (attempts < MOST_ATTEMPTS).then(|| (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_again() {
        assert!(JobState::ALL.iter().all(|&state| JobState::from_code(state.code()) == Some(state)));
        assert_eq!(JobState::from_code("lost"), None);
    }

    #[test]
    fn the_wait_doubles_up_to_an_hour_and_then_it_is_given_up() {
        let waits: Vec<_> = (1..=MOST_ATTEMPTS).map(|n| wait_after(n).map(|ms| ms / 1000)).collect();
        let minutes = [30, 60, 120, 240, 480, 960, 1920].map(Some);
        assert_eq!(waits, [&minutes[..], &[None]].concat());
        assert!((0..100).all(|n| wait_after(n).is_none_or(|ms| ms <= LONGEST_WAIT_MS)));
    }
}
