use super::Act;
use crate::Lang;

/// What a key for programs may be used for. It never reaches further than the rights of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiScope {
    /// Read areas.
    AreasRead,
    /// Change and import areas.
    AreasWrite,
    /// Read units and posts.
    UnitsRead,
    /// Change and import units and posts.
    UnitsWrite,
    /// See telephone numbers in full.
    PhonesRead,
    /// Read plans.
    PlansRead,
    /// Upload, check and accept plans.
    PlansWrite,
    /// Read incidents.
    IncidentsRead,
    /// Work on incidents and their response level.
    IncidentsWrite,
    /// Read and mark one's own notices.
    Notices,
    /// Read orders.
    OrdersRead,
    /// Issue orders, carry them out, close and supervise them.
    OrdersWrite,
    /// Read indicators, figures and targets.
    IndicatorsRead,
    /// Define indicators and targets.
    IndicatorsWrite,
    /// Read situation reports and meetings.
    SitrepsRead,
    /// Write, clear and issue situation reports; hold meetings.
    SitrepsWrite,
    /// Read reports and who has reported.
    ReportsRead,
    /// Fill reports in, send them back, lay down templates.
    ReportsWrite,
    /// Read users.
    UsersRead,
    /// Change users and give roles.
    UsersWrite,
    /// Read the audit record.
    AuditRead,
    /// Read the state of the system.
    SystemRead,
    /// Have jobs tried again.
    SystemWrite,
}

impl ApiScope {
    /// Every scope.
    pub const ALL: [ApiScope; 23] = [
        ApiScope::AreasRead,
        ApiScope::AreasWrite,
        ApiScope::UnitsRead,
        ApiScope::UnitsWrite,
        ApiScope::PhonesRead,
        ApiScope::PlansRead,
        ApiScope::PlansWrite,
        ApiScope::IncidentsRead,
        ApiScope::IncidentsWrite,
        ApiScope::Notices,
        ApiScope::OrdersRead,
        ApiScope::OrdersWrite,
        ApiScope::IndicatorsRead,
        ApiScope::IndicatorsWrite,
        ApiScope::SitrepsRead,
        ApiScope::SitrepsWrite,
        ApiScope::ReportsRead,
        ApiScope::ReportsWrite,
        ApiScope::UsersRead,
        ApiScope::UsersWrite,
        ApiScope::AuditRead,
        ApiScope::SystemRead,
        ApiScope::SystemWrite,
    ];

