use super::{OrderAct, OrderRefusal, OrderSide, OrderState};

/// What has to be known about an order, and about whoever acts, to say whether an act may be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderFacts {
    /// Whether the user stands on the issuer's side.
    pub is_issuer: bool,
    /// Whether the user acts for the unit.
    pub is_receiver: bool,
    /// Whether a reason or account was given.
    pub has_words: bool,
    /// Whether it is asked for again and again.
    pub is_recurring: bool,
    /// Whether it is a request, which is closed by its answer.
    pub is_request: bool,
    /// Whether its clock is over.
    pub is_late: bool,
    /// Whether its clock stands.
    pub is_paused: bool,
    /// Whether it has a clock at all.
    pub has_clock: bool,
    /// Sub-orders that are not ended.
    pub n_open_subs: usize,
}

impl OrderFacts {
    /// Whether the user stands on the side that does the act.
    pub(super) fn on_its_side(&self, act: OrderAct) -> Result<(), OrderRefusal> {
        let admitted = match act.side() {
            OrderSide::Issuer => self.is_issuer,
            OrderSide::Receiver => self.is_receiver,
        };
        if admitted { Ok(()) } else { Err(OrderRefusal::OtherSide(act.side())) }
    }

    /// Whether what the act has to say was said.
    pub(super) fn says_enough(&self, act: OrderAct) -> Result<(), OrderRefusal> {
        let answers = self.is_request && act == OrderAct::Close;
        if (act.needs_words() || answers) && !self.has_words { Err(OrderRefusal::WordsNeeded(act)) } else { Ok(()) }
    }
}

/// The state of an order after an act. Acts that leave the state alone (reminding, splitting, its clock, supervision)
/// give it back as it is.
///
/// # Errors
/// [`OrderRefusal`] says what keeps it from being done.
pub fn next(state: OrderState, act: OrderAct, facts: &OrderFacts) -> Result<OrderState, OrderRefusal> {
    if !state.is_open() {
        return Err(OrderRefusal::Ended(state));
    }
    facts.on_its_side(act)?;
    let after = after(state, act, facts)?;
    facts.says_enough(act)?;
    Ok(after)
}

fn after(state: OrderState, act: OrderAct, facts: &OrderFacts) -> Result<OrderState, OrderRefusal> {
    use OrderState::{Doing, Done, Issued, Lifted, Reassigned, Recalled, Reported, Returned, Signed};
    match (act, state) {
        (OrderAct::Sign, Issued) => Ok(Signed),
        (OrderAct::Sign, _) => Err(OrderRefusal::SignedAlready),
        (OrderAct::Start | OrderAct::Report | OrderAct::Split, Issued) => Err(OrderRefusal::NotSigned),
        (OrderAct::Start | OrderAct::Report | OrderAct::Split, Reported) => Err(OrderRefusal::WaitsForIssuer),
        (OrderAct::Start, Doing) => Err(OrderRefusal::StartedAlready),
        (OrderAct::Start, _) => Ok(Doing),
        (OrderAct::Report, _) => report(facts),
        (OrderAct::Split, Signed) => Ok(Doing),
        (OrderAct::Close, _) if facts.n_open_subs > 0 => Err(OrderRefusal::SubOrdersOpen { n: facts.n_open_subs }),
        // What is asked for again and again is never reported as a whole; it is closed when it is no longer needed.
        (OrderAct::Close, _) if facts.is_recurring => Ok(Done),
        (OrderAct::Close, Reported) => Ok(Done),
        (OrderAct::Return, Reported) => Ok(Returned),
        (OrderAct::Close | OrderAct::Return, _) => Err(OrderRefusal::NotReported),
        (OrderAct::Recall, _) => Ok(Recalled),
        (OrderAct::Lift, _) => Ok(Lifted),
        (OrderAct::Reassign, _) => Ok(Reassigned),
        (OrderAct::Pause, _) if facts.is_paused || !facts.has_clock => Err(OrderRefusal::NoClockRuns),
        (OrderAct::Resume, _) if !facts.is_paused => Err(OrderRefusal::ClockRuns),
        _ => Ok(state),
    }
}

fn report(facts: &OrderFacts) -> Result<OrderState, OrderRefusal> {
    if facts.n_open_subs > 0 && !facts.is_recurring {
        return Err(OrderRefusal::SubOrdersOpen { n: facts.n_open_subs });
    }
    Ok(if facts.is_recurring { OrderState::Doing } else { OrderState::Reported })
}
