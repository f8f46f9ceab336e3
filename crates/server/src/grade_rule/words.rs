use crate::words::words;

words! {
    /// Words of the page on grading rules.
    GradeRuleWords {
        title: "事件分级标准", "Grading rules";
        lead: "系统按这些标准对照登记的数字给出分级建议，并列出所依据的条款和距更高一级的差距；事件分级由人确定。",
            "The figures of an incident are held against these rules; what is suggested names its clause and the distance to the next grade. A person sets the grade.";
        supplied: "目前使用随附的国家预案标准。本地预案有不同规定时，先转为本地标准再逐条修改。",
            "The supplied national rules are in use. Where your plan differs, take them over first and change them one by one.";
        take_over: "转为本地标准", "Take them over";
        grade: "分级", "Grade";
        grade_none: "请选择分级。", "Choose a grade.";
        clause: "条款号", "Clause";
        clause_none: "请填写条款号。", "Give the number of the clause.";
        disease: "病种", "Disease";
        disease_bad: "请从列表中选择病种。", "Choose a disease from the list.";
        disease_hint: "不选表示适用于所有事件。", "Leave it open for every event.";
        any: "所有事件", "Every event";
        food_poisoning: "食物中毒", "Food poisoning";
        words: "标准", "Rule";
        words_none: "请写明标准原文。", "Give the rule in its own words.";
        conditions: "数字条件", "Figures";
        conditions_hint: "各项须同时满足，留空表示不作要求；都留空时由人判断。", "All of them must be reached; leave empty what is not asked for. With none, people judge.";
        at_least: "不少于", "at least";
        figure_bad: "请填写大于 0 的整数，或留空。", "Give a whole number above 0, or leave it empty.";
        holds: "有效期", "Holds";
        valid_from: "自", "From";
        day_bad: "请填写有效日期。", "Give a valid day.";
        source: "来源", "Source";
        source_none: "请注明来源文件。", "Name the document that lays it down.";
        by: "登记", "Laid down by";
        add: "增加标准", "Add a rule";
        end: "停用", "End";
        ended: "已停用", "Ended";
        changed: "该标准刚被他人更改，请查看最新状态。", "Someone else has just changed this rule; look at its present state.";
        to_people: "由人判断", "people judge";
    }
}
