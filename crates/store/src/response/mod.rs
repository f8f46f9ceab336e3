//! The response level of an incident: proposals with their assessment, opinions, judgements, approval and filing.

mod change;
mod read;

use lianfang_domain::{
    PlanId, ProposalId, UserId,
    response::{Assessment, Judgement, LevelChange, Opinion, ProposalState},
};
use serde::{Deserialize, Serialize};

pub(crate) use change::ALL as CHANGE;
pub(crate) use read::ALL as READ;

/// A proposal to change the level as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRecord {
    /// Its identifier.
    pub id: ProposalId,
    /// From which level to which.
    pub change: LevelChange,
    /// How far it is.
    pub state: ProposalState,
    /// The plan that it rests on, and its version.
    pub plan: Option<(PlanId, i64)>,
    /// What was assessed.
    pub assessment: Assessment,
    /// Who began it.
    pub made_by: String,
    /// When, in milliseconds.
    pub made_at_ms: i64,
    /// Who proposed it.
    pub proposed_by: Option<UserId>,
    /// Their name.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at_ms: Option<i64>,
    /// In whose name it was decided.
    pub approver: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_at_ms: Option<i64>,
    /// What was said with it.
    pub decision_words: String,
    /// How it was filed.
    pub filing: Option<Filing>,
    /// For telling whether someone else changed it.
    pub version: i64,
}

/// How a change was filed with the level above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// With whom.
    pub with: String,
    /// The number of the letter.
    pub number: String,
    /// When.
    pub at_ms: i64,
    /// The receipt's number and when it came; none while it is awaited.
    pub receipt: Option<(String, i64)>,
}

/// Who signed an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// The expert, signed in.
    InPerson,
    /// The office, from what the expert handed in.
    OnRecord,
}

impl Signed {
    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            Signed::InPerson => "in_person",
            Signed::OnRecord => "on_record",
        }
    }

    /// What a code means.
    pub fn from_code(code: &str) -> Option<Signed> {
        [Signed::InPerson, Signed::OnRecord].into_iter().find(|signed| signed.code() == code)
    }
}

/// An expert's opinion. There is no statement that changes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionRecord {
    /// For which tier, and whether they agree.
    pub opinion: Opinion,
    /// The expert's name.
    pub expert: String,
    /// In their words.
    pub words: String,
    /// Who signed.
    pub signed: Signed,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

/// What a named person judged of a condition for ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgementRecord {
    /// Which condition, whether it holds, who judged.
    pub judgement: Judgement,
    /// Why.
    pub words: String,
    /// Who noted it.
    pub by: String,
    /// When.
    pub at_ms: i64,
}

/// An assessment as it is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    factors: std::collections::BTreeMap<usize, String>,
    trend: String,
    effect: String,
    urgent: String,
}

impl From<&Assessment> for Written {
    fn from(assessment: &Assessment) -> Written {
        let Assessment { factors, trend, effect, urgent } = assessment.clone();
        Written { factors, trend, effect, urgent }
    }
}

impl From<Written> for Assessment {
    fn from(written: Written) -> Assessment {
        let Written { factors, trend, effect, urgent } = written;
        Assessment { factors, trend, effect, urgent }
    }
}
