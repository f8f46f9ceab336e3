use serde::{Deserialize, Serialize};

use crate::Lang;

/// The level of an area. Digits of its code: 2, 4, 6, 9, 12, then 3 more for each level.
///
/// Source: GB/T 2260 (province, city, county); the 12-digit division codes for statistical use (township, village);
/// below the village the code is the district's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    /// 省、自治区、直辖市.
    Province,
    /// 市、地区、州、盟.
    City,
    /// 县、区、县级市、旗.
    County,
    /// 乡、镇、街道.
    Township,
    /// 村、社区.
    Village,
    /// 网格.
    Grid,
    /// 小区.
    Compound,
    /// 楼栋.
    Building,
    /// 单元: one entrance of a building. (`Unit` is an organisation.)
    Door,
}

impl AreaLevel {
    /// Every level from the highest to the lowest.
    pub const ALL: [AreaLevel; 9] = [
        AreaLevel::Province,
        AreaLevel::City,
        AreaLevel::County,
        AreaLevel::Township,
        AreaLevel::Village,
        AreaLevel::Grid,
        AreaLevel::Compound,
        AreaLevel::Building,
        AreaLevel::Door,
    ];

    /// How many digits the code of an area of this level has.
    pub fn digits(self) -> usize {
        match self {
            AreaLevel::Province => 2,
            AreaLevel::City => 4,
            AreaLevel::County => 6,
            AreaLevel::Township => 9,
            AreaLevel::Village => 12,
            AreaLevel::Grid => 15,
            AreaLevel::Compound => 18,
            AreaLevel::Building => 21,
            AreaLevel::Door => 24,
        }
    }

    /// The level whose codes have so many digits.
    pub fn of_digits(digits: usize) -> Option<AreaLevel> {
        AreaLevel::ALL.into_iter().find(|level| level.digits() == digits)
    }

    /// The level above; none above the province.
    pub fn above(self) -> Option<AreaLevel> {
        AreaLevel::ALL.into_iter().take_while(|level| *level < self).last()
    }

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            AreaLevel::Province => "province",
            AreaLevel::City => "city",
            AreaLevel::County => "county",
            AreaLevel::Township => "township",
            AreaLevel::Village => "village",
            AreaLevel::Grid => "grid",
            AreaLevel::Compound => "compound",
            AreaLevel::Building => "building",
            AreaLevel::Door => "door",
        }
    }

    /// The level of a code.
    pub fn from_code(code: &str) -> Option<AreaLevel> {
        AreaLevel::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The level in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            AreaLevel::Province => lang.pick("省", "Province"),
            AreaLevel::City => lang.pick("市", "City"),
            AreaLevel::County => lang.pick("县（区）", "County"),
            AreaLevel::Township => lang.pick("乡镇（街道）", "Township"),
            AreaLevel::Village => lang.pick("村（社区）", "Village"),
            AreaLevel::Grid => lang.pick("网格", "Grid"),
            AreaLevel::Compound => lang.pick("小区", "Compound"),
            AreaLevel::Building => lang.pick("楼栋", "Building"),
            AreaLevel::Door => lang.pick("单元", "Entrance"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_again_by_its_digits_and_its_code() {
        for level in AreaLevel::ALL {
            assert_eq!(AreaLevel::of_digits(level.digits()), Some(level));
            assert_eq!(AreaLevel::from_code(level.code()), Some(level));
            assert!(!level.words(Lang::Zh).is_empty() && level.words(Lang::En).is_ascii());
        }
        assert_eq!(AreaLevel::of_digits(8), None);
    }

    #[test]
    fn each_level_stands_under_the_one_before_it() {
        assert_eq!(AreaLevel::Province.above(), None);
        for pair in AreaLevel::ALL.windows(2) {
            assert_eq!(pair[1].above(), Some(pair[0]));
            assert!(pair[0].digits() < pair[1].digits());
        }
    }
}
