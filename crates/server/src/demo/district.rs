use std::collections::BTreeSet;

use super::draw::Draw;

/// The district.
pub(super) const DISTRICT: &str = "990101";
/// The day for which its people were counted.
const COUNTED_ON: &str = "2025-12-31";
const SOURCE: &str = "虚构数据";

/// A township of the district.
pub(super) struct Township {
    /// Its code.
    pub(super) code: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// How many villages or communities it has.
    n_villages: u32,
}

/// The townships: streets, towns and rural townships, by their codes.
pub(super) const TOWNSHIPS: [Township; 9] = [
    Township { code: "990101001", name: "东门街道", n_villages: 12 },
    Township { code: "990101002", name: "望河街道", n_villages: 11 },
    Township { code: "990101003", name: "南关街道", n_villages: 10 },
    Township { code: "990101101", name: "石桥镇", n_villages: 16 },
    Township { code: "990101102", name: "柳林镇", n_villages: 15 },
    Township { code: "990101103", name: "白鹭镇", n_villages: 14 },
    Township { code: "990101104", name: "青枫镇", n_villages: 16 },
    Township { code: "990101201", name: "双塔乡", n_villages: 13 },
    Township { code: "990101202", name: "梅岭乡", n_villages: 13 },
];

const SIDES: [&str; 10] = ["东", "西", "南", "北", "上", "下", "前", "后", "大", "小"];
const MARKS: [&str; 16] =
    ["河", "庄", "岭", "湾", "桥", "塘", "坡", "渡", "井", "林", "沟", "堰", "寨", "畈", "坪", "溪"];
const STREETS: [&str; 12] =
    ["春晓", "钟楼", "书院", "平安", "文昌", "槐荫", "新港", "锦绣", "长堤", "朝阳", "广济", "迎宾"];

/// The table of areas as an office would send it: code, name, population, its day and source. Sums are right: a
/// township has as many people as its villages.
pub(super) fn areas(draw: &mut Draw) -> Vec<Vec<String>> {
    let header = ["区划代码", "名称", "人口", "人口统计日期", "人口来源"].map(str::to_owned).to_vec();
    let row = |code: &str, name: &str, people: u64| {
        vec![code.to_owned(), name.to_owned(), people.to_string(), COUNTED_ON.to_owned(), SOURCE.to_owned()]
    };
    let (mut rows, mut in_district) = (Vec::new(), 0);
    for township in &TOWNSHIPS {
        let (mut villages, mut in_township) = (Vec::new(), 0);
        for (code, name) in villages_of(township, draw) {
            let people = if name.ends_with("社区") { draw.number(3_200, 9_800) } else { draw.number(640, 3_900) };
            in_township += people;
            villages.push(row(&code, &name, people));
        }
        rows.push(row(township.code, township.name, in_township));
        rows.append(&mut villages);
        in_district += in_township;
    }
    rows.insert(0, row(DISTRICT, "清河区", in_district));
    rows.insert(0, header);
    rows
}

/// Codes and names of the villages and communities of a township, each name once.
fn villages_of(township: &Township, draw: &mut Draw) -> Vec<(String, String)> {
    let is_street = township.name.ends_with("街道");
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut villages = Vec::new();
    let mut at = 0;
    while villages.len() < usize::try_from(township.n_villages).unwrap_or(0) {
        let name = if is_street {
            format!("{}社区", draw.one(&STREETS))
        } else {
            format!("{}{}村", draw.one(&SIDES), draw.one(&MARKS))
        };
        if names.insert(name.clone()) {
            at += 1;
            // Residents' committees have codes from 001 on, villagers' committees from 200 on.
            let code = if is_street { at } else { 200 + at };
            villages.push((format!("{}{code:03}", township.code), name));
        }
    }
    villages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_district_has_its_townships_and_villages_and_its_sums_are_right() {
        let rows = areas(&mut Draw::new(1));
        assert_eq!(rows.len(), 1 + 1 + 9 + 120);
        let people = |digits: usize| -> u64 {
            rows[1..].iter().filter(|row| row[0].len() == digits).map(|row| row[2].parse::<u64>().unwrap()).sum()
        };
        assert_eq!(people(6), people(9));
        assert_eq!(people(9), people(12));
        assert!((200_000..700_000).contains(&people(6)), "{}", people(6));
    }

    #[test]
    fn the_same_seed_gives_the_same_district() {
        assert_eq!(areas(&mut Draw::new(7)), areas(&mut Draw::new(7)));
        assert_ne!(areas(&mut Draw::new(7)), areas(&mut Draw::new(8)));
    }
}
