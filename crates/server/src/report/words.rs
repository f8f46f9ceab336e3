use jiff::civil::Date;
use lianfang_domain::{Lang, report::Period};

use crate::{
    shown::{grouped, instant},
    words::words,
};

words! {
    /// Words of the pages on reports.
    ReportWords {
        title: "报送", "Reports";
        templates: "报表模板", "Report templates";
        board: "报送情况", "Who has reported";
        unit: "单位", "Unit";
        area: "辖区", "Area";
        kind: "单位类别", "Kind of unit";
        state: "状态", "State";
        day: "日期", "Day";
        by: "填报人", "By";
        late: "已逾期、被退回", "Overdue or sent back";
        next: "待报送", "Due next";
        nothing: "目前没有需要报送的报表", "Nothing is due now";
        nothing_why: "报表到期前会显示在这里，并提前30分钟提醒。", "What falls due is shown here, with a reminder 30 minutes before.";
        report_at_once: "随时报告", "Report at once";
        today: "今日报送情况", "Reports of today";
        today_none: "还没有正在使用的报表模板。", "No template is in use yet.";
        latest: "最近上报", "Handed in last";
        due_at: "截止", "Due";
        period_title: "统计时段", "Period";
        before: "上期", "Before";
        change: "变化", "Change";
        value: "本期", "Now";
        item: "项目", "Item";
        reason: "情况说明", "Why it is right";
        a_figure: "填数", "Figure";
        other_than_figure: "没有数字时选择", "If there is no figure";
        zero: "零报告", "Zero report";
        zero_hint: "本期没有发生时点击，只把空白的数字项填为 0，提交前请核对。", "If nothing happened: sets only the empty figures to 0; look through them before handing in.";
        zero_section: "本节空白项填 0", "Set this section's empty figures to 0";
        submit: "上报", "Hand in";
        save_draft: "保存草稿", "Save as draft";
        saved: "草稿已保存，尚未上报。", "The draft is saved; it is not handed in yet.";
        correct: "更正", "Correct";
        why_corrected: "更正原因", "Why it is corrected";
        fill: "填报", "Fill in";
        fill_again: "修改后重报", "Change and hand in again";
        clock_note: "上报时间以服务器时钟为准，不能更改；逾期仍可补报，迟报时间如实显示。", "The server's clock tells when it was handed in, and nobody can change that. Late reports are taken, and shown as late.";
        by_sheet: "用表格填报", "Fill in by spreadsheet";
        sheet_out: "下载表格", "Download the sheet";
        sheet_file: "填好的表格", "The sheet, filled in";
        sheet_hint: "不详填“不详”，隐去填“*”，不适用填“—”，没有填 0，空白为未填。不要改动编号列。", "Write 不详 or ? for unknown, * for redacted, — for not applicable, 0 for none; empty means not answered. Leave the first column as it is.";
        sheet_in: "读入表格", "Read the sheet";
        sheet_submit: "读入并上报", "Read and hand in";
        sheet_read: "已从表格读入，请核对后上报。", "Read from the sheet. Look through it and hand it in.";
        sheet_empty: "表格中没有可读入的行。请使用从本系统下载的表格填写。", "The sheet holds no row that can be read. Use the sheet downloaded here.";
        sheet_lead: "下载含多个单位的表格，填好后一次读入。可读的行照常保存，读不出的单元格逐个列出，改正后可只重传这些行。", "Download a sheet for many units, fill it in and read it at once. Rows that can be read are kept; cells that cannot are named, and only those rows need to come again.";
        sheet_none: "没有您可以填报的表格。", "There is no sheet that you may fill in.";
        sheet_wrong: "未能读入的单元格", "Cells that could not be read";
        sheet_kept: "已保存的行", "Rows that were kept";
        cell: "单元格", "Cell";
        held: "现为", "Holds";
        what_wrong: "问题", "What is wrong";
        row_number_lost: "编号被改动或不是本系统的表格，请重新下载后填写。", "The number was changed, or the sheet is not from here; download it again.";
        row_not_yours: "没有这份报表，或不在您的填报范围。", "There is no such report, or you may not fill it in.";
        other_version: "模板已更新，请重新下载表格填写。", "The template has changed since; download the sheet again.";
        header_changed: "表头与模板不符，列可能被移动、删除或改名；请恢复表头或重新下载。", "The header is not that of the template; a column may have been moved, taken out or renamed. Put it back or download the sheet again.";
        unchanged: "与已报内容相同，未改动", "As it was handed in; nothing changed";
        sheet_why: "更正原因（表格改动了已上报的内容时须填）", "Why it is corrected (wanted where the sheet changes what was handed in)";
        sheet_why_wanted: "该报表已上报，与表格内容不同；请在“更正原因”栏写明原因后重新读入。", "It was handed in already and the sheet says something else; give the reason for correcting it and read the sheet again.";
        handed_in: "已上报", "Handed in";
        kept_as_draft: "已存为草稿", "Kept as draft";
        changed: "这份报表刚被他人更新，请核对最新内容；您填写的仍在下面。", "Someone has just changed this report; compare with its present state. What you typed is below.";
        was_returned: "被退回：", "Sent back:";
        behalf_title: "代填", "On behalf";
        first_in: "首次上报", "First handed in";
        last_in: "最后更正", "Last corrected";
        lines: "内容", "Content";
        versions: "历次版本", "Versions";
        template: "模板", "Template";
        give_back: "退回", "Send back";
        give_back_why: "退回原因", "Why it is sent back";
        trend: "趋势", "Trend";
        corrected: "已更正", "Corrected";
        with_unknown: "含不详", "With unknowns";
        all_states: "全部", "All";
        last_day: "截至", "Until";
        n_days_label: "天数", "Days";
        earlier: "更早", "Earlier";
        later: "更晚", "Later";
        export: "导出 Excel", "Export as Excel";
        export_text: "导出 CSV", "Export as CSV";
        legend: "✓ 按时 · 迟N 迟报N分钟 · 缺 未报 · 退 退回 · … 填写中 · “·” 未到时限 · 改N 更正N次 · ? 含不详", "✓ on time · +N min late · – missing · R sent back · … being filled in · “·” not yet due · CN corrected N times · ? with unknowns";
        board_empty: "没有符合条件的单位", "No unit matches";
        board_empty_why: "请减少筛选条件。", "Take a filter away.";
        board_none: "还没有报表", "There are no reports yet";
        board_none_why: "先建立报表模板，指定由谁、什么时候报送。", "Make a template first: what is asked, of whom and when.";
        template_new: "新建模板", "New template";
        begin_supplied: "从内置模板开始", "Begin with one that is supplied";
        blank: "空白模板", "Blank template";
        copy: "复制", "Copy";
        edit: "修改", "Change";
        every: "频次和截止时刻", "How often and until when";
        covers: "统计时段", "Period";
        holds_from: "启用日期", "Holds from";
        asked_of: "填报单位", "Who reports";
        receives: "接收", "Received by";
        n_lines: "项数", "Lines";
        version: "版本", "Version";
        empty_title: "还没有报表模板", "There are no templates yet";
        empty_text: "可从内置的日报、情况汇报模板开始，再按本地要求增减。", "Begin with a supplied daily or status report and adapt it.";
        ask_now: "立即催报", "Ask for it now";
        ask_why: "事由", "What about";
        ask_hint: "所有填报单位会立即收到通知并开始计时。", "All units are told at once, and the clock starts.";
        not_at_once: "这份报表按固定时间报送，不能立即催报。", "This report falls due at fixed times; it is not asked for at once.";
        name_zh: "名称", "Name in Chinese";
        name_en: "英文名称", "Name in English";
        guidance: "填报说明", "Guidance";
        template_area: "接收的指挥部所在辖区", "Area whose office receives it";
        area_bad: "请选择您管理的辖区。", "Choose an area that is yours.";
        how_often: "频次", "How often";
        until: "截止时刻", "Until";
        until_hint: "例如 15:00；24:00 表示当天结束。", "Such as 15:00; 24:00 is the end of the day.";
        by_bad: "请填写时刻，例如 15:00。", "Give a time of day such as 15:00.";
        weekday_label: "星期", "Day of the week";
        month_day: "每月几日", "Day of the month";
        month_day_hint: "没有这一天的月份为月末。", "In shorter months the last day.";
        on_day: "日期", "Day";
        day_bad: "请选择日期。", "Choose the day.";
        minutes: "多少分钟内", "Within how many minutes";
        minutes_bad: "请填写 1 到 10080 之间的分钟数。", "Give the minutes, from 1 to 10080.";
        planned: "预案规定的报送时间", "Times that the plan sets";
        take_over: "采用", "Use it";
        who: "由谁填报", "Who reports";
        kinds: "这些类别的所有单位", "All units of these kinds";
        asked_area: "所在辖区", "In the area";
        whole_area: "该辖区的所有单位", "Every unit of that area";
        single_units: "另加的单位", "Units by name, too";
        units_hint: "每行一个登记名称。", "One registered name a line.";
        told: "未报时另行告知", "Also told who is missing";
        stopped: "停用（不再到期，已报的保留）", "Stop it (nothing falls due any more; what was reported stays)";
        form_lines: "填报项", "Lines";
        ask: "填什么", "What is asked";
        words_asked: "文字", "Words";
        words_name: "文字项名称", "What the words are about";
        words_name_en: "英文", "In English";
        section: "小标题（可空）", "Heading (may be empty)";
        section_en: "小标题英文", "Heading in English";
        required: "必填", "Required";
        up: "上移", "Up";
        down: "下移", "Down";
        drop: "删除", "Remove";
        add_line: "增加一项", "Add a line";
        preview: "预览", "Preview";
        preview_again: "刷新预览", "Refresh the preview";
        save: "保存", "Save";
        save_hint: "保存后形成新版本；已填的报表保留原版本。今天已到截止时刻的，从明天起启用。", "Saving makes a new version; what was filled in keeps its own. If today's report is due already, it holds from tomorrow.";
        indicator_taken: "同名指标刚刚建立，请重新保存。", "An indicator of this name was just made; save again.";
        work_late: "逾期报表", "Overdue reports";
        work_next: "待报报表", "Reports due next";
        work_missing: "24小时内未报", "Missing in 24 hours";
    }
}

