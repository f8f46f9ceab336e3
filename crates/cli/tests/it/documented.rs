//! What the guides say is what the program does.

use serde_json::Value;

use super::{lianfang, repository};

#[test]
fn every_finding_code_is_explained_in_the_guide() {
    let schema: Value = serde_json::from_str(&lianfang(&["plan", "schema"]).out).unwrap();
    let codes = constants(&schema["$defs"]["FindingCode"]);
    assert!(codes.len() > 30, "{codes:?}");
    let guide = repository("docs/guides/findings.md");
    for code in codes {
        assert!(guide.contains(&format!("### `{code}`")), "docs/guides/findings.md does not explain {code}");
    }
}

fn constants(definition: &Value) -> Vec<String> {
    let variants = definition["oneOf"].as_array().into_iter().flatten();
    let names = variants.flat_map(|variant| match &variant["enum"] {
        Value::Array(names) => names.clone(),
        _ => vec![variant["const"].clone()],
    });
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

#[test]
fn every_option_is_in_the_guide() {
    let guide = repository("docs/guides/plan-command.md");
    for command in [
        vec!["plan", "read"],
        vec!["plan", "check"],
        vec!["plan", "diff"],
        vec!["plan", "schema"],
        vec!["plan", "example"],
        vec!["completions"],
    ] {
        let help = lianfang(&[&command[..], &["--help"]].concat()).out;
        let words = help.split(|c: char| c.is_whitespace() || "[]<>=,".contains(c));
        for option in words.filter(|word| word.starts_with("--") && word.len() > 2) {
            assert!(guide.contains(&format!("`{option}")), "docs/guides/plan-command.md lacks {option}");
        }
        assert!(guide.contains(&format!("lianfang {}", command.join(" "))), "{command:?}");
    }
}

#[test]
fn the_glossary_lists_each_term_once() {
    let glossary = repository("docs/GLOSSARY.md");
    let terms: Vec<&str> = glossary
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| 中文"))
        .filter_map(|line| line.split('|').nth(1))
        .map(str::trim)
        .collect();
    let mut once = terms.clone();
    once.sort_unstable();
    once.dedup();
    assert!(once.len() >= 80, "{} terms", once.len());
    assert_eq!(once.len(), terms.len(), "a term stands twice");
}
