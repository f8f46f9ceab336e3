//! Words that rules wait for, and where they stand.
//!
//! Most sentences of a plan concern few of the rules. One pass over the text notes where the words stand that set rules
//! in motion; a rule then asks for a range and reads on only where one of its words is. A cue stands for nothing else than
//! the search for its words: whether it is asked or the text is searched makes no difference to what is read.

use std::sync::LazyLock;

use crate::words::Heads;

/// What a rule waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// An expert group.
    Experts,
    /// A body is set up.
    SetUp,
    /// A sentence may begin with the name of a group.
    Group,
    /// The office of a headquarters.
    Office,
    /// Leaders of a body.
    Leaders,
    /// A level is proposed, approved or changed.
    Procedure,
    /// What an assessment looks at.
    Factors,
    /// A level is raised or lowered.
    Turning,
    /// The incubation period.
    Incubation,
    /// A response level by its full words.
    LevelResponse,
    /// The day from which the plan holds.
    InForce,
    /// A date, written in words or signs.
    Date,
    /// A short name for a long one.
    Called,
    /// A list is sent separately.
    SentSeparately,
    /// A list named by how many things it holds.
    NamedList,
    /// A redaction.
    Redacted,
    /// Somebody reports to somebody.
    Report,
    /// The same, upwards.
    ReportUpward,
}

/// The words of each cue, in the order of [`Cue`].
const WORDS: &[(Cue, &[&str])] = &[
    (Cue::Experts, &["专家"]),
    (Cue::SetUp, &["成立", "设立", "组建"]),
    (Cue::Group, &["组(", "组由", "组:", "组,由", "组,牵头", "组的组长", "组组长", "组牵头", "组以", "专班", "分队"]),
    (Cue::Office, &["办公室", "日常工作由"]),
    (Cue::Leaders, &["总指挥", "指挥长", "组长", "主任委员", "召集人"]),
    (Cue::Procedure, &["响应", "级别", "反应", "批准"]),
    (Cue::Factors, &["综合考虑", "评估因素", "评估内容", "考虑以下"]),
    (
        Cue::Turning,
        &[
            "调高",
            "提高响应",
            "升级",
            "提升响应",
            "上调",
            "提高应急响应",
            "向高级别响应",
            "提升应急响应",
            "提级",
            "调低",
            "降低响应",
            "降级",
            "下调",
            "降低应急响应",
            "向低级别响应",
            "直接启动",
        ],
    ),
    (Cue::Incubation, &["潜伏期"]),
    (Cue::LevelResponse, &["级响应", "级应急响应"]),
    (Cue::InForce, &["施行", "实施"]),
    (Cue::Date, &["年", "月", "-", "/", "."]),
    (Cue::Called, &["称"]),
    (Cue::SentSeparately, &["另发", "另行印发", "另行通知", "另行发文", "另文下发"]),
    (Cue::NamedList, &["\"", "'", "(即", "[即", "(分别是", "[分别是", "(指", "[指"]),
    (Cue::Redacted, &["*", "xx", "xX", "Xx", "XX", "x×", "×x", "X×", "×X", "××", "〇〇", "〇○", "○〇", "○○", "某"]),
    (Cue::Report, &["向", "报"]),
    (Cue::ReportUpward, &["上报", "报"]),
];

static FINDER: LazyLock<Heads<Cue>> =
    LazyLock::new(|| Heads::new(WORDS.iter().flat_map(|&(cue, words)| words.iter().map(move |&word| (word, cue)))));

/// Where the words of each cue stand in a text.
#[derive(Debug)]
pub(crate) struct Cues {
    /// First byte, and one past the last, in the order of the text.
    places: [Vec<(u32, u32)>; WORDS.len()],
}

impl Cues {
    /// Notes every place, in one pass.
    pub(crate) fn note(text: &str) -> Cues {
        let mut cues = Cues { places: [const { Vec::new() }; WORDS.len()] };
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        FINDER.each_inside(text, |at, word, cue| {
            cues.places[cue as usize].push((offset(at), offset(at + word.len())));
        });
        cues
    }

    /// Whether a word of the cue stands wholly inside a range.
    pub(crate) fn stand_in(&self, cue: Cue, range: (usize, usize)) -> bool {
        let places = &self.places[cue as usize];
        let from = places.partition_point(|&(start, _)| (start as usize) < range.0);
        places[from..]
            .iter()
            .take_while(|&&(start, _)| (start as usize) < range.1)
            .any(|&(_, end)| end as usize <= range.1)
    }

    /// Every place of the cue: first byte, and one past the last.
    pub(crate) fn of(&self, cue: Cue) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.places[cue as usize].iter().map(|&(start, end)| (start as usize, end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_their_cues() {
        for (index, (cue, _)) in WORDS.iter().enumerate() {
            assert_eq!(*cue as usize, index);
        }
    }

    #[test]
    fn a_range_holds_a_cue_only_if_it_holds_the_whole_word() {
        let text = "县里成立专家组。";
        let cues = Cues::note(text);
        let experts = text.find("专家").unwrap();
        assert!(cues.stand_in(Cue::Experts, (0, text.len())));
        assert!(cues.stand_in(Cue::Experts, (experts, experts + "专家".len())));
        assert!(!cues.stand_in(Cue::Experts, (experts + 3, text.len())));
        assert!(!cues.stand_in(Cue::Experts, (0, experts + 3)));
        assert_eq!(cues.of(Cue::SetUp).collect::<Vec<_>>(), [(6, 12)]);
    }

    #[test]
    fn asking_a_cue_is_the_same_as_searching_for_its_words() {
        let text = "总指挥由县长担任,办公室设在县卫健局(即综合组),必要时提高响应级别;1.2 ××镇\"五早\"。专班组长";
        let cues = Cues::note(text);
        for (cue, words) in WORDS {
            for (start, _) in text.char_indices() {
                for (end, _) in text.char_indices().filter(|(end, _)| *end >= start) {
                    let searched = words.iter().any(|word| text[start..end].contains(word));
                    assert_eq!(cues.stand_in(*cue, (start, end)), searched, "{cue:?} in {}", &text[start..end]);
                }
            }
        }
    }
}
