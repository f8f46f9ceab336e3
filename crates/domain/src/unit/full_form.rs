use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::abbreviation::{Abbreviation, STEMS, WHOLE_NAMES};

/// Which department a name means: the place in [`STEMS`], and after those in [`WHOLE_NAMES`].
pub(super) type Department = usize;

/// A name without place in its full form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Full {
    /// The full form (`卫生健康局`).
    pub(super) text: String,
    /// The department, where the name is nothing but one from the tables with the usual ending.
    pub(super) department: Option<Department>,
}

/// The endings of departments, with the full form of each.
const ORGANS: &[(&str, &str)] = &[
    ("委员会", "委员会"),
    ("办公室", "办公室"),
    ("分局", "分局"),
    ("局", "局"),
    ("委", "委员会"),
    ("办", "办公室"),
    ("厅", "厅"),
];

struct Form {
    written: &'static str,
    full: &'static str,
    department: Department,
}

/// Forms by their first character, the longest first.
type Forms = BTreeMap<char, Vec<Form>>;

fn forms(table: &'static [Abbreviation], first: Department) -> Forms {
    let mut forms = Forms::new();
    for (place, row) in table.iter().enumerate() {
        for &written in row.short.iter().chain([&row.full]) {
            let form = Form { written, full: row.full, department: first + place };
            forms.entry(written.chars().next().unwrap_or(' ')).or_default().push(form);
        }
    }
    for list in forms.values_mut() {
        list.sort_by_key(|form| std::cmp::Reverse(form.written.len()));
    }
    forms
}

static STEM_FORMS: LazyLock<Forms> = LazyLock::new(|| forms(STEMS, 0));
static NAME_FORMS: LazyLock<Forms> = LazyLock::new(|| forms(WHOLE_NAMES, STEMS.len()));

/// The forms that may begin with the first character of a text.
fn beginning(forms: &'static Forms, rest: &str) -> impl Iterator<Item = &'static Form> + use<> {
    rest.chars().next().and_then(|first| forms.get(&first)).into_iter().flatten()
}

/// A stem and its ending at the start of the text: the form, the ending in full, how many bytes both take.
fn stem(rest: &str) -> Option<(&'static Form, &'static str, usize)> {
    beginning(&STEM_FORMS, rest).find_map(|form| {
        let after = rest.strip_prefix(form.written)?;
        let (written, full) = ORGANS.iter().find(|(written, _)| after.starts_with(written))?;
        Some((form, *full, form.written.len() + written.len()))
    })
}

pub(super) fn expand(core: &str) -> Full {
    let mut full = Full { text: String::with_capacity(core.len() * 2), department: None };
    let mut rest = core;
    while let Some(first) = rest.chars().next() {
        let begins = rest.len() == core.len();
        if let Some(form) = beginning(&NAME_FORMS, rest).find(|form| rest == form.written) {
            full.text.push_str(form.full);
            full.department = begins.then_some(form.department);
            return full;
        }
        if let Some((form, organ, taken)) = stem(rest) {
            full.text.push_str(form.full);
            full.text.push_str(organ);
            full.department = (begins && taken == rest.len()).then_some(form.department);
            rest = &rest[taken..];
        } else {
            full.text.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    full
}

/// How else the name of a department is written, for comparison with names that hold a slip of the pen.
pub(super) fn short_forms(full: &Full) -> Vec<String> {
    let Some(row) = full.department.and_then(|department| STEMS.get(department)) else {
        return Vec::new();
    };
    let ending = full.text.strip_prefix(row.full).unwrap_or("");
    let ending = ORGANS.iter().rfind(|(_, organ)| *organ == ending).map_or(ending, |(written, _)| written);
    row.short.iter().map(|short| format!("{short}{ending}")).collect()
}

/// A department's name without place in its full form: `卫健局` → `卫生健康局`, `疾控中心` → `疾病预防控制中心`. What is
/// in no table stays as it is.
pub fn full_form(name: &str) -> String {
    expand(name).text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_written_out() {
        let cases = [
            ("卫健局", "卫生健康局"),
            ("卫健委", "卫生健康委员会"),
            ("卫生健康委", "卫生健康委员会"),
            ("工信局", "工业和信息化局"),
            ("发展改革委", "发展和改革委员会"),
            ("市场监管局", "市场监督管理局"),
            ("文体广电和旅游局", "文化和旅游局"),
            ("疾控局", "疾病预防控制局"),
            ("疾控中心", "疾病预防控制中心"),
            ("爱卫办", "爱国卫生运动委员会办公室"),
            ("委网信办", "网络安全和信息化委员会办公室"),
            ("编办", "机构编制委员会办公室"),
            ("府办", "人民政府办公室"),
            ("卫健局医政科", "卫生健康局医政科"),
            ("石桥镇社卫中心", "石桥镇社区卫生服务中心"),
            ("农委", "农业农村委员会"),
            ("教育局", "教育局"),
            ("城北农贸市场", "城北农贸市场"),
            ("", ""),
        ];
        for (name, full) in cases {
            assert_eq!(full_form(name), full);
        }
    }

    #[test]
    fn writing_out_twice_changes_nothing() {
        for row in STEMS {
            for form in row.short.iter().chain([&row.full]) {
                for (organ, _) in ORGANS {
                    let once = full_form(&format!("{form}{organ}"));
                    assert_eq!(full_form(&once), once);
                }
            }
        }
        for form in WHOLE_NAMES.iter().flat_map(|row| row.short.iter().chain([&row.full])) {
            assert_eq!(full_form(&full_form(form)), full_form(form));
        }
    }

    #[test]
    fn a_department_is_known_whatever_its_ending_but_a_centre_is_no_bureau() {
        let department = |name| expand(name).department;
        assert_eq!(department("卫健局"), department("卫生健康委员会"));
        assert!(department("卫健局").is_some() && department("卫健局医政科").is_none());
        assert_ne!(department("疾控局"), department("疾控中心"));
        assert_eq!(short_forms(&expand("卫生健康局"))[0], "卫健局");
        assert_eq!(short_forms(&expand("卫生健康委员会"))[0], "卫健委");
    }
}
