use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::clock::MINUTE_MS;

/// How far a report is, as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Begun, or asked for; not handed in.
    Draft,
    /// Handed in.
    Submitted,
    /// Sent back by who receives it; to be handed in again.
    Returned,
    /// Nothing was there when it fell due, and nothing is yet.
    Omitted,
}

impl ReportState {
    /// Every state.
    pub const ALL: [ReportState; 4] =
        [ReportState::Draft, ReportState::Submitted, ReportState::Returned, ReportState::Omitted];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            ReportState::Draft => "draft",
            ReportState::Submitted => "submitted",
            ReportState::Returned => "returned",
            ReportState::Omitted => "omitted",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<ReportState> {
        ReportState::ALL.into_iter().find(|one| one.code() == code)
    }

    /// The state in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ReportState::Draft => lang.pick("填写中", "Being filled in"),
            ReportState::Submitted => lang.pick("已报", "Handed in"),
            ReportState::Returned => lang.pick("已退回", "Sent back"),
            ReportState::Omitted => lang.pick("未报", "Not handed in"),
        }
    }
}

/// What is known of a report, as far as completeness goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportFacts {
    /// How far it is.
    pub state: ReportState,
    /// From when on it is late.
    pub due_at_ms: i64,
    /// When it was first handed in, by the server's clock.
    pub first_submitted_at_ms: Option<i64>,
    /// How often it was handed in again.
    pub n_corrections: i64,
    /// How many of its figures are unknown or redacted.
    pub n_unknown: i64,
}

/// By how many minutes a report was late; none where it was on time. From the very instant at which it is due on it is
/// late, a begun minute counts as one.
pub fn late_minutes(due_at_ms: i64, first_submitted_at_ms: i64) -> Option<i64> {
    let over_ms = first_submitted_at_ms.checked_sub(due_at_ms)?;
    (over_ms >= 0).then(|| (over_ms + MINUTE_MS - 1).div_euclid(MINUTE_MS).max(1))
}

/// How a unit stands with the report of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// Nothing is asked of it.
    NotAsked,
    /// There is time, and nothing was begun.
    NotYetDue,
    /// There is time, and it was begun.
    Draft,
    /// It is over its time and was not handed in.
    Missing,
    /// It was handed in and sent back.
    Returned,
    /// It was handed in too late, by so many minutes.
    Late(i64),
    /// It was handed in on time.
    OnTime,
}

/// A cell of the completeness board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How it stands.
    pub state: CellState,
    /// How often it was corrected.
    pub n_corrections: i64,
    /// How many of its figures are unknown or redacted.
    pub n_unknown: i64,
}

impl Cell {
    /// Of a report that is kept.
    pub fn of(facts: &ReportFacts, now_ms: i64) -> Cell {
        let over = now_ms >= facts.due_at_ms;
        let state = match (facts.state, facts.first_submitted_at_ms) {
            (ReportState::Submitted, Some(at_ms)) => {
                late_minutes(facts.due_at_ms, at_ms).map_or(CellState::OnTime, CellState::Late)
            }
            (ReportState::Returned, _) => CellState::Returned,
            (ReportState::Draft, _) if !over => CellState::Draft,
            (ReportState::Omitted, _) if !over => CellState::NotYetDue,
            _ => CellState::Missing,
        };
        Cell { state, n_corrections: facts.n_corrections, n_unknown: facts.n_unknown }
    }

    /// Of a report of which nothing is kept: due at an instant, or not asked for.
    pub fn of_nothing(due_at_ms: Option<i64>, now_ms: i64) -> Cell {
        let state = match due_at_ms {
            None => CellState::NotAsked,
            Some(due) if now_ms < due => CellState::NotYetDue,
            Some(_) => CellState::Missing,
        };
        Cell { state, n_corrections: 0, n_unknown: 0 }
    }
}

impl CellState {
    /// The kinds of state by which the board is filtered, in the order of what asks for something.
    pub const CODES: [&'static str; 6] = ["missing", "returned", "late", "draft", "not_yet_due", "on_time"];

    /// The text that is sent.
    pub fn code(self) -> &'static str {
        match self {
            CellState::NotAsked => "not_asked",
            CellState::NotYetDue => "not_yet_due",
            CellState::Draft => "draft",
            CellState::Missing => "missing",
            CellState::Returned => "returned",
            CellState::Late(_) => "late",
            CellState::OnTime => "on_time",
        }
    }

    /// The words of a code.
    pub fn code_words(code: &str, lang: Lang) -> &'static str {
        match code {
            "missing" => lang.pick("未报", "Missing"),
            "returned" => lang.pick("退回待改", "Sent back"),
            "late" => lang.pick("迟报", "Late"),
            "draft" => lang.pick("填写中", "Being filled in"),
            "not_yet_due" => lang.pick("未到时限", "Not yet due"),
            "on_time" => lang.pick("按时", "On time"),
            _ => lang.pick("不需报送", "Not asked"),
        }
    }

    /// In words, with the minutes by which it was late.
    pub fn words(self, lang: Lang) -> String {
        match self {
            CellState::Late(minutes) => lang.pick(format!("迟报 {minutes} 分钟"), format!("{minutes} min late")),
            other => CellState::code_words(other.code(), lang).to_owned(),
        }
    }

    /// Whether it was handed in and stands so.
    pub fn is_in(self) -> bool {
        matches!(self, CellState::OnTime | CellState::Late(_))
    }
}
