use std::collections::BTreeMap;

use super::AreaCode;
use crate::Lang;

/// What is wrong with a set of areas as a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TreeFault {
    /// Areas are there whose area above is not.
    MissingParent {
        /// The area that is missing.
        parent: AreaCode,
        /// How many areas of the set lie in it.
        n_below: usize,
        /// The first of them.
        example: AreaCode,
    },
    /// A code stands in the set several times.
    Duplicate {
        /// The code.
        code: AreaCode,
        /// How often.
        times: usize,
    },
    /// An area lies outside the tree's top.
    Outside {
        /// The area.
        code: AreaCode,
        /// The top.
        top: AreaCode,
    },
}

impl TreeFault {
    /// What is wrong and what to do.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            TreeFault::MissingParent { parent, n_below, example } => lang.pick(
                format!("缺少上级辖区{parent}，其下有{n_below}个辖区（如{example}）。请补录{parent}。"),
                format!("The area {parent} is missing; {n_below} areas lie in it (such as {example}). Add {parent}."),
            ),
            TreeFault::Duplicate { code, times } => lang.pick(
                format!("区划代码{code}出现{times}次，请只保留一条。"),
                format!("The area code {code} stands {times} times; keep one of them."),
            ),
            TreeFault::Outside { code, top } => lang.pick(
                format!("辖区{code}不在{top}范围内，请核对代码或删去。"),
                format!("The area {code} does not lie in {top}; check the code or delete it."),
            ),
        }
    }
}

/// What is wrong with a set of areas below a top: missing parents, repeated codes, areas outside. The top itself need
/// not be in the set, nor anything above it.
pub fn check_tree(top: &AreaCode, codes: &[AreaCode]) -> Vec<TreeFault> {
    let mut times: BTreeMap<&AreaCode, usize> = BTreeMap::new();
    for code in codes {
        *times.entry(code).or_default() += 1;
    }
    let mut faults = missing_parents(top, &times);
    for (&code, &times) in &times {
        if times > 1 {
            faults.push(TreeFault::Duplicate { code: code.clone(), times });
        }
        if !top.contains(code) {
            faults.push(TreeFault::Outside { code: code.clone(), top: top.clone() });
        }
    }
    faults
}

/// Every area above one of the set and below the top that is not in the set, in the order of codes.
fn missing_parents(top: &AreaCode, present: &BTreeMap<&AreaCode, usize>) -> Vec<TreeFault> {
    let mut missing: BTreeMap<AreaCode, (usize, AreaCode)> = BTreeMap::new();
    for &code in present.keys() {
        let between = code.ancestors().filter(|above| top.contains(above) && above != top);
        for parent in between.filter(|above| !present.contains_key(above)) {
            missing.entry(parent).or_insert_with(|| (0, code.clone())).0 += 1;
        }
    }
    let fault = |(parent, (n_below, example))| TreeFault::MissingParent { parent, n_below, example };
    missing.into_iter().map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(codes: &[&str]) -> Vec<TreeFault> {
        let codes: Vec<AreaCode> = codes.iter().map(|code| code.parse().unwrap()).collect();
        check_tree(&"990101".parse().unwrap(), &codes)
    }

    fn code(text: &str) -> AreaCode {
        text.parse().unwrap()
    }

    #[test]
    fn a_whole_tree_has_no_fault_with_or_without_its_top() {
        let below = ["990101001", "990101001001", "990101001002", "990101001002001"];
        assert_eq!(check(&below), []);
        assert_eq!(check(&[&["990101"], below.as_slice()].concat()), []);
    }

    #[test]
    fn every_missing_area_above_is_named_with_how_many_lie_in_it() {
        let faults = check(&["990101001001", "990101001002", "990101002001001"]);
        let missing = |parent, n_below, example| TreeFault::MissingParent {
            parent: code(parent),
            n_below,
            example: code(example),
        };
        assert_eq!(
            faults,
            [
                missing("990101001", 2, "990101001001"),
                missing("990101002", 1, "990101002001001"),
                missing("990101002001", 1, "990101002001001"),
            ]
        );
    }

    #[test]
    fn adding_what_is_missing_leaves_no_fault() {
        let mut codes = vec![code("990101001001003"), code("990101002001")];
        let top = code("990101");
        for fault in check_tree(&top, &codes) {
            if let TreeFault::MissingParent { parent, .. } = fault {
                codes.push(parent);
            }
        }
        assert_eq!(check_tree(&top, &codes), []);
    }

    #[test]
    fn repeated_and_foreign_codes_are_reported() {
        let faults = check(&["990101001", "990101001", "990102001"]);
        let duplicate = TreeFault::Duplicate { code: code("990101001"), times: 2 };
        let outside = TreeFault::Outside { code: code("990102001"), top: code("990101") };
        assert_eq!(faults, [duplicate, outside]);
        assert_eq!(faults[0].message(Lang::Zh), "区划代码990101001出现2次，请只保留一条。");
        assert!(faults[1].message(Lang::En).contains("does not lie in 990101"));
    }
}
