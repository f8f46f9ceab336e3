use serde::{Deserialize, Serialize};

use crate::{Lang, plan::Rank};

/// How someone leads a work group or a piece of work. The four are different things, often different people, and are
/// never put into one field.
///
/// Source: local plans, which name all four side by side (`牵头领导`, `组长`, `牵头单位`, `责任人`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaderRelation {
    /// 牵头领导: the official of the party or government who answers for it.
    LeadingOfficial,
    /// 组长: who leads the group's work.
    Leader,
    /// 牵头单位: the unit that does the group's paperwork and calls the others together.
    LeadUnit,
    /// 责任人: the person of that unit who can be reached about it.
    ResponsiblePerson,
}

impl LeaderRelation {
    /// All four, in the order in which plans name them.
    pub const ALL: [LeaderRelation; 4] = [
        LeaderRelation::LeadingOfficial,
        LeaderRelation::Leader,
        LeaderRelation::LeadUnit,
        LeaderRelation::ResponsiblePerson,
    ];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            LeaderRelation::LeadingOfficial => "leading_official",
            LeaderRelation::Leader => "leader",
            LeaderRelation::LeadUnit => "lead_unit",
            LeaderRelation::ResponsiblePerson => "responsible_person",
        }
    }

    /// The relation of a code.
    pub fn from_code(code: &str) -> Option<LeaderRelation> {
        LeaderRelation::ALL.into_iter().find(|relation| relation.code() == code)
    }

    /// The relation in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            LeaderRelation::LeadingOfficial => lang.pick("牵头领导", "Leading official"),
            LeaderRelation::Leader => lang.pick("组长", "Leader"),
            LeaderRelation::LeadUnit => lang.pick("牵头单位", "Lead unit"),
            LeaderRelation::ResponsiblePerson => lang.pick("责任人", "Responsible person"),
        }
    }

    /// What it means, for the line under a form's field.
    pub fn meaning(self, lang: Lang) -> &'static str {
        match self {
            LeaderRelation::LeadingOfficial => {
                lang.pick("对该项工作负总责的党政领导", "The official who answers for the work as a whole")
            }
            LeaderRelation::Leader => lang.pick("主持工作组日常工作的人", "Who leads the group's daily work"),
            LeaderRelation::LeadUnit => lang
                .pick("召集成员单位、汇总材料的单位", "The unit that calls the others together and keeps the papers"),
            LeaderRelation::ResponsiblePerson => {
                lang.pick("具体经办、可以直接联系的人", "The person who carries it out and can be reached")
            }
        }
    }

    /// Whether a unit stands in it, not a person or post.
    pub fn is_for_a_unit(self) -> bool {
        self == LeaderRelation::LeadUnit
    }

    /// The relation of a rank that a plan gives to a leader; none for ranks that are none of the four.
    pub fn of_rank(rank: Rank) -> Option<LeaderRelation> {
        match rank {
            Rank::LeadingOfficial => Some(LeaderRelation::LeadingOfficial),
            Rank::Leader => Some(LeaderRelation::Leader),
            Rank::ResponsiblePerson => Some(LeaderRelation::ResponsiblePerson),
            _ => None,
        }
    }

    /// The relation of a label as plans write it.
    pub fn from_text(text: &str) -> Option<LeaderRelation> {
        let label: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：')).collect();
        match label.as_str() {
            "牵头领导" | "分管领导" | "包保领导" | "挂帅领导" | "挂钩领导" => {
                Some(LeaderRelation::LeadingOfficial)
            }
            "组长" | "专班组长" | "工作组组长" => Some(LeaderRelation::Leader),
            "牵头单位" | "牵头部门" | "主办单位" | "主责单位" => Some(LeaderRelation::LeadUnit),
            "责任人" | "具体责任人" | "直接责任人" | "经办人" => {
                Some(LeaderRelation::ResponsiblePerson)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_four_relations_stay_apart_in_code_and_words() {
        let codes: BTreeSet<_> = LeaderRelation::ALL.iter().map(|relation| relation.code()).collect();
        let words: BTreeSet<_> = LeaderRelation::ALL.iter().map(|relation| relation.words(Lang::Zh)).collect();
        assert_eq!((codes.len(), words.len()), (4, 4));
        for relation in LeaderRelation::ALL {
            assert_eq!(LeaderRelation::from_code(relation.code()), Some(relation));
            assert_eq!(LeaderRelation::from_text(relation.words(Lang::Zh)), Some(relation));
            assert!(!relation.meaning(Lang::En).is_empty());
        }
    }

    #[test]
    fn labels_are_read_as_plans_write_them() {
        assert_eq!(LeaderRelation::from_text("组    长："), Some(LeaderRelation::Leader));
        assert_eq!(LeaderRelation::from_text("包保领导"), Some(LeaderRelation::LeadingOfficial));
        assert_eq!(LeaderRelation::from_text("副组长"), None);
    }

    #[test]
    fn a_plans_ranks_lead_to_the_same_relation() {
        assert_eq!(LeaderRelation::of_rank(Rank::Leader), Some(LeaderRelation::Leader));
        assert_eq!(LeaderRelation::of_rank(Rank::DeputyLeader), None);
    }
}
