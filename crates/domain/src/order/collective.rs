use crate::Lang;

/// All units of a kind, as plans name them (`各乡镇`, `各医疗机构`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Collective {
    /// 各县区.
    Counties,
    /// 各乡镇、街道.
    Townships,
    /// 各村、社区.
    Villages,
    /// 各医疗机构.
    MedicalInstitutions,
    /// 各基层医疗卫生机构.
    PrimaryCare,
    /// 各学校.
    Schools,
    /// 各成员单位、各部门: the member units that the plan itself lists.
    MemberUnits,
    /// 各工作组: the lead units of the groups that the plan sets up.
    Groups,
}

/// Words by which a kind is told, the narrower ones first.
const MARKS: &[(Collective, &[&str])] = &[
    (Collective::Groups, &["工作组", "专项组", "各组"]),
    (Collective::PrimaryCare, &["基层医疗", "卫生院", "社区卫生服务"]),
    (Collective::MedicalInstitutions, &["医疗机构", "医疗卫生机构", "医院"]),
    (Collective::Schools, &["学校", "各校", "幼儿园"]),
    (Collective::Townships, &["乡镇", "镇街", "街道", "办事处", "各镇", "各乡", "乡、镇", "镇、街", "开发区"]),
    (Collective::Villages, &["村", "社区", "居委"]),
    (Collective::Counties, &["县区", "区县", "县（", "县、区", "区、县", "各县", "各区", "各地"]),
    (Collective::MemberUnits, &["成员单位", "各部门", "各单位", "各职能部门"]),
];

impl Collective {
    /// The kind that a name stands for as a whole; none where one unit is named, or some of a kind that a person has to
    /// pick (`各相关镇`, `有关部门`).
    pub fn of(name: &str) -> Option<Collective> {
        if ["相关", "有关", "部分"].iter().any(|word| name.contains(word)) {
            return None;
        }
        // A list such as `各县区` is read as its two parts.
        if matches!(name, "县" | "区" | "县区" | "区县" | "县市区" | "市县区") {
            return Some(Collective::Counties);
        }
        let is_all = ["各", "所有", "全区", "全县", "全市", "乡镇、", "县区"].iter().any(|word| name.starts_with(word));
        let told = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
        MARKS.iter().find(|(_, marks)| is_all && told(marks)).map(|(kind, _)| *kind)
    }

    /// In words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Collective::Counties => lang.pick("各县区", "counties"),
            Collective::Townships => lang.pick("各乡镇（街道）", "townships"),
            Collective::Villages => lang.pick("各村（社区）", "villages"),
            Collective::MedicalInstitutions => lang.pick("各医疗机构", "medical institutions"),
            Collective::PrimaryCare => lang.pick("各基层医疗卫生机构", "community health centres"),
            Collective::Schools => lang.pick("各学校", "schools"),
            Collective::MemberUnits => lang.pick("各成员单位", "member units"),
            Collective::Groups => lang.pick("各工作组", "work groups"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_for_all_of_a_kind_are_told_from_single_units_and_from_some_of_a_kind() {
        let cases = [
            ("各乡镇", Some(Collective::Townships)),
            ("各乡镇人民政府", Some(Collective::Townships)),
            ("各办事处", Some(Collective::Townships)),
            ("乡镇、办事处组织机构与工作职责", Some(Collective::Townships)),
            ("县", Some(Collective::Counties)),
            ("区", Some(Collective::Counties)),
            ("各县区人民政府", Some(Collective::Counties)),
            ("各医疗机构", Some(Collective::MedicalInstitutions)),
            ("全区各基层医疗卫生机构", Some(Collective::PrimaryCare)),
            ("各工作组", Some(Collective::Groups)),
            ("各成员单位", Some(Collective::MemberUnits)),
            ("各相关镇", None),
            ("各相关职能部门", None),
            ("区卫健局", None),
            ("石桥镇人民政府", None),
            ("全区", None),
        ];
        for (name, expected) in cases {
            assert_eq!(Collective::of(name), expected, "{name}");
        }
    }
}
