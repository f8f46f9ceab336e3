use std::sync::LazyLock;

use lianfang_domain::plan::RepairKind;
use regex::Regex;

use super::CleanLine;
use crate::{input::HintKind, pattern::pattern, words::Heads};

/// Words that only the frame of a web page or document site uses.
static FRAME_WORDS: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "返回首页",
        "返回列表",
        "返回顶部",
        "下一篇",
        "上一篇",
        "打印本页",
        "关闭窗口",
        "【打印】",
        "[打印]",
        "浏览次数",
        "分享到",
        "您的位置",
        "当前位置",
        "您现在的位置",
        "该文档总共",
        "展开阅读全文",
        "版权所有",
        "icp备",
        "ICP备",
        "公网安备",
        "资源描述",
        "扫一扫",
        "以下是网友",
        "相关范文",
        "免责声明",
        "点击下载",
        "字体:",
        "字号:",
        "位于栏目",
        "主办单位:",
        "网站地图",
        "加入收藏",
        "文档下载",
        "会员可",
        "在线阅读",
        "本文来源",
        "责任编辑:",
        "未经授权",
        "技术支持:",
        "网站标识码",
        "收藏本站",
        "设为首页",
        "微信公众号",
        "二维码",
    ])
});

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:-\s*\d{1,4}\s*-|第\s*\d{1,4}\s*页(?:\s*[/,]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|\d{1,3}|page\s*\d+.*)$",
    )
});

/// Why a whole line is noise, if it is.
pub(super) fn noise(line: &CleanLine) -> Option<RepairKind> {
    if line.hint == Some(HintKind::Frame) {
        return Some(if is_page_number(&line.folded) { RepairKind::PageNumber } else { RepairKind::WebFrame });
    }
    if matches!(line.hint, Some(HintKind::TableRow { .. })) {
        return None;
    }
    if line.text.len() < 40 && is_page_number(&line.folded) {
        return Some(RepairKind::PageNumber);
    }
    is_frame(&line.folded).then_some(RepairKind::WebFrame)
}

fn is_page_number(folded: &str) -> bool {
    folded.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '第' | 'p')) && PAGE_NUMBER.is_match(folded)
}

fn is_frame(folded: &str) -> bool {
    // A frame line is short; a sentence of the plan that happens to hold such a word is not.
    let characters = folded.chars().take(200).count();
    if characters >= 200 || (characters > 40 && folded.ends_with('。')) {
        return false;
    }
    FRAME_WORDS.are_inside(folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn line(text: &str) -> CleanLine {
        CleanLine { text: text.to_owned(), folded: fold(text), ..CleanLine::default() }
    }

    #[test]
    fn frames_and_page_numbers_are_noise_and_sentences_are_not() {
        assert_eq!(noise(&line("下一篇：返回列表")), Some(RepairKind::WebFrame));
        assert_eq!(noise(&line("- 3 -")), Some(RepairKind::PageNumber));
        assert_eq!(noise(&line("第1页 / 共15页")), Some(RepairKind::PageNumber));
        assert_eq!(noise(&line("（一）综合协调组")), None);
        assert_eq!(
            noise(&line(
                "各单位要通过微信公众号等渠道做好宣传，及时发布权威信息，回应社会关切，引导群众科学防护，不信谣、不传谣，共同做好防控工作。"
            )),
            None
        );
    }
}
