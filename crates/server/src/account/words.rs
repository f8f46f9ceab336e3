use crate::words::words;

words! {
    /// Words of one's own account.
    AccountWords {
        title: "我的账号", "My account";
        login: "登录名", "Login name";
        name: "姓名或岗位", "Name or post";
        password_title: "修改密码", "Change password";
        present: "当前密码", "Present password";
        new_password: "新密码", "New password";
        again: "再次输入新密码", "New password again";
        password_hint: "至少 10 个字符；可用几个不相干的词连成一句。修改后，其他设备上的登录会退出。",
            "At least 10 characters; a few unrelated words make a good one. Other devices are signed out.";
        password_do: "保存新密码", "Save the new password";
        present_wrong: "当前密码不正确。", "The present password is wrong.";
        factor_title: "动态验证码", "Second factor";
        on: "已开启", "On";
        off: "未开启", "Off";
        factor_picture: "供验证器应用扫描的图", "Picture for the authenticator app to scan";
        sign_out: "退出", "Sign out";
        factor_on: "登录时除密码外还需手机上的验证码。", "Signing in needs a code from your phone besides the password.";
        factor_off: "开启后，即使密码泄露，他人也无法登录。", "With it on, a stolen password alone lets nobody in.";
        factor_set_up: "开启动态验证码", "Turn on the second factor";
        factor_remove: "关闭", "Turn off";
        factor_scan: "用手机上的验证器应用扫描下图，或手工输入密钥：", "Scan the picture with an authenticator app on your phone, or type the key:";
        factor_key: "密钥", "Key";
        factor_code: "应用显示的 6 位验证码", "The six digits that the app shows";
        factor_do: "确认并开启", "Confirm and turn on";
        code_wrong: "验证码不正确。请核对手机时间是否准确，等待下一个验证码再试。", "The code is wrong. Check that the phone's clock is right and try the next code.";
        codes_title: "恢复码", "Recovery codes";
        codes_lead: "手机丢失时可用恢复码登录，每个只能用一次。请打印或抄写保存，离开本页后不再显示。",
            "Without your phone, each of these lets you in once. Print or write them down; they are not shown again.";
        codes_left: "剩余恢复码", "Recovery codes left";
        codes_done: "已保存，返回我的账号", "I have kept them";
        sessions_title: "已登录的设备", "Where you are signed in";
        device: "设备", "Device";
        since: "登录时间", "Since";
        seen: "最近使用", "Last used";
        this_one: "本设备", "This device";
        end_this: "退出此设备", "Sign out there";
        end_others: "退出所有其他设备", "Sign out everywhere else";
        quiet_title: "免打扰时间", "Quiet hours";
        quiet_hint: "此时间内通知只在系统中显示，短信等消息到时间结束后再发；指挥长的紧急指令不受限制。两项都留空表示不限。",
            "In these hours notices are shown in the app only, and messages wait until their end, but for a commander's urgent orders. Leave both empty for none.";
        quiet_from: "从", "From";
        quiet_until: "到", "Until";
        quiet_bad: "请填写两个不同的时刻，如 22:00 和 07:00；两项都留空表示不限。", "Give two different times such as 22:00 and 07:00, or leave both empty.";
        quiet_do: "保存免打扰时间", "Save the quiet hours";
        keys_title: "程序密钥", "Keys for programs";
        keys_hint: "供其他系统通过接口读写数据，权限不超过您本人。", "With them other systems use the interface on your behalf, never with more rights than yours.";
        key_name: "用途", "What for";
        key_name_bad: "请填写用途，最多 60 字。", "Say what it is for, in at most 60 characters.";
        days: "有效天数", "Days it can be used";
        days_bad: "应为 1 至 366 的整数。", "It must be a whole number from 1 to 366.";
        scopes: "可用于", "May be used to";
        scopes_none: "请至少选择一项。", "Choose at least one.";
        key_make: "生成密钥", "Make a key";
        key_made: "密钥已生成", "The key is made";
        key_once: "密钥只显示这一次，请立即保存到要使用它的系统中。", "The key is shown this once; keep it in the system that will use it.";
        key_kept: "已保存", "It is kept";
        key_until: "有效至", "Until";
        key_seen: "最近使用", "Last used";
        key_end: "撤销", "Take back";
        never: "从未", "Never";
    }
}
