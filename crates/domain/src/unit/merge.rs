use super::{Alias, AliasKind, Unit, UnitTree};
use crate::{Lang, UnitId};

/// A field in which two units may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeField {
    /// 单位性质.
    Kind,
    /// 辖区.
    Area,
    /// 上级单位.
    Parent,
    /// 值班电话.
    DutyPhone,
}

impl MergeField {
    /// The field in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            MergeField::Kind => lang.pick("单位性质", "kind"),
            MergeField::Area => lang.pick("辖区", "area"),
            MergeField::Parent => lang.pick("上级单位", "parent unit"),
            MergeField::DutyPhone => lang.pick("值班电话", "duty phone"),
        }
    }
}

/// Whose value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That of the unit that stays.
    Survivor,
    /// That of the unit that is merged into it.
    Other,
}

/// Whose value is kept in each field that both have and that differs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Kind.
    pub kind: Option<Side>,
    /// Area.
    pub area: Option<Side>,
    /// Parent.
    pub parent: Option<Side>,
    /// Duty phone.
    pub duty_phone: Option<Side>,
}

/// What a merge changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The unit that stays, with its own id and name and the other's names as aliases.
    pub survivor: Unit,
    /// The other, which from now on only points to it.
    pub retired: Unit,
    /// Units that stood under the other and now stand under the survivor.
    pub moved: Vec<UnitId>,
}

/// Why two units cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeRefusal {
    /// It is one and the same unit.
    SameUnit,
    /// One of them was merged before.
    AlreadyMerged {
        /// Its name.
        name: String,
    },
    /// One stands above the other.
    Ancestor {
        /// The one above.
        above: String,
        /// The one below.
        below: String,
    },
    /// They differ, and nobody has chosen.
    Undecided {
        /// In these fields.
        fields: Vec<MergeField>,
    },
}

impl MergeRefusal {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            MergeRefusal::SameUnit => lang
                .pick("选的是同一个单位，请选两个不同的单位。", "This is one and the same unit; choose two.")
                .to_owned(),
            MergeRefusal::AlreadyMerged { name } => lang.pick(
                format!("“{name}”已并入其他单位，请选它并入的单位。"),
                format!("“{name}” was merged before; choose the unit it was merged into."),
            ),
            MergeRefusal::Ancestor { above, below } => lang.pick(
                format!("“{above}”是“{below}”的上级单位，不能合并。如确为同一单位，请先调整上下级关系。"),
                format!(
                    "“{above}” stands above “{below}”, so they cannot be merged. If they are one, first move them."
                ),
            ),
            MergeRefusal::Undecided { fields } => {
                let words: Vec<_> = fields.iter().map(|field| field.words(lang)).collect();
                lang.pick(
                    format!("两个单位的{}不同，请逐项选择保留哪一个。", words.join("、")),
                    format!("The units differ in {}; choose which to keep.", words.join(", ")),
                )
            }
        }
    }
}

/// Merges a unit into another. The survivor keeps its id and name and gets the other's names as aliases; what only one
/// of them has is kept; what differs must have been chosen.
///
/// # Errors
/// [`MergeRefusal`] says why not.
pub fn merge(survivor: &Unit, other: &Unit, tree: &UnitTree<'_>, choices: Choices) -> Result<Merged, MergeRefusal> {
    check_pair(survivor, other, tree)?;
    let mut undecided = Vec::new();
    let mut pick = Picker { undecided: &mut undecided };
    let mut merged = survivor.clone();
    merged.kind = pick.either(MergeField::Kind, choices.kind, &survivor.kind, &other.kind);
    merged.area = pick.either(MergeField::Area, choices.area, &survivor.area, &other.area);
    merged.parent = pick.known(MergeField::Parent, choices.parent, survivor.parent.as_ref(), other.parent.as_ref());
    let phones = (survivor.duty_phone.as_ref(), other.duty_phone.as_ref());
    merged.duty_phone = pick.known(MergeField::DutyPhone, choices.duty_phone, phones.0, phones.1);
    if !undecided.is_empty() {
        return Err(MergeRefusal::Undecided { fields: undecided });
    }
    add_names(&mut merged, other);
    let retired = Unit { merged_into: Some(survivor.id), ..other.clone() };
    Ok(Merged { survivor: merged, retired, moved: tree.children(other.id) })
}

fn check_pair(survivor: &Unit, other: &Unit, tree: &UnitTree<'_>) -> Result<(), MergeRefusal> {
    if survivor.id == other.id {
        return Err(MergeRefusal::SameUnit);
    }
    if let Some(merged) = [survivor, other].into_iter().find(|unit| unit.merged_into.is_some()) {
        return Err(MergeRefusal::AlreadyMerged { name: merged.name.clone() });
    }
    for (above, below) in [(survivor, other), (other, survivor)] {
        if tree.ancestors(below.id).contains(&above.id) {
            return Err(MergeRefusal::Ancestor { above: above.name.clone(), below: below.name.clone() });
        }
    }
    Ok(())
}

