use std::collections::BTreeMap;

use super::normal_name;
use crate::area::{AreaCode, AreaLevel};

/// The name of an area, as far as names of units begin with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaName {
    /// The area.
    pub code: AreaCode,
    /// Full name (`清河区`).
    pub name: String,
    /// Short name (`清河`); without one it is taken from the full name, except of villages.
    pub short: Option<String>,
}

/// The areas that names of units begin with.
#[derive(Clone, Debug, Default)]
pub struct Places {
    by_name: BTreeMap<String, Vec<Place>>,
    signs: BTreeMap<AreaCode, char>,
    longest: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    code: AreaCode,
    /// Whether it is called by its full name.
    in_full: bool,
}

/// A unit's name without the place at its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placed {
    /// The areas that the place may be; empty if none is named.
    pub(super) areas: Vec<AreaCode>,
    /// What the place is called in short (`区` of 区卫健局, of 清河区卫健局, too); `街` for 街道, `社` for 社区.
    pub(super) sign: Option<char>,
    /// The rest (`卫健局`).
    pub(super) core: String,
    /// Whether only an area was named, by which its own office is meant.
    pub(super) area_alone: bool,
}

/// Endings of names of areas with their signs. The longer ending stands first.
const SIGNS: &[(&str, char)] = &[
    ("自治区", '省'),
    ("街道", '街'),
    ("社区", '社'),
    ("省", '省'),
    ("市", '市'),
    ("县", '县'),
    ("区", '区'),
    ("州", '州'),
    ("盟", '盟'),
    ("旗", '旗'),
    ("镇", '镇'),
    ("乡", '乡'),
    ("村", '村'),
];

/// Words that begin as a sign and are none.
const NO_SIGN: &[&str] = &[
    "市场",
    "市容",
    "市监局",
    "市级",
    "市直",
    "市属",
    "市民",
    "市区",
    "市县",
    "市政管",
    "市政园",
    "市政工",
    "市政局",
    "市政设",
    "区域",
    "区级",
    "区直",
    "区属",
    "区县",
    "县域",
    "县级",
    "县直",
    "县属",
    "县城",
    "县区",
    "乡村",
    "乡镇",
    "乡级",
    "镇街",
    "镇级",
    "省级",
    "省直",
    "省属",
    "州级",
];

/// Ends of names in which the place stands in the middle (`市公安局清河分局`).
const PLACE_INSIDE: &[&str] = &["分局", "支行", "分行", "分公司", "供电公司"];

/// Words that stand before the place.
const SUPERIORS: &[&str] = &["中国共产党", "中共", "国家税务总局"];

fn sign_of(area: &str) -> Option<(&'static str, char)> {
    SIGNS.iter().find(|(ending, _)| area.ends_with(ending)).copied()
}

/// The office that is meant where only its area is named.
fn office(sign: Option<char>) -> Option<&'static str> {
    match sign? {
        '街' => Some("街道办事处"),
        '村' => Some("村民委员会"),
        '社' => Some("居民委员会"),
        _ => Some("人民政府"),
    }
}

/// The sign a name begins with, and the rest.
fn own_sign(name: &str) -> Option<(char, &str)> {
    if NO_SIGN.iter().any(|word| name.starts_with(word)) {
        return None;
    }
    let starts = |(ending, sign): &(&str, char)| Some((*sign, name.strip_prefix(ending)?));
    SIGNS.iter().filter(|(_, sign)| !matches!(sign, '社' | '村')).find_map(starts).filter(|(_, rest)| is_name(rest))
}

/// Whether what is left after a place can be a name.
fn is_name(rest: &str) -> bool {
    rest == "委" || rest.chars().nth(1).is_some()
}

/// The youth league puts the sign inside: `团区委`.
fn youth_league(name: &str) -> Option<(char, &'static str)> {
    let sign = name.strip_prefix('团')?.strip_suffix('委')?;
    let mut signs = SIGNS.iter().filter(|(ending, _)| *ending == sign);
    signs.next().map(|(_, sign)| (*sign, "团委"))
}

