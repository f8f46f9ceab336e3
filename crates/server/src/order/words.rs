use crate::{shown::grouped, words::words};

words! {
    /// Words of the pages on orders.
    OrderWords {
        title: "指令", "Orders";
        what: "内容", "What";
        unit: "承办单位", "Unit";
        state: "状态", "State";
        light: "时限", "Clock";
        heading: "组别、级别", "Group or level";
        level: "响应级别", "Level";
        role: "分工", "Part";
        supervision: "督办", "Supervision";
        urgent: "加急", "Urgent";
        choose: "选择", "Choose";
        search_label: "搜索内容", "Search the words";
        incident: "事件", "Incident";
        plan: "预案", "Plan";
        area: "辖区", "Area";
        batch: "下达批次", "Act of issuing";
        open: "未办结", "Open";
        in_hand: "办理中", "In hand";
        late: "已超时", "Overdue";
        soon: "即将超时", "Due soon";
        today: "今日到期", "Due today";
        supervised: "督办中", "Supervised";
        export: "导出", "Export";
        write: "拟写指令", "Write an order";
        ask: "请示", "Ask those above";
        show_all: "显示全部", "Show all";
        nothing_title: "没有符合条件的指令", "No order matches";
        nothing_text: "请减少筛选条件。", "Take a filter away.";
        empty_title: "还没有指令", "There are no orders yet";
        empty_text: "采用预案后，可按响应级别成批提出指令；也可自行拟写。", "Once a plan is accepted, orders can be proposed from it; they can also be written.";
        empty_text_other: "下达给您单位的指令会显示在这里。", "Orders to your unit will be shown here.";
        by_plan: "从预案提出", "Propose from a plan";
        bulk_hint: "每条指令按其状态和您的权限办理，不能办理的会逐条说明。", "Each order is dealt with by its state and your rights; what cannot be done is named.";
        bulk_words: "原因或说明（撤回、督办必填）", "Reason (needed to take back and to supervise)";
        bulk_chosen: "所选的指令", "Those chosen";
        bulk_of: "对象", "Of";
        many: "成批办理结果", "What was done";
        many_done: "已办理", "Done";
        many_left: "未办理", "Not done";
        many_back: "返回列表", "Back to the list";
        many_changed: "已被他人办理", "Someone else has dealt with it";
        many_none: "没有选择指令。", "No order was chosen.";
        changed: "该指令刚被他人办理，请查看最新状态后再办。", "Someone else has just dealt with this order; look at its present state first.";
        ended: "该指令已结束。", "The order has ended.";
        request_waits: "待答复", "To be answered";
        request_answered: "已答复", "Answered";
        issued: "下达", "Issued";
        read: "查看", "Seen";
        unread: "未查看", "Not seen yet";
        signed: "签收", "Signed for";
        limit: "时限要求", "Limit";
        no_limit: "未规定", "None given";
        origin: "来源", "From";
        number: "文号、会议", "Number, meeting";
        clause: "预案条款", "Clause of the plan";
        parent: "上级指令", "Split off";
        subs: "下级指令", "Sub-orders";
        files: "佐证材料", "Evidence";
        file: "佐证材料（可选）", "Evidence (may be left out)";
        file_hint: "图片、PDF、Word、Excel 或文本，最大 10 MB；加密保存，只能下载。", "A picture, PDF, Word, Excel or text of at most 10 MB; kept sealed, for download only.";
        occurrences: "历次完成情况", "Each time it was done";
        due_was: "应完成", "Due";
        done_at: "完成", "Done";
        story: "办理经过", "What happened";
        acts: "办理", "What can be done";
        words_done: "办理情况", "What was done";
        words_reason: "原因", "Reason";
        words_said: "说明", "In words";
        words_answer: "答复", "Answer";
        to_unit: "改派给", "Give to";
        to_unit_hint: "输入登记的单位名称。", "Type the name of a registered unit.";
        unit_unknown: "没有找到这个单位，请从提示中选择登记名称。", "There is no such unit; choose a registered name.";
        unit_same: "该指令已由这个单位承办。", "The unit has this order already.";
        taken: "这项内容刚刚下达给该单位，请刷新后查看。", "This was issued to the unit a moment ago; reload to see it.";
        nothing_to_do: "目前不需要您办理。", "Nothing is to be done by you now.";
        split_title: "分解下达", "Split";
        split_lead: "把这条指令分解给下级单位，每个单位一条；全部办结后再反馈上级。", "Each unit chosen gets an order of its own; report once all of them are closed.";
        split_none: "没有登记下级单位。请联系指挥部办公室登记。", "No units below are registered. Ask the office to add them.";
        split_units: "下级单位", "Units below";
        split_pick: "请至少选择一个单位。", "Choose at least one unit.";
        due_at: "完成时限", "Due";
        due_hint: "不填则沿用原时限。", "Leave empty to keep the limit.";
        due_bad: "请填写正确的日期和时间。", "Give a date and time.";
        due_past: "完成时限早于现在，请核对。", "That is in the past; check it.";
        daily: "每日截止时刻", "Every day by";
        daily_hint: "填写后每天都要反馈，例如 15:00。", "With it, a report is due every day, such as by 15:00.";
        write_words: "指令内容", "What is to be done";
        write_words_none: "请写明要做什么。", "Say what is to be done.";
        write_units: "承办单位", "Units";
        write_units_hint: "每行一个登记单位名称，可从表格粘贴。", "One registered name a line; paste from a spreadsheet if you like.";
        write_units_none: "请填写单位，或选择一类单位。", "Give units, or choose a kind of unit.";
        write_kind: "或：一类单位的全部", "Or all units of a kind";
        write_area: "所在辖区", "In the area";
        number_none: "请写明文号或会议名称。", "Give the number of the document or the name of the meeting.";
        issue: "下达", "Issue";
        send_request: "提交请示", "Send";
        request_unit: "请示单位", "Asked by";
        request_words: "请示事项", "What is asked";
        propose_title: "提出指令", "Propose orders";
        propose_lead: "以下由预案读出，尚未下达。请逐项核对：可移除、改写、另定单位和时限；移除的和待选单位的不会下达。",
            "This was read from the plan and is not issued yet. Look through it: take away, reword, choose units and times. What is taken away or lacks a unit is not issued.";
        remove: "不下达", "Leave out";
        reword: "改写", "Reword";
        by_fit: "按文字归入", "By its words goes to";
        choose_unit: "选择单位", "Choose the unit";
        lead_only: "不含配合单位", "Without supporting units";
        blocked: "待选单位", "Unit to be chosen";
        already: "已下达", "Issued already";
        show_level: "按级别查看", "At the level";
        show_kinds: "内容", "Of";
        no_level: "不涉及响应级别", "No level";
        nothing_left: "没有需要下达的新指令", "Nothing new is to be issued";
        nothing_left_why: "预案在该级别的内容都已下达，或没有可提出的内容。", "All that the plan asks for at this level has been issued, or it asks for nothing.";
        no_plan: "事件还没有选定预案", "The incident has no plan yet";
        no_plan_why: "请先在事件中选定已采用的预案，再提出指令。", "Choose an accepted plan for the incident first.";
        not_accepted: "预案尚未采用", "The plan is not accepted yet";
        not_accepted_why: "核对并采用预案后才能据此提出指令。", "Orders can be proposed once the plan is checked and accepted.";
        to_lift: "拟解除的指令", "Orders to be lifted";
        to_lift_lead: "该级别不再要求以下指令，下达时一并解除；需要保留的请勾选。", "This level no longer asks for these; they are lifted in the same act. Tick what is to be kept.";
        keep_it: "保留", "Keep";
        settle_units: "先确定单位对应", "Settle the units first";
        raced: "有人刚刚下达了其中的指令。请核对最新的列表后再下达。", "Someone has just issued some of these. Look at the present list first.";
        none_chosen: "没有可下达的指令。", "Nothing is left to be issued.";
    }
}

