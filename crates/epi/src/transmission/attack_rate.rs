use crate::number::{beta, normal};
use crate::{Probability, Refusal};

/// A share with two intervals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttackRate {
    /// Share of contacts that fell ill.
    pub rate: f64,
    /// Clopper and Pearson's interval: never too short.
    pub exact: (f64, f64),
    /// Wilson's interval: right on average.
    pub wilson: (f64, f64),
}

/// How many of the contacts fall ill? The secondary attack rate with intervals.
///
/// `x/n`; exact: the `α/2` quantile of `Beta(x, n-x+1)` and the `1-α/2` quantile of `Beta(x+1, n-x)`; Wilson:
/// `(x + z²/2 ± z √(x(n-x)/n + z²/4)) / (n + z²)`.
///
/// * `ill`: contacts that fell ill within the follow-up; `contacts`: all whose follow-up is over.
///
/// Do not count contacts still followed up, nor co-primary cases.
///
/// # Errors
/// [`Refusal::Nothing`] without contacts, [`Refusal::Lengths`] if more fell ill than there are.
///
/// Source: Clopper C., Pearson E. Biometrika 1934;26:404–13; Wilson E.B. J Am Stat Assoc 1927;22:209–12.
pub fn attack_rate(ill: u32, contacts: u32, level: Probability) -> Result<AttackRate, Refusal> {
    if contacts == 0 {
        return Err(Refusal::Nothing {
            what_zh: "完成随访的密切接触者", what: "contact whose follow-up is over"
        });
    }
    if ill > contacts {
        return Err(Refusal::Lengths { what: "ill/contacts", left: ill as usize, right: contacts as usize });
    }
    let (x, n) = (f64::from(ill), f64::from(contacts));
    let tail = (1.0 - level.get()) / 2.0;
    let low = if ill == 0 { 0.0 } else { beta::quantile(tail, x, n - x + 1.0) };
    let high = if ill == contacts { 1.0 } else { beta::quantile(1.0 - tail, x + 1.0, n - x) };
    let z = normal::quantile(1.0 - tail);
    let reach = z * (x * (n - x) / n + z * z / 4.0).sqrt();
    let end = |sign: f64| ((x + z * z / 2.0 + sign * reach) / (n + z * z)).clamp(0.0, 1.0);
    Ok(AttackRate { rate: x / n, exact: (low, high), wilson: (end(-1.0), end(1.0)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With nobody ill the exact upper end is `1 - (α/2)^{1/n}`.
    #[test]
    fn none_of_twenty_still_allows_one_in_six() {
        let rate = attack_rate(0, 20, Probability::new("level", 0.95).unwrap()).unwrap();
        assert!((rate.exact.1 - (1.0 - 0.025_f64.powf(0.05))).abs() < 1e-12);
        assert_eq!(rate.exact.0, 0.0);
        assert!(rate.wilson.1 < rate.exact.1);
    }

    #[test]
    fn more_ill_than_contacts_is_refused() {
        assert!(attack_rate(3, 2, Probability::FIVE_PERCENT).is_err());
        assert!(attack_rate(0, 0, Probability::FIVE_PERCENT).is_err());
    }
}
