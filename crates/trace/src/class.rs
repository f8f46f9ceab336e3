//! What kind of venue it is. Rules hold for a class, so that a carriage is not judged like a park.

use serde::{Deserialize, Serialize};

/// The class of a venue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum VenueClass {
    /// 未分类: nobody has said yet what it is.
    #[default]
    Unclassified = 0,
    /// 住户: people who live together.
    Household = 1,
    /// 房间、教室、病房: one closed room.
    Room = 2,
    /// 交通工具: one carriage, bus, cabin or car on one run.
    Vehicle = 3,
    /// 工作区域: an office, a workshop, a shift.
    Workplace = 4,
    /// 商店: a shop, restaurant or other place that people pass through.
    Shop = 5,
    /// 市场大厅: a market hall, mall or other large hall.
    MarketHall = 6,
    /// 室外: a park, a square, a street.
    Outdoor = 7,
    /// 交通枢纽: a station, a terminal.
    TransportHub = 8,
}

impl VenueClass {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// All of them, in the order of their numbers.
    pub const ALL: [VenueClass; VenueClass::COUNT] = [
        VenueClass::Unclassified,
        VenueClass::Household,
        VenueClass::Room,
        VenueClass::Vehicle,
        VenueClass::Workplace,
        VenueClass::Shop,
        VenueClass::MarketHall,
        VenueClass::Outdoor,
        VenueClass::TransportHub,
    ];

    /// The number that files hold.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// The class of a number; one that is not known is unclassified.
    pub fn of_number(number: u8) -> VenueClass {
        VenueClass::ALL.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The word of files and options: `household`, `market_hall` …
    pub fn key(self) -> &'static str {
        match self {
            VenueClass::Unclassified => "unclassified",
            VenueClass::Household => "household",
            VenueClass::Room => "room",
            VenueClass::Vehicle => "vehicle",
            VenueClass::Workplace => "workplace",
            VenueClass::Shop => "shop",
            VenueClass::MarketHall => "market_hall",
            VenueClass::Outdoor => "outdoor",
            VenueClass::TransportHub => "transport_hub",
        }
    }

    /// The class of a word as [`key`](VenueClass::key) writes it.
    pub fn of_key(key: &str) -> Option<VenueClass> {
        VenueClass::ALL.into_iter().find(|class| class.key() == key)
    }

    /// 中文。
    pub fn zh(self) -> &'static str {
        match self {
            VenueClass::Unclassified => "未分类",
            VenueClass::Household => "住户",
            VenueClass::Room => "房间教室病房",
            VenueClass::Vehicle => "交通工具",
            VenueClass::Workplace => "工作区域",
            VenueClass::Shop => "商店",
            VenueClass::MarketHall => "市场大厅",
            VenueClass::Outdoor => "室外",
            VenueClass::TransportHub => "交通枢纽",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_found_by_its_number_and_its_key() {
        for (index, class) in VenueClass::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(class.number()), index);
            assert_eq!(VenueClass::of_number(class.number()), class);
            assert_eq!(VenueClass::of_key(class.key()), Some(class));
        }
        assert_eq!(VenueClass::of_number(200), VenueClass::Unclassified);
    }
}
