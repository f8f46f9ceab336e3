use super::{OrderAct, OrderFacts, OrderRefusal, OrderState};
use crate::Lang;

/// How far the supervision 督办 of an order is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Supervision {
    /// Not supervised.
    #[default]
    None,
    /// A notice was sent; the unit has not answered.
    Noticed,
    /// The unit has said why it is late and until when it will be put right.
    Answered,
    /// The unit says that it was put right.
    Rectified,
    /// Looked at again and found right.
    Rechecked,
}

impl Supervision {
    /// Every state, in their order.
    pub const ALL: [Supervision; 5] = [
        Supervision::None,
        Supervision::Noticed,
        Supervision::Answered,
        Supervision::Rectified,
        Supervision::Rechecked,
    ];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            Supervision::None => "none",
            Supervision::Noticed => "noticed",
            Supervision::Answered => "answered",
            Supervision::Rectified => "rectified",
            Supervision::Rechecked => "rechecked",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Supervision> {
        Supervision::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Supervision::None => lang.pick("未督办", "Not supervised"),
            Supervision::Noticed => lang.pick("督办待回应", "Notice to be answered"),
            Supervision::Answered => lang.pick("督办待整改", "To be put right"),
            Supervision::Rectified => lang.pick("督办待复查", "To be looked at again"),
            Supervision::Rechecked => lang.pick("督办已销号", "Supervision ended"),
        }
    }

    /// Whether someone is still to do something about it.
    pub fn is_open(self) -> bool {
        !matches!(self, Supervision::None | Supervision::Rechecked)
    }
}

/// The supervision of an order after an act: notice, answer, put right, looked at again; where it is not right yet the
/// notice stands again.
///
/// # Errors
/// [`OrderRefusal`] says what keeps it from being done.
pub fn supervise(
    order: OrderState,
    now: Supervision,
    act: OrderAct,
    facts: &OrderFacts,
) -> Result<Supervision, OrderRefusal> {
    facts.on_its_side(act)?;
    let after = match (act, now) {
        (OrderAct::Notice, Supervision::None | Supervision::Rechecked) if !order.is_open() => {
            return Err(OrderRefusal::Ended(order));
        }
        (OrderAct::Notice, Supervision::None | Supervision::Rechecked) if !facts.is_late => {
            return Err(OrderRefusal::NotLate);
        }
        (OrderAct::Notice, Supervision::None | Supervision::Rechecked) => Supervision::Noticed,
        (OrderAct::Notice, _) => return Err(OrderRefusal::SupervisedAlready),
        (OrderAct::Answer, Supervision::Noticed) => Supervision::Answered,
        (OrderAct::Rectify, Supervision::Answered) => Supervision::Rectified,
        (OrderAct::Rectify, Supervision::Noticed) => return Err(OrderRefusal::NotAnswered),
        (OrderAct::Pass, Supervision::Rectified) => Supervision::Rechecked,
        (OrderAct::Fail, Supervision::Rectified) => Supervision::Noticed,
        (OrderAct::Pass | OrderAct::Fail, _) => return Err(OrderRefusal::NotRectified),
        _ => return Err(OrderRefusal::NoNotice),
    };
    facts.says_enough(act)?;
    Ok(after)
}
