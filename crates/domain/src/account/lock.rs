use crate::Lang;

/// Failures in a row before the account waits.
const FREE_TRIES: u32 = 5;
/// First wait, in milliseconds; it doubles with each further failure.
const FIRST_WAIT_MS: i64 = 30_000;
/// Longest wait: half an hour.
const LONGEST_WAIT_MS: i64 = 1_800_000;

/// How long after this many failures in a row the next try must wait, in milliseconds: nothing for the first
/// five, then 30 s, 1 min, 2 min … up to half an hour. An account never locks for good, so that nobody can lock
/// out the commander on purpose.
pub fn wait_after(failures: u32) -> i64 {
    if failures < FREE_TRIES {
        return 0;
    }
    let doublings = (failures - FREE_TRIES).min(10);
    (FIRST_WAIT_MS << doublings).min(LONGEST_WAIT_MS)
}

/// Until when an account waits after its last failure; none when it may be tried.
pub fn waits_until(failures: u32, last_failed_ms: i64, now_ms: i64) -> Option<i64> {
    let until = last_failed_ms + wait_after(failures);
    (failures >= FREE_TRIES && until > now_ms).then_some(until)
}

/// The message while an account waits.
pub fn wait_words(until_ms: i64, now_ms: i64, lang: Lang) -> String {
    let seconds = ((until_ms - now_ms).max(0) + 999) / 1000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let zh = if minutes == 0 { format!("{seconds} 秒") } else { format!("{minutes} 分 {rest} 秒") };
    let en = if minutes == 0 { format!("{seconds} s") } else { format!("{minutes} min {rest} s") };
    lang.pick(
        format!("连续多次登录失败，请等待 {zh}后再试；忘记密码请联系系统管理员重发登录链接。"),
        format!("Too many failed attempts. Wait {en} and try again; if the password is lost, ask a system administrator for a new link."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_stays_bounded() {
        let waits: Vec<i64> = (0..30).map(wait_after).collect();
        assert_eq!(&waits[..8], &[0, 0, 0, 0, 0, 30_000, 60_000, 120_000]);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(waits[29], LONGEST_WAIT_MS);
        assert_eq!(wait_after(u32::MAX), LONGEST_WAIT_MS);
    }

    #[test]
    fn after_the_wait_the_account_may_be_tried() {
        assert_eq!(waits_until(4, 1000, 1001), None);
        assert_eq!(waits_until(5, 1000, 1001), Some(31_000));
        assert_eq!(waits_until(5, 1000, 31_000), None);
    }
}
