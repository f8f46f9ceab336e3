use crate::words::words;

words! {
    /// Words of the pages on response levels.
    LevelWords {
        title: "响应级别", "Level";
        since: "起始", "Since";
        end_clock: "最早可终止", "Earliest end";
        propose_title: "调整级别", "Change the level";
        propose_do: "开始研判", "Begin the assessment";
        propose_hint: "先研判并征求专家意见，再提请批准；级别只在批准后改变。", "It is assessed and experts are asked first; the level changes only with the approval.";
        to: "调整为", "To";
        to_none: "请选择要调整到的级别。", "Choose a level.";
        one_is_open: "已有一项建议正在办理，请先办结或撤回。", "A proposal is open already; settle or withdraw it first.";
        open_one: "正在办理的建议", "Open proposal";
        go_on: "继续办理", "Go on";
        history: "级别调整记录", "History";
        history_hint: "记录不能更改。", "It cannot be rewritten.";
        no_history: "还没有调整过级别。", "The level has not been changed yet.";
        broken_history: "级别记录与当前级别不一致，请立即核查审计记录。", "The history does not lead to the level that is kept. Look at the audit record at once.";
        change: "调整", "Change";
        state: "状态", "State";
        begun: "发起", "Begun";
        decided: "决定", "Decided";
        filed_column: "备案", "Filed";
        by_plan: "预案规定的各级条件", "Levels as the plan lays them down";
        no_levels: "所依据的预案没有写明响应级别；请先在“事件信息”中选定预案。", "The plan lays down no levels; choose one under “Facts”.";
        now: "当前", "now";
        changed: "该建议刚被他人办理，或事件有了新情况。请查看最新状态后重试。", "Someone else has just dealt with this, or something new became known. Look at the present state and try again.";
        not_assessing: "该建议已提请，不能再改研判内容；需要修改请先撤回。", "It has been proposed and its assessment cannot be changed; withdraw it first.";
        assessment: "研判", "Assessment";
        factors_hint: "按预案规定的因素逐项填写，可分次保存。", "Factor by factor as the plan demands; it can be saved in parts.";
        no_factors: "预案没有规定评估因素。", "The plan names no factors.";
        trend: "疫情趋势评估", "Trend";
        effect: "防控效果评估", "Effect of the measures";
        both_hint: "降级和终止前，趋势和效果两项评估都要有。", "Both are needed before lowering or ending.";
        urgent: "紧急理由", "Why it cannot wait";
        urgent_hint: "情况紧急、来不及逐项研判和征求专家意见时填写，可先行提请，随后补齐。仅限启动和提级。", "Only where there is no time for factors and experts: it can be proposed at once, and they follow. For activating and raising alone.";
        save: "保存研判", "Save the assessment";
        opinions: "专家意见", "Experts’ opinions";
        opinions_hint: "意见签署后不能更改；不同意见一并保留。", "A signed opinion cannot be changed; dissent is kept.";
        no_opinions: "还没有专家意见。", "No opinions yet.";
        tier: "专家层级", "Tier";
        tier_none: "请选择预案要求的专家层级。", "Choose a tier that the plan demands.";
        own_tier: "本级", "Own";
        verdict: "意见", "Opinion";
        verdict_none: "请选择意见。", "Choose one.";
        opinion: "理由", "Reasons";
        opinion_none: "请写明理由。", "Give the reasons.";
        expert: "专家姓名", "Expert";
        expert_hint: "由办公室代录书面意见时填写。", "Where the office puts a written opinion on record.";
        expert_none: "请填写专家姓名。", "Name the expert.";
        sign: "签署意见", "Sign";
        put_down: "代录意见", "Put on record";
        signed_in_person: "本人签署", "signed in person";
        conditions: "终止条件", "Conditions for ending";
        conditions_hint: "全部满足才能提请终止。", "All of them must hold.";
        not_known: "未设定最长潜伏期", "incubation period not set";
        not_judged: "未判定", "not judged";
        holds: "满足", "holds";
        does_not_hold: "不满足", "does not hold";
        judge: "判定条件", "Judge a condition";
        condition: "条件", "Condition";
        condition_none: "请选择由人判定的条件。", "Choose a condition that people judge.";
        judged: "判定", "Judgement";
        person: "判定人", "Judged by";
        person_none: "请填写判定人姓名。", "Name who judged.";
        why: "理由", "Why";
        why_none: "请写明理由。", "Say why.";
        judge_do: "记录判定", "Keep the judgement";
        missing: "提请前还缺", "Still missing";
        nothing_missing: "所需研判和意见已齐。", "Nothing is missing.";
        propose: "提请审批", "Propose";
        withdraw: "撤回建议", "Withdraw";
        decide: "审批", "Decide";
        decide_hint: "批准后级别立即改变，并记入不可更改的时间线。", "With the approval the level changes at once, and the timeline keeps it.";
        approver: "批准机关", "In the name of";
        headquarters: "指挥部", "Headquarters";
        decision_words: "批示", "Remarks";
        decision_hint: "不予批准时须写明理由。", "Needed to refuse.";
        approve: "批准", "Approve";
        refuse: "不予批准", "Refuse";
        own_proposal: "这是您本人提请的，须由其他有权人员批准。", "You proposed this yourself; someone else has to decide.";
        file_title: "向上级备案", "File with the level above";
        with: "备案机关", "With";
        with_none: "请填写备案机关。", "Say with whom.";
        number: "文号", "Number";
        number_none: "请填写回执号。", "Give the number of the receipt.";
        file: "登记备案", "Note the filing";
        not_to_file: "该建议未获批准，或已备案。", "It is not approved, or filed already.";
        receipt: "备案回执", "Receipt";
        receipt_do: "登记回执", "Note the receipt";
        receipt_awaited: "待回执", "receipt awaited";
        no_receipt_awaited: "没有待登记的回执。", "No receipt is awaited.";
        begun_by: "发起", "Begun";
        proposers: "预案规定的提出单位", "Proposed by, as the plan says";
        approvers: "预案规定的批准机关", "Approved by, as the plan says";
        proposed_by: "提请", "Proposed";
        filed_as: "备案", "Filed";
        current: "当前级别", "Level now";
        orders: "按当前级别下达、解除指令", "Issue and lift orders for this level";
    }
}

