//! The house rules that a program can check, over the whole workspace. Why they hold: `CONTRIBUTING.md`.

#![expect(clippy::unwrap_used, reason = "a check that cannot read the tree has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "house_rules/source.rs"]
mod source;

use source::{code_only, expects_long, functions, has_word, is_word};

/// Which crates of the workspace a crate may depend on. Nothing points left. `throwaway` is for tests only.
const ARROWS: &[(&str, &[&str])] = &[
    ("cli", &["server", "store", "plandoc", "trace", "parquet", "sim", "domain", "epi", "throwaway"]),
    ("server", &["store", "plandoc", "trace", "sim", "domain", "epi", "throwaway"]),
    ("store", &["domain", "epi", "throwaway"]),
    ("sim", &["domain", "epi"]),
    ("plandoc", &["domain"]),
    ("domain", &["epi"]),
    ("parquet", &["trace"]),
    ("trace", &[]),
    ("throwaway", &[]),
    ("epi", &[]),
];

/// The crates that do no input or output, read no clock and draw no random number. `trace` keeps files of its own.
const PURE: &[&str] = &["domain", "plandoc", "epi", "sim"];

/// The only file that may do without the compiler's checks: it maps files into memory.
const UNSAFE: &str = "crates/trace/src/memory.rs";

/// What pure crates do not mention.
const IMPURE: &[&str] = &["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::now", "rand::"];

/// Names that say nothing about what a file is for.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "common", "helper", "helpers", "manager", "service", "services", "dto", "dtos", "misc"];

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

/// What is no part of the tree: built, fetched or made while running.
const NOT_COMMITTED: &[&str] = &["target", "node_modules", ".git", "corpus", "artifacts", "coverage", "dist"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A text file of the tree, with its path from the root.
struct File {
    path: String,
    text: String,
}

impl File {
    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Lines with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Every text file of the tree in the order of its path. What holds a zero byte is no text.
fn files() -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            // In a second checkout of one repository `.git` is a file.
            if NOT_COMMITTED.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            if !bytes.contains(&0) {
                let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push(File { path, text: String::from_utf8_lossy(&bytes).into_owned() });
            }
        }
    }
    assert!(found.len() > 100, "only {} files found", found.len());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn rust_files() -> impl Iterator<Item = File> {
    files().into_iter().filter(File::is_rust)
}

/// Fails with every place that breaks a rule.
fn none(rule: &str, places: &[String]) {
    assert!(places.is_empty(), "{rule}:\n  {}\n", places.join("\n  "));
}

/// Names of this workspace's crates that a manifest depends on, with their lines.
fn depends_on(manifest: &str) -> Vec<(usize, String)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        let named = if let Some(header) = line.strip_prefix('[') {
            inside = header.trim_end_matches(']').ends_with("dependencies");
            header.split_once("dependencies.").map(|(_, name)| name)
        } else {
            inside.then_some(line)
        };
        if let Some(name) = named.and_then(|name| name.strip_prefix("lianfang-")) {
            found.push((index + 1, name.chars().take_while(|c| c.is_alphanumeric()).collect()));
        }
    }
    found
}

#[test]
fn crates_depend_only_on_what_stands_to_their_right() {
    let arrows: BTreeMap<_, _> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for file in files() {
        let Some(name) = file.path.strip_prefix("crates/").and_then(|path| path.strip_suffix("/Cargo.toml")) else {
            continue;
        };
        let Some(allowed) = arrows.get(name) else {
            wrong.push(format!("{}:1: crate {name} has no arrows yet; add it to ARROWS", file.path));
            continue;
        };
        for (line, other) in depends_on(&file.text) {
            if !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}:{line}: {name} may not depend on {other}", file.path));
            }
        }
    }
    none("arrows that point the wrong way", &wrong);
}

#[test]
fn no_file_is_long_without_saying_why() {
    let reason = |file: &File| file.lines().any(|(_, line)| line.starts_with("//! Long because"));
    let long: Vec<String> = rust_files()
        .map(|file| (file.text.lines().count(), file))
        .filter(|(lines, file)| *lines > LONGEST_FILE && !reason(file))
        .map(|(lines, file)| {
            format!(
                "{}:{lines}: {lines} lines, at most {LONGEST_FILE}; split it, or say `//! Long because …`",
                file.path
            )
        })
        .collect();
    none("long files", &long);
}

#[test]
fn no_function_is_long_without_saying_why() {
    let mut long = Vec::new();
    for file in rust_files() {
        let lines: Vec<&str> = file.text.lines().collect();
        for function in functions(&code_only(&file.text)) {
            let length = function.last + 1 - function.first;
            if length > LONGEST_FUNCTION && !expects_long(&lines, function.first) {
                long.push(format!(
                    "{}:{}: fn {} has {length} lines, at most {LONGEST_FUNCTION}",
                    file.path, function.first, function.name
                ));
            }
        }
    }
    none("long functions", &long);
}

