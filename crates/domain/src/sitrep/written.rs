use super::{Run, SourceLine};
use crate::Lang;

/// What units wrote in answer to a question of their reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenFact {
    /// The question: 存在的问题.
    pub question: String,
    /// Every unit that is asked it for the day, in the order in which they are told.
    pub answers: Vec<WrittenAnswer>,
}

/// What a unit wrote, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenAnswer {
    /// The unit's name.
    pub unit: String,
    /// What is there of it.
    pub said: Said,
    /// Report, day and when it was handed in, as they are shown.
    pub of: String,
    /// Where the report is; the board where there is none.
    pub href: String,
}

/// What is there of a unit's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Its words.
    Words(String),
    /// Its words, in a report that was sent back and did not come again.
    SentBack(String),
    /// It reported and left this open.
    LeftOpen,
    /// It has not reported.
    Missing,
    /// It has not reported, and there is time.
    NotYetDue,
}

impl Said {
    /// The words, if they say something; 无 says that there is nothing.
    fn words(&self) -> Option<String> {
        let (Said::Words(text) | Said::SentBack(text)) = self else { return None };
        let text = on_one_line(text);
        (!says_nothing(&text)).then_some(text)
    }

    /// Under which heading those stand who have nothing to read.
    fn remainder(&self, lang: Lang) -> &'static str {
        match self {
            Said::Words(_) | Said::SentBack(_) => lang.pick("填“无”", "“None”"),
            Said::LeftOpen => lang.pick("未填", "Left open"),
            Said::Missing => lang.pick("未报", "Not reported"),
            Said::NotYetDue => lang.pick("未到时限、尚未报送", "Not reported, not due yet"),
        }
    }
}

/// Whether an answer says that there is nothing to say.
fn says_nothing(text: &str) -> bool {
    let bare = text.trim_matches(|sign: char| sign.is_whitespace() || "。.；;！!“”\"".contains(sign));
    bare.is_empty() || ["无", "没有", "暂无"].contains(&bare) || bare.eq_ignore_ascii_case("none")
}

/// Lines joined as a clerk would join them.
fn on_one_line(text: &str) -> String {
    let mut joined = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(last) = joined.chars().last() {
            joined.push_str(match last {
                '。' | '；' | '，' | '：' | '！' | '？' => "",
                _ if last.is_ascii() => " ",
                _ => "；",
            });
        }
        joined.push_str(line);
    }
    joined
}

/// The paragraphs of an answered question: a unit each, then in one each those who wrote that there is nothing, who left
/// it open, and who has not reported. Nobody who was asked is left out.
pub(super) fn paragraphs(fact: &WrittenFact, lang: Lang, mut note: impl FnMut(SourceLine) -> usize) -> Vec<Vec<Run>> {
    let plain = |text: String| Run { text, source: None };
    if fact.answers.is_empty() {
        let nobody = lang.pick("（该日没有应填报的单位）", "(Nobody was asked for this day.)");
        return vec![vec![plain(nobody.to_owned())]];
    }
    let name = |one: &WrittenAnswer| {
        lang.pick(format!("{} {}", one.unit, fact.question), format!("{}: {}", one.unit, fact.question))
    };
    let mut source = |one: &WrittenAnswer, text: &str| {
        note(SourceLine { name: name(one), text: text.to_owned(), of: one.of.clone(), href: one.href.clone() })
    };
    let mut paragraphs = Vec::new();
    let mut rest: Vec<(&'static str, Vec<&WrittenAnswer>)> = Vec::new();
    for one in &fact.answers {
        let Some(text) = one.said.words() else {
            let heading = one.said.remainder(lang);
            match rest.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, units)) => units.push(one),
                None => rest.push((heading, vec![one])),
            }
            continue;
        };
        let back = match one.said {
            Said::SentBack(_) => lang.pick("（已退回待改）", " (sent back, not right yet)"),
            _ => "",
        };
        let said = Run { source: Some(source(one, &text)), text };
        paragraphs.push(vec![plain(format!("{}{back}{}", one.unit, lang.pick("：", ": "))), said]);
    }
    for (heading, units) in rest {
        let mut runs = vec![plain(format!("{heading}{}", lang.pick("：", ": ")))];
        for (one, n) in units.into_iter().zip(0..) {
            if n > 0 {
                runs.push(plain(lang.pick("、", ", ").to_owned()));
            }
            runs.push(Run { source: Some(source(one, heading)), text: one.unit.clone() });
        }
        runs.push(plain(lang.pick("。", ".").to_owned()));
        paragraphs.push(runs);
    }
    paragraphs
}
