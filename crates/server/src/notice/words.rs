use crate::words::words;

words! {
    /// Words of the page on notices.
    NoticeWords {
        title: "待阅通知", "Notices";
        what: "内容", "What";
        when: "时间", "When";
        state: "状态", "State";
        unread: "未读", "Not read";
        read: "已读", "Read";
        urgent: "紧急", "Urgent";
        mark: "标为已读", "Mark as read";
        mark_all: "全部标为已读", "Mark all as read";
        earlier: "更早的通知", "Earlier";
        empty: "没有通知", "No notices";
        empty_text: "下达给本单位的指令、时限将至或已超时的事项、待您审批的事项，会在这里提醒。",
            "Orders to your unit, what runs out or is over its time, and what waits for your decision appear here.";
        empty_quiet: "设置免打扰时间", "Choose quiet hours";
    }
}