impl ReportWords {
    /// `11-22`.
    pub(super) fn short_day(day: Date) -> String {
        format!("{}-{:02}", day.month(), day.day())
    }

    /// From when to when.
    pub(super) fn period(self, period: Period, lang: Lang) -> String {
        let (from, until) = (instant(period.from_ms, lang), instant(period.until_ms, lang));
        lang.pick(format!("{from} 至 {until}"), format!("{from} to {until}"))
    }

    /// What the line of a day says.
    pub(super) fn line_of(self, day: &str, words: &str) -> String {
        self.0.pick(format!("{day}：{words}"), format!("{day}: {words}"))
    }

    /// How many figures were set to zero.
    pub(super) fn n_zeros(self, n: usize) -> String {
        match n {
            0 => self.0.pick(
                "没有空白的数字项，未作改动。".to_owned(),
                "No figure was empty; nothing was changed.".to_owned(),
            ),
            n => self.0.pick(
                format!("已把 {n} 个空白项填为 0，尚未上报；请核对后点“上报”。"),
                format!("{n} empty figures were set to 0 and not handed in yet. Look through them, then hand in."),
            ),
        }
    }

    /// That somebody else fills it in.
    pub(super) fn on_behalf(self, role: &str, unit: &str) -> String {
        self.0.pick(
            format!("您正以“{role}”身份代{unit}填报，报表会注明。"),
            format!("You fill this in for {unit} as “{role}”; the report will say so."),
        )
    }

