//! Writes list numbers the way Word and web pages show them.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const LEGAL_DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// The ways of writing a list number that plans use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numeral {
    /// 一、二、…、十一、…、一百零一
    Chinese,
    /// 壹、贰、…、拾壹
    ChineseLegal,
    /// 甲、乙、丙
    Stems,
    Decimal,
    /// 01, 02, …
    DecimalZero,
    /// １、２
    FullWidth,
    /// ①、②
    Circled,
    /// ⑴、⑵
    Parenthesised,
    /// ⒈、⒉
    FullStop,
    /// ㊀、㊁
    CircledChinese,
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
}

impl Numeral {
    /// The number as text; one that the system cannot write comes out in plain digits.
    pub(super) fn write(self, n: u32) -> String {
        let special = match self {
            Self::Chinese => chinese(n, &DIGITS, ['十', '百', '千'], Tens::Bare),
            Self::ChineseLegal => chinese(n, &LEGAL_DIGITS, ['拾', '佰', '仟'], Tens::WithOne),
            Self::Stems => in_row(n, &STEMS),
            Self::Decimal => None,
            Self::DecimalZero => Some(format!("{n:02}")),
            Self::FullWidth => Some(full_width(n)),
            Self::Circled => circled(n),
            Self::Parenthesised => in_block(n, '⑴', 20),
            Self::FullStop => in_block(n, '⒈', 20),
            Self::CircledChinese => in_block(n, '㊀', 10),
            Self::UpperRoman => roman(n),
            Self::LowerRoman => roman(n).map(|text| text.to_lowercase()),
            Self::UpperLetter => letter(n, 'A'),
            Self::LowerLetter => letter(n, 'a'),
        };
        special.unwrap_or_else(|| n.to_string())
    }
}

/// Whether ten is written 十 or 壹拾 at the start of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tens {
    Bare,
    WithOne,
}

fn chinese(n: u32, digits: &[char; 10], units: [char; 3], tens: Tens) -> Option<String> {
    if n >= 10_000 {
        return None;
    }
    let places =
        [(n / 1000, Some(units[2])), (n / 100 % 10, Some(units[1])), (n / 10 % 10, Some(units[0])), (n % 10, None)];
    let mut text = String::new();
    let mut gap = false;
    for (index, (digit, unit)) in places.into_iter().enumerate() {
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(digits[0]);
            gap = false;
        }
        let bare_ten = index == 2 && digit == 1 && text.is_empty() && tens == Tens::Bare;
        if !bare_ten {
            text.extend(usize::try_from(digit).ok().and_then(|d| digits.get(d)));
        }
        text.extend(unit);
    }
    if text.is_empty() {
        text.push(digits[0]);
    }
    Some(text)
}

fn full_width(n: u32) -> String {
    n.to_string().chars().filter_map(|c| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０'))).collect()
}

fn circled(n: u32) -> Option<String> {
    match n {
        0 => Some('⓪'.to_string()),
        1..=20 => in_block(n, '①', 20),
        21..=35 => in_block(n - 20, '㉑', 15),
        36..=50 => in_block(n - 35, '㊱', 15),
        _ => None,
    }
}

/// The n-th character of a row of Unicode characters that starts with `first`.
fn in_block(n: u32, first: char, length: u32) -> Option<String> {
    if n == 0 || n > length {
        return None;
    }
    char::from_u32(u32::from(first) + n - 1).map(String::from)
}

fn in_row(n: u32, row: &[char]) -> Option<String> {
    let index = usize::try_from(n.checked_sub(1)?).ok()?;
    row.get(index).map(|c| String::from(*c))
}

fn roman(mut n: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 3999 {
        return None;
    }
    let mut text = String::new();
    for (value, letters) in STEPS {
        while n >= value {
            text.push_str(letters);
            n -= value;
        }
    }
    Some(text)
}

/// After Z, Word goes on with AA, BB, CC.
fn letter(n: u32, first: char) -> Option<String> {
    let index = n.checked_sub(1)?;
    let times = usize::try_from(index / 26 + 1).ok()?;
    if times > 30 {
        return None;
    }
    let c = char::from_u32(u32::from(first) + index % 26)?;
    Some(c.to_string().repeat(times))
}

#[cfg(test)]
mod tests {
    use super::Numeral;

    #[test]
    fn numbers_are_written_as_word_shows_them() {
        let cases = [
            (Numeral::Chinese, 1, "一"),
            (Numeral::Chinese, 10, "十"),
            (Numeral::Chinese, 12, "十二"),
            (Numeral::Chinese, 20, "二十"),
            (Numeral::Chinese, 101, "一百零一"),
            (Numeral::Chinese, 110, "一百一十"),
            (Numeral::Chinese, 1001, "一千零一"),
            (Numeral::ChineseLegal, 11, "壹拾壹"),
            (Numeral::Stems, 3, "丙"),
            (Numeral::DecimalZero, 7, "07"),
            (Numeral::FullWidth, 12, "１２"),
            (Numeral::Circled, 3, "③"),
            (Numeral::Circled, 21, "㉑"),
            (Numeral::Parenthesised, 2, "⑵"),
            (Numeral::UpperRoman, 14, "XIV"),
            (Numeral::LowerLetter, 28, "bb"),
        ];
        for (numeral, n, expected) in cases {
            assert_eq!(numeral.write(n), expected);
        }
    }

    #[test]
    fn a_number_beyond_its_system_is_written_in_digits() {
        for numeral in [Numeral::Circled, Numeral::UpperRoman, Numeral::Chinese] {
            assert_eq!(numeral.write(60_000), "60000");
        }
        assert_eq!(Numeral::LowerLetter.write(0), "0");
        assert_eq!(Numeral::UpperLetter.write(u32::MAX), u32::MAX.to_string());
    }
}