impl LevelWords {
    /// From when the clock counts, and how long.
    pub(super) fn end_from(self, from: &str, n_days: u32) -> String {
        self.0.pick(format!("自{from}起{n_days}天"), format!("{n_days} days from {from}"))
    }

    /// A receipt with its number.
    pub(super) fn receipt_is(self, number: &str) -> String {
        self.0.pick(format!("回执 {number}"), format!("receipt {number}"))
    }

    /// Who put an opinion on record.
    pub(super) fn put_on_record(self, by: &str) -> String {
        self.0.pick(format!("书面意见，{by} 代录"), format!("in writing, put on record by {by}"))
    }

    /// What the log says when a proposal begins.
    pub(super) fn begun_noted(self, change: &str) -> String {
        self.0.pick(format!("开始研判：{change}"), format!("Assessment begun: {change}"))
    }

    /// What the log says of an opinion; the words themselves stand with the proposal.
    pub(super) fn opined(self, tier: &str, verdict: &str) -> String {
        self.0.pick(
            format!("{tier}级专家意见：{verdict}"),
            format!("Expert’s opinion ({tier}): {}", verdict.to_lowercase()),
        )
    }

    /// What the log says of a judgement.
    pub(super) fn judged_holds(self, condition: &str) -> String {
        self.0.pick(format!("判定满足：{condition}"), format!("Judged to hold: {condition}"))
    }

    /// The same when it does not hold.
    pub(super) fn judged_not(self, condition: &str) -> String {
        self.0.pick(format!("判定不满足：{condition}"), format!("Judged not to hold: {condition}"))
    }

    /// What the log says of a proposal.
    pub(super) fn proposed(self, change: &str) -> String {
        self.0.pick(format!("提请审批：{change}"), format!("Proposed: {change}"))
    }

    /// The same when it is withdrawn.
    pub(super) fn withdrawn(self, change: &str) -> String {
        self.0.pick(format!("撤回建议：{change}"), format!("Withdrawn: {change}"))
    }

    /// The same when it is approved.
    pub(super) fn approved(self, change: &str, approver: &str) -> String {
        self.0.pick(format!("{approver}批准：{change}"), format!("{approver} approved: {change}"))
    }

    /// The same when it is refused.
    pub(super) fn refused(self, change: &str, approver: &str) -> String {
        self.0.pick(format!("{approver}不予批准：{change}"), format!("{approver} refused: {change}"))
    }

    /// What the log says of a filing.
    pub(super) fn filed(self, with: &str) -> String {
        self.0.pick(format!("向{with}备案"), format!("Filed with {with}"))
    }

    /// What the log says of a receipt.
    pub(super) fn receipt_came(self, number: &str) -> String {
        self.0.pick(format!("收到备案回执 {number}"), format!("Receipt {number} came"))
    }

    /// A factor by its place.
    pub(super) fn factor(self, place: &usize) -> String {
        self.0.pick(format!("因素 {place}"), format!("Factor {place}"))
    }

    /// How many measures a level has.
    pub(super) fn n_measures(self, n: &usize) -> String {
        match n {
            1 => self.0.pick("措施 1 条", "1 measure").to_owned(),
            n => self.0.pick(format!("措施 {n} 条"), format!("{n} measures")),
        }
    }
}
