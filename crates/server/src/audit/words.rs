use crate::words::words;

words! {
    /// Words of the audit record.
    AuditWords {
        title: "审计记录", "Audit record";
        at: "时间", "Time";
        who: "用户", "User";
        act: "操作", "Act";
        target: "对象", "About";
        area: "辖区", "Area";
        detail: "变更", "Change";
        why: "理由", "Reason";
        first_day: "起", "From";
        until_on: "止", "Until";
        filter: "查询", "Search";
        next: "更早的记录", "Earlier";
        empty: "没有符合条件的记录", "Nothing matches";
        empty_why: "可放宽日期或清空条件。", "Widen the dates or clear the filters.";
        program: "系统", "The program";
        chain_hint: "每行都与前一行链接并加封；用 lianfang audit verify 可逐行核对是否被改动。",
            "Each row is sealed together with the one before it; lianfang audit verify checks them all.";
    }
}