impl OrderWords {
    /// The button that issues.
    pub(super) fn issue_n(self, n: usize) -> String {
        let n = grouped(i64::try_from(n).unwrap_or(i64::MAX));
        self.0.pick(format!("下达 {n} 条"), format!("Issue {n}"))
    }

    /// How many orders go to how many units.
    pub(super) fn n_to(self, n: usize, units: usize) -> String {
        let shown = |n: usize| grouped(i64::try_from(n).unwrap_or(i64::MAX));
        let (n, units) = (shown(n), shown(units));
        self.0.pick(format!("共 {n} 条指令，下达给 {units} 个单位"), format!("{n} orders to {units} units"))
    }

    /// How many drafts wait for a unit.
    pub(super) fn n_blocked(self, n: usize) -> String {
        self.0.pick(format!("{n} 项待选单位，不影响其他项下达"), format!("{n} lack a unit; the others can be issued"))
    }

    /// How many orders are lifted.
    pub(super) fn n_lifted(self, n: usize) -> String {
        self.0.pick(format!("解除 {n} 条"), format!("{n} are lifted"))
    }

    /// Some names, and how many more.
    pub(super) fn names(self, names: &[String], most: usize) -> String {
        let shown = names.iter().take(most).cloned().collect::<Vec<_>>().join(self.0.pick("、", ", "));
        match names.len().saturating_sub(most) {
            0 => shown,
            _ => self
                .0
                .pick(format!("{shown}等 {} 个单位", names.len()), format!("{shown} and {} more", names.len() - most)),
        }
    }

    /// All orders of the filtered list.
    pub(super) fn bulk_all(self, n: &str) -> String {
        self.0.pick(format!("筛选出的全部 {n} 条"), format!("All {n} of the list"))
    }

    /// The number of times it was done.
    pub(super) fn n_times(self, n: i64) -> String {
        self.0.pick(format!("{n} 次"), format!("{n} times"))
    }

    /// Names that are no registered units.
    pub(super) fn units_unknown(self, names: &[String]) -> String {
        let names = names.join(self.0.pick("、", ", "));
        self.0.pick(
            format!("没有找到以下单位：{names}。请改为登记名称。"),
            format!("These are no registered units: {names}. Write their registered names."),
        )
    }
}
