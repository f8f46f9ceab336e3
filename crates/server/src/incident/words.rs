use crate::words::words;

words! {
    /// Words of the pages on incidents.
    IncidentWords {
        title: "事件", "Incidents";
        open: "新建事件", "Open an incident";
        open_do: "立案", "Open";
        opened_list: "处置中", "Open";
        closed_list: "已结案", "Closed";
        empty: "没有处置中的事件", "No open incidents";
        empty_closed: "没有已结案的事件", "No closed incidents";
        empty_text: "发生疫情或要保障重大活动时，在这里立案：选好病种和预案，系统会算好报告时限，按预案组建指挥部、启动响应。",
            "When something happens, or a large event is coming, open it here: choose disease and plan, and the clock of the first report, the headquarters and the response follow from them.";
        empty_text_other: "由指挥部办公室或指挥长立案。", "The headquarters office or the commander opens one.";
        earlier: "更早的事件", "Earlier";
        overview: "指挥页", "Overview";
        level: "响应级别", "Level";
        facts: "事件信息", "Facts";
        command: "指挥体系", "Command";
        log: "日志", "Log";
        no_level: "未启动响应", "No response";
        is_closed: "该事件已结案，不能再更改；需要时可先重新打开。", "This incident is closed and cannot be changed; open it again first.";
        changed: "该事件刚被他人更改，请查看最新状态后重试。", "Someone else has just changed this incident; look at its present state and try again.";
        name: "名称", "Name";
        name_bad: "请填写名称，最多 100 字。", "Give it a name of at most 100 characters.";
        name_hint: "如“石桥镇小学诺如病毒聚集性疫情”。", "Such as “Norovirus cluster, Shiqiao primary school”.";
        kind: "类型", "Kind";
        kind_none: "请选择类型。", "Choose what kind it is.";
        area: "辖区", "Area";
        area_none: "请选择发生的辖区。", "Choose the area.";
        disease: "病种", "Disease";
        disease_bad: "请从列表中选择病种。", "Choose a disease from the list.";
        disease_hint: "系统按病种带出最长潜伏期和管理类别及其来源，立案后请核对。", "Maximum incubation and class come with their sources; check them afterwards.";
        plan: "所依据的预案", "Plan";
        plan_bad: "请选择本辖区正在采用的预案。", "Choose an accepted plan of this area.";
        plan_hint: "响应级别、批准程序、指挥体系和措施都以它为准。", "Levels, procedure, command and measures follow it.";
        discovered_at: "发现时间", "Discovered";
        discovered_hint: "首次报告的时限从这时算起。", "The clock of the first report runs from here.";
        onset_on: "首例发病日期", "First onset";
        summary: "基本情况", "What is known";
        summary_hint: "不写患者姓名、证件号和住址。", "No names, identity numbers or addresses of patients.";
        time_bad: "请填写时间，且不能晚于现在。", "Give a time that is not in the future.";
        day_bad: "请填写有效日期，且不能晚于今天。", "Give a valid day that is not in the future.";
        discovered: "发现", "Discovered";
        since: "起始", "Since";
        grade: "事件分级", "Grade";
        grade_not_level: "事件分级说明事件多严重，响应级别说明采取多大的行动，两者分别确定。", "The grade says how grave the event is; the response level says what is done about it.";
        end_clock: "最早可终止", "Earliest end";
        end_clock_why: "最后一例本土病例隔离后两个最长潜伏期", "two maximum incubation periods after the last local case was isolated";
        first_report: "首次报告", "First report";
        report_due: "时限", "Due";
        report_done: "已报告", "Reported";
        report_do: "登记首次报告", "Note the first report";
        reported_to: "报告给", "Reported to";
        reported_to_none: "请填写报告给谁。", "Say to whom it was reported.";
        report_hint: "时间以服务器为准，不能填写。", "The time is that of the server and cannot be typed.";
        first_reported: "首次报告", "First report";
        figures: "关键数字", "Key figures";
        as_of: "截至", "As of";
        no_figures: "还没有登记数字。", "No figures yet.";
        phase_now: "当前阶段", "Phase now";
        latest: "最新动态", "Latest";
        whole_log: "全部日志", "The whole log";
        close: "结案", "Close";
        close_hint: "结案后只能查看。", "A closed incident can only be looked at.";
        reopen: "重新打开", "Open again";
        still_runs: "响应还没有终止，不能结案。请先在“响应级别”中终止。", "A response still runs. End it under “Level” first.";
        closed_noted: "结案", "Closed";
        reopened_noted: "重新打开", "Opened again";
        level_go: "响应级别调整", "Change the level";
        log_add: "记一笔", "Add an entry";
        log_add_do: "记入日志", "Add to the log";
        log_hint: "日志只能增加，不能修改。", "Entries can be added, never changed.";
        entry_kind: "类别", "Kind";
        at: "时间", "When";
        words: "内容", "What";
        words_none: "请写明内容。", "Say what happened.";
        basis: "依据", "Basis";
        basis_hint: "作出决定时必填。", "Needed for a decision.";
        basis_none: "请写明依据。", "Say on what it rests.";
        addressees: "落实单位", "For";
        noted_late: "补记于", "noted";
        all_kinds: "全部类别", "All kinds";
        no_entries: "没有这一类日志。", "There are no such entries.";
        save: "保存", "Save";
        parameters: "病种和时限参数", "Parameters of disease and time limits";
        parameters_hint: "后设定的为准，先前的保留备查。", "The last one counts; earlier ones stay on record.";
        parameter: "参数", "Parameter";
        parameter_none: "请选择参数。", "Choose a parameter.";
        parameter_set: "设定参数", "Set a parameter";
        value: "取值", "Value";
        days: "天数或分钟数", "Days or minutes";
        mean_days_bad: "请填写 0.1 到 3650 之间的天数，如 5.2。", "Give a number of days from 0.1 to 3650, such as 5.2.";
        minutes_bad: "请填写 1 到 1440 之间的整数分钟数。", "Give a whole number of minutes from 1 to 1440.";
        days_bad: "请填写 1 到 3650 之间的整数天数。", "Give a whole number of days from 1 to 3650.";
        days_hint: "设定潜伏期时填天数，设定“立即”的时限时填分钟数。", "Days for an incubation period, minutes for “at once”.";
        class: "管理类别", "Managed as";
        class_none: "请选择管理类别。", "Choose a class.";
        class_hint: "设定管理类别时选择。", "For the class.";
        valid_from: "自", "Valid from";
        source: "来源", "Source";
        source_none: "请注明来源文件。", "Name the document that says so.";
        by: "登记", "Noted";
        no_parameters: "还没有设定参数，终止时间无法计算。", "No parameters yet; the clock to the end cannot run.";
        grading: "事件分级研判", "Grading";
        grading_rules: "分级标准", "Grading rules";
        figures_set: "登记数字", "Note figures";
        figures_hint: "只填有变化的；不知道的留空，不要填 0。", "Only what changed; leave what is unknown empty, do not put 0.";
        figure_bad: "请填写不小于 0 的整数。", "Give a whole number, 0 or more.";
        figures_none: "请至少填写一个数字。", "Give at least one figure.";
        suggested: "按现行标准建议", "Suggested by the rules in force";
        suggests_none: "现有数字不满足任何一条标准", "The figures meet no rule";
        met: "符合", "Met";
        to_next: "距更高一级", "To the next grade";
        grade_set: "确定事件分级", "Set the grade";
        grade_none: "请选择分级。", "Choose a grade.";
        cases: "病例与隔离", "Cases and isolation";
        cases_hint: "只记数量和隔离日期，不记个人信息。终止时钟从最后一例本土病例的隔离日起算，新增病例会重新起算。",
            "Only how many and when isolated, no person. The clock to the end runs from the last local isolation; a new case starts it again.";
        cases_note: "登记病例", "Note cases";
        n_cases: "例数", "Cases";
        n_cases_bad: "请填写大于 0 的整数。", "Give a whole number above 0.";
        origin: "感染来源", "Infected";
        origin_none: "请选择感染来源。", "Choose where they got infected.";
        local: "本土", "Locally";
        imported: "输入", "Elsewhere";
        isolated_on: "隔离日期", "Isolated on";
        no_cases: "还没有登记病例。", "No cases noted.";
        strike: "划去", "Strike out";
        why: "原因", "Why";
        why_none: "请写明划去的原因。", "Say why it is struck out.";
        cases_struck: "划去一条误登的病例记录", "A note of cases made by mistake was struck out";
        phases: "阶段", "Phases";
        phase: "阶段名称", "Phase";
        phase_none: "请填写阶段名称。", "Give the phase a name.";
        phase_set: "增加或更改阶段", "Add or change a phase";
        phase_from: "开始", "First day";
        phase_until: "结束", "Last day";
        phase_words: "任务", "To be done";
        ends_first: "结束日期早于开始日期。", "The last day lies before the first.";
        open_end: "未定", "open";
        now: "进行中", "now";
        venues: "场馆与重点场所", "Venues";
        venue: "场所名称", "Venue";
        venue_none: "请填写场所名称。", "Name the venue.";
        venue_add: "增加场所", "Add a venue";
        venue_words: "说明", "To know";
        none_yet: "还没有。", "None yet.";
        facts_change: "更改基本信息", "Change what it is";
        set_up: "按预案组建", "Set up as the plan says";
        set_up_hint: "把预案中的指挥部、办公室、工作组和专家组及其成员带入；已有的不重复。", "Brings in headquarters, office, groups and members of the plan; what stands already is left.";
        townships: "为各乡镇设指挥部", "Headquarters for each township";
        no_plan: "请先在“事件信息”中选定预案。", "Choose a plan under “Facts” first.";
        plan_has_no_command: "所依据的预案没有写明组织体系，请逐个增加。", "The plan lays down no organisation; add the bodies by hand.";
        no_headquarters: "请先设立本级指挥部。", "Set up your own headquarters first.";
        townships_there: "各乡镇都已有指挥部。", "Each township has its headquarters already.";
        no_command: "还没有指挥体系", "No command yet";
        no_command_text: "按预案组建，或逐个增加指挥部、工作组和前方指挥部。", "Set it up as the plan says, or add bodies by hand.";
        not_yet_set_up: "尚未成立", "Not yet set up";
        named_only: "待组建", "To be set up";
        found: "已组建", "It is set up";
        body_end: "撤销", "End it";
        body_add: "增加机构", "Add a body";
        body: "机构", "Body";
        body_gone: "该机构已撤销，请重新选择。", "This body has ended; choose another.";
        body_there: "已有同名机构。", "There is a body of that name.";
        parent: "上级机构", "Under";
        member_add: "增加成员", "Add a member";
        member_end: "退出", "Remove";
        member_which: "请选择退出的成员", "Choose who leaves";
        relation: "关系", "Relation";
        relation_none: "请选择关系。", "Choose the relation.";
        lead_unit: "牵头单位", "Lead unit";
        member_unit: "成员单位", "Member unit";
        unit: "单位", "Unit";
        unit_hint: "填写登记的单位名称或别名。", "A registered name or alias.";
        unit_unknown: "没有登记这个单位，请先登记或改用登记的名称。", "No such unit is registered; register it, or use its registered name.";
        post: "职务", "Post";
        person: "姓名", "Name";
        who_none: "请填写职务或姓名。", "Give a post or a name.";
        leaders: "负责人", "Leaders";
        units: "单位组成", "Units";
        double: "一人牵头多个机构", "One person leads several bodies";
        double_hint: "同一时段只能顾一头，请明确由谁代行。", "They cannot be everywhere at once; say who stands in.";
        deputies: "可代行的副职：", "Could stand in: ";
        no_deputy: "没有副职", "nobody";
        orders: "指令", "Orders";
        issue: "下达指令", "Issue orders";
        screen: "大屏", "Big screen";
        screen_off: "退出大屏", "Leave";
        waiting: "待决定", "Waiting for a decision";
        lights_groups: "各组", "Groups";
        lights_units: "各单位", "Units";
        no_groups: "还没有组建工作组。", "No groups are set up.";
        no_orders: "还没有下达指令。", "No orders have been issued.";
        duty_phone: "值班电话", "On duty";
        tile_late: "超时", "Overdue";
        tile_today: "今日到期", "Due today";
        tile_unsigned: "未签收", "Unsigned";
        tile_unread: "未读", "Unread";
        tile_reported: "待办结", "To close";
        tile_open: "在办", "Open";
        newer_plan: "预案已有新版，查看差异", "There is a newer version; see what it changes";
        follows_title: "改按新版预案执行：", "From now on the newer version of the plan is followed: ";
        tile_unordered: "预案条款未下达", "Clauses not ordered";
        plan_not_newer: "只能改按本事件预案已采用的新版本。", "Only an accepted newer version of the incident's plan can be followed.";
        tile_done: "已办结", "Done";
        in_time: "正常", "in time";
        nothing_open: "无在办", "nothing open";
        nobody: "未明确", "Nobody named";
    }
}

