use crate::words::words;

words! {
    /// Words of the pages on posts and the directory.
    PostWords {
        title: "职务与任职", "Posts";
        export: "导出", "Export";
        directory: "通讯录", "Directory";
        units: "单位", "Units";
        unit: "单位", "Unit";
        area: "辖区", "Area";
        post: "职务", "Post";
        post_hint: "如：局长、疾控科科长。", "Such as: director, head of disease control.";
        rank: "次序", "Order";
        rank_hint: "1 排在最前；同级职务可以相同。", "1 comes first; posts of equal rank may share a number.";
        rank_bad: "次序应为 1 至 999 的整数。", "The order is a whole number from 1 to 999.";
        duty_phone: "值班电话", "Duty phone";
        duty_phone_hint: "找该职务值守人的号码，没有就留空。", "The number that reaches whoever is on duty for the post; leave it empty when there is none.";
        add_new: "新增职务", "Add a post";
        save: "保存", "Save";
        edit: "修改职务", "Change the post";
        in_post: "现任", "In post";
        held: "在任", "Held";
        vacant: "空缺", "Vacant";
        acting: "代理", "Acting";
        full: "任职", "In full";
        today: "现任", "Now";
        closed: "已撤销", "Closed";
        phone: "联系电话", "Phone";
        phone_hint: "本人手机。加密保存，只有有权的人能看到全号，查看会留下记录。",
            "The person's own number. It is kept sealed; only those with the right see it in full, and that is put on record.";
        since: "任职日期", "From";
        until: "离任日期", "Until";
        until_hint: "尚不确定就留空。", "Leave it empty when it is not known.";
        open_end: "至今", "Open";
        none_yet: "还没有职务。新增职务后指定任职人员，指令和通知才找得到人。",
            "There are no posts yet. Add posts and who holds them, so that orders and notices find someone.";
        nobody_yet: "还没有人任职。", "Nobody has held it yet.";
        show_phones: "显示完整号码", "Show numbers in full";
        show_phones_hint: "查看会留下记录", "This is put on record";
        hide_phones: "隐去号码", "Mask the numbers";
        times: "任职记录", "Times in post";
        person: "姓名", "Name";
        tenure: "方式", "In what way";
        gaps: "空缺时段", "Vacant days";
        appoint: "任命", "Appoint";
        appoint_intro: "登记一段任职。已有人正式任职时，可登记代理；换人请用“交接”。",
            "Enter a time in post. Beside a holder someone may act; to put someone in the holder's place, hand over.";
        hand_over: "交接", "Hand over";
        hand_over_intro: "接任者任职之日起，前任自动于前一日离任；正式任职者到任，代理同时结束。",
            "From the successor's first day on, the former holder has left the day before; whoever acts gives way to a new holder.";
        correct: "更正", "Correct";
        correct_intro: "更正写错的记录；原记录保留备查。换人请用“交接”。",
            "Corrects a record that was written wrongly; the old one is kept. To put someone else in the post, hand over.";
        withdraw: "撤回该记录", "Withdraw the record";
        withdraw_hint: "只在此人从未任此职时撤回；记录保留备查，不再显示。",
            "Only when this person never held the post. The record is kept but no longer shown.";
        leave: "离任", "Leave";
        leave_do: "登记离任", "Enter the last day";
        last_day: "最后任职日", "Last day";
        leave_hint: "次日起该职务空缺，除非有人代理。", "From the day after, the post is vacant, unless someone acts.";
        close: "撤销职务", "Close the post";
        close_hint: "撤销后不再出现在通讯录中，任职记录保留；可随时恢复。",
            "A closed post no longer stands in the directory. Who held it stays on record; it can be put to use again.";
        reopen: "恢复职务", "Put to use again";
        changed: "该职务或任职刚被他人修改，上面已是最新内容；您填写的内容保留在表单中，请核对后再保存。",
            "Someone else just changed this post or who holds it; what you see is the present state. What you typed is still in the form: check it and save again.";
        empty_directory: "通讯录是空的", "The directory is empty";
        empty_directory_text: "在单位中新增职务和任职人员，这里就会列出。", "Add posts and who holds them to the units, and they stand here.";
    }
}

impl PostWords {
    /// That someone else was faster, with what the post is now.
    pub(crate) fn changed_to(self, title: &str, rank_order: u16) -> String {
        self.0.pick(
            format!("该职务刚被他人改为“{title}”（次序 {rank_order}）；您填写的内容保留在表单中，请核对后再保存。"),
            format!("Someone else just changed this post to “{title}” (order {rank_order}). What you typed is still in the form: check it and save again."),
        )
    }

    /// From a day to another.
    pub(crate) fn between(self, from: &str, until: &str) -> String {
        self.0.pick(format!("{from}至{until}"), format!("{from} to {until}"))
    }

    /// To which moment the page belongs.
    pub(crate) fn as_of(self, instant: &str) -> String {
        self.0.pick(format!("截至 {instant}"), format!("As of {instant}"))
    }

    /// How many units are listed.
    pub(crate) fn n_units(self, n: &str) -> String {
        self.0.pick(format!("共 {n} 个单位"), format!("{n} units"))
    }

    /// That not all are listed.
    pub(crate) fn cut(self, shown: &str, all: &str) -> String {
        self.0.pick(
            format!("共 {all} 个单位，这里只列出前 {shown} 个，请按辖区筛选。"),
            format!("{all} units, of which the first {shown} are listed; filter by area."),
        )
    }
}
