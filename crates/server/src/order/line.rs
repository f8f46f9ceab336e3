use lianfang_domain::{
    Lang,
    clock::Light,
    order::{OrderOrigin, OrderState, Supervision},
};
use lianfang_store::{OrderRecord, OrderRow, Urgency};

use super::{href, words::OrderWords};
use crate::visit::Visit;

/// An order in a list.
pub(crate) struct OrderLine {
    pub(crate) href: String,
    pub(crate) words: String,
    pub(crate) unit: String,
    pub(crate) heading: String,
    pub(crate) state: &'static str,
    pub(crate) tone: &'static str,
    /// How its clock stands; empty where nothing is due.
    pub(crate) light: String,
    pub(crate) light_tone: &'static str,
    pub(crate) role: &'static str,
    /// How far its supervision is; empty where it is not supervised.
    pub(crate) supervision: &'static str,
    pub(crate) urgent: &'static str,
    /// The name and value under which it is chosen, and what the choice is called.
    pub(crate) choice: (String, i64, String),
}

/// The colour of a state.
pub(super) fn tone(state: OrderState) -> &'static str {
    match state {
        OrderState::Done => "good",
        OrderState::Issued | OrderState::Reported => "warning",
        OrderState::Returned => "bad",
        OrderState::Signed | OrderState::Doing | OrderState::Recalled | OrderState::Lifted | OrderState::Reassigned => {
            "neutral"
        }
    }
}

/// The colour of a clock.
pub(crate) fn light_tone(light: Light) -> &'static str {
    match light {
        Light::Green { .. } | Light::Done { late_ms: 0, .. } => "good",
        Light::Yellow { .. } => "warning",
        Light::Red { .. } | Light::Done { .. } => "bad",
        Light::Paused { .. } => "unknown",
        Light::None => "neutral",
    }
}

/// A state as it is said of an order or of a request.
pub(super) fn state_words(record: &OrderRecord, lang: Lang) -> &'static str {
    let t = OrderWords(lang);
    match (record.order.origin, record.order.state) {
        (OrderOrigin::Request, OrderState::Reported) => t.request_waits(),
        (OrderOrigin::Request, OrderState::Done) => t.request_answered(),
        (_, state) => state.words(lang),
    }
}

impl OrderLine {
    pub(crate) fn of(row: OrderRow, visit: &Visit) -> OrderLine {
        let (record, lang, t) = (&row.record, visit.lang, OrderWords(visit.lang));
        let light = if record.order.state.is_open() { record.light(visit.now_ms) } else { Light::None };
        let words = record.order.words.clone();
        let short: String = words.chars().take(24).collect();
        OrderLine {
            href: href(record.order.id),
            unit: row.unit_name,
            heading: record.order.heading.clone(),
            state: state_words(record, lang),
            tone: tone(record.order.state),
            light: light.words(lang),
            light_tone: light_tone(light),
            role: record.order.role.words(lang),
            supervision: match record.supervision {
                Supervision::None => "",
                other => other.words(lang),
            },
            urgent: if record.order.urgency == Urgency::Urgent { t.urgent() } else { "" },
            choice: (format!("order_{}", record.order.id), record.version, format!("{} {short}", t.choose())),
            words,
        }
    }
}
