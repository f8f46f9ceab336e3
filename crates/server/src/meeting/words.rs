use crate::words::words;

words! {
    /// Words of the pages of meetings.
    MeetingWords {
        title: "例会", "Meetings";
        pack: "例会材料", "Meeting pack";
        pack_go: "今日例会材料", "Today's pack";
        pack_lead: "每次打开都按当前数据生成；打印即为会议材料。", "Put together from what is known now each time it is opened; print it for the meeting.";
        hold: "登记会议", "Put a meeting down";
        empty_title: "还没有会议记录", "No meetings yet";
        empty_text: "先看例会材料，开会后登记纪要；纪要中的决定可直接下达为指令。", "Look at the pack first; after the meeting put the minutes down. Its decisions become orders.";
        name: "会议名称", "Meeting";
        held_at: "时间", "Held at";
        chair: "主持人（职务）", "Led by (post)";
        present: "出席", "Present";
        minutes: "会议纪要", "Minutes";
        incident: "事件", "Incident";
        area: "辖区", "Area";
        save: "保存", "Save";
        name_bad: "请填写会议名称，不超过60字。", "Give the meeting a name of at most 60 characters.";
        time_bad: "请填写日期和时间，如 2026-11-22 09:00。", "Give a date and time such as 2026-11-22 09:00.";
        area_bad: "请选择辖区。", "Choose an area.";
        changed: "会议记录刚被他人修改，请核对后再保存。", "Someone else has just changed this meeting; look at it and save again.";
        decisions: "会议决定", "Decisions";
        decisions_lead: "写明承办单位的决定可以下达为指令；下达后不能删除。", "A decision that names units can become orders; after that it stays.";
        no_decisions: "还没有登记决定。", "No decisions yet.";
        decision: "决定事项", "Decision";
        decision_bad: "请写明决定事项。", "Say what was decided.";
        units: "承办单位", "Units";
        units_hint: "每行一个登记名称；只作记录的不填。", "One registered name a line; leave empty for what is only noted.";
        due_at: "完成时限", "Due";
        add: "登记决定", "Note the decision";
        drop: "删除", "Take out";
        order_all: "下达为指令", "Make them orders";
        nothing_to_order: "没有写明承办单位且尚未下达的决定。", "No decision names units and waits to be ordered.";
        ordered: "已下达", "Ordered";
        only_noted: "只作记录", "Only noted";
        to_order: "待下达", "To be ordered";
        by: "登记人", "Noted by";
        as_of: "截至", "As of";
        figures: "昨日数字", "Yesterday's figures";
        no_figures: "昨日没有报送的数字。", "No figures were reported for yesterday.";
        indicator: "指标", "Indicator";
        yesterday: "昨日", "Yesterday";
        day_before: "前日", "The day before";
        change: "增减", "Change";
        course: "近7日", "7 days";
        late_orders: "超时指令", "Overdue orders";
        no_late_orders: "没有超时的指令。", "No order is overdue.";
        all_late: "全部超时指令", "All overdue orders";
        missing_reports: "报送情况", "Reports";
        no_reports: "昨日没有应报的报表。", "No reports were due yesterday.";
        board: "报送情况表", "Completeness board";
        waiting: "待决定事项", "Waiting for a decision";
        no_waiting: "没有待决定的事项。", "Nothing waits for a decision.";
        open_decisions: "历次会议决定尚未办结", "Decisions of earlier meetings not done yet";
        no_open_decisions: "历次会议决定均已办结。", "All decisions of earlier meetings are done.";
        to_issue: "待发布的情况报告", "Situation reports to be issued";
        what: "内容", "What";
        unit: "单位", "Unit";
        clock: "时限", "Clock";
        state: "状态", "State";
    }
}

impl MeetingWords {
    /// The name that a meeting begins with.
    pub(super) fn usual_name(self, day: &str) -> String {
        self.0.pick(format!("{day}指挥部例会"), format!("Headquarters meeting, {day}"))
    }
}
