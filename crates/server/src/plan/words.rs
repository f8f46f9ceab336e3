use crate::{shown::grouped, words::words};

words! {
    /// Words of the pages on plans.
    PlanWords {
        title: "预案", "Plans";
        upload: "上传预案", "Upload a plan";
        upload_do: "上传并阅读", "Upload and read";
        file: "文件", "File";
        file_hint: "Word（.docx）、文本、网页或带文字层的 PDF，最大 20 MB；.doc、.wps 请先另存为 .docx。",
            "Word (.docx), text, a web page, or a PDF with text in it, at most 20 MB; save .doc and .wps as .docx first.";
        file_none: "请选择文件。", "Choose a file.";
        area: "适用辖区", "For the area";
        area_none: "请选择适用辖区。", "Choose the area that it is for.";
        follows: "替代现行预案", "Takes the place of";
        follows_hint: "是新版本时选择；采用后原预案自动失效。", "Choose one if this is its new version; accepting this one ends that one.";
        follows_bad: "只能替代本辖区正在采用的预案。", "Only an accepted plan of the same area can be replaced.";
        empty: "还没有预案", "There are no plans yet";
        empty_text: "上传本地区的应急预案或工作方案，系统会读出组织体系、响应分级、措施、任务和时限，逐条与原文对照，核对后采用。",
            "Upload the emergency plan of your area. Its organisation, levels, measures, tasks and time limits are read from it and shown beside the text; check them, then accept it.";
        empty_text_other: "请联系指挥部办公室上传。", "Ask the headquarters office to upload one.";
        name: "名称", "Name";
        kind: "文件类型", "Kind";
        state: "状态", "State";
        uploaded: "上传", "Uploaded";
        settled: "采用", "Accepted";
        doubtful: "待核实", "Doubtful";
        issuer: "发布单位", "Issued by";
        number: "文号", "Number";
        earlier: "更早的预案", "Earlier";
        overview: "概要", "Overview";
        text: "原文对照", "Beside the text";
        units: "单位对应", "Units meant";
        changes: "与原版比较", "Compared with the old version";
        old_text: "原版", "Old version ";
        new_text: "新版", "New version ";
        change: "变化", "Change";
        what_changed: "内容", "What changed";
        no_changes: "两版没有差别", "The two versions do not differ";
        no_changes_text: "除空格和标点外，两版文字相同。", "But for white space and punctuation both texts are the same.";
        original: "下载原文件", "The file as uploaded";
        tier: "预案层次", "Tier";
        tier_none: "请选择预案层次。", "Choose a tier.";
        parent: "上级预案", "Belongs to";
        parent_hint: "专项、部门预案和年度方案所属的总体预案。", "The overall plan to which a special, department's or annual plan belongs.";
        parent_bad: "请选择正在核对或采用、且不属于本预案的预案。", "Choose a plan that is being checked or accepted, and does not itself belong to this one.";
        family: "上下级预案", "Plans that belong together";
        family_none: "没有登记上级或下级预案。", "No plan above or below it is registered.";
        belongs_here: "下级预案", "Belongs to this plan";
        missing: "要求制定、尚未登记的预案", "To be made by this plan, and not there";
        missing_by: "制定单位", "By";
        missing_state: "缺少", "Missing";
        place_do: "保存层次", "Save its place";
        template: "以此为模板", "Use as a template";
        template_lead: "在下面修改文字后，系统按新文件重新阅读，作为一份新的草案核对；原预案不受影响。",
            "Change the text below. It is read again as a new document and becomes a draft of its own; this plan stays as it is.";
        template_do: "作为新预案阅读", "Read as a new plan";
        template_name_bad: "请填写名称，最多 100 字。", "Give it a name of at most 100 characters.";
        template_text_none: "正文不能为空。", "There must be a text.";
        replace: "要替换的名称", "Name to be replaced";
        replacement: "替换为", "Put in its place";
        replace_hint: "正文中所有相同的名称一并替换，如区名；不需要时留空。", "Every place where it stands in the text, such as the district's name; leave empty otherwise.";
        edit: "更正", "Correct";
        edit_text: "更正后的内容", "What it should say";
        edit_hint: "只在更正文字或拆分时填写；拆分时每行一条。", "For correcting and splitting only; to split, one item a line.";
        edit_means: "读作", "Read as";
        edit_do: "保存更正", "Save";
        edit_none: "请选择如何处理。", "Choose what to do.";
        edit_history: "更正记录", "What was done so far";
        kind_of_item: "条目类型", "Kind of item";
        under: "所属", "Under";
        was_read: "读出的内容", "As it was read";
        findings: "待核实事项", "What is doubtful";
        no_findings: "没有需要核实的事项。", "Nothing is doubtful.";
        notes: "说明（无需答复）", "Notes (no answer needed)";
        ask_author: "建议询问编制单位：", "To ask the author: ";
        answer: "答复", "Answer";
        unanswered: "未答复", "Not answered";
        note: "说明", "In words";
        note_needed: "选“更正为”时请写明正确内容。", "Say what is right where you choose “Corrected”.";
        save_answers: "保存答复", "Save the answers";
        saved: "已保存。", "Saved.";
        accept: "采用预案", "Accept the plan";
        accept_hint: "采用后内容不能再改，只能上传新版本。", "An accepted plan cannot be changed; only a new version can follow it.";
        propose_orders: "提出指令", "Propose orders";
        drop: "放弃", "Put aside";
        drop_hint: "放弃后不再显示，读出的内容和答复一并删除。", "It is no longer shown, and what was read from it is deleted.";
        changed: "该预案刚被他人处理，请查看最新状态。", "Someone else has just dealt with this plan; look at its present state.";
        touched: "正在进行的响应", "Responses that run";
        touched_lead: "这些事件仍按旧版执行。改按新版后，措辞相同的指令照常有效，其余由您逐条决定下达或解除。",
            "These incidents still go by the older version. When they follow the new one, orders of the same words stay in force; you decide about the rest one by one.";
        incident: "事件", "Incident";
        n_kept: "指令不变", "Orders that stay";
        n_new: "新增条款", "New clauses";
        n_gone: "条款已删改的指令", "Orders whose clause is gone or reworded";
        follow: "执行版本", "Version to go by";
        follow_do: "改按新版", "Follow the new one";
        follow_later: "新版采用后可改", "Once the new version is accepted";
        read_from: "读出", "Read from it";
        source: "原文", "Text";
        clauses: "读出的条目", "What was read";
        unsure: "请核对", "check";
        named: "预案中的名称", "Name in the plan";
        times: "出现", "Times";
        means: "对应单位", "Unit meant";
        means_open: "待确定", "Not settled";
        means_none: "不是单个单位", "No single unit";
        means_new: "新增这个单位", "Add it as a new unit";
        units_lead: "预案中的任务、职责将落到这里对应的登记单位；写法不同的名称会记为该单位的别名，下次自动对上。",
            "Duties and tasks go to the units settled here. Where a name is written differently it is noted as another name of the unit and recognised the next time.";
        save_units: "保存对应", "Save";
        no_units: "预案中没有读到单位名称。", "No names of units were read.";
        not_kept: "以下未能保存：", "These could not be kept: ";
    }
}

impl PlanWords {
    /// How many of the findings are open.
    pub(super) fn n_open(self, n: usize) -> String {
        self.0.pick(format!("{n} 处未答复"), format!("{n} not answered"))
    }

    /// How many units are settled.
    pub(super) fn n_settled(self, n: usize, all: usize) -> String {
        self.0.pick(format!("{all} 个名称，已确定 {n} 个"), format!("{n} of {all} names settled"))
    }

    /// Where something stands.
    pub(super) fn at_line(self, line: &u32) -> String {
        self.0.pick(format!("第 {line} 行"), format!("line {line}"))
    }

    /// A number of things.
    pub(super) fn count(self, n: usize) -> String {
        grouped(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
