use lianfang_domain::Lang;

use crate::{shown::grouped, words::words};

words! {
    /// Words of the pages of situation reports.
    SitrepWords {
        title: "情况报告", "Situation reports";
        begin: "起草报告", "Write a report";
        empty_title: "还没有情况报告", "No situation reports yet";
        empty_text: "日报、简报、续报、终报和情况汇报由模板生成，数字取自指标，经审定、发布后编号定稿。",
            "Daily reports, briefs, follow-ups, final and status reports are written from templates with the figures of the indicators; cleared and issued, they get a number and change no more.";
        kind: "种类", "Kind";
        name: "标题", "Title";
        state: "状态", "State";
        number: "编号", "Number";
        on: "报告日期", "Day";
        written: "起草", "Written";
        cleared: "审定", "Cleared";
        issued: "发布", "Issued";
        area: "辖区", "Area";
        incident: "事件", "Incident";
        template: "模板", "Template";
        template_hint: "不选则用随附的该种类模板。", "Left open, the supplied text of that kind is used.";
        templates: "报告模板", "Templates of reports";
        template_add: "新增模板", "Add a template";
        template_empty: "还没有本地模板；起草时使用随附的模板。", "No templates of your own yet; the supplied ones are used.";
        template_end: "停用", "Use no more";
        template_changed: "该模板刚被他人更改，请核对后再保存。", "Someone else has just changed this template; look at it and save again.";
        name_bad: "请填写名称，不超过60字。", "Give a name of at most 60 characters.";
        kind_bad: "请选择种类。", "Choose a kind.";
        area_bad: "请选择辖区。", "Choose an area.";
        day_bad: "请填写不晚于今天的日期。", "Give a day that is not later than today.";
        body: "正文", "Text";
        body_hint: "每行一段。# 题目，## 一级标题，### 二级标题；序号自动编排。{{指标名}} 填入数字，{{指标名 较昨日}} 填入增减；{{表 指标 指标 按乡镇}}、{{图 指标 14天}}、{{文字 报表·问题}} 单独成行；附件：名称。",
            "A line is a paragraph. # title, ## heading, ### heading below; numbers come by themselves. {{name}} puts a figure in, {{name change}} its change; {{table name name by_area}} and {{chart name 14days}}, {{texts report·question}} on lines of their own; 附件：name for attachments.";
        names: "可以引用的指标和情况", "What can be put in";
        facts: "情况", "Facts";
        figures: "指标", "Indicators";
        questions: "单位在报表中填写的文字（单独成行，逐个单位列出，未报的点名）", "What units wrote in their reports (on a line of its own; unit by unit, those missing by name)";
        save: "保存", "Save";
        preview: "成稿", "As it will read";
        faults: "有引用不能填写", "Places that cannot be filled";
        untraced: "以下数字是手工写入的，不能追溯来源：", "These numbers were typed and cannot be traced: ";
        sources: "数字来源", "Where the figures come from";
        source_of: "来源", "Source";
        value: "数值", "Value";
        history: "办理过程", "What was done";
        step_written: "起草", "Written";
        reason: "原因", "Reason";
        reason_hint: "退回和撤回须写明原因。", "Sending back and withdrawing need a reason.";
        clear_hint: "审定后正文不再更改，由宣传组另一人发布。", "Once cleared the words do not change; someone else of the publicity group issues it.";
        issue_hint: "发布时编号定稿，数字以发布时为准，此后不能更改，只能撤回或更正。", "When issued it gets its number and is frozen with the figures of that moment; after that it can only be withdrawn or corrected.";
        correct: "更正", "Correct";
        correct_hint: "另起一份更正报告，原报告保留并注明。", "Begins a report that corrects this one, which stays and says so.";
        to_word: "下载公文", "As a document";
        to_table: "下载表格", "As a table";
        to_print: "打印页", "For print";
        back: "返回", "Back";
        changed: "该报告刚被他人办理，请查看最新状态。", "Someone else has just dealt with this report; look at its present state.";
        no_draft: "该报告已不是草稿，不能修改正文。", "This report is no draft any more; its words do not change.";
        mark_draft: "（未发布稿，不得引用）", "(Not issued; do not quote)";
        mark_withdrawn: "（本期已撤回，不得引用）", "(Withdrawn; do not quote)";
        missing: "未报或不详", "not reported or unknown";
        as_of: "截至", "as of";
        areas: "辖区名录", "List of areas";
        of_report: "本报告", "This report";
        of_figures: "所引数字中最新的截至时间", "The latest as-of time of its figures";
        of_incident: "事件", "Incident";
        of_level: "响应级别记录", "Record of the response level";
        of_orders: "指令台账", "Orders";
        of_completeness: "报送情况", "Completeness of reports";
        nobody: "无", "none";
        part: "部分", "Part";
        item: "项目", "Item";
        column: "栏目", "Column";
        as_number: "数值（数字）", "As a number";
        in_text: "正文", "Text";
    }
}

impl SitrepWords {
    /// So many orders.
    pub(super) fn n_orders(self, n: i64) -> String {
        match self.0 {
            Lang::Zh => format!("{}条", grouped(n)),
            Lang::En => grouped(n),
        }
    }

    /// Nobody is missing, because there is still time.
    pub(super) fn not_yet_due(self, n: usize) -> String {
        self.0.pick(format!("无（{n}份未到时限）"), format!("none ({n} not due yet)"))
    }

    /// So many reports.
    pub(super) fn n_reports(self, n: usize) -> String {
        match self.0 {
            Lang::Zh => format!("{n}份"),
            Lang::En => n.to_string(),
        }
    }

    /// What it corrects.
    pub(super) fn corrects(self, number: &str) -> String {
        self.0.pick(format!("（更正{number}）"), format!("(Corrects {number})"))
    }

    /// By what it was corrected.
    pub(super) fn corrected_by(self, number: &str) -> String {
        self.0.pick(format!("（本期已由{number}更正）"), format!("(Corrected by {number})"))
    }
}
