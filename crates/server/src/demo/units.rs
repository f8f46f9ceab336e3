use super::district::{DISTRICT, TOWNSHIPS};
use super::draw::Draw;
use super::people::People;

/// A unit of the district: name, short name, the unit above, and the titles of its posts.
type Office = (&'static str, &'static str, &'static str, &'static [&'static str]);

const GOVERNMENT: &str = "清河区人民政府";
const HEALTH: &str = "清河区卫生健康局";
const BUREAU: &[&str] = &["局长", "副局长", "办公室主任"];
const HOSPITAL: &[&str] = &["院长", "医务科科长", "感染管理科科长"];
const SCHOOL: &[&str] = &["校长", "校医"];

/// The unit for which the demo's unit officer works.
pub(super) const DISEASE_CONTROL: &str = "清河区疾病预防控制中心";

/// Units of the district itself.
const OFFICES: &[Office] = &[
    (GOVERNMENT, "区政府", "", &["区长", "分管副区长", "区政府办公室主任"]),
    ("中共清河区委宣传部", "区委宣传部", "", &["部长", "新闻科科长"]),
    (HEALTH, "区卫健局", GOVERNMENT, &["局长", "分管副局长", "疾控科科长", "医政科科长", "应急办主任"]),
    (DISEASE_CONTROL, "区疾控中心", HEALTH, &["主任", "流行病学调查科科长", "检验科科长", "消毒科科长"]),
    ("清河区卫生监督所", "", HEALTH, &["所长", "监督员"]),
    ("清河区急救中心", "", HEALTH, &["主任", "调度长"]),
    ("清河区人民医院", "区医院", HEALTH, HOSPITAL),
    ("清河区中医院", "", HEALTH, HOSPITAL),
    ("清河区妇幼保健院", "", HEALTH, HOSPITAL),
    ("清河区第二人民医院", "区二院", HEALTH, HOSPITAL),
    ("清河区教育局", "", GOVERNMENT, BUREAU),
    ("清河区民政局", "", GOVERNMENT, BUREAU),
    ("清河区财政局（国资办）", "", GOVERNMENT, BUREAU),
    ("清河区公安分局", "", GOVERNMENT, &["局长", "治安大队大队长", "指挥中心主任"]),
    ("清河区交通运输局", "", GOVERNMENT, BUREAU),
    ("清河区农业农村局", "", GOVERNMENT, BUREAU),
    ("清河区商务局", "", GOVERNMENT, BUREAU),
    ("清河区市场监督管理局", "区市监局", GOVERNMENT, BUREAU),
    ("清河区文化和旅游局", "区文旅局", GOVERNMENT, BUREAU),
    ("清河区住房和城乡建设局", "区住建局", GOVERNMENT, BUREAU),
    ("清河区城市管理局", "", GOVERNMENT, BUREAU),
    ("清河区应急管理局", "", GOVERNMENT, BUREAU),
    ("清河区工业和信息化局", "区工信局", GOVERNMENT, BUREAU),
    ("清河区发展和改革局", "区发改局", GOVERNMENT, BUREAU),
    ("清河区司法局", "", GOVERNMENT, BUREAU),
    ("清河区人力资源和社会保障局", "区人社局", GOVERNMENT, BUREAU),
    ("清河区生态环境局", "", GOVERNMENT, BUREAU),
    ("清河区医疗保障局", "区医保局", GOVERNMENT, BUREAU),
    ("清河区融媒体中心", "", GOVERNMENT, &["主任", "值班编辑"]),
    ("清河区红十字会", "", GOVERNMENT, &["秘书长"]),
    ("清河区第一中学", "", "清河区教育局", SCHOOL),
    ("清河区实验小学", "", "清河区教育局", SCHOOL),
    ("清河区社会福利院", "", "清河区民政局", &["院长", "护理部主任"]),
    ("清河区养老服务中心", "", "清河区民政局", &["主任"]),
    ("清河长途汽车站", "", "清河区交通运输局", &["站长", "安检班长"]),
    ("清河火车站", "", "", &["站长", "客运主任"]),
    ("清河中心农贸市场", "", "清河区市场监督管理局", &["经理", "防疫专员"]),
    ("清河购物广场", "", "清河区商务局", &["经理"]),
    ("清河物流园", "", "清河区商务局", &["经理"]),
    ("清河化工厂", "", "清河区工业和信息化局", &["厂长", "安全科科长"]),
];

/// Every how many posts one is vacant.
const VACANT_EVERY: u64 = 23;

struct Table<'a> {
    rows: Vec<Vec<String>>,
    people: People,
    draw: &'a mut Draw,
}

/// The table of units with their posts and people, as an office would keep it: a row for each post.
pub(super) fn units(draw: &mut Draw) -> Vec<Vec<String>> {
    let header =
        ["单位名称", "简称", "单位性质", "区划代码", "上级单位", "值班电话", "职务", "姓名", "手机", "任职日期"];
    let mut table = Table { rows: vec![header.map(str::to_owned).to_vec()], people: People::new(), draw };
    for office in OFFICES {
        table.add(office.0, [office.1, kind_of(office.0)], DISTRICT, office.2, office.3);
    }
    for township in &TOWNSHIPS {
        let own = format!("{}{}", township.name, if township.name.ends_with("街道") { "办事处" } else { "人民政府" });
        let head = match township.name.chars().last() {
            Some('镇') => "镇长",
            Some('乡') => "乡长",
            _ => "主任",
        };
        let clinic = match township.name.strip_suffix("街道") {
            Some(name) => format!("{name}社区卫生服务中心"),
            None => format!("{}卫生院", township.name),
        };
        table.add(&own, ["", ""], township.code, GOVERNMENT, &[head, "分管副职", "防疫专干"]);
        table.add(&clinic, ["", ""], township.code, HEALTH, &["负责人", "公共卫生科科长"]);
    }
    table.rows
}

/// The kind where the name does not tell it.
fn kind_of(name: &str) -> &'static str {
    match name {
        "清河长途汽车站" | "清河火车站" => "交通场站",
        "清河购物广场" => "商超",
        "清河物流园" | "清河化工厂" => "企业",
        _ => "",
    }
}

impl Table<'_> {
    fn add(&mut self, name: &str, [short, kind]: [&str; 2], area: &str, above: &str, posts: &[&str]) {
        let duty = self.people.phone();
        for (at, title) in posts.iter().enumerate() {
            let vacant = at > 0 && self.draw.number(1, VACANT_EVERY) == 1;
            let first = format!("20{}-{:02}-01", self.draw.number(18, 25), self.draw.number(1, 12));
            let (person, phone, since) = if vacant {
                (String::new(), String::new(), String::new())
            } else {
                (self.people.name(self.draw), self.people.phone(), first)
            };
            let own = [name, short, kind, area, above, duty.as_str(), title].map(str::to_owned);
            self.rows.push([own.to_vec(), vec![person, phone, since]].concat());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_sixty_units_have_posts_people_and_numbers_that_reach_nobody() {
        let rows = units(&mut Draw::new(1));
        let names: std::collections::BTreeSet<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names.len(), 58);
        assert!(rows[1..].iter().all(|row| row[5].starts_with("13900000")));
        assert!(rows[1..].iter().all(|row| row[8].is_empty() || row[8].starts_with("13900000")));
        assert!(rows[1..].iter().any(|row| row[7].is_empty()), "no post is vacant");
    }
}
