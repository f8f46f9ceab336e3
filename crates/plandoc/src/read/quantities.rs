//! Numbers with comparator, unit, subject and owner.

use std::sync::LazyLock;

use lianfang_domain::plan::{Comparator, Number, Per, Quantity, QuantityRole, Rule};
use regex::Regex;

use super::{Ctx, number};

/// Units that things are counted in. A longer word stands before the shorter one it begins with.
const UNITS: &[&str] = &[
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

static CANDIDATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"百分之|[0-9]+|\*+|每[万千百0-9]+(?:名|人|张|床)\s?(?:间|张|名|辆|台|支)(?:的)?(?:标准|要求|比例)|的 倍|[一二两三四五六七八九]成|[一二两三四五六七八九十百]+(?:[名人台套支间张辆家所个倍例万天]|分之)|的倍|翻一番|翻两番").ok()
});

/// Reads every quantity of the document, in the order of the text.
pub(crate) fn read_quantities(ctx: &Ctx<'_>) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    let Some(re) = CANDIDATE.as_ref() else { return quantities };
    for (piece, _) in &ctx.outline.pieces {
        if piece.contents {
            continue;
        }
        let start = piece.start + piece.marker.as_ref().map_or(0, |m| m.len);
        let text = ctx.text((start.min(piece.end), piece.end));
        let mut from = 0;
        while let Some(found) = re.find_at(text, from) {
            let next = match quantity_at(ctx, text, start, found.start()) {
                Some((mut quantity, end)) => {
                    if let Some(quantity) = &mut quantity {
                        carry_bound(ctx, quantities.last(), quantity, start + found.start());
                    }
                    quantities.extend(quantity);
                    end.max(found.end())
                }
                None => number_end(text, found.start()).max(found.end()),
            };
            from = next.min(text.len());
        }
    }
    quantities
}

/// `至少配备1名医生、2名护士`: the bound holds for the whole list.
fn carry_bound(ctx: &Ctx<'_>, before: Option<&Quantity>, quantity: &mut Quantity, at: usize) {
    let Some(before) = before.filter(|before| {
        matches!(before.comparator, Comparator::AtLeast | Comparator::AtMost)
            && quantity.comparator == Comparator::Exactly
    }) else {
        return;
    };
    let folded = crate::text::fold(&before.text);
    let bounded = BEFORE.iter().any(|(word, _)| folded.starts_with(word));
    let between = ctx.text((ctx.doc.refold(before.source.span.end).min(at), at));
    if bounded && between.ends_with('、') && !between.contains([',', '。', ';', '(']) && between.chars().count() <= 14
    {
        quantity.comparator = before.comparator;
    }
}

fn number_end(text: &str, at: usize) -> usize {
    number(&text[at..]).map_or(at, |(_, len)| at + len)
}

/// A number as it stands, with what directly belongs to it.
struct Figure {
    value: Option<f64>,
    high: Option<f64>,
    unit: &'static str,
    end: usize,
}

/// The quantity at a byte of the piece, and where it ends. The inner `None` says that the number is none.
fn quantity_at(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let before = &text[..at];
    if text[at..].starts_with("的倍") {
        return Some((Some(lost_multiple(ctx, base, at)), at + "的倍".len()));
    }
    if let Some(lost) = lost_number(ctx, text, base, at) {
        return Some(lost);
    }
    if let Some(ratio) = colon_ratio(ctx, text, base, at) {
        return Some(ratio);
    }
    if let Some(doubled) = doubling(ctx, text, base, at) {
        return Some(doubled);
    }
    if inside_other_number(before) {
        return None;
    }
    let figure = figure(text, at)?;
    if before.ends_with('每') || before.ends_with("每增加") {
        return Some((None, figure.end));
    }
    let index = figure.unit.is_empty()
        && ["指数控制在", "指数小于", "指数低于", "指数不超过", "指数大于", "指数达到", "指数"]
            .iter()
            .any(|w| before.ends_with(w));
    if (figure.unit.is_empty() && !index) || is_no_quantity(text, before, at, &figure) {
        return Some((None, figure.end));
    }
    let ratio = ratio_base(ctx, text, at, &figure);
    let (comparator, start, end) = bounds(text, at, &figure);
    let (role, plain_ok) = role(ctx, text, base, start, end, &figure, comparator);
    let chinese = !text[at..].starts_with(|c: char| c.is_ascii_digit()) && !text[at..].starts_with("百分之");
    if comparator == Comparator::Exactly
        && (!plain_ok || (chinese && !counts_in_chinese(before, &figure)))
        && ratio.is_none()
    {
        return Some((None, figure.end));
    }
    let range = (base + start, base + end);
    let quantity = Quantity {
        comparator: if ratio.as_ref().is_some_and(|r| r.step) { Comparator::Increment } else { comparator },
        value: figure.value.map(Number),
        high: figure.high.map(Number),
        unit: figure.unit.to_owned(),
        per: ratio.map(|ratio| ratio.per),
        subject: subject(ctx, range),
        whose: whose(ctx, range),
        role,
        text: ctx.show(range),
        source: ctx.source(range, Rule::QuantityPhrase),
    };
    Some((Some(quantity), end.max(figure.end)))
}

