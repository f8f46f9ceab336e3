use super::phone::folded;
use super::{PhoneKind, PhoneNumber};

/// A telephone number for whoever may not see it whole: `139****0001`; of a landline the area code and the last two
/// digits. What is no number loses all its digits but the last two. Masking what is masked changes nothing.
pub fn masked(text: &str) -> String {
    let folded = folded(text);
    if is_masked(&folded) {
        return folded;
    }
    match folded.parse::<PhoneNumber>() {
        Ok(number) => number_masked(&number),
        Err(_) => hide(&folded, 0, if digits(&folded) >= 6 { 2 } else { 0 }),
    }
}

fn number_masked(number: &PhoneNumber) -> String {
    let text = number.as_str();
    match number.kind() {
        PhoneKind::Mobile => hide(text, 3, 4),
        PhoneKind::Service => hide(text, 3, 2),
        PhoneKind::Short => hide(text, 0, 0),
        PhoneKind::Landline => {
            let (front, extension) = text.split_once('转').unwrap_or((text, ""));
            let area = front.find('-').unwrap_or(0);
            let mark = if extension.is_empty() { "" } else { "转" };
            format!("{}{mark}{}", hide(front, area, 2), hide(extension, 0, 0))
        }
    }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The text with a star for each digit except the first and last few.
fn hide(text: &str, first: usize, last: usize) -> String {
    let all = digits(text);
    let mut at = 0;
    let mut star = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        at += 1;
        if at > first && at + last <= all { '*' } else { c }
    };
    text.chars().map(&mut star).collect()
}

/// Whether so much is hidden already that the number cannot be told.
fn is_masked(text: &str) -> bool {
    let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    text.matches('*').count() >= 4 && longest <= 4 && digits(text) <= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(rest: &str) -> String {
        format!("{}{rest}", ["0410", "6000001"].join("-"))
    }

    #[test]
    fn a_number_shows_its_beginning_and_its_end_only() {
        let cases = [
            ("13900000001".to_owned(), "139****0001"),
            ("139 0000 0001".to_owned(), "139****0001"),
            (fixed(""), "0410-*****01"),
            (fixed("转801"), "0410-*****01转***"),
            ("4000000001".to_owned(), "400*****01"),
            ("120".to_owned(), "***"),
            ("13900000001、13900000002".to_owned(), "***********、*********02"),
            ("6000001".to_owned(), "*****01"),
            ("不详".to_owned(), "不详"),
            ("1**********".to_owned(), "1**********"),
        ];
        for (text, shown) in cases {
            assert_eq!(masked(&text), shown, "{text}");
        }
    }

    #[test]
    fn masking_twice_changes_nothing_and_never_shows_more_than_seven_digits() {
        let texts = ["13900000001", "120", "4000000001", "6000001", "139000000012345", "a1b2", "****6000001", ""];
        for text in texts.into_iter().map(str::to_owned).chain([fixed(""), fixed("转801"), fixed("-801")]) {
            let once = masked(&text);
            assert_eq!(masked(&once), once, "{text}");
            assert!(digits(&once) <= 7, "{once}");
        }
    }
}
