use super::{UnitKind, normal_name};

/// Where in a name a word tells its kind.
enum Mark {
    /// Anywhere.
    Has(&'static [&'static str]),
    /// At its end.
    Ends(&'static [&'static str]),
}

use Mark::{Ends, Has};

/// The first mark that fits tells the kind, so that what is special stands before what is general: a customs office is
/// no township office though both are called 办事处, and a hospital's department is no hospital.
const MARKS: &[(Mark, UnitKind)] = &[
    (Has(&["海关", "边检", "出入境边防"]), UnitKind::PortOfEntry),
    (Has(&["人武部", "武装部", "武警", "军分区", "警备区", "驻军"]), UnitKind::Military),
    (Ends(&["科", "股", "护理部", "医务部", "药学部", "门诊部", "院办公室", "院办", "局办公室"]), UnitKind::Section),
    (Ends(&["教务处", "德育处", "总务处", "安保处", "教研室", "财务室", "资料室"]), UnitKind::Section),
    (Has(&["疾控中心", "疾病预防控制中心", "疾病控制中心"]), UnitKind::DiseaseControl),
    (Has(&["社区卫生服务", "卫生院", "卫生室", "卫生所", "村卫生"]), UnitKind::PrimaryCare),
    (Has(&["卫生监督", "卫生执法"]), UnitKind::HealthInspection),
    (Has(&["急救"]), UnitKind::EmergencyCare),
    (Has(&["血站", "防治所", "防治院", "防治站", "健康教育所", "卫生事业发展"]), UnitKind::HealthInstitution),
    (
        Ends(&["养老院", "敬老院", "福利院", "养老中心", "救助站", "养护院", "养老服务中心"]),
        UnitKind::WelfareInstitution,
    ),
    (Ends(&["动物医院", "宠物医院"]), UnitKind::Enterprise),
    (Ends(&["医院", "保健院", "保健所", "精神卫生中心", "康复中心", "医院分院"]), UnitKind::Hospital),
    (Has(&["监狱", "看守所", "拘留所", "戒毒所", "收押"]), UnitKind::PlaceOfDetention),
    (Has(&["公安", "派出所", "交警", "特警", "巡警"]), UnitKind::Police),
    (
        Ends(&["小学", "中学", "学校", "幼儿园", "大学", "学院", "党校", "职校", "中心校", "高中", "初中"]),
        UnitKind::School,
    ),
    (Ends(&["检测机构", "检验所", "检验中心", "检测中心", "实验室", "检测公司"]), UnitKind::Laboratory),
    (Ends(&["药店", "药房", "大药房", "药业连锁"]), UnitKind::Pharmacy),
    (Ends(&["市场", "超市", "商场", "购物中心", "商业广场", "冷库"]), UnitKind::Market),
    (
        Has(&["红十字会", "妇联", "妇女联合会", "工会", "残联", "残疾人联合会", "工商联", "科协", "文联", "慈善"]),
        UnitKind::PeopleOrganisation,
    ),
    (
        Ends(&["团委", "团市委", "团县委", "团区委", "团省委", "协会", "商会", "学会", "志愿者联合会"]),
        UnitKind::PeopleOrganisation,
    ),
    (
        Has(&["火车站", "高铁站", "汽车站", "客运站", "客运中心", "机场", "铁路", "轨道交通", "港口"]),
        UnitKind::Transport,
    ),
    (
        Ends(&["公司", "集团", "厂", "银行", "支行", "分行", "酒店", "宾馆", "农场", "林场", "合作社", "物业", "企业"]),
        UnitKind::Enterprise,
    ),
    (
        Ends(&["村委会", "居委会", "村民委员会", "居民委员会", "村(居)委会", "社区", "村", "村(社区)"]),
        UnitKind::VillageCommittee,
    ),
    (Has(&["街道办事处", "镇人民政府", "乡人民政府", "镇政府", "乡政府"]), UnitKind::TownshipOffice),
    (Ends(&["街道办", "街道", "镇", "乡", "办事处"]), UnitKind::TownshipOffice),
    (
        Has(&["委宣传部", "委组织部", "委统战部", "委政法委", "委网信办", "委社会工作部", "委编办", "纪委", "监委"]),
        UnitKind::PartyBody,
    ),
    (
        Ends(&["宣传部", "组织部", "统战部", "政法委", "网信办", "编办", "委督查室", "党委", "党工委"]),
        UnitKind::PartyBody,
    ),
    (Ends(&["市委办公室", "县委办公室", "区委办公室", "市委办", "县委办", "区委办"]), UnitKind::PartyBody),
    (
        Ends(&["人民政府", "政府", "管委会", "管理委员会", "人大常委会", "政协", "市委", "县委", "区委", "省委"]),
        UnitKind::Government,
    ),
    (Ends(&["部", "处室", "教研组"]), UnitKind::Section),
    (
        Ends(&[
            "局",
            "委",
            "委员会",
            "办",
            "办公室",
            "厅",
            "署",
            "处",
            "所",
            "站",
            "队",
            "中心",
            "室",
            "会",
            "院",
            "馆",
            "台",
        ]),
        UnitKind::Department,
    ),
];

