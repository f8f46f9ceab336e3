//! How much a programme of building capacity asks for: proportions and staircases, with what its text leaves open.

use super::Amount;
use crate::Lang;

/// What is asked for, from the lowest to the highest reading of the text; the same where it can be read in one way only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// By the lowest reading.
    pub low: Amount,
    /// By the highest reading.
    pub high: Amount,
}

impl Bounds {
    /// Where there is one reading.
    pub fn exactly(amount: Amount) -> Bounds {
        Bounds { low: amount, high: amount }
    }

    /// `1,752`, `4–5`; at most two decimals.
    pub fn words(self) -> String {
        let one = |amount: Amount| {
            let amount = amount.rounded_to(2);
            amount.grouped(u8::try_from(amount.decimals()).unwrap_or(2))
        };
        if self.low == self.high { one(self.low) } else { format!("{}–{}", one(self.low), one(self.high)) }
    }
}

/// So many for every so many, rounded up to whole ones: 40 rooms for 10,000 people, 25 staff for 100 places, an ambulance
/// for 30,000. None where the proportion is for nothing, or too large.
///
/// ```
/// use lianfang_domain::indicator::{Amount, proportion};
///
/// let rooms = proportion(Amount::whole(438_000), Amount::whole(40), Amount::whole(10_000));
/// assert_eq!(rooms, Some(Amount::whole(1752)));
/// ```
pub fn proportion(of: Amount, n: Amount, per: Amount) -> Option<Amount> {
    of.times(n)?.over(per).map(Amount::up)
}

/// How many people a number of rooms was reckoned for: 1752 at 40 for 10,000 is 438,000. None where it cannot be told.
pub fn reckoned_for(n_held: Amount, n: Amount, per: Amount) -> Option<Amount> {
    n_held.times(per)?.over(n)
}

/// Whole-time staff of infection control by beds: 2 below 100, 4 from 100 to 500, and one more for each further step of
/// 150 to 200 beds, of which the text does not say which: counted are whole steps, by 200 for the lowest reading and by 150
/// for the highest.
pub fn infection_control(beds: Amount) -> Option<Bounds> {
    let whole = |n| Amount::whole(n);
    if beds < whole(100) {
        return Some(Bounds::exactly(whole(2)));
    }
    if beds <= whole(500) {
        return Some(Bounds::exactly(whole(4)));
    }
    let above = beds.minus(whole(500))?;
    let steps = |size: i64| {
        let steps = above.over(whole(size))?;
        let up = steps.up();
        if up == steps { Some(up) } else { up.minus(whole(1)) }
    };
    Some(Bounds { low: whole(4).plus(steps(200)?)?, high: whole(4).plus(steps(150)?)? })
}

/// Part-time staff of infection control in a clinical department: one, or one for every 50 beds in use where those are
/// more than 50.
pub fn part_time_infection_control(beds_in_use: Amount) -> Option<Amount> {
    let fifty = Amount::whole(50);
    if beds_in_use <= fifty { Some(Amount::whole(1)) } else { proportion(beds_in_use, Amount::whole(1), fifty) }
}

/// How many days a stock lasts at full use. None where nothing is used, or it cannot be told.
pub fn days_of_stock(stock: Amount, used_a_day: Amount) -> Option<Amount> {
    stock.over(used_a_day)
}

/// A figure that a plan's text has lost. It is asked for, never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostFigure {
    /// 传染病医院院感专职人员“应按以上标准的倍配备”: how many times is not there.
    InfectiousHospitalFactor,
}

impl LostFigure {
    /// The question to whoever issued the plan.
    pub fn question(self, lang: Lang) -> &'static str {
        match self {
            LostFigure::InfectiousHospitalFactor => lang.pick(
                "原文“传染病医院院感专职人员配备应按以上标准的倍配备”缺倍数，请向发文机关核实后填写；核实前不作推算。",
                "The text has lost by how many times infectious-disease hospitals exceed the standard. Ask whoever issued it; nothing is reckoned before.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(n: i64) -> Amount {
        Amount::whole(n)
    }

    /// Source: the capacity programme: 每万人不少于40间, 1752间 (710 + 1042); 容纳100人的集中隔离点不少于25名; 市级每3万人、县每1万人
    /// 1辆; 负压比例不低于40%; 采样人员 = 人口 ÷ 360.
    #[test]
    fn the_worked_numbers_of_the_programme_come_out() {
        assert_eq!(whole(710).plus(whole(1042)), Some(whole(1752)));
        let cases = [
            (438_000, 40, 10_000, 1752),
            (177_500, 40, 10_000, 710),
            (260_500, 40, 10_000, 1042),
            (100, 25, 100, 25),
            (101, 25, 100, 26),
            (60, 25, 100, 15),
            (438_000, 1, 30_000, 15),
            (177_500, 1, 10_000, 18),
            (10_000, 1, 10_000, 1),
            (10_001, 1, 10_000, 2),
            (15, 40, 100, 6),
            (18, 40, 100, 8),
            (438_000, 1, 360, 1217),
            (0, 40, 10_000, 0),
        ];
        for (of, n, per, asked) in cases {
            assert_eq!(proportion(whole(of), whole(n), whole(per)), Some(whole(asked)), "{of} × {n} ÷ {per}");
        }
        assert_eq!(reckoned_for(whole(1752), whole(40), whole(10_000)), Some(whole(438_000)));
        assert_eq!(proportion(whole(5), whole(1), Amount::ZERO), None);
    }

    #[test]
    fn infection_control_has_a_low_and_a_high_reading_above_500_beds() {
        let cases = [
            (1, 2, 2),
            (99, 2, 2),
            (100, 4, 4),
            (500, 4, 4),
            (501, 4, 4),
            (649, 4, 4),
            (650, 4, 5),
            (700, 5, 5),
            (800, 5, 6),
            (1_100, 7, 8),
        ];
        for (beds, low, high) in cases {
            assert_eq!(infection_control(whole(beds)), Some(Bounds { low: whole(low), high: whole(high) }), "{beds}");
        }
        assert_eq!(infection_control(whole(650)).map(Bounds::words), Some("4–5".to_owned()));
        for (beds, asked) in [(0, 1), (50, 1), (51, 2), (100, 2), (101, 3)] {
            assert_eq!(part_time_infection_control(whole(beds)), Some(whole(asked)), "{beds}");
        }
    }

    #[test]
    fn more_beds_never_ask_for_less_staff() {
        let spans: Vec<Bounds> = (0..3000).filter_map(|beds| infection_control(whole(beds))).collect();
        assert_eq!(spans.len(), 3000);
        assert!(spans.windows(2).all(|pair| pair[0].low <= pair[1].low && pair[0].high <= pair[1].high));
        assert!(spans.iter().all(|span| span.low <= span.high));
    }

    #[test]
    fn a_stock_of_which_nothing_is_used_has_no_number_of_days() {
        assert_eq!(days_of_stock(whole(3000), whole(100)), Some(whole(30)));
        assert_eq!(days_of_stock(whole(3000), Amount::ZERO), None);
    }
}
