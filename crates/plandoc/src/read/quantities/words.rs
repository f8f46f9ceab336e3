//! Units, bounds and verbs of providing.

use std::sync::LazyLock;

use lianfang_domain::plan::Comparator;

use crate::words::{Heads, Tails};

/// Units that things are counted in. A longer word stands before the shorter one it begins with.
pub(super) const UNITS: &[&str] = &[
    "万人次",
    "人次",
    "人份",
    "万人",
    "名",
    "人",
    "台",
    "套",
    "支队伍",
    "支",
    "间",
    "张",
    "辆",
    "个百分点",
    "个",
    "家次",
    "家",
    "所",
    "处",
    "例",
    "只",
    "件",
    "批次",
    "批",
    "份",
    "吨",
    "升",
    "毫升",
    "元",
    "万元",
    "亿元",
    "平方米",
    "公里",
    "米",
    "小时",
    "分钟",
    "天",
    "日",
    "周岁",
    "周",
    "年",
    "倍",
    "学时",
    "课时",
    "剂次",
    "万剂",
    "万管",
    "剂",
    "%",
    "户",
    "座",
    "条",
    "项",
    "轮",
    "次",
    "管",
    "包",
    "瓶",
    "盒",
    "片",
    "床",
    "架",
    "部",
    "艘",
    "头",
    "羽",
    "类",
    "种",
    "组",
    "度",
    "℃",
    "株",
    "袋",
    "箱",
    "顶",
    "把",
    "桶",
    "公斤",
    "千克",
    "双",
    "副",
    "块",
    "单元",
    "岁",
    "场",
    "期",
];

/// Words before a number that bound it.
const BEFORE: &[(&str, Comparator)] = &[
    ("不少于", Comparator::AtLeast),
    ("不低于", Comparator::AtLeast),
    ("不得少于", Comparator::AtLeast),
    ("不得低于", Comparator::AtLeast),
    ("至少", Comparator::AtLeast),
    ("不小于", Comparator::AtLeast),
    ("最少", Comparator::AtLeast),
    ("达到", Comparator::AtLeast),
    ("达", Comparator::AtLeast),
    ("满足", Comparator::AtLeast),
    ("保证", Comparator::AtLeast),
    ("未超过", Comparator::AtMost),
    ("不超过", Comparator::AtMost),
    ("不高于", Comparator::AtMost),
    ("不多于", Comparator::AtMost),
    ("不大于", Comparator::AtMost),
    ("不得超过", Comparator::AtMost),
    ("不得高于", Comparator::AtMost),
    ("最多", Comparator::AtMost),
    ("控制在", Comparator::AtMost),
    ("超过", Comparator::Above),
    ("大于", Comparator::Above),
    ("高于", Comparator::Above),
    ("多于", Comparator::Above),
    ("少于", Comparator::Below),
    ("低于", Comparator::Below),
    ("小于", Comparator::Below),
    ("不足", Comparator::Below),
    ("不到", Comparator::Below),
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    (">", Comparator::Above),
    ("<", Comparator::Below),
    ("降到", Comparator::AtMost),
    ("降至", Comparator::AtMost),
    ("约", Comparator::About),
    ("近", Comparator::About),
    ("大约", Comparator::About),
    ("约为", Comparator::About),
];

/// Words behind a number that bound it.
const AFTER: &[(&str, Comparator)] = &[
    ("及以上", Comparator::AtLeast),
    ("以上", Comparator::AtLeast),
    ("(含)以上", Comparator::AtLeast),
    ("及以下", Comparator::AtMost),
    ("以内", Comparator::AtMost),
    ("之内", Comparator::AtMost),
    ("以下", Comparator::Below),
    ("内", Comparator::AtMost),
    ("左右", Comparator::About),
];

/// Verbs of providing: a plain figure behind them is one to reach.
const PROVIDING: &[&str] = &[
    "储备", "配备", "设置", "建成", "组建", "建设", "配齐", "配置", "设立", "新增", "增配", "培训", "采购", "改造",
    "新建", "备足", "扩建", "购置", "安排", "成立", "各设", "配", "提供", "奖励", "补助", "创建", "打造", "建立",
    "落实", "增加", "设", "预留", "建", "翻",
];

static UNIT_HEADS: LazyLock<Heads<()>> = LazyLock::new(|| Heads::plain(UNITS));
static BEFORE_HEADS: LazyLock<Heads<Comparator>> = LazyLock::new(|| Heads::new(BEFORE.iter().copied()));
static BEFORE_TAILS: LazyLock<Tails<Comparator>> = LazyLock::new(|| Tails::new(BEFORE.iter().copied()));
static AFTER_HEADS: LazyLock<Heads<Comparator>> = LazyLock::new(|| Heads::new(AFTER.iter().copied()));
static PROVIDING_TAILS: LazyLock<Tails<()>> = LazyLock::new(|| Tails::plain(PROVIDING));
static PROVIDING_HEADS: LazyLock<Heads<()>> = LazyLock::new(|| Heads::plain(PROVIDING));

/// The unit at the start of a text.
pub(super) fn unit_at(text: &str) -> Option<&'static str> {
    UNIT_HEADS.first_of(text).map(|(unit, ())| unit)
}

/// The bounding word at the end of what stands before a number.
pub(super) fn bound_before(text: &str) -> Option<(&'static str, Comparator)> {
    BEFORE_TAILS.first_of(text)
}

/// The bounding words that a text starts with, though they belong before a number.
pub(super) fn bounds_at_start(text: &str) -> impl Iterator<Item = (&'static str, Comparator)> {
    BEFORE_HEADS.of(text)
}

/// The bounding word at the start of what stands behind a number.
pub(super) fn bound_after(text: &str) -> Option<(&'static str, Comparator)> {
    AFTER_HEADS.first_of(text)
}

/// What a word that stands before a number says.
pub(super) fn comparator_of(word: &str) -> Option<Comparator> {
    BEFORE_HEADS.of(word).find(|(known, _)| *known == word).map(|(_, comparator)| comparator)
}

/// Whether a text ends with a verb of providing.
pub(super) fn ends_providing(text: &str) -> bool {
    PROVIDING_TAILS.are_in(text)
}

/// Whether a text speaks of providing.
pub(super) fn provides(text: &str) -> bool {
    PROVIDING_HEADS.are_inside(text)
}
