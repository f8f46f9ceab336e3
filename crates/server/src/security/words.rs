use crate::words::words;

words! {
    /// Words of the page on the security policy.
    SecurityWords {
        title: "安全策略", "Security policy";
        factor: "必须开启动态验证码的角色", "Roles that need a second factor";
        factor_hint: "选中的角色，未开启动态验证码的人下次访问时会先被引导去开启，开启前不能办理其他事项。",
            "Whoever holds one of them without a second factor is led to set it up and can do nothing else before.";
        save: "保存", "Save";
        saved: "已保存，立即生效。", "Kept; it holds at once.";
    }
}
