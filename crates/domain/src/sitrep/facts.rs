/// A fact of the response that a text may take, by its Chinese and its English name, and what it says.
pub struct FactName {
    /// In Chinese texts.
    pub zh: &'static str,
    /// In English texts.
    pub en: &'static str,
}

/// The facts that a text may take beside indicators.
pub const FACT_NAMES: [FactName; 13] = [
    FactName { zh: "辖区", en: "area" },
    FactName { zh: "事件", en: "incident" },
    FactName { zh: "响应级别", en: "level" },
    FactName { zh: "级别起始", en: "level_since" },
    FactName { zh: "日期", en: "date" },
    FactName { zh: "截至", en: "as_of" },
    FactName { zh: "应报", en: "reports_due" },
    FactName { zh: "已报", en: "reports_in" },
    FactName { zh: "迟报", en: "reports_late" },
    FactName { zh: "未报单位", en: "missing_units" },
    FactName { zh: "在办指令", en: "orders_open" },
    FactName { zh: "办结指令", en: "orders_done" },
    FactName { zh: "超时指令", en: "orders_late" },
];