#[test]
fn pure_crates_touch_no_file_network_clock_or_chance() {
    let mut wrong = Vec::new();
    for file in rust_files() {
        if !PURE.iter().any(|name| file.path.starts_with(&format!("crates/{name}/src/"))) {
            continue;
        }
        for (index, line) in code_only(&file.text).lines().enumerate() {
            // `use std::{fs, net}` names the same modules in another way.
            let grouped =
                line.contains("std::{") && ["fs", "net", "env", "process"].iter().any(|name| has_word(line, name));
            let named = IMPURE.iter().find(|name| has_word(line, name));
            if grouped || named.is_some() {
                wrong.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    none("a pure crate reaches outside", &wrong);
}

#[test]
fn what_the_compiler_cannot_check_stands_in_one_file() {
    let mut wrong = Vec::new();
    for file in rust_files().filter(|file| file.path != UNSAFE) {
        for (index, line) in code_only(&file.text).lines().enumerate() {
            let lint = line.contains("unsafe_code") || line.contains("unsafe_op_in_unsafe_fn");
            if has_word(line, "unsafe") && !lint {
                wrong.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    none("memory is mapped in crates/trace/src/memory.rs and nowhere else", &wrong);
}

#[test]
fn no_file_or_module_has_an_empty_name() {
    let mut wrong = Vec::new();
    for file in rust_files() {
        let parts = file.path.trim_end_matches(".rs").split('/');
        wrong.extend(
            parts
                .filter(|part| EMPTY_NAMES.contains(part))
                .map(|part| format!("{}:1: the name {part} says nothing", file.path)),
        );
        for (index, line) in code_only(&file.text).lines().enumerate() {
            let module = line.split_once("mod ").map(|(_, rest)| rest.trim_end_matches([';', '{', ' ']));
            if module.is_some_and(|name| EMPTY_NAMES.contains(&name)) {
                wrong.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
    }
    none("name it after what it does", &wrong);
}

#[test]
fn nothing_is_left_undone_in_the_tree() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!("), concat!("unimpl", "emented!(")];
    let mut left = Vec::new();
    for file in files() {
        for (number, line) in file.lines() {
            if marks.iter().any(|mark| has_word(line, mark)) {
                left.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    none("do it now, or write an issue", &left);
}

#[test]
fn lints_are_expected_with_a_reason_never_just_allowed() {
    let marks = [concat!("#[al", "low("), concat!("#![al", "low(")];
    let mut bare = Vec::new();
    for file in rust_files() {
        for (number, line) in file.lines() {
            if marks.iter().any(|mark| line.contains(mark)) {
                bare.push(format!("{}:{number}: {}", file.path, line.trim()));
            }
        }
    }
    none("write #[expect(…, reason = \"…\")]", &bare);
}

#[test]
fn no_file_names_a_registry_a_machine_or_who_typed_it() {
    let words = [
        concat!("crates", ".io"),
        concat!("pypi", ".org"),
        concat!("npm", "js.org"),
        concat!("golang", ".org"),
        concat!("deb.deb", "ian.org"),
        concat!("assis", "tant"),
        concat!("anth", "ropic"),
        concat!("cla", "ude"),
        concat!("open", "ai"),
        concat!("chat", "gpt"),
        concat!("language ", "model"),
        concat!("co-auth", "ored-by"),
    ];
    let paths = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];
    let mut wrong = Vec::new();
    // The lock file is written by the tool and names where each package came from.
    for file in files().into_iter().filter(|file| !file.path.ends_with("Cargo.lock")) {
        for (number, line) in file.lines() {
            let lower = line.to_lowercase();
            let named = words.iter().find(|word| has_word(&lower, word));
            let from_root = |path: &&&str| {
                line.match_indices(**path)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| is_word(c) || ".-~:*}>)".contains(c)))
            };
            if let Some(word) = named.or_else(|| paths.iter().find(from_root)) {
                wrong.push(format!("{}:{number}: “{word}” in {}", file.path, line.trim()));
            }
        }
    }
    none("words that do not belong in the tree", &wrong);
}

/// Runs of digits that stand alone, hyphens inside included.
fn digit_runs(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')))
        .map(|run| run.trim_matches(['-', '.', '_']))
        .filter(|run| run.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.starts_with('1')
        && digits.as_bytes()[1] >= b'3'
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_landline(run: &str) -> bool {
    run.split_once('-').is_some_and(|(area, number)| {
        area.starts_with('0')
            && (3..=4).contains(&area.len())
            && (7..=8).contains(&number.len())
            && !number.contains('-')
    })
}

#[test]
fn telephone_numbers_are_made_up() {
    let mut real = Vec::new();
    for file in files().into_iter().filter(|file| !file.path.ends_with(".lock")) {
        for (number, line) in file.lines() {
            for run in digit_runs(line) {
                let made_up = run.starts_with("13900000");
                if (is_mobile(run) && !made_up) || is_landline(run) {
                    real.push(format!("{}:{number}: {run}", file.path));
                }
            }
        }
    }
    none("telephone numbers are written 13900000 and three digits", &real);
}

/// Public types of the plan with the file and line where each is declared.
fn plan_types() -> BTreeMap<String, (String, usize)> {
    let mut types = BTreeMap::new();
    for file in rust_files().filter(|file| file.path.starts_with("crates/domain/src/plan/")) {
        for (index, line) in code_only(&file.text).lines().enumerate() {
            let Some(rest) = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum ")) else {
                continue;
            };
            let name: String = rest.chars().take_while(|&c| is_word(c)).collect();
            types.insert(name, (file.path.clone(), index + 1));
        }
    }
    assert!(types.len() > 20, "only {} types found", types.len());
    types
}

/// The names in the last column of the glossary's tables, with their lines.
fn glossary_names() -> Vec<(usize, String)> {
    let text = std::fs::read_to_string(root().join("docs/GLOSSARY.md")).unwrap();
    let mut names = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with('|')) {
        let column = line.trim_end().trim_end_matches('|').rsplit('|').next().unwrap_or("");
        names.extend(column.split('`').skip(1).step_by(2).map(|name| (index + 1, name.to_owned())));
    }
    names
}

#[test]
fn every_public_type_of_the_plan_is_in_the_glossary() {
    let names = glossary_names();
    let listed: BTreeSet<&str> = names.iter().filter_map(|(_, name)| name.split("::").next()).collect();
    let missing: Vec<String> = plan_types()
        .into_iter()
        .filter(|(name, _)| !listed.contains(name.as_str()))
        .map(|(name, (path, line))| format!("{path}:{line}: {name}"))
        .collect();
    none("types without a word in docs/GLOSSARY.md (last column)", &missing);
}

#[test]
fn every_name_in_the_glossary_is_in_the_code() {
    let code: Vec<(String, String)> = rust_files()
        .filter(|file| file.path.contains("/src/"))
        .map(|file| (code_only(&file.text), file.path))
        .collect();
    let declared = |name: &str| {
        let declares = |code: &str| {
            ["struct ", "enum ", "trait ", "type "].iter().any(|kind| has_word(code, &format!("{kind}{name}")))
        };
        code.iter().find(|(code, _)| declares(code))
    };
    let mut unknown = Vec::new();
    for (line, name) in glossary_names() {
        let (owner, member) =
            name.split_once("::").map_or((name.as_str(), None), |(owner, member)| (owner, Some(member)));
        match declared(owner) {
            None => unknown.push(format!("docs/GLOSSARY.md:{line}: {owner} is declared nowhere")),
            Some((code, path)) if member.is_some_and(|member| !has_word(code, member)) => {
                unknown.push(format!("docs/GLOSSARY.md:{line}: {name} is not in {path}"));
            }
            Some(_) => {}
        }
    }
    none("the glossary names what the code does not have", &unknown);
}

/// A check that sees nothing passes on everything.
#[test]
fn the_checks_see_what_they_look_for() {
    let source =
        "/// fn no() {\nfn yes(x: [u8; 2]) -> &'static str {\n    let c = '{'; // {\n    r#\"}\"}\"#\n}\nfn end();\n";
    let found = functions(&code_only(source));
    let spans: Vec<_> = found.iter().map(|f| (f.name.as_str(), f.first, f.last)).collect();
    assert_eq!(spans, [("yes", 2, 5)]);

    let manifest = "[dependencies]\nlianfang-store = {}\n[dev-dependencies.lianfang-epi]\n[lints]\nlianfang-none = 1\n";
    assert_eq!(depends_on(manifest), [(2, "store".to_owned()), (3, "epi".to_owned())]);

    assert!(has_word("let x = rand::random();", "rand::") && !has_word("operand::new()", "rand::"));
    let runs: Vec<&str> =
        digit_runs(concat!("电话：138", "12345678，0512-", "1234567；2026-11-22 a138", "12345678")).collect();
    let real: Vec<&&str> = runs.iter().filter(|run| is_mobile(run) || is_landline(run)).collect();
    assert_eq!(real, [&concat!("138", "12345678"), &concat!("0512-", "1234567")]);
}
