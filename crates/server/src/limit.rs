use std::collections::BTreeMap;
use std::net::IpAddr;

use parking_lot::Mutex;

/// Requests that one address may send at once before it is slowed down, and how many more each second.
const BURST: f64 = 400.0;
const EACH_SECOND: f64 = 100.0;
/// The same for sign-in attempts.
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
    fn rate(self) -> (f64, f64) {
        match self {
            Kind::Request => (BURST, EACH_SECOND),
            Kind::SignIn => (SIGN_IN_BURST, SIGN_IN_EACH_SECOND),
        }
    }
}

struct Bucket {
    left: f64,
    at_ms: i64,
}

/// How fast each address may ask: a bucket that fills steadily and is emptied by requests.
#[derive(Default)]
pub(crate) struct Limits(Mutex<BTreeMap<(Kind, IpAddr), Bucket>>);

impl Limits {
    /// Takes one request from an address.
    ///
    /// # Errors
    /// The seconds to wait when the bucket is empty.
    pub(crate) fn take(&self, kind: Kind, from: IpAddr, now_ms: i64) -> Result<(), u64> {
        let (burst, each_second) = kind.rate();
        let mut buckets = self.0.lock();
        if buckets.len() >= MOST {
            buckets.retain(|(kind, _), bucket| refilled(*kind, bucket, now_ms) < kind.rate().0);
        }
        let bucket = buckets.entry((kind, from)).or_insert(Bucket { left: burst, at_ms: now_ms });
        let left = refilled(kind, bucket, now_ms);
        *bucket = Bucket { left: (left - 1.0).max(0.0), at_ms: now_ms };
        if left >= 1.0 { Ok(()) } else { Err(wait(1.0 - left, each_second)) }
    }
}

/// What is in a bucket now.
fn refilled(kind: Kind, bucket: &Bucket, now_ms: i64) -> f64 {
    let (burst, each_second) = kind.rate();
    let seconds = f64::from(u32::try_from((now_ms - bucket.at_ms).clamp(0, 3_600_000)).unwrap_or(0)) / 1000.0;
    (bucket.left + seconds * each_second).min(burst)
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
        let limits = Limits::default();
        let from: IpAddr = [127, 0, 0, 1].into();
        let tries = |now_ms| (0..30).filter(|_| limits.take(Kind::SignIn, from, now_ms).is_ok()).count();
        assert_eq!(tries(0), 20);
        assert_eq!(limits.take(Kind::SignIn, from, 0), Err(2));
        assert_eq!(tries(10_000), 5);
        assert!(limits.take(Kind::SignIn, [127, 0, 0, 2].into(), 0).is_ok());
        assert!(limits.take(Kind::Request, from, 0).is_ok());
    }
}