impl Places {
    /// The areas of a district, city or province, down to the village.
    pub fn new(areas: impl IntoIterator<Item = AreaName>) -> Places {
        let mut places = Places::default();
        for area in areas.into_iter().filter(|area| area.code.level() <= AreaLevel::Village) {
            places.add(area);
        }
        places
    }

    fn add(&mut self, area: AreaName) {
        let name = normal_name(&area.name);
        let sign = sign_of(&name);
        let taken = || {
            let stem = name.strip_suffix(sign?.0)?;
            (area.code.level() < AreaLevel::Village && stem.chars().count() >= 2).then(|| stem.to_owned())
        };
        if let Some(short) = area.short.as_deref().map(normal_name).or_else(taken) {
            self.insert(short, area.code.clone(), false);
        }
        if let Some((_, sign)) = sign {
            self.signs.insert(area.code.clone(), sign);
        }
        self.insert(name, area.code, true);
    }

    fn insert(&mut self, name: String, code: AreaCode, in_full: bool) {
        let length = name.chars().count();
        if length >= 2 {
            self.longest = self.longest.max(length);
            self.by_name.entry(name).or_default().push(Place { code, in_full });
        }
    }

    /// The sign by which units of an area are called (`区`).
    pub(super) fn sign(&self, area: &AreaCode) -> Option<char> {
        self.signs.get(area).copied()
    }

    /// Takes the place off the beginning of a normalised name.
    pub(super) fn placed(&self, normal: &str) -> Placed {
        let name = SUPERIORS.iter().find_map(|word| normal.strip_prefix(word)).unwrap_or(normal);
        let (name, league) = name.strip_prefix("共青团").map_or((name, false), |rest| (rest, true));
        let mut placed = self.named(name);
        if league {
            placed.core = "团委".to_owned();
        } else if let Some((sign, core)) = youth_league(&placed.core) {
            placed.core = core.to_owned();
            placed.sign = placed.sign.or(Some(sign));
        }
        self.with_place_inside(placed)
    }

    /// Takes named places, or else the sign, off the beginning.
    fn named(&self, name: &str) -> Placed {
        let mut placed = Placed { core: name.to_owned(), ..Placed::default() };
        // Province, city, county and township may all be named one after the other.
        for _ in 0..4 {
            if let Some(alone) = self.alone(&placed) {
                return alone;
            }
            let Some((found, rest)) = self.first_place(&placed.core) else {
                break;
            };
            placed.areas = inside(&placed.areas, found);
            placed.sign = placed.areas.first().and_then(|area| self.sign(area));
            placed.core = rest.to_owned();
        }
        if placed.areas.is_empty() {
            let signed = own_sign(&placed.core).map(|(sign, rest)| (sign, rest.to_owned()));
            if let Some((sign, core)) = signed {
                (placed.sign, placed.core) = (Some(sign), core);
            }
        }
        if placed.sign == Some('街') && matches!(placed.core.as_str(), "办事处" | "办公室") {
            placed.core = "街道办事处".to_owned();
        }
        placed
    }

    /// An area and nothing else: its own office is meant.
    fn alone(&self, placed: &Placed) -> Option<Placed> {
        let named = self.by_name.get(&placed.core)?.iter().filter(|place| place.in_full);
        let areas = inside(&placed.areas, &named.cloned().collect::<Vec<_>>());
        let sign = areas.first().and_then(|area| self.sign(area));
        let core = office(sign)?.to_owned();
        Some(Placed { areas, sign, core, area_alone: true })
    }