/// Whether the digits go on a number, date or code that began before.
fn inside_other_number(before: &str) -> bool {
    before.ends_with(|c: char| {
        c.is_ascii_digit() || c.is_ascii_alphabetic() || matches!(c, '.' | '第' | '+' | '*' | '-' | '/')
    }) && !before.ends_with("ABO")
}

fn figure(text: &str, at: usize) -> Option<Figure> {
    let rest = &text[at..];
    if let Some(tail) = rest.strip_prefix("百分之") {
        let (value, len) = number(tail)?;
        return Some(Figure { value: Some(value), high: None, unit: "%", end: at + "百分之".len() + len });
    }
    let (value, len) = number(rest)?;
    if rest[len..].starts_with('成') && value < 10.0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(Figure { value: Some(value * 10.0), high: None, unit: "%", end: at + len + '成'.len_utf8() });
    }
    if let Some(tail) = rest[len..].strip_prefix("分之") {
        let (top, top_len) = number(tail)?;
        let end = at + len + "分之".len() + top_len;
        return Some(Figure { value: Some(round(top / value * 100.0)), high: None, unit: "%", end });
    }
    let mut end = at + len;
    let mut high = None;
    let first_unit = unit_at(&text[end..]);
    let dash = text[end + first_unit.map_or(0, str::len)..].chars().next();
    let mut percent_first = false;
    if matches!(dash, Some('-' | '~' | '至' | '到')) {
        let skip = first_unit.map_or(0, str::len) + dash.map_or(0, char::len_utf8);
        let tail = text[end + skip..].trim_start_matches('-');
        let dashes = text[end + skip..].len() - tail.len();
        if let Some((top, top_len)) = number(tail).filter(|(top, _)| *top > value) {
            percent_first = first_unit == Some("%");
            high = Some(top);
            end += skip + dashes + top_len;
        }
    }
    if text[end..].starts_with('余') || text[end..].starts_with('多') {
        end += '余'.len_utf8();
    }
    let spaces = text[end..].len() - text[end..].trim_start_matches(' ').len();
    let unit = unit_at(&text[end + spaces..]);
    let unit_len = unit.map_or(0, |u| u.len() + spaces);
    let unit = unit.or(if percent_first { Some("%") } else { None }).unwrap_or("");
    Some(Figure { value: Some(value), high, unit, end: end + unit_len })
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn unit_at(text: &str) -> Option<&'static str> {
    UNITS.iter().copied().find(|unit| text.starts_with(unit))
}

/// Numbers that count no thing: dates, ordinals, parts of words, look-backs, counters of lists.
fn is_no_quantity(text: &str, before: &str, at: usize, figure: &Figure) -> bool {
    let after = &text[figure.end..];
    let unit = figure.unit;
    let date = (unit == "日" && before.ends_with('月'))
        || (unit == "年" && figure.value.is_some_and(|v| v > 1900.0))
        || (unit == "天" && before.ends_with("第"));
    let word = [("个", "方面"), ("项", "制度"), ("次", "密接"), ("级", "")]
        .iter()
        .any(|(u, w)| unit == *u && !w.is_empty() && after.starts_with(w));
    let level = after.starts_with('级')
        || (unit == "个"
            && (after.starts_with("最长潜伏期")
                || after.starts_with("潜伏期")
                || after.starts_with("平均潜伏期")
                || after.starts_with("工作日")
                || after.starts_with("小时")
                || after.starts_with("月")
                || after.starts_with("工作组")
                || after.starts_with("专项组")
                || after.starts_with("等级")
                || after.starts_with("组")));
    let clock = (unit == "日" || unit == "年") && before.ends_with(['月', '年']);
    let case = (unit == "例" && (before.ends_with("最后") || before.ends_with("末") || before.ends_with("首")))
        || (unit == "日" && figure.value.is_some_and(|v| v <= 31.0) && before.ends_with("当"));
    let person = unit == "人"
        && (after.starts_with("民") || after.starts_with("大") || after.starts_with("员") || after.starts_with("群"))
        && !text[at..].starts_with(|c: char| c.is_ascii_digit());
    let whole_word = unit == "名" && after.starts_with("称")
        || unit == "部" && after.starts_with("门")
        || unit == "度"
        || unit == "场" && after.starts_with("所")
        || unit == "项" && after.starts_with("目")
        || unit == "米" && after.starts_with("线");
    let look_back = matches!(unit, "天" | "日" | "周" | "小时" | "年")
        && ["近", "前", "过去", "最近", "此前"].iter().any(|w| before.ends_with(w));
    look_back || date || word || level || clock || case || person || whole_word
}

