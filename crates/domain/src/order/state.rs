use crate::Lang;

/// How far an order is. That it is overdue is told by its clock, never by a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderState {
    /// Given to a unit, which has not signed for it yet.
    Issued,
    /// Signed for.
    Signed,
    /// Being carried out.
    Doing,
    /// Reported as carried out; whoever issued it looks at it.
    Reported,
    /// Sent back to be done again.
    Returned,
    /// Found to be done.
    Done,
    /// Taken back.
    Recalled,
    /// No longer asked for, because the level was lowered or the response ended.
    Lifted,
    /// Given to another unit instead, as an order of its own.
    Reassigned,
}

impl OrderState {
    /// Every state, in the order in which an order goes through them.
    pub const ALL: [OrderState; 9] = [
        OrderState::Issued,
        OrderState::Signed,
        OrderState::Doing,
        OrderState::Reported,
        OrderState::Returned,
        OrderState::Done,
        OrderState::Recalled,
        OrderState::Lifted,
        OrderState::Reassigned,
    ];

    /// The states in which something is still to be done.
    pub const OPEN: [OrderState; 5] =
        [OrderState::Issued, OrderState::Signed, OrderState::Doing, OrderState::Reported, OrderState::Returned];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            OrderState::Issued => "issued",
            OrderState::Signed => "signed",
            OrderState::Doing => "doing",
            OrderState::Reported => "reported",
            OrderState::Returned => "returned",
            OrderState::Done => "done",
            OrderState::Recalled => "recalled",
            OrderState::Lifted => "lifted",
            OrderState::Reassigned => "reassigned",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<OrderState> {
        OrderState::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            OrderState::Issued => lang.pick("待签收", "To be signed for"),
            OrderState::Signed => lang.pick("已签收", "Signed for"),
            OrderState::Doing => lang.pick("执行中", "Being done"),
            OrderState::Reported => lang.pick("已反馈", "Reported"),
            OrderState::Returned => lang.pick("退回重办", "Sent back"),
            OrderState::Done => lang.pick("已办结", "Done"),
            OrderState::Recalled => lang.pick("已撤回", "Taken back"),
            OrderState::Lifted => lang.pick("已解除", "Lifted"),
            OrderState::Reassigned => lang.pick("已改派", "Given to another unit"),
        }
    }

    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        OrderState::OPEN.contains(&self)
    }

    /// Whether it waits for the unit, not for whoever issued it.
    pub fn is_with_unit(self) -> bool {
        self.is_open() && self != OrderState::Reported
    }
}
