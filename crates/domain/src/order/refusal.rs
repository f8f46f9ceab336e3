use super::{OrderAct, OrderSide, OrderState};
use crate::Lang;

/// Why an act cannot be done with an order now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderRefusal {
    /// The act is for the other side.
    OtherSide(OrderSide),
    /// Nothing more is to be done with it.
    Ended(OrderState),
    /// It was signed for already.
    SignedAlready,
    /// It was not signed for yet.
    NotSigned,
    /// It is being done already.
    StartedAlready,
    /// It was reported already and waits for the issuer.
    WaitsForIssuer,
    /// Nothing was reported yet.
    NotReported,
    /// Sub-orders of it are still open.
    SubOrdersOpen {
        /// How many.
        n: usize,
    },
    /// The reason or account is missing.
    WordsNeeded(OrderAct),
    /// It is not overdue, so there is nothing to supervise.
    NotLate,
    /// It is supervised already.
    SupervisedAlready,
    /// There is no notice to answer.
    NoNotice,
    /// The notice was not answered yet.
    NotAnswered,
    /// The unit has not said yet that it was put right.
    NotRectified,
    /// Its clock stands already, or it has none.
    NoClockRuns,
    /// Its clock runs already.
    ClockRuns,
}

impl OrderRefusal {
    /// What is the matter and what to do.
    pub fn words(self, lang: Lang) -> String {
        let (zh, en) = match self {
            OrderRefusal::OtherSide(side) => return other_side(side, lang),
            OrderRefusal::Ended(state) => return ended(state, lang),
            OrderRefusal::SubOrdersOpen { n } => {
                return lang.pick(
                    format!("还有 {n} 条下级指令未办结，请先办结或撤回。"),
                    format!("{n} sub-orders are still open; close them or take them back first."),
                );
            }
            OrderRefusal::WordsNeeded(act) => return words_needed(act, lang),
            OrderRefusal::SignedAlready => ("已经签收，可以开始执行或反馈。", "It is signed for; start it or report."),
            OrderRefusal::NotSigned => ("请先签收，再执行和反馈。", "Sign for it first; then start and report."),
            OrderRefusal::StartedAlready => ("已在执行，完成后请反馈。", "It is being done; report when it is done."),
            OrderRefusal::WaitsForIssuer => {
                ("已反馈，等待下达方办结或退回。", "It was reported; whoever issued it closes it or sends it back.")
            }
            OrderRefusal::NotReported => {
                ("承办单位尚未反馈，不能办结或退回；可以催办。", "The unit has not reported yet; remind it instead.")
            }
            OrderRefusal::NotLate => ("尚未超时，不需督办；可以催办。", "It is not overdue; remind the unit instead."),
            OrderRefusal::SupervisedAlready => {
                ("已在督办，请等待承办单位回应和整改。", "It is supervised already; wait for the unit's answer.")
            }
            OrderRefusal::NoNotice => ("没有待回应的督办通知。", "There is no notice to answer."),
            OrderRefusal::NotAnswered => ("请先回应督办，再报告整改。", "Answer the notice first."),
            OrderRefusal::NotRectified => {
                ("承办单位尚未报告整改，不能复查。", "The unit has not reported it put right yet.")
            }
            OrderRefusal::NoClockRuns => ("没有正在计时的时限。", "No clock of it runs."),
            OrderRefusal::ClockRuns => ("时限正在计时，不需恢复。", "Its clock runs already."),
        };
        lang.pick(zh, en).to_owned()
    }
}

fn other_side(side: OrderSide, lang: Lang) -> String {
    lang.pick(format!("由{}办理。", side.words(Lang::Zh)), format!("This is done by {}.", side.words(Lang::En)))
}

fn ended(state: OrderState, lang: Lang) -> String {
    lang.pick(
        format!("该指令{}，不再办理；如仍需要，请另行下达。", state.words(Lang::Zh)),
        format!("The order has ended ({}); issue a new one if it is still needed.", state.words(Lang::En)),
    )
}

fn words_needed(act: OrderAct, lang: Lang) -> String {
    match act {
        OrderAct::Report | OrderAct::Answer | OrderAct::Rectify => {
            lang.pick("请写明办理情况。".to_owned(), "Say what was done.".to_owned())
        }
        OrderAct::Close => lang.pick("请写明答复。".to_owned(), "Write the answer.".to_owned()),
        _ => lang
            .pick(format!("{}须写明原因。", act.words(Lang::Zh)), format!("“{}” needs a reason.", act.words(Lang::En))),
    }
}