/// A Chinese numeral counts only where something is provided or compared (`各组建两支`), not in `三个方面`.
fn counts_in_chinese(before: &str, figure: &Figure) -> bool {
    let countable = matches!(
        figure.unit,
        "支" | "支队伍" | "名" | "辆" | "台" | "间" | "张" | "家" | "所" | "套" | "倍" | "人" | "处" | "%"
    ) || figure.value.is_some_and(|v| v >= 10_000.0);
    countable
        && PROVIDING.iter().any(|verb| {
            before.ends_with(verb) || before.ends_with(&format!("{verb}了")) || before.ends_with(&format!("{verb}成"))
        })
        || figure.unit == "%"
        || before.ends_with('各')
}

/// The comparator, and the range of the words that make up the quantity.
fn bounds(text: &str, at: usize, figure: &Figure) -> (Comparator, usize, usize) {
    let before = text[..at].trim_end();
    let after = &text[figure.end..];
    if let Some((word, comparator)) = AFTER.iter().find(|(word, _)| after.starts_with(word)) {
        let start = BEFORE.iter().find(|(w, _)| before.ends_with(w)).map_or(at, |(w, _)| before.len() - w.len());
        return (*comparator, start, figure.end + word.len());
    }
    if let Some((word, comparator)) = BEFORE.iter().find(|(word, _)| before.ends_with(word)) {
        return (*comparator, before.len() - word.len(), figure.end);
    }
    if let Some((comparator, start)) = distant_bound(before) {
        return (comparator, start, figure.end);
    }
    let limit = matches!(figure.unit, "小时" | "分钟")
        && ["到达", "完成", "基本", "查清", "到位", "赶到", "到场", "出具"].iter().any(|verb| after.starts_with(verb));
    (if limit { Comparator::AtMost } else { Comparator::Exactly }, at, figure.end)
}

/// A bound that a verb or a base parts from its number: `至少配备1名`, `不低于急救车总量的40%`.
fn distant_bound(before: &str) -> Option<(Comparator, usize)> {
    static DISTANT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?P<w>达到|至少|不少于|最少|不得少于|不低于|不超过|不高于)(?:每[^,。;]{1,8}|配备|储备|设置|设立|组织|开展|安排|完成|召开|进行|演练|建成|建设|有|派出|培训|备|[^,。;0-9]{1,12}的)$").ok()
    });
    let captures = DISTANT.as_ref()?.captures(before)?;
    let word = captures.name("w")?;
    let comparator = BEFORE.iter().find(|(known, _)| *known == word.as_str()).map(|&(_, comparator)| comparator)?;
    Some((comparator, word.start()))
}

