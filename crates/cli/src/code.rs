use lianfang_domain::plan::FindingCode;

/// The code as JSON has it (`number_gap`), under which `docs/guides/findings.md` explains it.
pub(crate) fn code(code: FindingCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
