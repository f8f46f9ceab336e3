use jiff::civil::Date;

use super::{Column, DateFault};
use crate::area::{AreaCode, AreaCodeError};
use crate::post::{PhoneFault, PostRefusal};
use crate::{Lang, UnitId};

/// What is wrong with a cell or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A field that must be filled is empty or says unknown.
    Missing,
    /// At least one of several fields must be filled.
    NeedsOneOf {
        /// Their headers in Chinese.
        zh: Vec<String>,
        /// In English.
        en: Vec<String>,
    },
    /// One field is filled, so this one must be, too.
    NeededBy {
        /// The filled one's header in Chinese.
        zh: String,
        /// In English.
        en: String,
    },
    /// A text is too long.
    TooLong {
        /// At most so many characters.
        most: usize,
        /// It has so many.
        found: usize,
    },
    /// A name without a letter or character.
    NotAName,
    /// No whole number.
    NotWhole,
    /// A number too small or too large.
    OutOfRange {
        /// At least.
        least: i64,
        /// At most.
        most: i64,
    },
    /// No date.
    Date(DateFault),
    /// A date too early or too late to be meant.
    DateOutOfRange {
        /// Not before.
        earliest: Date,
        /// Not after.
        latest: Date,
    },
    /// No code of an area.
    Area(AreaCodeError),
    /// No telephone number.
    Phone(PhoneFault),
    /// None of the values that the field may have.
    NotAChoice {
        /// They in Chinese.
        zh: Vec<String>,
        /// In English.
        en: Vec<String>,
    },
    /// The row says the same as an earlier one.
    Repeats {
        /// The earlier row.
        row: usize,
    },
    /// The row is about the same thing as another and says something else; neither is stored.
    Contradicts {
        /// The other row.
        row: usize,
    },
    /// It lies outside the area that the user looks after.
    OutsideScope,
    /// The area above is neither registered nor in the table.
    AboveMissing {
        /// Its code.
        code: AreaCode,
    },
    /// No area bears the name.
    NoSuchArea,
    /// Several areas bear the name.
    SeveralAreas {
        /// They.
        codes: Vec<AreaCode>,
    },
    /// The name does not tell the kind of unit, and none is given.
    KindUnknown,
    /// It may be a unit that is registered under another name; the user says.
    PerhapsKnown {
        /// The registered unit.
        unit: UnitId,
        /// Its name.
        name: String,
    },
    /// No unit bears the name.
    NoSuchUnit,
    /// Several units bear the name.
    SeveralUnits {
        /// Their areas.
        codes: Vec<AreaCode>,
    },
    /// The unit above stands in a row that is not stored.
    AboveRefused {
        /// That row.
        row: usize,
    },
    /// The unit would stand under itself.
    Circle,
    /// The person cannot be put into the post.
    Post(PostRefusal),
    /// Someone else used the name or changed the record while the import ran.
    InTheMeantime,
}

impl Fault {
    /// What is wrong, as a sentence about the field without full stop.
    pub(super) fn sentence(&self, label: &str, value: &str, lang: Lang) -> String {
        let now = if value.trim().is_empty() {
            lang.pick("现为空".to_owned(), "but is empty".to_owned())
        } else {
            lang.pick(format!("现为“{value}”"), format!("but is “{value}”"))
        };
        let should = |zh: String, en: String| lang.pick(format!("{label}{zh}，{now}"), format!("{label} {en}, {now}"));
        match self {
            Fault::Missing => should("必填".into(), "must be filled".into()),
            Fault::NeedsOneOf { zh, en } => lang.pick(
                format!("{}至少要填一项", zh.join("、")),
                format!("at least one of {} must be filled", en.join(", ")),
            ),
            Fault::NeededBy { zh, en } => {
                lang.pick(format!("填了{zh}，就要填{label}"), format!("{label} must be filled where {en} is"))
            }
            Fault::TooLong { most, found } => lang.pick(
                format!("{label}最多{most}个字，现有{found}个字"),
                format!("{label} has at most {most} characters, but here {found}"),
            ),
            Fault::NotAName => should("应为名称".into(), "must be a name".into()),
            Fault::NotWhole => should("应为整数".into(), "must be a whole number".into()),
            Fault::OutOfRange { least, most } => {
                should(format!("应在{least}至{most}之间"), format!("must be from {least} to {most}"))
            }
            Fault::Date(fault) => should(fault.words(lang).to_owned(), fault.words(lang).to_owned()),
            Fault::DateOutOfRange { earliest, latest } => {
                should(format!("应在{earliest}至{latest}之间"), format!("must be from {earliest} to {latest}"))
            }
            Fault::Area(error) => explained(label, &error.message(lang), lang),
            Fault::Phone(fault) => explained(&format!("{label}“{value}”"), &fault.message(lang), lang),
            Fault::NotAChoice { zh, en } => should(
                format!("应为以下之一：{}", zh.join("、")),
                format!("must be one of: {}", en.join(", ")),
            ),
            Fault::Repeats { row } => lang.pick(
                format!("本行与第 {row} 行重复，未再导入"),
                format!("this row says the same as row {row} and was not imported again"),
            ),
            Fault::Contradicts { row } => lang.pick(
                format!("本行与第 {row} 行的{label}相同（“{value}”），但其他内容不同，两行都未导入，请只保留正确的一行"),
                format!(
                    "this row has the same {label} (“{value}”) as row {row} and differs otherwise; neither was imported, \
                     keep the right one"
                ),
            ),
            Fault::Post(refusal) => explained(label, &refusal.message(lang), lang),
            _ => self.beside_what_is_there(label, value, lang),
        }
    }

