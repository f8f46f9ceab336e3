use std::collections::BTreeMap;

use lianfang_domain::plan::{FindingCode, Place, RepairKind, Severity};

use super::{
    Checked,
    finding::{Words, shorten},
};

/// Every repair made to the text: those that change words one by one, the others counted by kind.
pub(super) fn check(checked: &mut Checked<'_>) {
    let mut counted: BTreeMap<RepairKind, (u32, Place)> = BTreeMap::new();
    let repairs = &checked.ctx.doc.repairs;
    for repair in repairs {
        let single = matches!(repair.kind, RepairKind::LetterForDigit | RepairKind::SignForStop);
        let place =
            Place { plan: checked.number, line: repair.line, column: repair.column, quote: quote(checked, repair) };
        if single {
            let words = Words::new(
                format!("已将“{}”改读为“{}”", repair.before, repair.after),
                format!("“{}” was read as “{}”", repair.before, repair.after),
            );
            checked.report_at(
                FindingCode::Repaired,
                Severity::Note,
                place,
                words.ask("这样读对吗？", "Is that right?"),
            );
        } else {
            counted.entry(repair.kind).or_insert((0, place)).0 += 1;
        }
    }
    for (kind, (count, place)) in counted {
        let (zh, one, many) = words(kind);
        let en = if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
        checked.report_at(FindingCode::Repaired, Severity::Note, place, Words::new(format!("{zh} {count} 处"), en));
    }
}

fn words(kind: RepairKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        RepairKind::WhiteSpace => ("合并空白", "run of white space folded", "runs of white space folded"),
        RepairKind::JoinedLine => ("接续被换行断开的句子", "cut sentence joined", "cut sentences joined"),
        RepairKind::ChunkCounter => (
            "去掉文中混入的分段序号",
            "chunk counter inside the text dropped",
            "chunk counters inside the text dropped",
        ),
        RepairKind::PageNumber => ("去掉页码", "page number dropped", "page numbers dropped"),
        RepairKind::WebFrame => ("去掉网页框架文字", "line of web frame dropped", "lines of web frame dropped"),
        RepairKind::WordLeftover => (
            "去掉文字处理软件残留",
            "leftover of the word processor dropped",
            "leftovers of the word processor dropped",
        ),
        RepairKind::LetterForDigit => ("字母改读为数字", "letter read as a digit", "letters read as digits"),
        RepairKind::SignForStop => ("符号改读为句号", "sign read as a full stop", "signs read as full stops"),
    }
}

/// The words around a repair; for dropped text, the dropped piece.
fn quote(checked: &Checked<'_>, repair: &lianfang_domain::plan::Repair) -> String {
    let text = &checked.ctx.doc.text;
    if repair.after.is_empty() && repair.kind != RepairKind::JoinedLine {
        return shorten(&repair.before);
    }
    let at = repair.span.start as usize;
    let from = text[..at].char_indices().rev().nth(7).map_or(0, |(i, _)| i);
    let to = text[at..].char_indices().nth(12).map_or(text.len(), |(i, _)| at + i);
    shorten(&text[from..to])
}
