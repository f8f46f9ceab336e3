use jiff::civil::Date;

use crate::{shown::date, words::words};

words! {
    /// Words of the pages on units.
    UnitWords {
        title: "单位", "Units";
        export: "导出", "Export";
        import: "导入", "Import";
        directory: "通讯录", "Directory";
        name: "名称", "Name";
        kind: "单位性质", "Kind";
        area: "辖区", "Area";
        parent: "上级单位", "Parent unit";
        duty_phone: "值班电话", "Duty phone";
        posts: "职务", "Posts";
        state: "状态", "State";
        open: "在用", "At work";
        closed: "已停用", "Closed";
        none: "无", "None";
        parent_outside: "不在您的权限范围内", "Outside your area";
        search_label: "名称、简称、曾用名", "Name, short or former name";
        add_new: "新增单位", "Add a unit";
        add: "保存", "Save";
        save: "保存", "Save";
        edit: "修改", "Edit";
        empty_title: "还没有单位", "There are no units yet";
        empty_text: "预案中的任务、指令和报送都落到单位。先新增区级部门，再建乡镇（街道）和医疗机构；已有名册可直接导入。",
            "Duties, orders and reports all go to units. Add the departments of the district first, then townships and hospitals; a list you have can be imported.";
        empty_text_other: "预案中的任务、指令和报送都落到单位。请联系指挥部办公室录入。",
            "Duties, orders and reports all go to units. Ask the headquarters office to add them.";
        nothing_title: "没有符合条件的单位", "No unit matches";
        nothing_text: "请换一个名称，或清除部分筛选条件。", "Try another name, or clear some of the filters.";
        show_all: "显示全部单位", "Show all units";
        no_areas_title: "先建立辖区", "Add the areas first";
        no_areas_text: "每个单位都属于一个辖区，现在还没有辖区。", "Every unit lies in an area, and there are none yet.";
        to_areas: "到辖区", "Go to areas";
        name_hint: "写全称。末尾括号中的加挂名称、简称会另记为别名，如：区财政局（国资办）。",
            "The full name. Second and short names in a bracket at its end become other names.";
        area_hint: "负责的辖区，或所在的辖区。", "The area it is responsible for, or in which it lies.";
        kind_hint: "留空则按名称判断。", "Left empty, it is told from the name.";
        kind_unknown: "从名称看不出单位性质，请选择。", "The name does not tell the kind; choose one.";
        parent_hint: "写名称或简称；没有上级单位就留空。", "Its name or short name; leave it empty when there is none.";
        parent_which: "您指的是", "Do you mean";
        parent_unclear: "没有完全同名的单位，或有多个，请在下面选择，或改正名称。",
            "No unit bears exactly this name, or several do; choose one below, or correct the name.";
        parent_unknown: "没有这样的单位，请改正名称，或先新增该单位。", "There is no such unit; correct the name, or add that unit first.";
        duty_phone_hint: "24 小时能找到人的号码，固定电话请带区号。", "The number that is answered at all hours; a landline with its area code.";
        alike: "可能是同一个单位，请核对", "These may be the same unit; check them";
        sure: "以上都不是，仍要新增", "None of these; add it all the same";
        needed: "必填。", "Required.";
        too_long: "最多 80 个字符。", "At most 80 characters.";
        date_bad: "请写成 2026-11-22 这样的日期。", "Write a date like 2026-11-22.";
        date_far: "日期应在 1949 年至 2100 年之间。", "The date must lie between 1949 and 2100.";
        outside: "该辖区不在您的权限范围内。", "This area lies outside your area.";
        taken: "同一辖区已有同名的在用单位。请改名称，或打开原单位修改。",
            "A unit at work in this area already bears this name. Change the name, or open that unit.";
        changed: "该单位刚被他人修改，上面已是最新内容；您填写的内容保留在表单中，请核对后再保存。",
            "Someone else just changed this unit; what you see is the present state. What you typed is still in the form: check it and save again.";
        rename: "更名", "Rename";
        new_name: "新名称", "New name";
        keep_name: "原名称保留为曾用名", "Keep the old name as a former name";
        keep_name_hint: "机构改革更名请保留，旧文件仍能对上；只是改正错字就不保留。",
            "Keep it when the unit was renamed, so that older papers still match; do not when you only correct a slip.";
        renamed_on: "新名称起用日期", "New name from";
        renamed_on_hint: "保留原名称时填写。", "Needed when the old name is kept.";
        rename_do: "保存更名", "Save the new name";
        children: "下级单位", "Units below";
        no_children: "没有下级单位。", "No unit stands under it.";
        history: "历次名称", "Names over time";
        name_now: "现名", "Present name";
        aliases: "别名", "Other names";
        no_aliases: "没有别名。预案中的不同写法记为别名后，下次会自动对上。",
            "None. Once another way of writing is noted here, it is recognised the next time.";
        alias: "别名", "Other name";
        alias_kind: "类别", "Sort";
        alias_hint: "简称、加挂名称，或文件中的习用写法。", "A short or second name, or the way it is written in papers.";
        alias_known: "该单位已有这个名称。", "The unit already bears this name.";
        noted_on: "记录日期", "Noted on";
        learn: "添加别名", "Add the name";
        drop_alias: "删除", "Drop";
        close: "停用单位", "Close the unit";
        close_hint: "停用后不再出现在通讯录和选择列表中，记录保留，名称可由新单位使用；可随时恢复。",
            "A closed unit no longer stands in the directory or in selections. Its record stays, its name is free, and it can be put to work again.";
        reopen: "恢复使用", "Put to work again";
        reopen_hint: "恢复后重新出现在通讯录和选择列表中。", "It will stand in the directory and in selections again.";
        many: "批量办理结果", "What was done";
        many_done: "已办", "Done";
        many_left: "未办", "Not done";
        many_changed: "已被他人修改，或已是此状态；请打开核对。", "changed by someone else, or in this state already; open it to check.";
        many_gone: "不存在，或不在您的权限范围内。", "not there, or outside your area.";
        many_back: "回到列表", "Back to the list";
        many_close: "停用所选", "Close the chosen";
        many_reopen: "恢复所选", "Put the chosen to work";
        choose: "选择", "Choose";
        merge: "合并单位", "Merge units";
        merge_intro: "把重复登记的另一个单位并入本单位。先查找要并入的单位。",
            "Merge a unit that was entered twice into this one. Search for the other first.";
        choose_this: "选择", "Choose";
        choose_one: "请选择保留哪一个。", "Choose which to keep.";
        stays: "保留", "Stays";
        goes: "并入", "Is merged into it";
        merge_swap: "反过来：保留另一个", "The other way round: keep the other one";
        merge_what: "合并后", "What will happen";
        merge_final: "合并不能撤销。", "A merge cannot be undone.";
        merge_do: "合并", "Merge";
    }
}

