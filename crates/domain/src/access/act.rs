use super::Role;
use crate::Lang;

/// How far a right reaches from where the role is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole system.
    Everywhere,
    /// The area of the role and everything below it.
    Area,
    /// The county in which the area or unit of the role lies.
    Home,
    /// The unit of the role and the units under it.
    Unit,
}

/// Declares the acts, their codes and who may do them: the whole table of rights, one line an act.
macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal: $who:expr;)*) => {
        /// Something a user does. Every route of the server names one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act { $($(#[$doc])* $name),* }

        impl Act {
            /// Every act, in the order of the table.
            pub const ALL: &'static [Act] = &[$(Act::$name),*];

            /// The text that is kept in the audit record.
            pub fn code(self) -> &'static str {
                match self { $(Act::$name => $code),* }
            }

            /// The act in words.
            pub fn words(self, lang: Lang) -> &'static str {
                match self { $(Act::$name => lang.pick($zh, $en)),* }
            }

            /// Who may do it, and how far.
            pub fn who(self) -> Who {
                match self { $(Act::$name => $who),* }
            }
        }
    };
}

/// Who may do an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, also without signing in: the sign-in page itself, health checks.
    Anybody,
    /// Everybody who is signed in, for what is their own.
    SignedIn,
    /// The holders of these roles, each as far as it says.
    Roles(&'static [(Role, Reach)]),
}

use Reach::{Area, Everywhere, Home, Unit};
use Role::{
    AuditAdmin, Commander, Expert, GroupLeader, Observer, Office, SecurityAdmin, SystemAdmin, TownshipOfficer,
    UnitOfficer,
};

const SYSTEM: Who = Who::Roles(&[(SystemAdmin, Everywhere)]);
const SECURITY: Who = Who::Roles(&[(SecurityAdmin, Everywhere)]);
const AUDIT: Who = Who::Roles(&[(AuditAdmin, Everywhere)]);
const ACCOUNTS: Who = Who::Roles(&[(SystemAdmin, Everywhere), (SecurityAdmin, Everywhere)]);
/// Who reads the directory: who does what, where.
const DIRECTORY: Who = Who::Roles(&[
    (SystemAdmin, Everywhere),
    (Commander, Area),
    (Office, Area),
    (GroupLeader, Area),
    (UnitOfficer, Home),
    (TownshipOfficer, Area),
    (Expert, Area),
    (Observer, Area),
]);
/// Who reads plans.
const PLAN_READERS: Who = Who::Roles(&[
    (Commander, Area),
    (Office, Area),
    (GroupLeader, Area),
    (UnitOfficer, Home),
    (TownshipOfficer, Home),
    (Expert, Area),
    (Observer, Area),
]);
/// Who sees orders: those of the area, or those of the own unit.
const ORDER_READERS: Who = Who::Roles(&[
    (Commander, Area),
    (Office, Area),
    (GroupLeader, Area),
    (UnitOfficer, Unit),
    (TownshipOfficer, Area),
    (Expert, Area),
    (Observer, Area),
]);
/// Who acts in an order: for the unit that carries it out, and for whoever issued it or split it off. On which side of
/// an order someone stands is decided order by order.
const ORDER_HANDLERS: Who =
    Who::Roles(&[(Commander, Area), (Office, Area), (GroupLeader, Area), (UnitOfficer, Unit), (TownshipOfficer, Area)]);
/// Who sees figures: those of the area; a unit those of its county, a township its own.
const INDICATOR_READERS: Who = Who::Roles(&[
    (Commander, Area),
    (Office, Area),
    (GroupLeader, Area),
    (UnitOfficer, Home),
    (TownshipOfficer, Area),
    (Expert, Area),
    (Observer, Area),
]);
/// Who sees reports: those of the area, or those of the own unit.
const REPORT_READERS: Who = ORDER_READERS;
/// Who reports: the unit itself, or somebody above it on its behalf.
const REPORTERS: Who = Who::Roles(&[(Office, Area), (GroupLeader, Area), (UnitOfficer, Unit), (TownshipOfficer, Area)]);
/// Who keeps units and posts in order.
const KEEPERS: Who = Who::Roles(&[(SystemAdmin, Everywhere), (Office, Area), (TownshipOfficer, Area)]);

