use std::collections::BTreeMap;

use super::check::ReadRow;
use super::{Fault, ImportTemplate, Layout};

/// Notes rows that are about the same thing as another row of the file. A row that says just the same as an earlier
/// one repeats it; of rows that say different things nobody can tell which is right, so that none is stored.
pub(super) fn add_repeats(template: &ImportTemplate, layout: &Layout, rows: &mut [ReadRow<'_>]) {
    let Some(field) = template.same_by.first().and_then(|key| template.field(key)) else {
        return;
    };
    let mut groups: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        if let Some(identity) = identity(template, row) {
            groups.entry(identity).or_default().push(place);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let first = group[0];
        let is_same = |place: &usize| rows[*place].errors.is_empty() && rows[*place].values == rows[first].values;
        let all_same = group.iter().all(is_same);
        let numbers: Vec<usize> = group.iter().map(|place| rows[*place].row).collect();
        for (at, place) in group.into_iter().enumerate() {
            match (all_same, at) {
                (true, 0) => {}
                (true, _) => rows[place].add(field, layout, Fault::Repeats { row: numbers[0] }),
                (false, 0) => rows[place].add(field, layout, Fault::Contradicts { row: numbers[1] }),
                (false, _) => rows[place].add(field, layout, Fault::Contradicts { row: numbers[0] }),
            }
        }
    }
}

/// What a row is about; none where that cannot be told, because the first of the fields is empty or any is wrong.
fn identity(template: &ImportTemplate, row: &ReadRow<'_>) -> Option<Vec<String>> {
    let is_wrong = |key: &String| row.errors.iter().any(|error| error.field == *key);
    if !row.values.contains_key(template.same_by.first()?) || template.same_by.iter().any(is_wrong) {
        return None;
    }
    let normal = |key: &String| row.values.get(key).map(super::Value::normal).unwrap_or_default();
    Some(template.same_by.iter().map(normal).collect())
}
