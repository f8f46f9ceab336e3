use crate::words::words;

words! {
    /// Words of the pages on the system itself.
    SystemWords {
        title: "系统", "System";
        database: "数据库", "Database";
        schema: "结构版本", "Schema step";
        data: "数据目录", "Data folder";
        users: "用户数", "Users";
        statements: "语句核对", "Statements";
        fit: "与结构相符", "Fit the schema";
        version: "程序版本", "Version";
        backup_title: "备份与检查", "Backup and checks";
        backup_lead: "在服务器上执行，运行中也可以。主密钥不在备份里，请另行保存。",
            "Run these on the server, also while it works. The master key is not in the backup: keep a copy elsewhere.";
        jobs: "后台任务", "Jobs";
        about: "关于联防", "About Lianfang";
        about_lead: "联防把卫生健康部门的应急预案变成可以执行的工作。以 Apache-2.0 许可发布。",
            "Lianfang makes the emergency plans of health authorities work. Licensed under Apache-2.0.";
        crates: "程序所用的第三方软件", "Third-party software in the program";
        crate_name: "名称", "Name";
        crate_version: "版本", "Version";
        crate_licence: "许可证", "Licence";
        licences: "页面所用的第三方软件", "Third-party software in the pages";
    }
}
