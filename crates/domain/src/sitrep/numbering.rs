const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// A number from 1 to 99 in Chinese, as headings count: 一, 十, 十二, 二十. Others stay as they are.
pub fn chinese_number(n: usize) -> String {
    match (n / 10, n % 10) {
        (0, 0) | (10.., _) => n.to_string(),
        (0, ones) => DIGITS[ones].to_owned(),
        (tens, ones) => {
            let tens = if tens == 1 { String::new() } else { DIGITS[tens].to_owned() };
            let ones = if ones == 0 { "" } else { DIGITS[ones] };
            format!("{tens}十{ones}")
        }
    }
}

/// Counts headings of four levels: 一、 （一） 1. （1）. A heading begins the count of those below it anew.
#[derive(Debug, Default)]
pub(super) struct Count([usize; 4]);

impl Count {
    /// The number of the next heading of a level from 1 to 4.
    pub(super) fn next(&mut self, level: u8) -> String {
        let place = usize::from(level.clamp(1, 4)) - 1;
        self.0[place] += 1;
        self.0[place + 1..].fill(0);
        let n = self.0[place];
        match place {
            0 => format!("{}、", chinese_number(n)),
            1 => format!("（{}）", chinese_number(n)),
            2 => format!("{n}."),
            _ => format!("（{n}）"),
        }
    }
}