    /// The longest place at the beginning of a name, and the rest.
    fn first_place<'a>(&self, name: &'a str) -> Option<(&[Place], &'a str)> {
        let ends: Vec<usize> = name.char_indices().skip(2).take(self.longest).map(|(at, _)| at).collect();
        ends.into_iter().rev().find_map(|end| {
            let (front, rest) = name.split_at(end);
            let places = self.by_name.get(front).filter(|_| is_name(rest))?;
            Some((places.as_slice(), rest))
        })
    }

    fn with_place_inside(&self, placed: Placed) -> Placed {
        let Some(ending) = PLACE_INSIDE.iter().find(|ending| placed.core.ends_with(*ending)) else {
            return placed;
        };
        let body = &placed.core[..placed.core.len() - ending.len()];
        let found = body.char_indices().skip(2).find_map(|(at, _)| Some((at, self.by_name.get(&body[at..])?)));
        let Some((at, places)) = found else {
            return placed;
        };
        let areas = inside(&placed.areas, places);
        let sign = areas.first().and_then(|area| self.sign(area));
        let core = format!("{}{ending}", body[..at].trim_end_matches('局'));
        Placed { areas, sign, core, area_alone: false }
    }
}

/// The areas among those found that lie in one named before; all of them if none does.
fn inside(before: &[AreaCode], found: &[Place]) -> Vec<AreaCode> {
    let all = || found.iter().map(|place| place.code.clone());
    let nested: Vec<AreaCode> = all().filter(|code| before.iter().any(|above| above.contains(code))).collect();
    if nested.is_empty() { all().collect() } else { nested }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The made-up city of the tests: 云泽市 with 清河区, 青岚县 and townships of 清河区.
    pub(in crate::unit) fn places() -> Places {
        let areas = [
            ("9901", "云泽市"),
            ("990101", "清河区"),
            ("990102", "青岚县"),
            ("990101001", "白鹭镇"),
            ("990101002", "东汀街道"),
            ("990101001003", "石桥村"),
        ];
        let name =
            |(code, name): (&str, &str)| AreaName { code: code.parse().unwrap(), name: name.to_owned(), short: None };
        Places::new(areas.into_iter().map(name))
    }

    #[test]
    fn the_place_is_taken_off_however_it_is_named() {
        let cases = [
            ("清河区卫健局", "990101", Some('区'), "卫健局"),
            ("云泽市清河区卫健局", "990101", Some('区'), "卫健局"),
            ("清河卫健局", "990101", Some('区'), "卫健局"),
            ("区卫健局", "", Some('区'), "卫健局"),
            ("卫健局", "", None, "卫健局"),
            ("清河区委宣传部", "990101", Some('区'), "委宣传部"),
            ("中共清河区委", "990101", Some('区'), "委"),
            ("团区委", "", Some('区'), "团委"),
            ("共青团清河区委员会", "990101", Some('区'), "团委"),
            ("市公安局清河分局", "990101", Some('区'), "公安分局"),
            ("公安清河分局", "990101", Some('区'), "公安分局"),
            ("清河公安分局", "990101", Some('区'), "公安分局"),
            ("人民银行清河支行", "990101", Some('区'), "人民银行支行"),
            ("东汀街道办事处", "990101002", Some('街'), "街道办事处"),
            ("街道党政办", "", Some('街'), "党政办"),
            ("市场监管局", "", None, "市场监管局"),
            ("市政府办公室", "", Some('市'), "政府办公室"),
            ("乡村振兴局", "", None, "乡村振兴局"),
            ("石桥村卫生室", "990101001003", Some('村'), "卫生室"),
            ("", "", None, ""),
        ];
        for (name, area, sign, core) in cases {
            let placed = places().placed(name);
            let areas: Vec<&str> = placed.areas.iter().map(AreaCode::as_str).collect();
            assert_eq!((areas.join(","), placed.sign, placed.core.as_str()), (area.into(), sign, core), "{name}");
            assert!(!placed.area_alone, "{name}");
        }
    }

    #[test]
    fn an_area_alone_means_its_own_office() {
        let cases =
            [("白鹭镇", "人民政府"), ("东汀街道", "街道办事处"), ("石桥村", "村民委员会"), ("清河区", "人民政府")];
        for (name, core) in cases {
            let placed = places().placed(name);
            assert!(placed.area_alone, "{name}");
            assert_eq!(placed.core, core);
        }
    }
}