/// What the number does, and whether a plain figure counts here at all.
fn role(
    ctx: &Ctx<'_>,
    text: &str,
    base: usize,
    start: usize,
    end: usize,
    figure: &Figure,
    comparator: Comparator,
) -> (QuantityRole, bool) {
    let after = &text[end..];
    let clause = ctx.text(ctx.clause_around(base + start));
    let time_unit = matches!(figure.unit, "小时" | "分钟" | "天" | "日" | "周" | "年");
    let before = text[..start].trim_end();
    let applies = [
        "的医院",
        "的医疗机构",
        "的单位",
        "的集中隔离点",
        "的机构",
        "的,每",
        "床位的",
        "的学校",
        "的每增加",
        "的配备",
        "的至少",
    ];
    let conditional = (after.starts_with('的')
        && matches!(figure.unit, "张" | "人" | "例" | "名" | "户" | "间" | "个"))
        || before.ends_with("容纳")
        || before.ends_with("每增加")
        || (comparator != Comparator::Exactly && applies.iter().any(|w| after.starts_with(w))
            || after.starts_with("床位以下")
            || after.starts_with("床位以上"))
        || (figure.unit == "张" && after.starts_with("床位") && clause.contains("以下的"));
    if conditional {
        return (QuantityRole::Condition, true);
    }
    let providing = PROVIDING.iter().any(|verb| clause.contains(verb));
    if time_unit {
        let target =
            comparator == Comparator::AtMost || comparator == Comparator::AtLeast && before_is_bound(&text[start..]);
        return (if target { QuantityRole::Target } else { QuantityRole::Fact }, false);
    }
    if providing
        || matches!(comparator, Comparator::AtLeast | Comparator::AtMost)
        || clause.contains("比例")
        || clause.contains("占比")
        || clause.contains('率')
    {
        return (QuantityRole::Target, true);
    }
    if matches!(comparator, Comparator::Above | Comparator::Below) {
        return (QuantityRole::Threshold, true);
    }
    let counted = text[start..].starts_with(|c: char| c.is_ascii_digit());
    (QuantityRole::Fact, counted)
}

fn before_is_bound(text: &str) -> bool {
    BEFORE.iter().any(|(word, comparator)| *comparator == Comparator::AtLeast && text.starts_with(word))
}

/// The base of a ratio before the number (`每万人不少于40间`, `按每3万人配备1辆`, `每增加150-200张床增配1名`).
struct Ratio {
    per: Per,
    step: bool,
}

static RATIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:每(?P<step>增加)?|容纳)(?P<n>\d+(?:\.\d+)?(?:[-~至]+\d+)?万?|[一二两三四五六七八九十百千]+万?|万|千|百|)(?P<u>名?人口|人|张床位|张床|张|床|户|间|台|例|名|个|万人|平方米|所|家)[^,。;]{0,22}$").ok()
});

fn ratio_base(ctx: &Ctx<'_>, text: &str, at: usize, _figure: &Figure) -> Option<Ratio> {
    let _ = ctx;
    let from = text[..at].char_indices().rev().nth(40).map_or(0, |(i, _)| i);
    let head = &text[from..at];
    let head = &head[head.rfind(['。', ';']).map_or(0, |i| i + head[i..].chars().next().map_or(1, char::len_utf8))..];
    let last_clause_start = head.rfind(',').map_or(0, |i| i + 1);
    // The base stands in the same clause, or ends the clause before (`每50张床位,至少配备1名`).
    let clause = &head[last_clause_start..];
    let joined: String;
    let searched = if clause.contains('每') || clause.contains("容纳") {
        clause
    } else if head.contains("容纳") || (head.contains('每') && clause.chars().count() <= 10) {
        joined = head.replace(',', "");
        joined.as_str()
    } else {
        return None;
    };
    let from = searched.rfind('每').or_else(|| searched.rfind("容纳"))?;
    let captures = RATIO.as_ref()?.captures(&searched[from..])?;
    let between = captures.get(0)?.end() - captures.name("u")?.end();
    if searched[searched.len() - between..].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let digits = captures.name("n")?.as_str();
    let (value, high) = base_number(digits)?;
    let unit = match captures.name("u")?.as_str() {
        "名人口" | "人口" | "万人" => "人",
        "张床位" | "张床" | "床" => "张",
        other => other,
    };
    // `每个科室至少1名`: one of a kind is no ratio worth a base, but it says for each.
    if digits.is_empty() && !matches!(unit, "户" | "人" | "张") {
        return None;
    }
    Some(Ratio {
        per: Per { value: Number(value), high: high.map(Number), unit: unit.to_owned() },
        step: captures.name("step").is_some(),
    })
}

fn base_number(digits: &str) -> Option<(f64, Option<f64>)> {
    match digits {
        "" => return Some((1.0, None)),
        "万" => return Some((10_000.0, None)),
        "千" => return Some((1000.0, None)),
        "百" => return Some((100.0, None)),
        _ => {}
    }
    let (value, len) =
        number(digits).or_else(|| digits.strip_suffix('千').and_then(number).map(|(v, l)| (v * 1000.0, l)))?;
    let rest = digits[len..].trim_start_matches(['-', '~', '至']);
    Some((value, number(rest).map(|(high, _)| high)))
}

