use crate::Lang;

/// What kind of incident it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IncidentKind {
    /// 传染病暴发.
    Outbreak,
    /// 聚集性疫情.
    Cluster,
    /// 其他突发公共卫生事件.
    Other,
    /// 重大活动保障: planned, with phases and venues.
    PlannedEvent,
}

impl IncidentKind {
    /// Every kind.
    pub const ALL: [IncidentKind; 4] =
        [IncidentKind::Outbreak, IncidentKind::Cluster, IncidentKind::Other, IncidentKind::PlannedEvent];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            IncidentKind::Outbreak => "outbreak",
            IncidentKind::Cluster => "cluster",
            IncidentKind::Other => "other",
            IncidentKind::PlannedEvent => "planned_event",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<IncidentKind> {
        IncidentKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            IncidentKind::Outbreak => lang.pick("传染病暴发", "Outbreak"),
            IncidentKind::Cluster => lang.pick("聚集性疫情", "Cluster"),
            IncidentKind::Other => lang.pick("其他突发公共卫生事件", "Other emergency"),
            IncidentKind::PlannedEvent => lang.pick("重大活动保障", "Planned event"),
        }
    }

    /// Whether something has happened that must be reported.
    pub fn must_be_reported(self) -> bool {
        self != IncidentKind::PlannedEvent
    }
}

/// Whether an incident is still being dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IncidentState {
    /// 处置中.
    Open,
    /// 已结案: nothing is changed any more.
    Closed,
}

impl IncidentState {
    /// Every state.
    pub const ALL: [IncidentState; 2] = [IncidentState::Open, IncidentState::Closed];

    /// The text that is kept.
    pub fn code(self) -> &'static str {
        match self {
            IncidentState::Open => "open",
            IncidentState::Closed => "closed",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<IncidentState> {
        IncidentState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            IncidentState::Open => lang.pick("处置中", "Open"),
            IncidentState::Closed => lang.pick("已结案", "Closed"),
        }
    }
}
