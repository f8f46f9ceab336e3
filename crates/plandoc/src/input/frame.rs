//! Recognises lines that belong to a web site around a document rather than to the document.

use std::sync::LazyLock;

use super::{HintKind, LineHint, SourceText};
use crate::words::Heads;

/// A frame line is short; a long one that begins like one is a sentence of the document.
const LONGEST: usize = 60;

/// Signs around what a site offers.
const BRACKETS: [char; 9] = ['[', ']', '【', '】', '|', '>', '<', '«', '»'];

/// Lines that are nothing but a link or button of the site.
static WHOLE: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "返回首页",
        "返回列表",
        "返回顶部",
        "返回上一页",
        "返回",
        "首页",
        "网站首页",
        "打印本页",
        "打印",
        "打印此页",
        "关闭窗口",
        "关闭",
        "关闭本页",
        "收藏本页",
        "加入收藏",
        "我要纠错",
        "展开阅读全文",
        "展开全文",
        "阅读全文",
        "资源描述",
        "扫一扫在手机打开当前页",
        "下载附件",
        "网站地图",
        "无障碍浏览",
    ])
});

/// How lines of the site begin, with the blanks taken out.
static STARTS: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "上一篇",
        "下一篇",
        "上一条",
        "下一条",
        "字号:",
        "字体:",
        "[字体",
        "【字体",
        "字体大小",
        "浏览次数",
        "点击数",
        "点击次数",
        "阅读次数",
        "访问量",
        "浏览量",
        "分享到",
        "分享:",
        "当前位置",
        "您的位置",
        "您当前的位置",
        "您现在的位置",
        "提交人:",
        "责任编辑:",
        "扫一扫",
        "版权所有",
        "copyright",
        "©",
        "网站标识码",
        "技术支持:",
        "建议使用",
        "亲,该文档总共",
        "关于我们|",
        "打印本页|",
        "返回首页|",
        "【打印",
        "[打印",
    ])
});

/// What makes a short line one of the site wherever it stands.
static PARTS: LazyLock<Heads<()>> =
    LazyLock::new(|| Heads::plain(&["icp备", "公网安备", "版权所有", "allrightsreserved", "返回首页", "返回列表"]));

/// Adds a [`HintKind::Frame`] hint to each line of a web site's frame.
pub(super) fn mark(source: &mut SourceText) {
    let mut plain = String::new();
    let found = (0..)
        .zip(source.text.split('\n'))
        .filter(|(_, line)| is_frame(line, &mut plain))
        .map(|(line, _)| LineHint { line, kind: HintKind::Frame });
    add(&mut source.hints, found);
}

/// Adds hints and keeps the list sorted by line.
pub(super) fn add(hints: &mut Vec<LineHint>, more: impl Iterator<Item = LineHint>) {
    let known = hints.len();
    hints.extend(more);
    if hints.len() > known {
        hints.sort_by_key(|hint| hint.line);
        hints.dedup();
    }
}

/// `plain` is only room to work in, the same for every line.
fn is_frame(line: &str, plain: &mut String) -> bool {
    // The byte length spares counting the characters of long paragraphs.
    if line.is_empty() || line.len() > LONGEST * 4 || line.chars().count() > LONGEST {
        return false;
    }
    if !may_be_frame(line) {
        return false;
    }
    plain.clear();
    plain.extend(plain_chars(line));
    WHOLE.hold(plain.trim_matches(BRACKETS))
        || STARTS.are_in(plain)
        || PARTS.are_inside(plain)
        || is_page_counter(plain)
}

/// Whether the line begins as one of a site may, behind its brackets, or holds a character that one of the site does.
///
/// Most lines of a document do neither, and are not looked at further.
fn may_be_frame(line: &str) -> bool {
    static BEGINNINGS: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "返", "首", "网", "打", "关", "收", "我", "展", "阅", "资", "扫", "下", "无", "上", "字", "浏", "点", "访",
            "分", "当", "您", "提", "责", "版", "c", "C", "©", "技", "建", "亲", "加", "第",
        ])
    });
    static INSIDE: LazyLock<Heads<()>> = LazyLock::new(|| Heads::plain(&["备", "版", "返", "v", "V"]));
    BEGINNINGS.are_in(line.trim_start_matches(|c: char| c.is_whitespace() || BRACKETS.contains(&c)))
        || INSIDE.are_inside(line)
}

/// The line without blanks, in lower case, with the half-width forms of `：，｜`.
fn plain_chars(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '：' => ':',
        '，' => ',',
        '｜' => '|',
        _ => c.to_ascii_lowercase(),
    })
}

/// `第1页/共15页`, as document sites write between the pages.
fn is_page_counter(plain: &str) -> bool {
    let Some(rest) = plain.strip_prefix('第') else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(rest) = rest.strip_prefix('页') else {
        return false;
    };
    let rest = rest.trim_start_matches(['/', ',', '(']);
    rest.strip_prefix('共')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        .is_some_and(|rest| rest.trim_end_matches(')') == "页")
}

#[cfg(test)]
mod tests {
    use super::{PARTS, STARTS, WHOLE, is_frame};

    #[test]
    fn every_known_word_makes_a_frame() {
        for word in WHOLE.words().chain(STARTS.words()).chain(PARTS.words()) {
            for line in [format!(" {word}"), word.to_uppercase()] {
                assert!(is_frame(&line, &mut String::new()), "{line}");
            }
        }
    }

    #[test]
    fn lines_of_the_site_are_recognised() {
        let lines = [
            "返回首页",
            "【打印本页】 【关闭窗口】",
            "上一篇：青岚县通告",
            "下一篇:返回列表",
            "字号：大 中 小",
            "浏览次数： 128",
            "提交人:某某 | 时间:2020-09-28 | 编缉 | 返回首页",
            "第1页 / 共15页",
            "亲,该文档总共15页",
            "Copyright © 2020 青岚县人民政府",
            "某ICP备00000000号",
        ];
        for line in lines {
            assert!(is_frame(line, &mut String::new()), "{line}");
        }
    }

    #[test]
    fn lines_of_the_document_are_not() {
        let lines = [
            "第1页",
            "第三章 打印和发放",
            "关闭公共场所",
            "首页应载明预案名称",
            "县卫生健康局负责建立返回首页的渠道，并在网站首页公布防控信息，做到每天更新，接受社会监督，同时按照要求向上级主管部门报告有关情况和下一步打算。",
            "分享信息、联防联控",
        ];
        for line in lines {
            assert!(!is_frame(line, &mut String::new()), "{line}");
        }
    }
}