/// Takes values and notes where nobody has chosen.
struct Picker<'a> {
    undecided: &'a mut Vec<MergeField>,
}

impl Picker<'_> {
    fn either<T: Clone + PartialEq>(&mut self, field: MergeField, side: Option<Side>, own: &T, other: &T) -> T {
        if own != other && side.is_none() {
            self.undecided.push(field);
        }
        if side == Some(Side::Other) { other.clone() } else { own.clone() }
    }

    /// Of values that may be unknown, the known one needs no choice.
    fn known<T: Clone + PartialEq>(
        &mut self,
        field: MergeField,
        side: Option<Side>,
        own: Option<&T>,
        other: Option<&T>,
    ) -> Option<T> {
        match (own, other) {
            (Some(own), Some(other)) => Some(self.either(field, side, own, other)),
            (own, other) => own.or(other).cloned(),
        }
    }
}

/// The other's name becomes another way of writing the survivor's; its aliases stay what they are.
fn add_names(merged: &mut Unit, other: &Unit) {
    let name = Alias { text: other.name.clone(), kind: AliasKind::Learned };
    for alias in std::iter::once(&name).chain(&other.aliases) {
        if !merged.is_called(&alias.text) {
            merged.aliases.push(alias.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Id;
    use crate::unit::UnitKind;
    use crate::unit::record::tests::{also, unit};

    fn id(number: i64) -> UnitId {
        UnitId(Id::from_number(number))
    }

    fn pair() -> Vec<Unit> {
        let survivor = also(unit(1, "清河区卫生健康局", "990101"), AliasKind::Bracketed, "区中医药管理局");
        let other = also(unit(2, "区卫健局", "990101"), AliasKind::Former, "区卫计委");
        let mut below = unit(3, "区卫健局医政科", "990101");
        below.parent = Some(id(2));
        vec![survivor, also(other, AliasKind::Learned, "清河区 卫生健康局"), below]
    }

    fn merged(units: &[Unit], choices: Choices) -> Result<Merged, MergeRefusal> {
        merge(&units[0], &units[1], &UnitTree::new(units), choices)
    }

    #[test]
    fn the_survivor_keeps_its_id_and_name_and_gets_every_other_name_once() {
        let units = pair();
        let change = merged(&units, Choices::default()).unwrap();
        assert_eq!((change.survivor.id, change.survivor.name.as_str()), (id(1), "清河区卫生健康局"));
        let names: Vec<&str> = change.survivor.names().collect();
        assert_eq!(names, ["清河区卫生健康局", "区中医药管理局", "区卫健局", "区卫计委"]);
        assert!(units[1].names().all(|name| change.survivor.is_called(name)), "no name is lost");
        assert_eq!(change.retired, Unit { merged_into: Some(id(1)), ..units[1].clone() });
        assert_eq!(change.moved, [id(3)]);
    }

    #[test]
    fn what_differs_must_be_chosen_and_what_one_lacks_is_taken_from_the_other() {
        let mut units = pair();
        units[1].kind = UnitKind::Other;
        units[1].duty_phone = Some("13900000001".parse().unwrap());
        let undecided = merged(&units, Choices::default()).unwrap_err();
        assert_eq!(undecided, MergeRefusal::Undecided { fields: vec![MergeField::Kind] });
        assert_eq!(undecided.message(Lang::Zh), "两个单位的单位性质不同，请逐项选择保留哪一个。");
        for (side, kind) in [(Side::Survivor, UnitKind::Department), (Side::Other, UnitKind::Other)] {
            let change = merged(&units, Choices { kind: Some(side), ..Choices::default() }).unwrap();
            assert_eq!((change.survivor.kind, change.survivor.duty_phone), (kind, units[1].duty_phone.clone()));
        }
    }

    #[test]
    fn a_unit_is_not_merged_with_one_above_it_or_with_itself_or_twice() {
        let units = pair();
        let tree = UnitTree::new(&units);
        let refused = |a: &Unit, b: &Unit| merge(a, b, &tree, Choices::default()).unwrap_err();
        assert_eq!(refused(&units[0], &units[0]), MergeRefusal::SameUnit);
        let ancestor = MergeRefusal::Ancestor { above: "区卫健局".into(), below: "区卫健局医政科".into() };
        assert_eq!(refused(&units[1], &units[2]), ancestor);
        assert_eq!(refused(&units[2], &units[1]), ancestor);
        let change = merged(&units, Choices::default()).unwrap();
        let twice = MergeRefusal::AlreadyMerged { name: "区卫健局".into() };
        assert_eq!(refused(&units[0], &change.retired), twice);
        assert_eq!(refused(&change.retired, &units[0]), twice);
    }

    #[test]
    fn merging_makes_no_circle() {
        let units = pair();
        let change = merged(&units, Choices::default()).unwrap();
        let mut below = units[2].clone();
        below.parent = Some(change.survivor.id);
        let after = [change.survivor, change.retired, below];
        assert_eq!(UnitTree::new(&after).faults(), []);
    }
}