    /// That somebody else has filled it in.
    pub(super) fn on_behalf_was(self, role: &str) -> String {
        self.0.pick(format!("由“{role}”代填"), format!("filled in by “{role}”"))
    }

    /// How often it was corrected.
    pub(super) fn n_corrected(self, n: i64) -> String {
        self.0.pick(format!("更正 {n} 次"), format!("corrected {n} times"))
    }

    /// How many figures are unknown.
    pub(super) fn n_unknown(self, n: i64) -> String {
        self.0.pick(format!("{n} 项不详或隐去"), format!("{n} unknown or redacted"))
    }

    /// A version by its number.
    pub(super) fn nth_version(self, n: i64) -> String {
        self.0.pick(format!("第 {n} 版"), format!("Version {n}"))
    }

    /// A template and its version.
    pub(super) fn template_version(self, name: &str, n: i64) -> String {
        self.0.pick(format!("{name}（第 {n} 版）"), format!("{name} (version {n})"))
    }

    /// What a version of a template is.
    pub(super) fn version_facts(self, n: i64, lines: usize, from: &str) -> String {
        self.0.pick(format!("第 {n} 版，{lines} 项，{from}起"), format!("Version {n}, {lines} lines, from {from}"))
    }

    /// The period before, with its day where there is one.
    pub(super) fn before_on(self, day: &str) -> String {
        if day.is_empty() {
            return self.before().to_owned();
        }
        self.0.pick(format!("{}（{day}）", self.before()), format!("{} ({day})", self.before()))
    }

    /// So many units.
    pub(super) fn n_units(self, n: usize) -> String {
        let n = grouped(i64::try_from(n).unwrap_or(0));
        self.0.pick(format!("{n} 个单位"), format!("{n} units"))
    }

    /// So many days.
    pub(super) fn n_days(self, n: i32) -> String {
        self.0.pick(format!("{n} 天"), format!("{n} days"))
    }

    /// All of them on one page.
    pub(super) fn show_n(self, n: usize) -> String {
        self.0.pick(format!("显示全部 {n} 个单位"), format!("Show all {n} units"))
    }

    /// A kind of unit in an area.
    pub(super) fn kind_in(self, kind: &str, area: &str) -> String {
        self.0.pick(format!("{area}的{kind}"), format!("{kind} in {area}"))
    }

    /// Every unit of an area.
    pub(super) fn all_in(self, area: &str) -> String {
        self.0.pick(format!("{area}的所有单位"), format!("Every unit in {area}"))
    }

    /// The name of a copy.
    pub(super) fn copy_of(self, name: &str) -> String {
        self.0.pick(format!("{name}（副本）"), format!("{name} (copy)"))
    }

    /// An indicator that is made with the template.
    pub(super) fn new_indicator(self, name: &str) -> String {
        self.0.pick(format!("新建指标：{name}"), format!("New indicator: {name}"))
    }

    /// What became of the rows of a workbook.
    pub(super) fn n_rows_kept(self, all: usize, kept: usize, lost: usize) -> String {
        self.0.pick(
            format!("共 {all} 行：已保存 {kept} 行，未读入 {lost} 行。"),
            format!("{all} rows: {kept} kept, {lost} not read."),
        )
    }

    /// A day of the week, of which 1 is Monday.
    pub(super) fn weekday(self, n: usize) -> &'static str {
        let zh = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        self.0.pick(zh, en).get(n.wrapping_sub(1)).copied().unwrap_or_default()
    }
}
