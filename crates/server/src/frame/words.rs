use crate::words::words;

words! {
    /// Words of the frame, and of the parts that every page is made of.
    FrameWords {
        product: "联防", "Lianfang";
        start: "首页", "Start";
        work: "我的工作", "My work";
        orders: "指令", "Orders";
        reports: "报送", "Reports";
        report_templates: "报表模板", "Report templates";
        areas: "辖区", "Areas";
        units: "单位", "Units";
        incidents: "事件", "Incidents";
        indicators: "指标", "Indicators";
        sitreps: "情况报告", "Situation";
        meetings: "例会", "Meetings";
        attached: "附件：", "Attached: ";
        plans: "预案", "Plans";
        users: "用户", "Users";
        security: "安全", "Security";
        audit: "审计", "Audit";
        system: "系统", "System";
        notices: "待阅通知", "Notices";
        my_account: "我的账号", "My account";
        sign_out: "退出登录", "Sign out";
        other_language: "English", "中文";
        skip_to_content: "跳到正文", "Skip to content";
        menu: "菜单", "Menu";
        more: "更多", "More";
        trail: "所在位置", "You are here";
        dark_or_light: "深色/浅色", "Dark / light";
        version: "版本", "Version";
        printed: "打印于 {time}", "printed {time}";

        keys: "键盘快捷键", "Keyboard";
        key_search: "到搜索框", "Go to the search field";
        key_help: "显示本说明", "Show this list";
        key_escape: "关闭菜单或窗口", "Close a menu or window";
        key_shift: "选中一段连续的行", "Choose a run of rows";
        click: "单击", "click";
        close: "关闭", "Close";

        kept: "您在 {time} 填写的内容尚未提交。", "What you typed at {time} was not sent.";
        restore: "恢复填写内容", "Restore it";
        discard: "丢弃", "Discard it";

        required: "必填", "required";
        choose: "请选择", "Choose";
        error: "错误：", "Error: ";
        errors: "请改正以下内容后重新提交", "Correct the following and send again";
        cancel: "取消", "Cancel";

        search: "搜索", "Search";
        filter: "筛选", "Filter";
        all: "全部", "All";
        clear_filters: "清除全部筛选", "Clear all filters";
        choose_all: "全选本页", "Choose all on this page";
        chosen: "已选 {n} 项", "{n} chosen";
        clear_choice: "取消选择", "Clear";
        pages: "翻页", "Pages";
        previous: "上一页", "Previous";
        next: "下一页", "Next";
        per_page: "每页", "Rows";
        told: "将通知：", "Will be told: ";
        told_nobody: "不会通知任何人。", "Nobody will be told.";
        unknown: "未知", "Unknown";
    }
}

impl FrameWords {
    /// How many rows are shown of how many there are: `共 1,204 条`, or `筛选出 37 条，共 1,204 条`.
    pub(crate) fn count(self, shown: &str, all: &str) -> String {
        if shown == all {
            self.0.pick(format!("共 {all} 条"), format!("{all} in all"))
        } else {
            self.0.pick(format!("筛选出 {shown} 条，共 {all} 条"), format!("{shown} of {all}"))
        }
    }

    /// The label of the link that takes a filter away.
    pub(crate) fn remove_filter_of(self, name: &str, value: &str) -> String {
        self.0.pick(format!("移除筛选“{name}：{value}”"), format!("Remove the filter “{name}: {value}”"))
    }

    /// What the bell says: `待阅通知：3 条未读`.
    pub(crate) fn n_unread(self, n: &i64) -> String {
        match n {
            0 => self.notices().to_owned(),
            n => self.0.pick(format!("待阅通知：{n} 条未读"), format!("Notices: {n} not read")),
        }
    }

    /// Between a name and its value.
    pub(crate) fn colon(self) -> &'static str {
        self.0.pick("：", ": ")
    }
}

#[cfg(test)]
mod tests {
    use lianfang_domain::Lang;

    use super::*;

    #[test]
    fn a_count_names_both_numbers_only_when_they_differ() {
        assert_eq!(FrameWords(Lang::Zh).count("120", "120"), "共 120 条");
        assert_eq!(FrameWords(Lang::Zh).count("37", "120"), "筛选出 37 条，共 120 条");
        assert_eq!(FrameWords(Lang::En).count("37", "120"), "37 of 120");
    }
}
