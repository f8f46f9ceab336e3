use std::collections::BTreeMap;
use std::net::IpAddr;

use parking_lot::Mutex;

/// How fast one address may ask. Behind one address there may be a whole office.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Requests at once before it is slowed down.
    pub burst: f64,
    /// How many more each second.
    pub each_second: f64,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { burst: 400.0, each_second: 100.0 }
    }
}

/// The same for sign-in attempts, whoever asks.
const SIGN_IN_BURST: f64 = 20.0;
const SIGN_IN_EACH_SECOND: f64 = 0.5;
/// Addresses kept in mind at most.
const MOST: usize = 50_000;

/// What is being limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Any request.
    Request,
    /// Sign-ins, codes, links: whatever is worth guessing.
    SignIn,
}

impl Kind {
    fn pace(self, requests: Pace) -> Pace {
        match self {
            Kind::Request => requests,
            Kind::SignIn => Pace { burst: SIGN_IN_BURST, each_second: SIGN_IN_EACH_SECOND },
        }
    }
}

struct Bucket {
    left: f64,
    at_ms: i64,
}

/// How fast each address may ask: a bucket that fills steadily and is emptied by requests.
pub(crate) struct Limits {
    pace: Pace,
    buckets: Mutex<BTreeMap<(Kind, IpAddr), Bucket>>,
}

impl Limits {
    /// Every address at this pace.
    pub(crate) fn new(pace: Pace) -> Limits {
        Limits { pace, buckets: Mutex::default() }
    }

    /// Takes one request from an address.
    ///
    /// # Errors
    /// The seconds to wait when the bucket is empty.
    pub(crate) fn take(&self, kind: Kind, from: IpAddr, now_ms: i64) -> Result<(), u64> {
        let mut buckets = self.buckets.lock();
        if buckets.len() >= MOST {
            buckets
                .retain(|(kind, _), bucket| bucket.refilled(kind.pace(self.pace), now_ms) < kind.pace(self.pace).burst);
        }
        let pace = kind.pace(self.pace);
        let bucket = buckets.entry((kind, from)).or_insert(Bucket { left: pace.burst, at_ms: now_ms });
        let left = bucket.refilled(pace, now_ms);
        *bucket = Bucket { left: (left - 1.0).max(0.0), at_ms: now_ms };
        if left >= 1.0 { Ok(()) } else { Err(wait(1.0 - left, pace.each_second)) }
    }
}

impl Bucket {
    /// What is in it now.
    fn refilled(&self, pace: Pace, now_ms: i64) -> f64 {
        let seconds = f64::from(u32::try_from((now_ms - self.at_ms).clamp(0, 3_600_000)).unwrap_or(0)) / 1000.0;
        (self.left + seconds * pace.each_second).min(pace.burst)
    }
}

/// Whole seconds until so much has come back.
fn wait(missing: f64, each_second: f64) -> u64 {
    let seconds = (missing / each_second).ceil();
    (1..=3600).find(|&whole| f64::from(u32::try_from(whole).unwrap_or(0)) >= seconds).unwrap_or(3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_slowed_down_and_may_go_on_later() {
        let limits = Limits::new(Pace::default());
        let from: IpAddr = [127, 0, 0, 1].into();
        let tries = |now_ms| (0..30).filter(|_| limits.take(Kind::SignIn, from, now_ms).is_ok()).count();
        assert_eq!(tries(0), 20);
        assert_eq!(limits.take(Kind::SignIn, from, 0), Err(2));
        assert_eq!(tries(10_000), 5);
        assert!(limits.take(Kind::SignIn, [127, 0, 0, 2].into(), 0).is_ok());
        assert!(limits.take(Kind::Request, from, 0).is_ok());
    }
}
