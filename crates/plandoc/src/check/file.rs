use lianfang_domain::plan::{
    Confidence, DocumentDateRole, Finding, FindingCode, Place, Reading, Severity, Source, Span, Text,
};

use super::finding::shorten;
use crate::input::InputNote;

/// Gives the plans behind a notice what the notice says of all of them: issuer, number, dates.
///
/// The words stand in the first document, so their span here is empty; line and column tell where.
fn share_notice(reading: &mut Reading) {
    let Some((first, others)) = reading.plans.split_first_mut() else { return };
    let mentions = |title: &str| first.blocks.iter().take(12).any(|block| block.span.of(&first.text).contains(title));
    for plan in others {
        let named = plan.title.as_ref().is_some_and(|title| mentions(&title.text));
        if !named || plan.issuer.is_some() || plan.dates.iter().any(|date| date.role == DocumentDateRole::Issued) {
            continue;
        }
        plan.issuer = first.issuer.clone().map(elsewhere);
        plan.document_number = plan.document_number.take().or_else(|| first.document_number.clone().map(elsewhere));
        for date in first.dates.iter().filter(|date| date.role == DocumentDateRole::Issued) {
            let mut date = date.clone();
            date.source = outside(date.source);
            plan.dates.push(date);
        }
    }
}

fn elsewhere(text: Text) -> Text {
    Text { source: outside(text.source), ..text }
}

fn outside(source: Source) -> Source {
    Source { span: Span::default(), confidence: Confidence::Likely, repairs: Vec::new(), ..source }
}

/// Findings on the file as a whole: how it was decoded, how many documents it held.
pub(crate) fn check_file(reading: &mut Reading, notes: &[InputNote]) {
    share_notice(reading);
    let mut findings = Vec::new();
    for note in notes {
        let place =
            Place { plan: 0, line: note.line.map_or(1, |line| line + 1), column: 1, quote: shorten(&note.detail) };
        findings.push(Finding {
            code: FindingCode::Input,
            severity: Severity::Note,
            place,
            message_zh: note.message(true),
            message_en: note.message(false),
            question_zh: String::new(),
            question_en: String::new(),
        });
    }
    if reading.plans.len() > 1 {
        let count = reading.plans.len();
        let place = Place { plan: 1, line: first_line(reading, 1), column: 1, quote: title(reading, 1) };
        findings.push(Finding {
            code: FindingCode::SeveralDocuments,
            severity: Severity::Note,
            place,
            message_zh: format!("文件中有 {count} 份文件，已分开"),
            message_en: format!("the file holds {count} documents; they were split"),
            question_zh: "这样分开对吗？".to_owned(),
            question_en: "Is the split right?".to_owned(),
        });
    }
    findings.append(&mut reading.findings);
    reading.findings = findings;
}

fn first_line(reading: &Reading, index: usize) -> u32 {
    reading.plans[index].blocks.first().map_or(1, |block| block.line)
}

fn title(reading: &Reading, index: usize) -> String {
    reading.plans[index].title.as_ref().map(|title| shorten(&title.text)).unwrap_or_default()
}
