use serde::{Deserialize, Serialize};

use crate::Lang;

/// What kind of organisation a unit is, as far as plans tell units apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 人民政府、管委会、人大、政协.
    Government,
    /// 党委部门、纪委监委.
    PartyBody,
    /// 政府部门和直属事业单位.
    Department,
    /// 疾病预防控制中心.
    #[serde(rename = "cdc")]
    DiseaseControl,
    /// 医院、保健院.
    Hospital,
    /// 社区卫生服务中心（站）、卫生院、卫生室.
    #[serde(rename = "community_health_centre")]
    PrimaryCare,
    /// 卫生监督机构.
    HealthInspection,
    /// 急救中心（站）.
    EmergencyCare,
    /// 血站、防治院（所）和其他卫生机构.
    HealthInstitution,
    /// 检测机构.
    Laboratory,
    /// 药店.
    Pharmacy,
    /// 乡镇人民政府、街道办事处.
    TownshipOffice,
    /// 村委会、居委会.
    VillageCommittee,
    /// 公安机关.
    Police,
    /// 海关、边检.
    PortOfEntry,
    /// 人武部、武警、军分区.
    Military,
    /// 学校、幼儿园.
    School,
    /// 养老、福利、救助机构.
    WelfareInstitution,
    /// 监狱、看守所、戒毒所.
    PlaceOfDetention,
    /// 工会、团委、妇联、红十字会等.
    PeopleOrganisation,
    /// 机场、火车站、客运站.
    Transport,
    /// 农贸市场、商场、超市.
    Market,
    /// 企业.
    Enterprise,
    /// 单位内设科室.
    Section,
    /// None of these.
    Other,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [UnitKind; 25] = [
        UnitKind::Government,
        UnitKind::PartyBody,
        UnitKind::Department,
        UnitKind::DiseaseControl,
        UnitKind::Hospital,
        UnitKind::PrimaryCare,
        UnitKind::HealthInspection,
        UnitKind::EmergencyCare,
        UnitKind::HealthInstitution,
        UnitKind::Laboratory,
        UnitKind::Pharmacy,
        UnitKind::TownshipOffice,
        UnitKind::VillageCommittee,
        UnitKind::Police,
        UnitKind::PortOfEntry,
        UnitKind::Military,
        UnitKind::School,
        UnitKind::WelfareInstitution,
        UnitKind::PlaceOfDetention,
        UnitKind::PeopleOrganisation,
        UnitKind::Transport,
        UnitKind::Market,
        UnitKind::Enterprise,
        UnitKind::Section,
        UnitKind::Other,
    ];

    /// Code, Chinese and English words.
    fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            UnitKind::Government => ("government", "党委政府", "Government"),
            UnitKind::PartyBody => ("party_body", "党委部门", "Party body"),
            UnitKind::Department => ("department", "政府部门", "Department"),
            UnitKind::DiseaseControl => ("cdc", "疾控中心", "Centre for disease control"),
            UnitKind::Hospital => ("hospital", "医院", "Hospital"),
            UnitKind::PrimaryCare => {
                ("community_health_centre", "社区卫生服务中心（卫生院）", "Community health centre")
            }
            UnitKind::HealthInspection => ("health_inspection", "卫生监督机构", "Health inspection"),
            UnitKind::EmergencyCare => ("emergency_care", "急救中心", "Ambulance service"),
            UnitKind::HealthInstitution => ("health_institution", "其他卫生机构", "Other health institution"),
            UnitKind::Laboratory => ("laboratory", "检测机构", "Laboratory"),
            UnitKind::Pharmacy => ("pharmacy", "药店", "Pharmacy"),
            UnitKind::TownshipOffice => ("township_office", "乡镇政府（街道办事处）", "Township office"),
            UnitKind::VillageCommittee => ("village_committee", "村（居）委会", "Village committee"),
            UnitKind::Police => ("police", "公安机关", "Police"),
            UnitKind::PortOfEntry => ("port_of_entry", "海关（口岸）", "Port of entry"),
            UnitKind::Military => ("military", "军队和武警", "Military"),
            UnitKind::School => ("school", "学校", "School"),
            UnitKind::WelfareInstitution => ("welfare_institution", "养老和福利机构", "Welfare institution"),
            UnitKind::PlaceOfDetention => ("place_of_detention", "监管场所", "Place of detention"),
            UnitKind::PeopleOrganisation => ("people_organisation", "群众团体", "People's organisation"),
            UnitKind::Transport => ("transport", "交通场站", "Transport"),
            UnitKind::Market => ("market", "市场和商超", "Market"),
            UnitKind::Enterprise => ("enterprise", "企业", "Enterprise"),
            UnitKind::Section => ("section", "内设科室", "Section of a unit"),
            UnitKind::Other => ("other", "其他", "Other"),
        }
    }

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind in words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (_, zh, en) = self.row();
        lang.pick(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};

    use super::*;

    #[test]
    fn every_kind_has_its_own_code_and_words_and_is_read_again() {
        let codes: BTreeSet<_> = UnitKind::ALL.iter().map(|kind| kind.code()).collect();
        let words: BTreeSet<_> = UnitKind::ALL.iter().map(|kind| kind.words(Lang::Zh)).collect();
        assert_eq!((codes.len(), words.len()), (UnitKind::ALL.len(), UnitKind::ALL.len()));
        for kind in UnitKind::ALL {
            assert_eq!(UnitKind::from_code(kind.code()), Some(kind));
            let text: StrDeserializer<'_, Error> = kind.code().into_deserializer();
            assert_eq!(UnitKind::deserialize(text).unwrap(), kind);
        }
    }
}