    /// What is wrong with a row that reads well but does not fit what is registered.
    fn beside_what_is_there(&self, label: &str, value: &str, lang: Lang) -> String {
        let listed = |codes: &[AreaCode]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let say = |zh: String, en: String| lang.pick(zh, en);
        match self {
            Fault::OutsideScope => say(
                format!("{label}“{value}”不在您的管辖范围内"),
                format!("{label} “{value}” lies outside the area you look after"),
            ),
            Fault::AboveMissing { code } => say(
                format!("{label}“{value}”的上级（{code}）既未登记，也不在本表中，请先补上"),
                format!("the area above {label} “{value}” ({code}) is neither registered nor in this table; add it first"),
            ),
            Fault::NoSuchArea => say(
                format!("没有名为“{value}”的辖区，请改正，或改填区划代码"),
                format!("no area is called “{value}”; correct it, or give the area code instead"),
            ),
            Fault::SeveralAreas { codes } => say(
                format!("有{}个辖区都叫“{value}”（{}），请改填区划代码", codes.len(), listed(codes).join("、")),
                format!("{} areas are called “{value}” ({}); give the area code instead", codes.len(), listed(codes).join(", ")),
            ),
            Fault::KindUnknown => say(
                format!("从单位名称看不出{label}，请填写"),
                format!("the name does not tell the {label}; fill it in"),
            ),
            Fault::PerhapsKnown { name, .. } => say(
                format!("“{value}”可能就是已登记的“{name}”，请在核对页选择"),
                format!("“{value}” may be the registered “{name}”; choose on the check page"),
            ),
            Fault::NoSuchUnit => say(
                format!("没有名为“{value}”的单位，本表中也没有，请改正，或先新增该单位"),
                format!("no unit is called “{value}”, neither registered nor in this table; correct it, or add that unit first"),
            ),
            Fault::SeveralUnits { codes } => say(
                format!("有{}个单位都叫“{value}”（辖区{}），请写上级单位的全称", codes.len(), listed(codes).join("、")),
                format!("{} units are called “{value}” (in areas {}); write the full name", codes.len(), listed(codes).join(", ")),
            ),
            Fault::AboveRefused { row } => say(
                format!("{label}“{value}”在第 {row} 行，该行未能导入"),
                format!("{label} “{value}” stands in row {row}, which cannot be imported"),
            ),
            Fault::Circle => say(
                format!("{label}“{value}”会使单位成为自己的上级"),
                format!("with {label} “{value}” the unit would stand under itself"),
            ),
            _ => say(
                "导入期间他人已使用该名称或修改了该记录，请核对后重传本行".to_owned(),
                "someone else used the name or changed the record while the import ran; check it and upload the row again".to_owned(),
            ),
        }
    }
}

fn explained(label: &str, message: &str, lang: Lang) -> String {
    let message = message.trim_end_matches(['。', '.']);
    lang.pick(format!("{label}有误。{message}"), format!("{label} is wrong. {message}"))
}

/// How much of a cell a message quotes.
const QUOTED: usize = 40;

