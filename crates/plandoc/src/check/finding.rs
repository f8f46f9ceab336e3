use lianfang_domain::plan::{Finding, FindingCode, Place, Severity, Source};

use super::Checked;

/// The words of a finding in both languages.
pub(crate) struct Words {
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) ask_zh: &'static str,
    pub(crate) ask_en: &'static str,
}

impl Words {
    /// A message without a question.
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Words {
        Words { zh: zh.into(), en: en.into(), ask_zh: "", ask_en: "" }
    }

    /// With what to ask the author.
    pub(crate) fn ask(self, ask_zh: &'static str, ask_en: &'static str) -> Words {
        Words { ask_zh, ask_en, ..self }
    }
}

const QUOTE_LENGTH: usize = 60;

impl Checked<'_> {
    /// Reports a finding at a source.
    pub(crate) fn report(&mut self, code: FindingCode, severity: Severity, source: &Source, words: Words) {
        let quote = source.span.of(&self.ctx.doc.text);
        let place = Place { plan: self.number, line: source.line, column: source.column, quote: shorten(quote) };
        self.report_at(code, severity, place, words);
    }

    /// Reports a finding at a range of the folded text.
    pub(crate) fn report_range(&mut self, code: FindingCode, severity: Severity, range: (usize, usize), words: Words) {
        let span = self.ctx.doc.span(range.0, range.1);
        let (line, column) = self.ctx.doc.place(span.start);
        let place = Place { plan: self.number, line, column, quote: shorten(span.of(&self.ctx.doc.text)) };
        self.report_at(code, severity, place, words);
    }

    /// Reports a finding at a place.
    pub(crate) fn report_at(&mut self, code: FindingCode, severity: Severity, place: Place, words: Words) {
        self.findings.push(Finding {
            code,
            severity,
            place,
            message_zh: words.zh,
            message_en: words.en,
            question_zh: words.ask_zh.to_owned(),
            question_en: words.ask_en.to_owned(),
        });
    }
}

/// A quote of bounded length; a cut shows.
pub(crate) fn shorten(text: &str) -> String {
    let text = text.trim().replace('\n', " ");
    if text.chars().count() <= QUOTE_LENGTH {
        return text;
    }
    let mut short: String = text.chars().take(QUOTE_LENGTH - 1).collect();
    short.push('…');
    short
}
