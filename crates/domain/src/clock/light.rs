use super::words::{duration_words, moment_words};
use crate::Lang;

/// How a clock stands: what to look at first, with how long and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// Nothing is due, and nobody can be late.
    None,
    /// There is time.
    Green {
        /// Until when.
        due_ms: i64,
        /// How long that is.
        left_ms: i64,
    },
    /// The last quarter of the time runs.
    Yellow {
        /// Until when.
        due_ms: i64,
        /// How long that is.
        left_ms: i64,
    },
    /// It is over.
    Red {
        /// Until when it was to be done.
        due_ms: i64,
        /// How long ago that is.
        over_ms: i64,
    },
    /// It stands.
    Paused {
        /// Since when.
        since_ms: i64,
        /// Until when, where that is known.
        until_ms: Option<i64>,
    },
    /// It is done, or its time has passed.
    Done {
        /// When.
        at_ms: i64,
        /// How long after it was due; 0 when in time.
        late_ms: i64,
    },
}

impl Light {
    /// Done in time.
    pub(super) fn done(at_ms: i64) -> Light {
        Light::Done { at_ms, late_ms: 0 }
    }

    /// The text by which pages and programs tell lights apart.
    pub fn code(self) -> &'static str {
        match self {
            Light::None => "none",
            Light::Green { .. } => "green",
            Light::Yellow { .. } => "yellow",
            Light::Red { .. } => "red",
            Light::Paused { .. } => "paused",
            Light::Done { .. } => "done",
        }
    }

    /// How long and until when: `还有2小时 · 至 11月22日 15:00`, `超时35分钟`. Empty where nothing is due.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Light::None => String::new(),
            Light::Green { due_ms, left_ms } | Light::Yellow { due_ms, left_ms } => {
                let (left, until) = (duration_words(left_ms, lang), moment_words(due_ms, due_ms - left_ms, lang));
                lang.pick(format!("还有{left} · 至 {until}"), format!("{left} left · until {until}"))
            }
            Light::Red { over_ms, .. } => {
                let over = duration_words(over_ms, lang);
                lang.pick(format!("超时{over}"), format!("{over} over"))
            }
            Light::Paused { since_ms, until_ms } => {
                let since = moment_words(since_ms, since_ms, lang);
                let until = until_ms.map(|until| moment_words(until, since_ms, lang));
                match until {
                    Some(until) => lang.pick(format!("已暂停 · 至 {until}"), format!("paused until {until}")),
                    None => lang.pick(format!("自 {since} 起暂停"), format!("paused since {since}")),
                }
            }
            Light::Done { late_ms: 0, .. } => lang.pick("已完成", "done").to_owned(),
            Light::Done { late_ms, .. } => {
                let late = duration_words(late_ms, lang);
                lang.pick(format!("已完成，超时{late}"), format!("done, {late} late"))
            }
        }
    }
}