/// A wrong cell, or a row that cannot be stored. It may quote personal data: it is for whoever uploaded the file, and
/// never for a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    /// The row as the user sees it, from 1.
    pub row: usize,
    /// The column; none if the file has none for the field.
    pub column: Option<Column>,
    /// The key of the field.
    pub field: String,
    /// The field's header in Chinese.
    pub zh: String,
    /// The field's header in English.
    pub en: String,
    /// What stands in the cell.
    pub value: String,
    /// What is wrong.
    pub fault: Fault,
}

impl CellError {
    /// A row for which someone else was faster.
    pub fn in_the_meantime(row: usize) -> CellError {
        let (field, zh, en, value) = (String::new(), String::new(), String::new(), String::new());
        CellError { row, column: None, field, zh, en, value, fault: Fault::InTheMeantime }
    }

    /// Where it is, what is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        let sentence = self.fault.sentence(lang.pick(&self.zh, &self.en), &self.quoted(), lang);
        let row = self.row;
        let place = match (lang, self.column) {
            (Lang::Zh, Some(column)) => format!("第 {row} 行第 {} 列（{column}）", column.number()),
            (Lang::Zh, None) => format!("第 {row} 行"),
            (Lang::En, Some(column)) => format!("Row {row}, column {} ({column})", column.number()),
            (Lang::En, None) => format!("Row {row}"),
        };
        match (lang, &self.fault) {
            (Lang::Zh, Fault::Repeats { .. }) => format!("{place}：{sentence}。"),
            (Lang::En, Fault::Repeats { .. }) => format!("{place}: {sentence}."),
            (Lang::Zh, _) => format!("{place}：{sentence}。改正后可只重传错误行。"),
            (Lang::En, _) => format!("{place}: {sentence}. Correct it; you may upload the wrong rows alone."),
        }
    }

    /// The cell, shortened if it is long.
    fn quoted(&self) -> String {
        let mut quoted: String = self.value.trim().chars().take(QUOTED).collect();
        if self.value.trim().chars().nth(QUOTED).is_some() {
            quoted.push('…');
        }
        quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(fault: Fault, value: &str) -> CellError {
        CellError {
            row: 37,
            column: Some(Column(3)),
            field: "population".into(),
            zh: "人口".into(),
            en: "Population".into(),
            value: value.into(),
            fault,
        }
    }

    #[test]
    fn a_message_says_where_what_and_what_to_do() {
        let wrong = error(Fault::NotWhole, "约三千");
        assert_eq!(wrong.message(Lang::Zh), "第 37 行第 4 列（D）：人口应为整数，现为“约三千”。改正后可只重传错误行。");
        assert_eq!(
            wrong.message(Lang::En),
            "Row 37, column 4 (D): Population must be a whole number, but is “约三千”. Correct it; you may upload the \
             wrong rows alone."
        );
    }

    #[test]
    fn every_fault_reads_as_a_sentence_in_both_languages() {
        let cases = [
            (Fault::Missing, "", "人口必填，现为空。"),
            (Fault::OutOfRange { least: 0, most: 9 }, "-1", "人口应在0至9之间，现为“-1”。"),
            (Fault::TooLong { most: 2, found: 3 }, "一二三", "人口最多2个字，现有3个字。"),
            (Fault::Date(DateFault::NotADate), "昨天", "人口应为日期（如2026-11-22），现为“昨天”。"),
            (Fault::Area(AreaCodeError::Empty), "", "人口有误。没有填区划代码，请填写。"),
            (Fault::Phone(PhoneFault::Empty), "x", "人口“x”有误。没有填电话号码，请填写。"),
            (Fault::Repeats { row: 5 }, "", "本行与第 5 行重复，未再导入。"),
            (Fault::NeededBy { zh: "姓名".into(), en: "Name".into() }, "", "填了姓名，就要填人口。"),
        ];
        for (fault, value, part) in cases {
            let error = error(fault, value);
            assert!(error.message(Lang::Zh).contains(part), "{}", error.message(Lang::Zh));
            assert!(error.message(Lang::En).starts_with("Row 37, column 4 (D): "));
        }
    }

    #[test]
    fn a_long_cell_is_quoted_in_part_and_an_absent_column_is_left_out() {
        let long = error(Fault::NotWhole, &"很".repeat(300));
        assert!(long.message(Lang::Zh).contains(&format!("“{}…”", "很".repeat(QUOTED))));
        let absent = CellError { column: None, ..error(Fault::Missing, "") };
        assert!(absent.message(Lang::Zh).starts_with("第 37 行：人口必填"));
    }
}