impl IncidentWords {
    /// How many orders are over their time.
    pub(super) fn n_late(self, n: i64) -> String {
        self.0.pick(format!("超时 {n}"), format!("{n} overdue"))
    }

    /// How many are in the last quarter of their time.
    pub(super) fn n_soon(self, n: i64) -> String {
        self.0.pick(format!("将到期 {n}"), format!("{n} due soon"))
    }

    /// How many wait to be signed for.
    pub(super) fn n_unsigned(self, n: i64) -> String {
        self.0.pick(format!("未签收 {n}"), format!("{n} unsigned"))
    }

    /// How many units have open orders, where not all are shown.
    pub(super) fn n_units(self, n: &usize) -> String {
        self.0.pick(format!("共 {n} 个单位有在办指令"), format!("{n} units have open orders"))
    }

    /// `超时 35 分钟`.
    pub(super) fn late(self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, 1) => self.0.pick("超时1分钟", "1 minute late").to_owned(),
            (0, rest) => self.0.pick(format!("超时{rest}分钟"), format!("{rest} minutes late")),
            (hours, rest) => self.0.pick(format!("超时{hours}小时{rest}分钟"), format!("{hours} h {rest} min late")),
        }
    }

    /// What the log says of a grade.
    pub(super) fn graded(self, grade: &str) -> String {
        self.0.pick(format!("事件分级定为{grade}"), format!("Graded: {grade}"))
    }

    /// What the log says of cases.
    pub(super) fn cases_noted(self, n: i64, origin: &str, isolated: &str) -> String {
        self.0.pick(
            format!("新增{origin}病例{n}例，{isolated}隔离"),
            format!("Cases: {n}, infected {}, isolated {isolated}", origin.to_lowercase()),
        )
    }

    /// Who struck something out, and why.
    pub(super) fn struck(self, who: &str, why: &str) -> String {
        self.0.pick(format!("已划去（{who}）：{why}"), format!("struck out by {who}: {why}"))
    }

    /// What the log says of a venue.
    pub(super) fn venue_added(self, name: &str) -> String {
        self.0.pick(format!("增加场所：{name}"), format!("Venue: {name}"))
    }

    /// What the log says when bodies were set up.
    pub(super) fn set_up_noted(self, n: usize) -> String {
        match n {
            1 => self.0.pick("组建机构 1 个", "1 body set up").to_owned(),
            n => self.0.pick(format!("组建机构 {n} 个"), format!("{n} bodies set up")),
        }
    }

    /// The name of a township's headquarters.
    pub(super) fn township_headquarters(self, township: &str) -> String {
        self.0.pick(format!("{township}指挥部"), format!("{township} headquarters"))
    }

    /// What the log says of a body.
    pub(super) fn body_added(self, name: &str) -> String {
        self.0.pick(format!("设立{name}"), format!("Set up: {name}"))
    }

    /// The same when it ends.
    pub(super) fn body_ended(self, name: &str) -> String {
        self.0.pick(format!("撤销{name}"), format!("Ended: {name}"))
    }

    /// What the log says of a member.
    pub(super) fn member_added(self, body: &str, relation: &str, who: &str) -> String {
        self.0.pick(format!("{body}增加{relation}：{who}"), format!("{body}: {who} ({relation}) joined"))
    }

    /// The same when they leave.
    pub(super) fn member_ended(self, body: &str, relation: &str, who: &str) -> String {
        self.0.pick(format!("{body}{relation}{who}退出"), format!("{body}: {who} ({relation}) left"))
    }
}
