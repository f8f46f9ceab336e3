use serde::{Deserialize, Serialize};

use crate::Lang;

/// What someone is in the system. A user may hold several roles, each dated and each for an area or a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 系统管理员: keeps the system and its master data running.
    SystemAdmin,
    /// 安全管理员: gives and takes roles.
    SecurityAdmin,
    /// 审计管理员: reads the audit record.
    AuditAdmin,
    /// 指挥长.
    Commander,
    /// 指挥部办公室.
    Office,
    /// 工作组组长.
    GroupLeader,
    /// 单位联络员.
    UnitOfficer,
    /// 乡镇（街道）联络员.
    TownshipOfficer,
    /// 专家.
    Expert,
    /// 观察员.
    Observer,
}

impl Role {
    /// Every role, administrators first.
    pub const ALL: [Role; 10] = [
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::AuditAdmin,
        Role::Commander,
        Role::Office,
        Role::GroupLeader,
        Role::UnitOfficer,
        Role::TownshipOfficer,
        Role::Expert,
        Role::Observer,
    ];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Role::SystemAdmin => "system_admin",
            Role::SecurityAdmin => "security_admin",
            Role::AuditAdmin => "audit_admin",
            Role::Commander => "commander",
            Role::Office => "office",
            Role::GroupLeader => "group_leader",
            Role::UnitOfficer => "unit_officer",
            Role::TownshipOfficer => "township_officer",
            Role::Expert => "expert",
            Role::Observer => "observer",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The role in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Role::SystemAdmin => lang.pick("系统管理员", "System administrator"),
            Role::SecurityAdmin => lang.pick("安全管理员", "Security administrator"),
            Role::AuditAdmin => lang.pick("审计管理员", "Audit administrator"),
            Role::Commander => lang.pick("指挥长", "Commander"),
            Role::Office => lang.pick("指挥部办公室", "Headquarters office"),
            Role::GroupLeader => lang.pick("工作组组长", "Group leader"),
            Role::UnitOfficer => lang.pick("单位联络员", "Unit officer"),
            Role::TownshipOfficer => lang.pick("乡镇（街道）联络员", "Township officer"),
            Role::Expert => lang.pick("专家", "Expert"),
            Role::Observer => lang.pick("观察员", "Observer"),
        }
    }

    /// Whether it is one of the three administrators (三权分立), who see no personal data and exclude each other.
    pub fn is_administrator(self) -> bool {
        matches!(self, Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin)
    }

    /// Whether the role is held for a unit, not for an area.
    pub fn is_for_a_unit(self) -> bool {
        self == Role::UnitOfficer
    }
}

/// Why a role cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantRefusal {
    /// The user already is another of the three administrators, or does working duty.
    PowersNotSeparate(Role),
    /// The role already runs for the same area or unit.
    AlreadyHeld,
    /// The user has as many areas as a list can be restricted to.
    TooManyAreas,
    /// Nobody changes their own rights.
    OwnRights,
    /// The end lies before the start.
    EndsBeforeStart,
}

impl GrantRefusal {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            GrantRefusal::PowersNotSeparate(held) => lang.pick(
                format!(
                    "该用户已是{}。系统、安全、审计三类管理员不得兼任，也不得兼任业务角色；请另设账号。",
                    held.words(lang)
                ),
                format!(
                    "This user is already {}. The three administrators exclude each other and all working roles; use another account.",
                    held.words(lang)
                ),
            ),
            GrantRefusal::AlreadyHeld => lang.pick(
                "该用户在同一辖区（单位）已有此角色。如需改期，请先收回原授权。".to_owned(),
                "The user already holds this role here. To change its dates, end the present one first.".to_owned(),
            ),
            GrantRefusal::TooManyAreas => lang.pick(
                format!("同一用户最多授权 {MOST_AREAS} 个辖区；请改授其共同的上级辖区。"),
                format!("A user can hold at most {MOST_AREAS} areas; give the area above them instead."),
            ),
            GrantRefusal::OwnRights => lang.pick(
                "不能更改自己的权限，请由其他安全管理员办理。".to_owned(),
                "Nobody changes their own rights; ask another security administrator.".to_owned(),
            ),
            GrantRefusal::EndsBeforeStart => lang.pick(
                "终止日期早于起始日期，请改正。".to_owned(),
                "The end date lies before the start date; correct one of them.".to_owned(),
            ),
        }
    }
}

/// How many areas one user may hold roles for: every list is restricted to at most so many ranges.
pub const MOST_AREAS: usize = 8;

/// Whether a role may be added to those a user holds.
///
/// # Errors
/// [`GrantRefusal::PowersNotSeparate`] keeps the three administrators apart from each other and from working roles.
pub fn may_hold(held: &[Role], new: Role) -> Result<(), GrantRefusal> {
    let clash = held.iter().copied().find(|&role| role != new && (role.is_administrator() || new.is_administrator()));
    clash.map_or(Ok(()), |role| Err(GrantRefusal::PowersNotSeparate(role)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_again() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("root"), None);
    }

    #[test]
    fn administrators_exclude_each_other_and_working_roles() {
        assert_eq!(
            may_hold(&[Role::SystemAdmin], Role::AuditAdmin),
            Err(GrantRefusal::PowersNotSeparate(Role::SystemAdmin))
        );
        assert_eq!(may_hold(&[Role::Office], Role::SecurityAdmin), Err(GrantRefusal::PowersNotSeparate(Role::Office)));
        assert_eq!(may_hold(&[Role::Office, Role::Expert], Role::GroupLeader), Ok(()));
        assert_eq!(may_hold(&[Role::SystemAdmin], Role::SystemAdmin), Ok(()));
    }
}
