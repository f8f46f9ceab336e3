use super::SitrepKind;
use crate::Lang;

/// The text that a template of a kind begins with. It names facts that every response has; the figures of a place are
/// put in by whoever keeps its templates.
pub fn supplied_text(kind: SitrepKind, lang: Lang) -> &'static str {
    match kind {
        SitrepKind::Daily => lang.pick(DAILY_ZH, DAILY_EN),
        SitrepKind::Brief | SitrepKind::FollowUp => lang.pick(BRIEF_ZH, BRIEF_EN),
        SitrepKind::Final => lang.pick(FINAL_ZH, FINAL_EN),
        SitrepKind::Status => lang.pick(STATUS_ZH, STATUS_EN),
    }
}

const DAILY_ZH: &str = "# {{辖区}}{{事件}}处置工作日报\n\
    截至{{截至}}，{{辖区}}实行{{响应级别}}。\n\
    ## 工作开展情况\n\
    应报送{{应报}}，已报送{{已报}}；未报送单位：{{未报单位}}。\n\
    ## 指令落实情况\n\
    在办指令{{在办指令}}，已办结{{办结指令}}，超时{{超时指令}}。\n\
    ## 存在的问题\n\
    ## 下步打算\n";
const DAILY_EN: &str = "# {{area}}: {{incident}}, daily report\n\
    As of {{as_of}}, {{area}} is at {{level}}.\n\
    ## What was done\n\
    Reports due {{reports_due}}, in {{reports_in}}; missing from: {{missing_units}}.\n\
    ## Orders\n\
    Open {{orders_open}}, done {{orders_done}}, overdue {{orders_late}}.\n\
    ## What is wrong\n\
    ## What comes next\n";
const BRIEF_ZH: &str = "# {{事件}}情况\n\
    截至{{截至}}，{{辖区}}{{事件}}实行{{响应级别}}（{{级别起始}}起）。\n\
    ## 疫情动态\n\
    ## 处置措施\n\
    在办指令{{在办指令}}，已办结{{办结指令}}，超时{{超时指令}}。\n\
    ## 下步打算\n";
const BRIEF_EN: &str = "# {{incident}}\n\
    As of {{as_of}}, {{area}} is at {{level}} (since {{level_since}}).\n\
    ## How it develops\n\
    ## What was done\n\
    Orders open {{orders_open}}, done {{orders_done}}, overdue {{orders_late}}.\n\
    ## What comes next\n";
const FINAL_ZH: &str = "# {{事件}}处置工作终报\n\
    ## 事件概况\n\
    ## 处置经过\n\
    共下达指令并办结{{办结指令}}。\n\
    ## 经验与不足\n\
    ## 后续工作\n";
const FINAL_EN: &str = "# {{incident}}, final report\n\
    ## What happened\n\
    ## What was done\n\
    {{orders_done}} orders were closed as done.\n\
    ## What was learned\n\
    ## What remains to be done\n";
const STATUS_ZH: &str = "# 关于{{事件}}防控工作情况的汇报\n\
    ## 工作开展情况\n\
    截至{{截至}}，{{辖区}}实行{{响应级别}}。\n\
    ## 存在的问题\n\
    ## 下步打算\n";
const STATUS_EN: &str = "# {{incident}}: how the work stands\n\
    ## What was done\n\
    As of {{as_of}}, {{area}} is at {{level}}.\n\
    ## What is wrong\n\
    ## What comes next\n";