/// `应按以上标准的倍配备`: the number is lost.
fn lost_multiple(ctx: &Ctx<'_>, base: usize, at: usize) -> Quantity {
    let range = (base + at, base + at + "的倍".len());
    Quantity {
        comparator: Comparator::Unknown,
        value: None,
        high: None,
        unit: "倍".to_owned(),
        per: None,
        subject: subject(ctx, range),
        whose: whose(ctx, range),
        role: QuantityRole::Target,
        text: ctx.show(range),
        source: ctx.source(range, Rule::QuantityPhrase),
    }
}

/// Redacted numbers (`*万人`) and numbers left out of a standard (`每万人 间的标准`): unknown, not zero.
fn lost_number(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let rest = &text[at..];
    let (start, unit, end) = if rest.starts_with('*') {
        let stars = rest.len() - rest.trim_start_matches('*').len();
        let after = &rest[stars..];
        let scaled = after
            .starts_with('万')
            .then(|| UNITS.iter().copied().find(|unit| unit.starts_with('万') && after.starts_with(unit)))
            .flatten();
        let unit = scaled
            .or_else(|| unit_at(after).filter(|unit| !matches!(*unit, "日" | "年" | "组" | "度" | "部" | "场")))?;
        (at, unit, at + stars + unit.len())
    } else if rest.starts_with("的 倍") {
        (at, "倍", at + "的 倍".len())
    } else if rest.starts_with('每') {
        let tail =
            ["的标准", "的要求", "的比例", "标准", "要求", "比例"].iter().find_map(|w| rest.find(w)).unwrap_or(0);
        let unit = UNITS.iter().copied().find(|unit| rest[..tail].ends_with(unit))?;
        (at, unit, at + tail)
    } else {
        return None;
    };
    let range = (base + start, base + end);
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.unit = unit.to_owned();
    quantity.text = ctx.show(range);
    quantity.subject = subject(ctx, range);
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), end))
}

/// `护士与床位之比不低于3:1`.
fn colon_ratio(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let before = &text[..at];
    let near: String = before.chars().rev().take(14).collect();
    if !near.contains('比') || inside_other_number(before) {
        return None;
    }
    let (value, len) = number(&text[at..])?;
    let rest = text[at + len..].strip_prefix(':')?;
    let (per, per_len) = number(rest)?;
    let end = at + len + 1 + per_len;
    let figure = Figure { value: Some(value), high: None, unit: "", end };
    let (comparator, start, end) = bounds(text, at, &figure);
    let range = (base + start, base + end);
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.comparator = comparator;
    quantity.value = Some(Number(value));
    quantity.per = Some(Per { value: Number(per), high: None, unit: String::new() });
    quantity.unit = String::new();
    quantity.text = ctx.show(range);
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), end))
}

fn doubling(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let (word, value) = if text[at..].starts_with("翻一番") {
        ("翻一番", 2.0)
    } else if text[at..].starts_with("翻两番") {
        ("翻两番", 4.0)
    } else {
        return None;
    };
    let range = (base + at, base + at + word.len());
    let mut quantity = lost_multiple(ctx, base, at);
    quantity.comparator = Comparator::Exactly;
    quantity.value = Some(Number(value));
    quantity.text = ctx.show(range);
    quantity.source = ctx.source(range, Rule::QuantityPhrase);
    Some((Some(quantity), at + word.len()))
}

/// The clause without the number itself.
fn subject(ctx: &Ctx<'_>, range: (usize, usize)) -> String {
    let clause = ctx.clause_around(range.0);
    let clause = (clause.0.min(range.0), clause.1.max(range.1));
    ctx.show(clause)
}

static OWNER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:其中)?(?P<o>\*[县区市省]|县区各?|县、区各|各县区?|全[市县区省]|市级|县级|区级|省级|各级[^,。;]{0,8}?机构|市|县|区|各[\p{Han}]{2,12}?|每个[\p{Han}]{2,12}?|[一二三]级医院|[\p{Han}]{2,6}[县区市镇])(?:按|依托|储备|配备|组建|建成|设置|各|建|不|至少|统筹|疾控|疾病|需|要|应|共|新|至)").ok()
});

fn whose(ctx: &Ctx<'_>, range: (usize, usize)) -> Option<String> {
    let clause = ctx.clause_around(range.0);
    let text = ctx.text((clause.0.min(range.0), range.0)).trim_start();
    let captures = OWNER.as_ref()?.captures(text)?;
    captures.name("o").map(|m| m.as_str().to_owned())
}
