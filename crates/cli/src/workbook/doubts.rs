use lianfang_domain::Lang;
use lianfang_domain::plan::Finding;

use super::{Cell, Column, Origin, Rows, Sheet, origin_words};
use crate::code::code;
use crate::load::FileReading;

/// One row for each point to verify, the gravest first.
pub(super) fn sheet(files: &[FileReading], origin: Origin, lang: Lang) -> Sheet {
    let mut rows = Rows::new(origin);
    for file in files {
        let mut findings: Vec<&Finding> = file.reading.findings.iter().collect();
        findings.sort_by_key(|finding| finding.severity);
        for finding in findings {
            rows.from = origin_words(file, finding.place.plan as usize);
            rows.push(cells(finding, lang));
        }
    }
    let columns = vec![
        Column::new(lang.pick("程度", "severity"), 9),
        Column::new(lang.pick("代码", "code"), 20),
        Column::new(lang.pick("行", "line"), 7),
        Column::new(lang.pick("列", "column"), 7),
        Column::new(lang.pick("说明", "what is the matter"), 56),
        Column::new(lang.pick("原文", "as written"), 44),
        Column::new(lang.pick("请编写者确认", "ask the author"), 44),
        Column::new(lang.pick("答复", "answer"), 30),
    ];
    rows.into_sheet(lang.pick("待核实", "To verify"), columns, lang)
}

/// The last cell is left for the author's answer.
fn cells(finding: &Finding, lang: Lang) -> [Cell; 8] {
    [
        Cell::text(finding.severity.words(lang)),
        Cell::text(&code(finding.code)),
        Cell::Number(f64::from(finding.place.line)),
        Cell::Number(f64::from(finding.place.column)),
        Cell::text(finding.message(lang)),
        Cell::text(&finding.place.quote),
        Cell::text(finding.question(lang)),
        Cell::Blank,
    ]
}