    /// The text that is kept and sent.
    pub fn code(self) -> &'static str {
        match self {
            ApiScope::AreasRead => "areas.read",
            ApiScope::AreasWrite => "areas.write",
            ApiScope::UnitsRead => "units.read",
            ApiScope::UnitsWrite => "units.write",
            ApiScope::PhonesRead => "phones.read",
            ApiScope::PlansRead => "plans.read",
            ApiScope::PlansWrite => "plans.write",
            ApiScope::IncidentsRead => "incidents.read",
            ApiScope::IncidentsWrite => "incidents.write",
            ApiScope::Notices => "notices",
            ApiScope::OrdersRead => "orders.read",
            ApiScope::OrdersWrite => "orders.write",
            ApiScope::IndicatorsRead => "indicators.read",
            ApiScope::IndicatorsWrite => "indicators.write",
            ApiScope::SitrepsRead => "sitreps.read",
            ApiScope::SitrepsWrite => "sitreps.write",
            ApiScope::ReportsRead => "reports.read",
            ApiScope::ReportsWrite => "reports.write",
            ApiScope::UsersRead => "users.read",
            ApiScope::UsersWrite => "users.write",
            ApiScope::AuditRead => "audit.read",
            ApiScope::SystemRead => "system.read",
            ApiScope::SystemWrite => "system.write",
        }
    }

    /// The scope of a code.
    pub fn from_code(code: &str) -> Option<ApiScope> {
        ApiScope::ALL.into_iter().find(|scope| scope.code() == code)
    }

    /// The scope in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            ApiScope::AreasRead => lang.pick("读取辖区", "Read areas"),
            ApiScope::AreasWrite => lang.pick("更改、导入辖区", "Change and import areas"),
            ApiScope::UnitsRead => lang.pick("读取单位和职务", "Read units and posts"),
            ApiScope::UnitsWrite => lang.pick("更改、导入单位和职务", "Change and import units and posts"),
            ApiScope::PhonesRead => lang.pick("读取完整电话", "See telephone numbers in full"),
            ApiScope::PlansRead => lang.pick("读取预案", "Read plans"),
            ApiScope::PlansWrite => lang.pick("上传、核对、采用预案", "Upload, check and accept plans"),
            ApiScope::IncidentsRead => lang.pick("读取事件", "Read incidents"),
            ApiScope::IncidentsWrite => {
                lang.pick("处置事件、调整响应级别", "Work on incidents and their response level")
            }
            ApiScope::Notices => lang.pick("读取和标记本人通知", "Read and mark one's own notices"),
            ApiScope::OrdersRead => lang.pick("读取指令", "Read orders"),
            ApiScope::OrdersWrite => lang.pick("下达和办理指令", "Issue orders and act in them"),
            ApiScope::IndicatorsRead => lang.pick("读取指标、数据和目标", "Read indicators, figures and targets"),
            ApiScope::IndicatorsWrite => lang.pick("更改指标和目标", "Define indicators and targets"),
            ApiScope::SitrepsRead => lang.pick("读取情况报告和例会", "Read situation reports and meetings"),
            ApiScope::SitrepsWrite => lang
                .pick("起草、审定、发布情况报告，组织例会", "Write, clear and issue situation reports; hold meetings"),
            ApiScope::ReportsRead => lang.pick("读取报表和报送情况", "Read reports and who has reported"),
            ApiScope::ReportsWrite => {
                lang.pick("填报、退回报表，更改模板", "Fill in and send back reports, change templates")
            }
            ApiScope::UsersRead => lang.pick("读取用户", "Read users"),
            ApiScope::UsersWrite => lang.pick("更改用户和角色", "Change users and roles"),
            ApiScope::AuditRead => lang.pick("读取审计", "Read the audit record"),
            ApiScope::SystemRead => lang.pick("读取系统状态", "Read the state of the system"),
            ApiScope::SystemWrite => lang.pick("重试后台任务", "Have jobs tried again"),
        }
    }

    /// The scope that a key needs for an act; none for acts that keys are not for: sign-in, one's own password.
    pub fn of(act: Act) -> Option<ApiScope> {
        Some(match act {
            Act::Enter | Act::UseOwnAccount | Act::SeeOwnAccount => return None,
            Act::ViewAreas | Act::ExportAreas => ApiScope::AreasRead,
            Act::ChangeAreas | Act::ImportAreas => ApiScope::AreasWrite,
            Act::ViewUnits | Act::ExportUnits => ApiScope::UnitsRead,
            Act::ChangeUnits | Act::MergeUnits | Act::ChangePosts | Act::ImportUnits => ApiScope::UnitsWrite,
            Act::ViewPhones => ApiScope::PhonesRead,
            Act::ViewPlans => ApiScope::PlansRead,
            Act::ChangePlans | Act::AcceptPlans => ApiScope::PlansWrite,
            Act::ViewIncidents => ApiScope::IncidentsRead,
            Act::ChangeIncidents | Act::ProposeLevel | Act::GiveOpinion | Act::ApproveLevel | Act::ChangeGradeRules => {
                ApiScope::IncidentsWrite
            }
            Act::SeeOwnNotices => ApiScope::Notices,
            Act::ViewOrders | Act::ExportOrders => ApiScope::OrdersRead,
            Act::IssueOrders | Act::DirectOrders | Act::DoOrders | Act::SuperviseOrders => ApiScope::OrdersWrite,
            Act::ViewIndicators => ApiScope::IndicatorsRead,
            Act::ChangeIndicators => ApiScope::IndicatorsWrite,
            Act::ViewSitreps | Act::ViewMeetings => ApiScope::SitrepsRead,
            Act::WriteSitreps | Act::ClearSitreps | Act::IssueSitreps | Act::HoldMeetings => ApiScope::SitrepsWrite,
            Act::ViewReports | Act::ExportReports | Act::ViewReportTemplates => ApiScope::ReportsRead,
            Act::FillReports | Act::ReturnReports | Act::ChangeReportTemplates => ApiScope::ReportsWrite,
            Act::ViewUsers => ApiScope::UsersRead,
            Act::ChangeUsers | Act::GrantRoles | Act::ChangePolicy | Act::EndSessions => ApiScope::UsersWrite,
            Act::ViewAudit => ApiScope::AuditRead,
            Act::ViewSystem | Act::ViewJobs => ApiScope::SystemRead,
            Act::ChangeJobs | Act::ClearOut | Act::WatchClocks | Act::SendNotices => ApiScope::SystemWrite,
        })
    }

    /// Whether a key with these scopes, by their codes separated by spaces, may be used for an act.
    pub fn allow(codes: &str, act: Act) -> bool {
        let needed = ApiScope::of(act);
        act == Act::SeeOwnAccount || codes.split(' ').filter_map(ApiScope::from_code).any(|held| Some(held) == needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_good_for_its_scopes_alone() {
        assert!(ApiScope::allow("areas.read units.read", Act::ViewUnits));
        assert!(!ApiScope::allow("areas.read units.read", Act::ChangeUnits));
        assert!(!ApiScope::allow("areas.read nothing", Act::ViewPhones));
        assert!(ApiScope::allow("", Act::SeeOwnAccount));
        for scope in ApiScope::ALL {
            assert_eq!(ApiScope::from_code(scope.code()), Some(scope));
            assert!(!ApiScope::allow(scope.code(), Act::UseOwnAccount), "{}", scope.code());
        }
    }
}
