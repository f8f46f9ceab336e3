use serde::{Deserialize, Serialize};

use super::AliasKind;
use crate::{Lang, UnitId};

/// Why a registered unit may be the one that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchReason {
    /// The names are the same.
    Exact,
    /// It is one of the unit's other names.
    Alias(AliasKind),
    /// The names are the same once the place is added (`区卫健局` for 清河区卫健局).
    Prefix,
    /// Only the area is written, and this is its own office (`白鹭镇`).
    OwnOffice,
    /// One name is the other's short form (`工信局` for 工业和信息化局).
    Abbreviation,
    /// It is the same department with another ending (`卫健委` for 卫生健康局).
    OtherEnding,
    /// It is the same department of another level (`市` for `区`).
    OtherLevel,
    /// The names are written alike.
    Similar,
}

impl MatchReason {
    /// The reason in words.
    pub fn words(self, lang: Lang) -> String {
        let words = match self {
            MatchReason::Alias(kind) => {
                return lang.pick(
                    format!("与登记的{}相同", kind.words(lang)),
                    format!("Same as a registered other name ({})", kind.words(lang).to_lowercase()),
                );
            }
            MatchReason::Exact => ("名称相同", "Same name"),
            MatchReason::Prefix => ("补上地名后名称相同", "Same name once the place is added"),
            MatchReason::OwnOffice => ("该辖区的政府或办事处", "The area's own office"),
            MatchReason::Abbreviation => ("简称与全称相符", "Short and full form of one name"),
            MatchReason::OtherEnding => ("同一部门，名称结尾不同（局、委、办）", "Same department with another ending"),
            MatchReason::OtherLevel => ("同一部门，但级别不同", "Same department, but of another level"),
            MatchReason::Similar => ("写法相近，请核对", "Written alike; please check"),
        };
        lang.pick(words.0, words.1).to_owned()
    }
}

/// A registered unit that a written name may mean. A person accepts it; nothing is linked by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The unit.
    pub unit: UnitId,
    /// Its registered name.
    pub name: String,
    /// Which of its names fits.
    pub matched: String,
    /// Why.
    pub reason: MatchReason,
    /// How well it fits, from 0 to 1000. It orders suggestions and is no probability.
    pub score: u16,
}

/// From this score on a suggestion may stand selected in a form.
const CLEAR: u16 = 850;
/// So far ahead of the next it must be.
const AHEAD: u16 = 100;

/// The suggestion that may stand selected in the form: it fits well, and no other fits nearly as well.
pub fn preselected(suggestions: &[Suggestion]) -> Option<&Suggestion> {
    let first = suggestions.first().filter(|first| first.score >= CLEAR)?;
    let next = suggestions.get(1).map_or(0, |next| next.score);
    (first.score - next.min(first.score) >= AHEAD).then_some(first)
}