impl UnitWords {
    /// How many posts nobody holds.
    pub(crate) fn n_vacant(self, n: impl std::fmt::Display) -> String {
        self.0.pick(format!("空缺 {n}"), format!("{n} vacant"))
    }

    /// A link to all units below.
    pub(crate) fn all_children(self, n: impl std::fmt::Display) -> String {
        self.0.pick(format!("查看全部 {n} 个下级单位"), format!("All {n} units below"))
    }

    /// The button that drops a name.
    pub(crate) fn drop_of(self, name: &str) -> String {
        self.0.pick(format!("删除别名“{name}”"), format!("Drop the name “{name}”"))
    }

    /// Until when a name was borne, given the first day of the one that followed.
    pub(crate) fn name_until(self, next_from: Date) -> String {
        let shown = date(next_from, self.0);
        self.0.pick(format!("曾用名，{shown}起改用新名"), format!("Former name, replaced from {shown}"))
    }

    /// Which of two values to keep.
    pub(crate) fn keep_which(self, field: &str) -> String {
        self.0.pick(format!("{field}保留哪一个"), format!("Which {field} to keep"))
    }

    /// What becomes of the one that is merged.
    pub(crate) fn merge_point(self, other: &str, survivor: &str) -> String {
        self.0.pick(
            format!("“{other}”不再单独存在，它的旧地址转到“{survivor}”。"),
            format!("“{other}” is no longer a unit of its own; its old address leads to “{survivor}”."),
        )
    }

    /// What becomes of its names.
    pub(crate) fn merge_names(self, names: &[String]) -> String {
        self.0.pick(
            format!("以下名称记为别名：{}。", names.join("、")),
            format!("These become other names: {}.", names.join(", ")),
        )
    }

    /// What becomes of the units below it.
    pub(crate) fn merge_children(self, n: impl std::fmt::Display) -> String {
        self.0.pick(
            format!("{n} 个下级单位转到保留的单位之下。"),
            format!("{n} units below move under the one that stays."),
        )
    }

    /// What becomes of its posts.
    pub(crate) fn merge_posts(self, n: impl std::fmt::Display) -> String {
        self.0.pick(
            format!("{n} 个职务及任职记录转入；如有重复的职务，请合并后停用。"),
            format!("{n} posts move with everyone who held them; close doubles afterwards."),
        )
    }

    /// What does not become of the roles held for it.
    pub(crate) fn merge_roles(self, n: impl std::fmt::Display) -> String {
        self.0.pick(
            format!("{n} 个账号以被并入的单位授权，不会自动转移，请安全管理员重新授权。"),
            format!("{n} roles are held for the unit that is merged; they do not move by themselves. Ask a security administrator to give them anew."),
        )
    }
}
