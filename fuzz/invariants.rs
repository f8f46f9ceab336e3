//! What holds of every reading, whatever the bytes were. The fuzz targets and the reader's property tests share it.

use lianfang_domain::plan::{Plan, Reading};
use serde_json::Value;

/// Panics with the item that breaks an invariant.
pub(crate) fn check(reading: &Reading) {
    for plan in &reading.plans {
        assert!(u32::try_from(plan.text.len()).is_ok(), "offsets are 32 bits wide");
        blocks_cover_the_text(plan);
        let items = serde_json::to_value(plan).unwrap_or_else(|error| panic!("a plan cannot be written: {error}"));
        walk(plan, &items, "plan");
    }
    for finding in &reading.findings {
        let place = &finding.place;
        assert!(place.line >= 1 && place.column >= 1, "no place: {finding:?}");
        let known = reading.plans.is_empty() || (place.plan as usize) < reading.plans.len();
        assert!(known, "no such plan: {finding:?}");
    }
}

/// The blocks in order, joined, are the whole text.
fn blocks_cover_the_text(plan: &Plan) {
    let mut at = 0;
    for block in &plan.blocks {
        assert_eq!(block.span.start, at, "a gap or an overlap before {block:?}");
        assert!(block.span.start <= block.span.end, "{block:?} ends before it starts");
        at = block.span.end;
    }
    assert_eq!(at as usize, plan.text.len(), "the blocks end before the text does");
}

/// Every object with a `span`, however deep, stands in the text between characters, on a line that exists.
fn walk(plan: &Plan, value: &Value, path: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(plan, item, path)),
        Value::Object(fields) => {
            if let Some(span) = fields.get("span") {
                let bound = |name: &str| span.get(name).and_then(Value::as_u64).map_or(usize::MAX, |n| n as usize);
                let (start, end) = (bound("start"), bound("end"));
                assert!(plan.text.get(start..end).is_some(), "{path}: {start}..{end} is no place in the text: {value}");
                assert!(fields.get("line").and_then(Value::as_u64) >= Some(1), "{path}: no line: {value}");
                for repair in fields.get("repairs").and_then(Value::as_array).into_iter().flatten() {
                    assert!(repair.as_u64() < Some(plan.repairs.len() as u64), "{path}: no such repair: {value}");
                }
            }
            for (name, field) in fields {
                walk(plan, field, name);
            }
        }
        _ => {}
    }
}
