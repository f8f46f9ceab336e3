use jiff::civil::Date;

use super::{ChoiceOption, Fault, FieldKind, Value, read_date, read_whole};
use crate::unit::normal_name;
use crate::{area::AreaCode, post::PhoneNumber};

/// What people write where they have nothing to write.
const NOTHING: [&str; 13] = ["-", "--", "/", "\\", "无", "暂无", "不详", "未知", "待定", "待填", "空", "n/a", "null"];

/// Whether a cell holds nothing but spaces.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}'))
}

/// Reads a cell as a field's kind asks. None where it is blank, or says that nothing is known (`不详`, `无`, `/`):
/// unknown is no zero and no text.
///
/// # Errors
/// [`Fault`] says what is wrong.
pub fn read_cell(kind: &FieldKind, cell: &str) -> Result<Option<Value>, Fault> {
    let text = cell.trim();
    if is_blank(text) {
        return Ok(None);
    }
    if let FieldKind::Choice { options } = kind
        && let Some(option) = options.iter().find(|option| is_called(option, text))
    {
        return Ok(Some(Value::Choice(option.code.clone())));
    }
    if NOTHING.contains(&normal_name(text).as_str()) {
        return Ok(None);
    }
    let value = match kind {
        FieldKind::Text { most } => short(text, *most).map(Value::Text),
        FieldKind::UnitName { most } => name(text, *most).map(Value::Text),
        FieldKind::Names { most } => names(text, *most).map(Value::Names),
        FieldKind::AreaCode => AreaCode::parse_padded(text).map(Value::Area).map_err(Fault::Area),
        FieldKind::Phone => text.parse::<PhoneNumber>().map(Value::Phone).map_err(Fault::Phone),
        FieldKind::WholeNumber { least, most } => {
            read_whole(text).ok_or(Fault::NotWhole).and_then(|number| within(number, *least, *most))
        }
        FieldKind::Date { earliest, latest } => {
            read_date(text).map_err(Fault::Date).and_then(|day| between(day, *earliest, *latest))
        }
        FieldKind::Choice { options } => Err(Fault::NotAChoice {
            zh: options.iter().map(|option| option.zh.clone()).collect(),
            en: options.iter().map(|option| option.en.clone()).collect(),
        }),
        FieldKind::Ignored => return Ok(None),
    };
    value.map(Some)
}

fn within(number: i64, least: i64, most: i64) -> Result<Value, Fault> {
    if (least..=most).contains(&number) { Ok(Value::Number(number)) } else { Err(Fault::OutOfRange { least, most }) }
}

fn between(day: Date, earliest: Date, latest: Date) -> Result<Value, Fault> {
    let fits = (earliest..=latest).contains(&day);
    if fits { Ok(Value::Date(day)) } else { Err(Fault::DateOutOfRange { earliest, latest }) }
}

fn is_called(option: &ChoiceOption, text: &str) -> bool {
    let normal = normal_name(text);
    let own = [&option.code, &option.zh, &option.en];
    own.into_iter().chain(&option.synonyms).any(|name| normal_name(name) == normal)
}

/// Line breaks inside a cell become spaces; the text stays otherwise as it is.
fn short(text: &str, most: usize) -> Result<String, Fault> {
    let found = text.chars().count();
    let plain = text.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
    if found > most { Err(Fault::TooLong { most, found }) } else { Ok(plain.collect::<Vec<_>>().join(" ")) }
}

fn name(text: &str, most: usize) -> Result<String, Fault> {
    if text.chars().any(char::is_alphabetic) { short(text, most) } else { Err(Fault::NotAName) }
}

fn names(text: &str, most: usize) -> Result<Vec<String>, Fault> {
    let parts = text.split(['、', ';', '；', '\n']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| name(part, most)).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn choice() -> FieldKind {
        let option = |code: &str, zh: &str, en: &str| ChoiceOption {
            code: code.into(),
            zh: zh.into(),
            en: en.into(),
            synonyms: vec![format!("{zh}类")],
        };
        FieldKind::Choice {
            options: vec![option("hospital", "医院", "Hospital"), option("unknown", "不详", "Unknown")],
        }
    }

    #[test]
    fn cells_are_read_as_their_kind_asks() {
        let text = |text: &str| Some(Value::Text(text.to_owned()));
        let cases = [
            (FieldKind::Text { most: 9 }, " 白鹭镇 ", text("白鹭镇")),
            (FieldKind::Text { most: 9 }, "第一行\n第二行", text("第一行 第二行")),
            (FieldKind::UnitName { most: 9 }, "区卫健局", text("区卫健局")),
            (
                FieldKind::Names { most: 9 },
                "甲局、乙局；丙局;丁局",
                Some(Value::Names(["甲局", "乙局", "丙局", "丁局"].map(str::to_owned).to_vec())),
            ),
            (FieldKind::AreaCode, "990101000000", Some(Value::Area("990101".parse().unwrap()))),
            (FieldKind::Phone, "139 0000 0001", Some(Value::Phone("13900000001".parse().unwrap()))),
            (FieldKind::WholeNumber { least: 0, most: 9999 }, "1,234", Some(Value::Number(1234))),
            (choice(), "医院", Some(Value::Choice("hospital".into()))),
            (choice(), "HOSPITAL", Some(Value::Choice("hospital".into()))),
            (choice(), "医院类", Some(Value::Choice("hospital".into()))),
            (choice(), "不详", Some(Value::Choice("unknown".into()))),
            (FieldKind::Ignored, "随便", None),
        ];
        for (kind, cell, value) in cases {
            assert_eq!(read_cell(&kind, cell), Ok(value), "{cell}");
        }
    }

    #[test]
    fn what_says_that_nothing_is_known_has_no_value() {
        for cell in ["", " ", "\u{3000}", "不详", "无", "/", "—", "N/A", "\u{200B}"] {
            assert_eq!(read_cell(&FieldKind::WholeNumber { least: 0, most: 9 }, cell), Ok(None), "{cell:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let dates = FieldKind::Date { earliest: date(2000, 1, 1), latest: date(2026, 11, 22) };
        assert_eq!(read_cell(&FieldKind::Text { most: 2 }, "一二三"), Err(Fault::TooLong { most: 2, found: 3 }));
        assert_eq!(read_cell(&FieldKind::UnitName { most: 9 }, "123"), Err(Fault::NotAName));
        assert_eq!(
            read_cell(&FieldKind::WholeNumber { least: 0, most: 9 }, "-1"),
            Err(Fault::OutOfRange { least: 0, most: 9 })
        );
        for absurd in ["1026-11-22", "2226-11-22", "2026-11-23"] {
            assert!(matches!(read_cell(&dates, absurd), Err(Fault::DateOutOfRange { .. })), "{absurd}");
        }
        assert!(matches!(read_cell(&choice(), "学校"), Err(Fault::NotAChoice { .. })));
    }
}
