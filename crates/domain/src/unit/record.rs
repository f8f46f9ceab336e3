use serde::{Deserialize, Serialize};

use super::{UnitKind, normal_name};
use crate::{Lang, UnitId, area::AreaCode, post::PhoneNumber};

/// How a unit came by another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasKind {
    /// 加挂名称: a second name that the unit bears at the same time, written in a bracket.
    Bracketed,
    /// 简称.
    Short,
    /// 曾用名.
    Former,
    /// 习用写法: a way of writing that a user has once said to mean this unit.
    Learned,
}

impl AliasKind {
    /// Every kind.
    pub const ALL: [AliasKind; 4] = [AliasKind::Bracketed, AliasKind::Short, AliasKind::Former, AliasKind::Learned];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            AliasKind::Bracketed => "bracketed",
            AliasKind::Short => "short",
            AliasKind::Former => "former",
            AliasKind::Learned => "learned",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<AliasKind> {
        AliasKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            AliasKind::Bracketed => lang.pick("加挂名称", "Second name"),
            AliasKind::Short => lang.pick("简称", "Short name"),
            AliasKind::Former => lang.pick("曾用名", "Former name"),
            AliasKind::Learned => lang.pick("习用写法", "Other writing"),
        }
    }
}

/// Another name of a unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Alias {
    /// The name as written.
    pub text: String,
    /// How the unit came by it.
    pub kind: AliasKind,
}

/// An organisation or department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The unit itself.
    pub id: UnitId,
    /// Full name (`清河区卫生健康局`).
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// The area it is responsible for, or in which it lies.
    pub area: AreaCode,
    /// The unit it stands under.
    pub parent: Option<UnitId>,
    /// Its other names.
    pub aliases: Vec<Alias>,
    /// The number that reaches whoever is on duty.
    pub duty_phone: Option<PhoneNumber>,
    /// The unit it was merged into; it then only points there.
    pub merged_into: Option<UnitId>,
}

impl Unit {
    /// Whether a name is one of the unit's names, however it is typed.
    pub fn is_called(&self, name: &str) -> bool {
        let normal = normal_name(name);
        self.names().any(|own| normal_name(own) == normal)
    }

    /// Its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(|alias| alias.text.as_str()))
    }

    /// The alias to be kept once a user has said that a written name means this unit; none if it is known, or nothing
    /// is written.
    pub fn learn(&self, written: &str) -> Option<Alias> {
        let text = written.trim();
        let new = !normal_name(text).is_empty() && !self.is_called(text);
        new.then(|| Alias { text: text.to_owned(), kind: AliasKind::Learned })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::Id;

    /// A unit of tests; the kind is guessed.
    pub(in crate::unit) fn unit(id: i64, name: &str, area: &str) -> Unit {
        Unit {
            id: UnitId(Id::from_number(id)),
            name: name.to_owned(),
            kind: UnitKind::guess(name).unwrap_or(UnitKind::Other),
            area: area.parse().unwrap(),
            parent: None,
            aliases: Vec::new(),
            duty_phone: None,
            merged_into: None,
        }
    }

    /// The unit with one more alias.
    pub(in crate::unit) fn also(mut unit: Unit, kind: AliasKind, text: &str) -> Unit {
        unit.aliases.push(Alias { text: text.to_owned(), kind });
        unit
    }

    #[test]
    fn a_written_name_is_learned_once() {
        let mut unit = unit(1, "清河区卫生健康局", "990101");
        let alias = unit.learn(" 区卫健局 ").unwrap();
        assert_eq!(alias, Alias { text: "区卫健局".into(), kind: AliasKind::Learned });
        unit.aliases.push(alias);
        assert_eq!(unit.learn("区卫健局。"), None);
        assert_eq!(unit.learn("清河区 卫生健康局"), None);
        assert_eq!(unit.learn("  "), None);
    }

    #[test]
    fn alias_kinds_are_found_again_by_their_code() {
        for kind in AliasKind::ALL {
            assert_eq!(AliasKind::from_code(kind.code()), Some(kind));
        }
    }
}