impl UnitKind {
    /// The kind that a name tells, for a form to begin with; none if it tells nothing. A bracketed second name does not
    /// count.
    pub fn guess(name: &str) -> Option<UnitKind> {
        let normal = normal_name(name);
        let bracketed = normal.ends_with(')').then(|| normal.rfind('(')).flatten().filter(|at| *at > 0);
        // `各村(社区)` keeps its bracket: it is part of the name of a kind.
        let fits = |mark: &Mark, text: &str| match mark {
            Has(words) => words.iter().any(|word| text.contains(word)),
            Ends(words) => words.iter().any(|word| text.ends_with(word)),
        };
        let kind = |text: &str| MARKS.iter().find(|(mark, _)| fits(mark, text)).map(|(_, kind)| *kind);
        bracketed.and_then(|at| kind(&normal[..at])).or_else(|| kind(&normal))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_guessed_from_names_as_plans_write_them() {
        let cases: &[(UnitKind, &[&str])] = &[
            (UnitKind::Government, &["清河区人民政府", "县政府", "开发区管委会", "区委"]),
            (UnitKind::PartyBody, &["区委宣传部", "市纪委监委机关", "县委政法委", "区委办公室", "县委网信办"]),
            (
                UnitKind::Department,
                &[
                    "区卫健局",
                    "市发改委",
                    "区财政局（国资办）",
                    "市卫生健康委应急办",
                    "区疾控局",
                    "区政府办公室",
                    "区融媒体中心",
                    "市卫生健康委办公室",
                    "市场监督管理局禾丰分局",
                    "镇财政所",
                    "区市场监管局",
                    "镇党政办",
                ],
            ),
            (UnitKind::DiseaseControl, &["区疾控中心", "青岚县疾病预防控制中心"]),
            (UnitKind::Hospital, &["市第一人民医院", "区妇幼保健院", "区精神卫生中心"]),
            (UnitKind::PrimaryCare, &["石桥镇社区卫生服务中心", "白鹭镇卫生院", "各村卫生室"]),
            (UnitKind::HealthInspection, &["区卫生监督所"]),
            (UnitKind::EmergencyCare, &["区医疗急救中心", "县急救站"]),
            (UnitKind::HealthInstitution, &["市中心血站", "区牙病防治所"]),
            (UnitKind::Laboratory, &["第三方检测机构"]),
            (UnitKind::Pharmacy, &["安康大药房"]),
            (UnitKind::TownshipOffice, &["白鹭镇人民政府", "东汀街道办事处", "柳湾镇", "各镇人民政府（街道办事处）"]),
            (UnitKind::VillageCommittee, &["石桥村村委会", "阳光社区", "各村(社区)"]),
            (UnitKind::Police, &["区公安分局", "公安清河分局", "派出所", "市公安局禾丰分局"]),
            (UnitKind::PortOfEntry, &["清河海关办事处"]),
            (UnitKind::Military, &["县人武部", "武警云泽支队"]),
            (UnitKind::School, &["中心小学", "区委党校", "实验幼儿园"]),
            (UnitKind::WelfareInstitution, &["白鹭镇敬老院"]),
            (UnitKind::PlaceOfDetention, &["区看守所"]),
            (UnitKind::PeopleOrganisation, &["区红十字会", "团区委", "区妇联"]),
            (UnitKind::Transport, &["清河火车站", "云泽机场公司"]),
            (UnitKind::Market, &["城北农贸市场"]),
            (UnitKind::Enterprise, &["国网清河供电公司", "人民银行清河支行"]),
            (UnitKind::Section, &["医政科（应急办）", "疾控股", "市第一人民医院药学部", "后勤保障部"]),
        ];
        for (kind, names) in cases {
            for name in *names {
                assert_eq!(UnitKind::guess(name), Some(*kind), "{name}");
            }
        }
    }

    #[test]
    fn a_name_that_tells_nothing_is_left_to_the_user() {
        assert_eq!(UnitKind::guess("清河"), None);
        assert_eq!(UnitKind::guess(""), None);
    }
}
