use std::collections::BTreeSet;

use super::draw::Draw;

const SURNAMES: [&str; 20] = [
    "周", "吴", "郑", "冯", "沈", "韩", "杨", "朱", "许", "何", "吕", "施", "孔", "曹", "严", "魏", "陶", "姜", "谢",
    "邹",
];
const GIVEN: [&str; 24] = [
    "远山", "清源", "若水", "明川", "秋禾", "向晚", "知行", "望舒", "怀瑾", "南乔", "北辰", "景行", "思齐", "嘉树",
    "允中", "令仪", "闻溪", "听雨", "一诺", "安澜", "既明", "长庚", "扶光", "牧云",
];

/// Made-up people, each name once, with telephone numbers that reach nobody.
pub(super) struct People {
    names: BTreeSet<String>,
    n_phones: u32,
}

impl People {
    pub(super) fn new() -> People {
        People { names: BTreeSet::new(), n_phones: 0 }
    }

    /// The next name.
    pub(super) fn name(&mut self, draw: &mut Draw) -> String {
        loop {
            let name = format!("{}{}", draw.one(&SURNAMES), draw.one(&GIVEN));
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }

    /// The next number: 13900000 and three digits.
    pub(super) fn phone(&mut self) -> String {
        self.n_phones += 1;
        format!("13900000{:03}", self.n_phones % 1000)
    }
}
