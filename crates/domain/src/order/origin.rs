use crate::Lang;

/// Where an order comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderOrigin {
    /// Proposed from a plan, issued by a person.
    Plan,
    /// Written freely.
    Written,
    /// Decided in a meeting.
    Meeting,
    /// From above 来文, with its number.
    Above,
    /// Asked of those above 请示; the answer closes it.
    Request,
    /// Split off an order by the unit that carries that one out.
    Split,
}

impl OrderOrigin {
    /// Every origin.
    pub const ALL: [OrderOrigin; 6] = [
        OrderOrigin::Plan,
        OrderOrigin::Written,
        OrderOrigin::Meeting,
        OrderOrigin::Above,
        OrderOrigin::Request,
        OrderOrigin::Split,
    ];

    /// The origins of an order that a person writes.
    pub const WRITTEN: [OrderOrigin; 4] =
        [OrderOrigin::Written, OrderOrigin::Meeting, OrderOrigin::Above, OrderOrigin::Request];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            OrderOrigin::Plan => "plan",
            OrderOrigin::Written => "written",
            OrderOrigin::Meeting => "meeting",
            OrderOrigin::Above => "above",
            OrderOrigin::Request => "request",
            OrderOrigin::Split => "split",
        }
    }

    /// The origin of a code.
    pub fn from_code(code: &str) -> Option<OrderOrigin> {
        OrderOrigin::ALL.into_iter().find(|origin| origin.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            OrderOrigin::Plan => lang.pick("预案", "From a plan"),
            OrderOrigin::Written => lang.pick("自行拟定", "Written freely"),
            OrderOrigin::Meeting => lang.pick("会议决定", "Decided in a meeting"),
            OrderOrigin::Above => lang.pick("上级来文", "From above"),
            OrderOrigin::Request => lang.pick("请示", "Asked of those above"),
            OrderOrigin::Split => lang.pick("上级指令分解", "Split off an order"),
        }
    }

    /// Whether it says nothing without the number of a document or the name of a meeting.
    pub fn needs_number(self) -> bool {
        matches!(self, OrderOrigin::Meeting | OrderOrigin::Above)
    }
}
