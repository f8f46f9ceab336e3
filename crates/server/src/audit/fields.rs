use lianfang_domain::Lang;

/// What a changed field is called on the pages; a field without a word of its own stands under its name.
pub(super) fn field_words(field: &str, lang: Lang) -> &str {
    let words = match field {
        "alias" => ("别名", "other name"),
        "area" => ("辖区", "area"),
        "counted_on" => ("统计日期", "counted on"),
        "duty_phone" => ("值班电话", "duty phone"),
        "from_on" => ("起始日期", "from"),
        "holder" => ("任职人员", "who holds it"),
        "job" => ("后台任务", "job"),
        "kind" => ("性质", "kind"),
        "login" => ("登录名", "login name"),
        "name" => ("名称", "name"),
        "parent" => ("上级单位", "parent unit"),
        "password" => ("密码", "password"),
        "place_in_order" => ("排序", "rank"),
        "population" => ("人口", "population"),
        "post" => ("职务", "post"),
        "rejected" => ("有误行数", "rows rejected"),
        "role" => ("角色", "role"),
        "rows" => ("行数", "rows"),
        "scopes" => ("密钥用途", "scopes of the key"),
        "second_factor" => ("动态验证码", "second factor"),
        "second_factor_roles" => ("须用动态验证码的角色", "roles that need a second factor"),
        "state" => ("状态", "state"),
        "steps" => ("步骤数", "steps"),
        "title" => ("职务名称", "title"),
        "until_on" => ("终止日期", "until"),
        other => return other,
    };
    lang.pick(words.0, words.1)
}
