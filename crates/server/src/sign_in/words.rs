use crate::words::words;

words! {
    /// Words of signing in, the first set-up and links.
    SignInWords {
        title: "登录", "Sign in";
        login: "登录名", "Login name";
        password: "密码", "Password";
        sign_in: "登录", "Sign in";
        wrong: "登录名或密码不正确。", "The login name or the password is wrong.";
        closed: "账号已停用，请联系系统管理员。", "This account is closed; ask a system administrator.";
        code_title: "输入动态验证码", "Enter the code";
        code: "6 位验证码或恢复码", "Six-digit code or recovery code";
        code_hint: "打开手机上的验证器应用查看；手机不在身边时可用一个恢复码。",
            "Look in the authenticator app on your phone; without it, use one of your recovery codes.";
        code_wrong: "验证码不正确或已用过，请等待下一个再试。", "The code is wrong or was already used; wait for the next one.";
        code_late: "等待太久，请重新登录。", "That took too long; sign in again.";
        go_on: "继续", "Go on";
        set_up_title: "首次设置", "First set-up";
        set_up_lead: "设立系统、安全、审计三类管理员。三者互相独立、互相监督，不得由同一账号兼任，均看不到个人信息。",
            "Name the system, security and audit administrators. They check each other, cannot be one account, and see no personal data.";
        you: "您（系统管理员）", "You (system administrator)";
        others: "另外两位管理员", "The other two administrators";
        name: "姓名或岗位", "Name or post";
        login_hint: "2 至 40 个字符：字母、数字、汉字、点、横线。", "2 to 40 letters, digits, Chinese characters, dots or hyphens.";
        password_hint: "至少 10 个字符；可用几个不相干的词连成一句。", "At least 10 characters; a few unrelated words make a good one.";
        password_again: "再次输入密码", "Password again";
        security_login: "安全管理员登录名", "Login of the security administrator";
        audit_login: "审计管理员登录名", "Login of the audit administrator";
        links_hint: "完成后显示他们各自的一次性链接，由您转交。", "Their one-time links are shown afterwards, for you to hand over.";
        set_up_do: "完成设置", "Finish set-up";
        login_bad: "登录名不符合要求。", "This is no valid login name.";
        logins_same: "三个账号的登录名必须互不相同。", "The three accounts need three different login names.";
        needed: "必填。", "Required.";
        too_long: "最多 60 个字符。", "At most 60 characters.";
        done_title: "设置完成", "Set-up finished";
        done_lead: "请把下面的链接分别交给两位管理员本人。链接 72 小时内有效、只能用一次，离开本页后不再显示。",
            "Hand each link to its administrator in person. They work once, for 72 hours, and are not shown again.";
        go_to_start: "进入系统", "Go to the start page";
        link_title: "设置密码", "Set your password";
        link_do: "设置密码并登录", "Set password and sign in";
        link_lead: "为此账号设置密码：", "Set a password for this account:";
        link_bad_title: "链接无效", "This link does not work";
        link_bad: "链接已用过、已过期或地址不完整。请向系统管理员索取新链接。",
            "It was used, has run out, or is incomplete. Ask a system administrator for a new one.";
    }
}
