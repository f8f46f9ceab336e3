use crate::Lang;

/// On which side of an order someone stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderSide {
    /// Whoever issues it: the commander or office of the area; for a sub-order the unit that split its own order.
    Issuer,
    /// The unit that carries it out: its officer, or the township's officer for a unit of the township.
    Receiver,
}

impl OrderSide {
    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            OrderSide::Issuer => lang.pick("下达方", "whoever issued it"),
            OrderSide::Receiver => lang.pick("承办单位", "the unit that carries it out"),
        }
    }
}

/// What is done with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderAct {
    /// 签收.
    Sign,
    /// 开始执行.
    Start,
    /// 反馈: what was done, in words or with evidence.
    Report,
    /// 办结.
    Close,
    /// 退回重办, with a reason.
    Return,
    /// 撤回, with a reason.
    Recall,
    /// 解除.
    Lift,
    /// 改派 to another unit, with a reason.
    Reassign,
    /// 分解: sub-orders to units below.
    Split,
    /// 催办.
    Remind,
    /// 暂停计时, with a reason.
    Pause,
    /// 恢复计时.
    Resume,
    /// 督办: a notice on an overdue order.
    Notice,
    /// The unit's answer to the notice.
    Answer,
    /// The unit says that it has put it right.
    Rectify,
    /// Looked at again: it is right now.
    Pass,
    /// Looked at again: it is not right yet; the notice stands again.
    Fail,
}

impl OrderAct {
    /// Every act.
    pub const ALL: [OrderAct; 17] = [
        OrderAct::Sign,
        OrderAct::Start,
        OrderAct::Report,
        OrderAct::Close,
        OrderAct::Return,
        OrderAct::Recall,
        OrderAct::Lift,
        OrderAct::Reassign,
        OrderAct::Split,
        OrderAct::Remind,
        OrderAct::Pause,
        OrderAct::Resume,
        OrderAct::Notice,
        OrderAct::Answer,
        OrderAct::Rectify,
        OrderAct::Pass,
        OrderAct::Fail,
    ];

    /// Code, Chinese and English words.
    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            OrderAct::Sign => ("sign", "签收", "Sign for it"),
            OrderAct::Start => ("start", "开始执行", "Start"),
            OrderAct::Report => ("report", "反馈", "Report"),
            OrderAct::Close => ("close", "办结", "Close as done"),
            OrderAct::Return => ("return", "退回重办", "Send back"),
            OrderAct::Recall => ("recall", "撤回", "Take back"),
            OrderAct::Lift => ("lift", "解除", "Lift"),
            OrderAct::Reassign => ("reassign", "改派", "Give to another unit"),
            OrderAct::Split => ("split", "分解下达", "Split"),
            OrderAct::Remind => ("remind", "催办", "Remind"),
            OrderAct::Pause => ("pause", "暂停计时", "Stop its clock"),
            OrderAct::Resume => ("resume", "恢复计时", "Let its clock run"),
            OrderAct::Notice => ("notice", "督办", "Supervise"),
            OrderAct::Answer => ("answer", "回应督办", "Answer the notice"),
            OrderAct::Rectify => ("rectify", "报告整改", "Report it put right"),
            OrderAct::Pass => ("pass", "复查通过", "Found put right"),
            OrderAct::Fail => ("fail", "复查不通过", "Found not right yet"),
        }
    }

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The act of a code.
    pub fn from_code(code: &str) -> Option<OrderAct> {
        OrderAct::ALL.into_iter().find(|act| act.code() == code)
    }

    /// In words, as a verb.
    pub fn words(self, lang: Lang) -> &'static str {
        let (_, zh, en) = self.row();
        lang.pick(zh, en)
    }

    /// Who does it.
    pub fn side(self) -> OrderSide {
        match self {
            OrderAct::Sign
            | OrderAct::Start
            | OrderAct::Report
            | OrderAct::Split
            | OrderAct::Answer
            | OrderAct::Rectify => OrderSide::Receiver,
            _ => OrderSide::Issuer,
        }
    }

    /// Whether it says nothing without a reason or an account.
    pub fn needs_words(self) -> bool {
        matches!(
            self,
            OrderAct::Report
                | OrderAct::Return
                | OrderAct::Recall
                | OrderAct::Reassign
                | OrderAct::Pause
                | OrderAct::Notice
                | OrderAct::Answer
                | OrderAct::Rectify
                | OrderAct::Fail
        )
    }

    /// Whether it belongs to supervision.
    pub fn is_supervision(self) -> bool {
        matches!(self, OrderAct::Notice | OrderAct::Answer | OrderAct::Rectify | OrderAct::Pass | OrderAct::Fail)
    }
}