acts! {
    /// Health, sign-in, the first set-up.
    Enter = "enter", "登录与设置", "Sign-in and set-up": Who::Anybody;
    /// One's own account, start page, language.
    UseOwnAccount = "account.use", "本人账号", "Own account": Who::SignedIn;

    /// Who one is and what one holds.
    SeeOwnAccount = "account.see", "查看本人", "See oneself": Who::SignedIn;

    /// What one is told.
    SeeOwnNotices = "notice.see", "查看本人通知", "See one's own notices": Who::SignedIn;

    /// Areas with names and population.
    ViewAreas = "area.view", "查看辖区", "View areas": DIRECTORY;
    /// Add areas, rename them, set their population.
    ChangeAreas = "area.change", "更改辖区", "Change areas": Who::Roles(&[(SystemAdmin, Everywhere), (Office, Area)]);

    /// Import a table of areas.
    ImportAreas = "area.import", "导入辖区", "Import areas": Who::Roles(&[(SystemAdmin, Everywhere), (Office, Area)]);
    /// Take the list of areas out as a file.
    ExportAreas = "area.export", "导出辖区", "Export areas": DIRECTORY;

    /// The directory of units and posts.
    ViewUnits = "unit.view", "查看单位", "View units": DIRECTORY;
    /// Add, rename, move and close units, learn aliases.
    ChangeUnits = "unit.change", "更改单位", "Change units": KEEPERS;
    /// Make one unit of two.
    MergeUnits = "unit.merge", "合并单位", "Merge units": Who::Roles(&[(SystemAdmin, Everywhere), (Office, Area)]);
    /// Import a table of units with their posts and people.
    ImportUnits = "unit.import", "导入单位", "Import units": Who::Roles(&[(Office, Area), (TownshipOfficer, Area)]);
    /// Take the list of units out as a file.
    ExportUnits = "unit.export", "导出单位", "Export units": DIRECTORY;
    /// Posts and who holds them.
    ChangePosts = "post.change", "更改职务与任职", "Change posts": Who::Roles(&[(Office, Area), (TownshipOfficer, Area), (UnitOfficer, Unit)]);
    /// Telephone numbers in full; others see them masked.
    ViewPhones = "post.phone", "查看完整电话", "See phones in full": Who::Roles(&[
        (Commander, Area), (Office, Area), (GroupLeader, Area), (TownshipOfficer, Area), (UnitOfficer, Home),
    ]);

    /// Plans with their text, what was read from it, and the answers to what is doubtful.
    ViewPlans = "plan.view", "查看预案", "View plans": PLAN_READERS;
    /// Upload plans, answer what is doubtful, say which units are meant, put drafts aside.
    ChangePlans = "plan.change", "核对预案", "Check plans": Who::Roles(&[(Office, Area)]);
    /// Accept a plan: from then on it holds.
    AcceptPlans = "plan.accept", "采用预案", "Accept plans": Who::Roles(&[(Commander, Area), (Office, Area)]);

    /// Incidents with their log, figures, command and response level.
    ViewIncidents = "incident.view", "查看事件", "View incidents": PLAN_READERS;
    /// Open incidents, note what happens, set figures, phases, venues and the command.
    ChangeIncidents = "incident.change", "处置事件", "Work on incidents": Who::Roles(&[(Commander, Area), (Office, Area)]);
    /// Assess a change of level, propose and withdraw it, file it with the level above.
    ProposeLevel = "level.propose", "提出响应级别建议", "Propose a response level": Who::Roles(&[(Office, Area)]);
    /// Sign an expert's opinion, or put one on record that was handed in.
    GiveOpinion = "level.opine", "出具专家意见", "Give an expert's opinion": Who::Roles(&[(Expert, Area), (Office, Area)]);
    /// Approve or refuse a change of level.
    ApproveLevel = "level.approve", "批准响应级别", "Approve a response level": Who::Roles(&[(Commander, Area)]);
    /// Lay down by which figures events are graded.
    ChangeGradeRules = "grade_rule.change", "更改分级标准", "Change grading rules": Who::Roles(&[(Office, Area)]);

    /// Orders with what became of them.
    ViewOrders = "order.view", "查看指令", "View orders": ORDER_READERS;
    /// Take the list of orders out as a file.
    ExportOrders = "order.export", "导出指令", "Export orders": ORDER_READERS;
    /// Issue orders, from plans or written freely.
    IssueOrders = "order.issue", "下达指令", "Issue orders": Who::Roles(&[(Commander, Area), (Office, Area), (TownshipOfficer, Area)]);
    /// Close, send back, take back, give to another unit what was issued; split what was received.
    DirectOrders = "order.direct", "办结、退回和撤回指令", "Close, return and take back orders": ORDER_HANDLERS;
    /// Sign for orders, carry them out, report.
    DoOrders = "order.do", "签收和反馈指令", "Sign for orders and report": Who::Roles(&[
        (GroupLeader, Area), (UnitOfficer, Unit), (TownshipOfficer, Area),
    ]);
    /// Supervise what is overdue.
    SuperviseOrders = "order.supervise", "督办指令", "Supervise orders": Who::Roles(&[(Commander, Area), (Office, Area)]);

    /// Indicators with their figures, targets and gaps.
    ViewIndicators = "indicator.view", "查看指标", "View indicators": INDICATOR_READERS;
    /// Define indicators, their formulas, checks, targets and the map.
    ChangeIndicators = "indicator.change", "更改指标", "Change indicators": Who::Roles(&[(Office, Area)]);

    /// Situation reports that were issued; drafts are seen by those who write, clear or issue them.
    ViewSitreps = "sitrep.view", "查看情况报告", "View situation reports": PLAN_READERS;
    /// Write situation reports and keep their templates.
    WriteSitreps = "sitrep.write", "起草情况报告", "Write situation reports": Who::Roles(&[(Office, Area), (GroupLeader, Area)]);
    /// Clear what was written, or send it back.
    ClearSitreps = "sitrep.clear", "审定情况报告", "Clear situation reports": Who::Roles(&[(Commander, Area), (Office, Area)]);
    /// Issue what was cleared, withdraw what was issued.
    IssueSitreps = "sitrep.issue", "发布情况报告", "Issue situation reports": Who::Roles(&[(Commander, Area), (GroupLeader, Area)]);

    /// Meetings of the headquarters: what lies before them, minutes, decisions.
    ViewMeetings = "meeting.view", "查看例会", "View meetings": Who::Roles(&[
        (Commander, Area), (Office, Area), (GroupLeader, Area), (TownshipOfficer, Area), (Expert, Area), (Observer, Area),
    ]);
    /// Hold meetings: take minutes, note decisions.
    HoldMeetings = "meeting.hold", "组织例会", "Hold meetings": Who::Roles(&[(Commander, Area), (Office, Area)]);

    /// Reports with their versions, and who has reported.
    ViewReports = "report.view", "查看报表", "View reports": REPORT_READERS;
    /// Take reports and the completeness board out as a file.
    ExportReports = "report.export", "导出报表", "Export reports": REPORT_READERS;
    /// Fill reports in, hand them in, correct them.
    FillReports = "report.fill", "填报和更正报表", "Fill in and correct reports": REPORTERS;
    /// Send reports back, ask for one at once.
    ReturnReports = "report.return", "退回和催要报表", "Send reports back and ask for them": Who::Roles(&[(Commander, Area), (Office, Area)]);
    /// What is asked, of whom, how often.
    ViewReportTemplates = "report_template.view", "查看报表模板", "View report templates": Who::Roles(&[
        (SystemAdmin, Everywhere), (Commander, Area), (Office, Area), (GroupLeader, Area), (Observer, Area),
    ]);
    /// Lay down what is asked, of whom, how often.
    ChangeReportTemplates = "report_template.change", "更改报表模板", "Change report templates": Who::Roles(&[(SystemAdmin, Everywhere), (Office, Area)]);

    /// The list of users and what they hold.
    ViewUsers = "user.view", "查看用户", "View users": ACCOUNTS;
    /// Open, lock and close accounts, send sign-in links.
    ChangeUsers = "user.change", "更改用户", "Change users": SYSTEM;
    /// Give and take roles.
    GrantRoles = "user.grant", "授予或收回角色", "Give or end roles": SECURITY;

    /// Lay down who must have a second factor.
    ChangePolicy = "policy.change", "更改安全策略", "Change the security policy": SECURITY;
    /// Sign someone else out.
    EndSessions = "session.end", "结束他人登录", "Sign others out": SECURITY;

    /// The audit record.
    ViewAudit = "audit.view", "查看审计", "View the audit record": AUDIT;
    /// State of the system, keys, backups.
    ViewSystem = "system.view", "系统维护", "System upkeep": SYSTEM;
    /// The list of jobs, and what became of each.
    ViewJobs = "job.view", "查看后台任务", "View jobs": SYSTEM;
    /// Queue jobs of upkeep, have one tried again that was given up.
    ChangeJobs = "job.change", "安排后台任务", "Arrange jobs": SYSTEM;
    /// Look at clocks whose time has come and tell who is to be told.
    WatchClocks = "clock.watch", "巡查时限", "Watch the clocks": SYSTEM;
    /// Hand notices to the gateway.
    SendNotices = "notice.send", "发送通知", "Send notices": SYSTEM;
    /// Clear out what has run out: sessions, links, jobs long done.
    ClearOut = "system.clear_out", "清理过期数据", "Clear out what ran out": SYSTEM;
}

