//! Whatever the bytes, reading ends in a reading whose parts fit together, or in an error.

use lianfang_domain::plan::{Plan, Reading, RepairKind};
use lianfang_plandoc::{
    Limits, Options,
    input::{self, InputError},
    read,
};
use proptest::{collection::vec, prelude::*, sample::select};

#[path = "../../../../fuzz/invariants.rs"]
mod invariants;

const NAMES: [&str; 5] = ["a.txt", "a.md", "a.html", "a.docx", "a.pdf"];

/// Words and signs that the reading rules look for, whole and in pieces, parted by spaces.
const WORDS: &str = "一、 二、 十一、 （一） （二） (三) 1. 2. 3、 1.1 2.3.1 （1） ⑴ ① 1) 一是 第一章 第三条 第一部分 附件1 附件： \
目录 总则 编制依据 工作原则 应急响应 响应终止 保障措施 青岚县突发公共卫生事件应急预案 情况汇报 青卫发〔2026〕12号 各镇人民政府： \
2026年11月22日 二〇二六年三月 组长： 副组长： 成员： 成员单位： 责任单位： 联系电话： 职责： 由 牵头 任组长 为成员单位 综合协调组 \
下设 办公室设在 李明 区卫健局 县疾控中心 发改局 各镇（街道） 等部门 按职责分工负责 负责 Ⅳ级 一级 级应急响应 启动 \
在做好四级响应工作的基础上 降低 报县人民政府批准 备案 红色预警 2027年6月底前完成 长期坚持 每日15时前 2小时内 14天 l4天 \
两个最长潜伏期 24小时值班 每天两次 2月30日 不少于 40间 每万人 超过100% 百分之三十 三分之一 1,200名 99999999999999999999999 \
的倍 其中 分别为 13900000123 “十同” 以下简称 是指 ， 。 ； 、 ： 和 ( ) （ 《 》 【 * XX | ....3 O(三) - 返回首页 PAGEREF \
應急預案 領導小組 👍 é 𠮷 〇 —";

/// White space, invisible characters, and fragments that hold a space.
const SPACED: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "　　",
    " ",
    "\u{200B}",
    "\u{E000}",
    "总  指  挥：",
    "- 3 -",
    "第1页 共3页",
    "[bookmark: _GoBack]",
    "PAGEREF _Toc123 \\h",
];

fn fragment() -> impl Strategy<Value = &'static str> {
    let fragments: Vec<&str> = WORDS.split_whitespace().chain(SPACED.iter().copied()).collect();
    select(fragments)
}

fn options() -> Options {
    Options::new(jiff::civil::date(2026, 11, 22))
}

/// 256 cases, and no file of failures: a failure found here becomes a test of its own.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

fn text_like_a_plan() -> impl Strategy<Value = String> {
    vec(fragment(), 0..80).prop_map(|fragments| fragments.concat())
}

/// Whole lines, so that lists, titles and wrapped lines come up more often than in loose fragments.
fn lines_like_a_plan() -> impl Strategy<Value = String> {
    vec(vec(fragment(), 1..6).prop_map(|fragments| fragments.concat()), 0..40).prop_map(|lines| lines.join("\n"))
}

fn read_checked(name: &str, bytes: &[u8]) -> Result<Reading, InputError> {
    let reading = read(name, bytes, &options());
    if let Ok(reading) = &reading {
        invariants::check(reading);
    }
    reading
}

/// The text without what the normalised text need not keep: white space, and characters that no one sees.
fn visible(text: &str) -> String {
    let unseen = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{E000}'..='\u{F8FF}')
    };
    text.chars().filter(|&c| !unseen(c)).collect()
}

/// The text before the repairs: each piece that was put in is taken out, each that was taken out is put back.
fn unrepaired(plan: &Plan) -> String {
    let mut original = String::new();
    let mut at = 0;
    for repair in &plan.repairs {
        let (start, end) = (repair.span.start as usize, repair.span.end as usize);
        assert!(at <= start, "repairs out of order at {repair:?}");
        assert_eq!(repair.span.of(&plan.text), repair.after, "{repair:?}");
        original.push_str(&plan.text[at..start]);
        original.push_str(&repair.before);
        at = end;
    }
    original.push_str(&plan.text[at..]);
    original
}

/// Undoes all repairs of a reading and compares with the decoded source.
fn repairs_can_be_undone(name: &str, bytes: &[u8]) {
    let Ok(source) = input::open(name, bytes, &Limits::default()) else {
        return;
    };
    let Ok(reading) = read(name, bytes, &options()) else {
        return;
    };
    for repair in reading.plans.iter().flat_map(|plan| &plan.repairs) {
        match repair.kind {
            RepairKind::JoinedLine => {
                assert_eq!((repair.before.as_str(), repair.after.as_str()), ("\n", ""))
            }
            RepairKind::LetterForDigit | RepairKind::SignForStop => {
                assert!(!repair.after.is_empty(), "{repair:?}")
            }
            _ => assert!(repair.after.is_empty() && !repair.before.is_empty(), "{repair:?}"),
        }
    }
    if reading.plans.is_empty() {
        return;
    }
    let rebuilt: String = reading.plans.iter().map(unrepaired).collect();
    assert_eq!(visible(&rebuilt), visible(&source.text), "{name}");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn arbitrary_bytes_give_a_sound_reading_or_an_error(bytes in vec(any::<u8>(), 0..600)) {
        for name in NAMES {
            let _ = read_checked(name, &bytes);
        }
    }

    #[test]
    fn arbitrary_text_gives_a_sound_reading(text in any::<String>()) {
        let _ = read_checked("a.txt", text.as_bytes());
    }

    #[test]
    fn fragments_of_plans_give_a_sound_reading(text in text_like_a_plan()) {
        let _ = read_checked("a.txt", text.as_bytes());
    }

    #[test]
    fn lines_of_fragments_give_a_sound_reading(text in lines_like_a_plan()) {
        for name in ["a.txt", "a.md", "a.html"] {
            let _ = read_checked(name, text.as_bytes());
        }
    }

    #[test]
    fn undoing_the_repairs_of_fragments_rebuilds_them(text in lines_like_a_plan()) {
        repairs_can_be_undone("a.txt", text.as_bytes());
    }
}

#[test]
fn undoing_the_repairs_of_a_plan_rebuilds_its_source() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if !name.ends_with(".json") {
            repairs_can_be_undone(&name, &std::fs::read(&path).unwrap());
            read += 1;
        }
    }
    assert!(read >= 10, "only {read} plans were found");
}
