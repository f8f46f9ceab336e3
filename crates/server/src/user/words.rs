use crate::words::words;

words! {
    /// Words of the pages on users.
    UserWords {
        title: "用户", "Users";
        login: "登录名", "Login name";
        name: "姓名或岗位", "Name or post";
        state: "状态", "State";
        factor: "动态验证码", "Second factor";
        on: "已开启", "On";
        off: "未开启", "Off";
        invited: "待设密码", "No password yet";
        active: "正常", "Active";
        closed: "已停用", "Closed";
        roles: "角色", "Roles";
        role: "角色", "Role";
        no_roles: "无", "None";
        open: "开通账号", "Open an account";
        open_do: "开通并生成链接", "Open and make the link";
        login_hint: "2 至 40 个字符：字母、数字、汉字、点、横线。", "2 to 40 letters, digits, Chinese characters, dots or hyphens.";
        name_hint: "岗位名称也可以，如“石桥镇联络员”。", "A post will do, such as “officer of Shiqiao”.";
        needed: "必填。", "Required.";
        too_long: "最多 60 个字符。", "At most 60 characters.";
        login_bad: "登录名不符合要求。", "This is no valid login name.";
        login_taken: "这个登录名已被使用，请换一个。", "This login name is in use; choose another.";
        link_title: "一次性链接", "One-time link";
        link_lead: "请把链接交给本人。72 小时内有效、只能用一次，离开本页后不再显示；此前的链接同时失效。",
            "Hand it to the person. It works once, for 72 hours, and is not shown again; earlier links no longer work.";
        link_do: "重新生成登录链接", "Make a new link";
        link_hint: "忘记密码或链接过期时使用。", "For a lost password or a link that ran out.";
        back_to_user: "返回用户", "Back to the user";
        close_do: "停用账号", "Close the account";
        close_hint: "停用后立即退出所有设备，不能再登录；记录保留。", "Signs out everywhere at once; no more signing in. The record stays.";
        reopen_do: "恢复账号", "Reopen the account";
        area: "辖区", "Area";
        whole_system: "全系统", "Whole system";
        first_day: "起始日期", "From";
        until_on: "终止日期", "Until";
        open_end: "长期", "No end";
        give: "授予角色", "Give a role";
        give_do: "授予", "Give";
        give_hint: "角色决定能办什么事，辖区决定能看到哪里。", "The role decides what, the area decides where.";
        area_code: "辖区代码", "Area code";
        area_hint: "管理员和单位联络员不填；其他角色填区划代码，如 990101 或 990101003。",
            "Empty for administrators and unit officers; for others the division code, such as 990101 or 990101003.";
        area_needed: "这个角色要按辖区授予，请填写辖区代码。", "This role is held for an area; give its code.";
        area_none: "管理员角色不按辖区授予，请清空辖区代码。", "Administrators are not held for an area; leave the code empty.";
        area_missing: "没有这个辖区，请先在“辖区”中建立。", "There is no such area; add it under Areas first.";
        unit: "单位", "Unit";
        unit_hint: "只有单位联络员填写，写单位全称；辖区代码留空。", "For a unit officer only: the unit’s full name. Leave the area code empty.";
        unit_needed: "单位联络员按单位授予，请填写单位全称。", "A unit officer’s role is held for a unit; give its full name.";
        unit_none: "这个角色不按单位授予，请清空单位。", "This role is not held for a unit; leave the unit empty.";
        unit_missing: "没有这个在用的单位，请核对全称。", "There is no such unit at work; check the full name.";
        unit_several: "有多个单位叫这个名称，请写全称。", "Several units bear this name; give the full one.";
        sign_out_do: "退出其所有设备", "Sign out everywhere";
        sign_out_hint: "手机丢失等情形使用；账号仍可登录。", "As after a lost telephone; the account stays open.";
        role_bad: "请选择角色。", "Choose a role.";
        date_bad: "请写成 2026-11-22 这样的日期。", "Write a date like 2026-11-22.";
        end_role: "收回", "End";
        changed: "该用户刚被他人修改，请核对后再办理。", "Someone else just changed this user; look again before you go on.";
        next: "下一页", "Next page";
    }
}
