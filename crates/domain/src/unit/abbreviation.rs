//! Usual abbreviations in names of units with their full forms.
//!
//! Source: names of departments after the institutional reforms of 2018 and 2023 and their usual short forms, as
//! local plans write them. Local names differ; what is missing here is learned as an alias when a user picks the unit.

/// A full form with the forms in which it is also written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// The full form.
    pub full: &'static str,
    /// Short and former forms.
    pub short: &'static [&'static str],
}

const fn form(full: &'static str, short: &'static [&'static str]) -> Abbreviation {
    Abbreviation { full, short }
}

/// What stands before 局, 委, 办 or 厅 in the name of a department (`卫健` in 卫健局).
pub const STEMS: &[Abbreviation] = &[
    form("卫生健康", &["卫健", "卫生和健康", "卫生计生", "卫生和计划生育", "卫计", "卫生"]),
    form("疾病预防控制", &["疾控", "疾病防控", "疾病控制"]),
    form("发展和改革", &["发展改革", "发改"]),
    form("工业和信息化", &["工信", "工业信息化", "经济和信息化", "经信"]),
    form("教育", &["教体", "教育体育", "教育和体育"]),
    form("科学技术", &["科技"]),
    form("民族宗教事务", &["民宗", "民族宗教", "民族和宗教事务"]),
    form("公安", &[]),
    form("民政", &[]),
    form("司法", &[]),
    form("财政", &[]),
    form("人力资源和社会保障", &["人社", "人力资源社会保障", "人力社保"]),
    form("自然资源和规划", &["自然资源", "自然资源规划", "资规", "自规", "国土资源"]),
    form("生态环境", &["环保", "环境保护"]),
    form("住房和城乡建设", &["住建", "住房城乡建设", "住房和建设", "住建交通"]),
    form("城市管理", &["城管", "城市管理和综合执法", "城市管理综合执法", "城市管理和综合行政执法", "综合行政执法"]),
    form("交通运输", &["交通", "交运"]),
    form("水利", &["水务"]),
    form("农业农村", &["农业", "农"]),
    form("商务", &[]),
    form(
        "文化和旅游",
        &[
            "文旅",
            "文化旅游",
            "文广旅",
            "文体旅",
            "文体广旅",
            "文广旅体",
            "文化广电和旅游",
            "文化广电旅游",
            "文体广电和旅游",
            "文体广电旅游",
            "文化广电旅游体育",
            "文化旅游体育",
            "文体",
            "文广新",
        ],
    ),
    form("体育", &[]),
    form("应急管理", &["应急", "安监"]),
    form("审计", &[]),
    form("统计", &[]),
    form("市场监督管理", &["市场监管", "市监"]),
    form("医疗保障", &["医保"]),
    form("退役军人事务", &["退役军人"]),
    form("国有资产监督管理", &["国资", "国资监管"]),
    form("林业和草原", &["林草", "林业"]),
    form("园林绿化", &["园林", "绿化"]),
    form("信访", &[]),
    form("机关事务管理", &["机关事务"]),
    form("粮食和物资储备", &["粮食和储备", "粮食", "粮储"]),
    form("大数据", &["大数据管理", "大数据发展", "数据", "数据管理"]),
    form("行政审批", &["行政审批服务"]),
    form("政务服务", &["政务服务管理", "政务服务数据管理", "政务"]),
    form("金融监督管理", &["金融监管", "金融", "地方金融监督管理", "地方金融监管"]),
    form("乡村振兴", &["扶贫"]),
    form("外事", &["外", "人民政府外事", "政府外事"]),
    form("税务", &[]),
    form("气象", &[]),
    form("烟草专卖", &["烟草"]),
    form("档案", &[]),
    form("邮政管理", &["邮政"]),
    form("通信管理", &[]),
    form("网络安全和信息化委员会", &["网信", "委网信", "委网络安全和信息化委员会", "互联网信息"]),
    form("机构编制委员会", &["编", "委编", "机构编制", "委机构编制委员会"]),
    form("爱国卫生运动委员会", &["爱卫", "爱卫会", "爱国卫生"]),
];

/// Names, or ends of names, that are abbreviated as a whole (`疾控中心`).
pub const WHOLE_NAMES: &[Abbreviation] = &[
    form("人民政府", &["政府"]),
    form("人民政府办公室", &["政府办", "政府办公室", "府办", "府办公室"]),
    form("委员会", &["委", "党委"]),
    form("委员会办公室", &["委办", "委办公室", "党委办", "党委办公室"]),
    form("委员会督查室", &["委督查室"]),
    form("人民政府督查室", &["府督查室", "政府督查室"]),
    form("党政办公室", &["党政办"]),
    form("委员会宣传部", &["宣传部", "委宣传部"]),
    form("委员会组织部", &["组织部", "委组织部"]),
    form("委员会统一战线工作部", &["统战部", "委统战部", "统一战线工作部"]),
    form("委员会社会工作部", &["社会工作部", "委社会工作部", "委社工部", "社工部"]),
    form("委员会政法委员会", &["政法委", "委政法委", "政法委员会", "委政法委员会"]),
    form("纪律检查委员会监察委员会", &["纪委监委", "纪委监委机关", "纪委", "监委", "纪委、监委"]),
    form("人民代表大会常务委员会", &["人大", "人大常委会"]),
    form("政治协商会议", &["政协"]),
    form("人民法院", &["法院"]),
    form("人民检察院", &["检察院"]),
    form("人民武装部", &["人武部", "武装部"]),
    form("红十字会", &["红会"]),
    form("妇女联合会", &["妇联"]),
    form("残疾人联合会", &["残联"]),
    form("总工会", &["工会"]),
    form("共青团委员会", &["团委"]),
    form("工商业联合会", &["工商联"]),
    form("科学技术协会", &["科协"]),
    form("供销合作社", &["供销社", "供销合作总社"]),
    form("疾病预防控制中心", &["疾控中心", "疾病控制中心", "疾病防控中心"]),
    form("卫生监督所", &["卫监所", "卫生和计划生育监督所", "卫生健康监督所", "卫生监督局"]),
    form("妇幼保健院", &["妇幼保健计划生育服务中心", "妇幼保健和计划生育服务中心", "妇保院", "妇幼保健所", "妇幼院"]),
    form("中医医院", &["中医院"]),
    form("社区卫生服务中心", &["社卫中心", "社区卫生中心", "社区卫生服务"]),
    form("社区卫生服务站", &["社区卫生站"]),
    form("急救中心", &["医疗急救中心", "120急救中心", "紧急医疗救援中心", "院前急救中心"]),
    form("中心血站", &["血站"]),
    form("精神卫生中心", &["精卫中心"]),
    form("融媒体中心", &["融媒中心"]),
    form("大数据中心", &["数据中心"]),
    form("街道办事处", &["街道办", "街办", "街道"]),
    form("村民委员会", &["村委会", "村委"]),
    form("居民委员会", &["居委会", "居委", "社区居委会", "社区居民委员会"]),
    form("公安局派出所", &["派出所"]),
    form("公安局交通警察大队", &["交警大队", "交通警察大队", "公安交警大队"]),
    form("消防救援大队", &["消防大队", "消防救援局"]),
    form("消防救援支队", &["消防支队"]),
    form("人民银行支行", &["人行支行", "中国人民银行支行"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_form_means_one_thing() {
        for table in [STEMS, WHOLE_NAMES] {
            let mut meaning: BTreeMap<&str, &str> = BTreeMap::new();
            for Abbreviation { full, short } in table {
                for form in short.iter().chain([full]) {
                    let former = meaning.insert(form, full);
                    assert!(former.is_none_or(|former| former == *full), "{form}: {former:?} and {full}");
                }
            }
        }
    }

    #[test]
    fn a_short_form_is_not_its_own_full_form() {
        for Abbreviation { full, short } in STEMS.iter().chain(WHOLE_NAMES) {
            assert!(!full.is_empty() && !short.contains(full), "{full}");
        }
    }
}