impl Act {
    /// The act of a code.
    pub fn from_code(code: &str) -> Option<Act> {
        Act::ALL.iter().copied().find(|act| act.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<_> = Act::ALL.iter().map(|act| act.code()).collect();
        assert_eq!(codes.len(), Act::ALL.len());
        assert!(Act::ALL.iter().all(|&act| Act::from_code(act.code()) == Some(act)));
    }

    #[test]
    fn no_administrator_reads_personal_data_and_no_act_reaches_past_its_role() {
        for act in Act::ALL {
            let Who::Roles(rows) = act.who() else { continue };
            assert!(!rows.is_empty(), "{} can be done by nobody", act.code());
            for &(role, reach) in rows {
                assert_eq!(role.is_administrator(), reach == Reach::Everywhere, "{} by {role:?}", act.code());
                assert!(*act != Act::ViewPhones || !role.is_administrator());
                assert!(reach != Reach::Unit || role.is_for_a_unit());
            }
        }
    }

    #[test]
    fn the_three_powers_do_not_meet_in_one_act() {
        let holders = |act: Act, role| matches!(act.who(), Who::Roles(rows) if rows.iter().any(|row| row.0 == role));
        for &act in Act::ALL {
            assert!(!(holders(act, Role::AuditAdmin) && holders(act, Role::SystemAdmin)), "{}", act.code());
            assert!(!(holders(act, Role::AuditAdmin) && holders(act, Role::SecurityAdmin)), "{}", act.code());
        }
        assert!(!holders(Act::GrantRoles, Role::SystemAdmin) && !holders(Act::ChangeUsers, Role::SecurityAdmin));
    }
}
