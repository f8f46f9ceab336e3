use crate::unit::half_width;

/// A whole number as tables write it: `1234`, `1,234`, `１２３４`, `1 234`, `1234.0`. None for anything else: `约三千`,
/// `1.2万` and `12.5` are no whole numbers, and nothing is rounded.
pub fn read_whole(text: &str) -> Option<i64> {
    let folded: String = text.trim().chars().map(half_width).map(|c| if c == ' ' { ',' } else { c }).collect();
    let (front, fraction) = folded.split_once('.').unwrap_or((&folded, ""));
    if fraction.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let (sign, digits) = front.strip_prefix('-').map_or((1, front), |digits| (-1, digits));
    let groups: Vec<&str> = digits.split(',').collect();
    if !are_groups(&groups) {
        return None;
    }
    groups.concat().parse::<i64>().ok().map(|number| sign * number)
}

/// Whether the parts between thousands signs are one to three digits and then three each.
fn are_groups(groups: &[&str]) -> bool {
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let sizes = groups.len() == 1 || groups[0].len() <= 3 && groups[1..].iter().all(|part| part.len() == 3);
    sizes && groups.iter().all(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_in_every_usual_form() {
        let cases = [
            ("0", 0),
            ("1234", 1234),
            ("1,234", 1234),
            ("1，234，567", 1_234_567),
            ("１２３４", 1234),
            ("1 234", 1234),
            ("1234.0", 1234),
            (" 1234 ", 1234),
            ("-5", -5),
            ("007", 7),
        ];
        for (text, number) in cases {
            assert_eq!(read_whole(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_is_refused_and_never_rounded() {
        let texts = [
            "",
            "约三千",
            "1.2万",
            "12.5",
            "1,23",
            "12,3456",
            ",123",
            "1,,234",
            "1234人",
            "--1",
            "1e3",
            "9223372036854775808",
        ];
        for text in texts {
            assert_eq!(read_whole(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_written_out_is_read_again() {
        for number in (-20_000..20_000).step_by(37) {
            assert_eq!(read_whole(&number.to_string()), Some(number));
        }
    }
}
