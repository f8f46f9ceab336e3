use std::sync::LazyLock;

use lianfang_domain::plan::Rank;

use crate::words::Heads;

/// What a labelled line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A leader of a rank.
    Rank(Rank),
    /// 成员、成员单位.
    Members,
    /// 牵头单位.
    LeadUnits,
    /// 配合单位.
    SupportUnits,
    /// 责任单位.
    ResponsibleUnits,
    /// 完成时限.
    Deadline,
    /// 联系电话.
    Phone,
    /// 职责.
    Duties,
}

/// Words of labels. A longer word stands before the shorter one it begins with.
const WORDS: &[(&str, Label)] = &[
    ("常务副总指挥长", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("常务副总指挥", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("常务副指挥长", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("执行副总指挥", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("执行总指挥", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("执行指挥长", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("第一副总指挥", Label::Rank(Rank::ExecutiveDeputyCommander)),
    ("副总指挥长", Label::Rank(Rank::DeputyCommander)),
    ("副总指挥", Label::Rank(Rank::DeputyCommander)),
    ("副指挥长", Label::Rank(Rank::DeputyCommander)),
    ("副指挥", Label::Rank(Rank::DeputyCommander)),
    ("第一总指挥", Label::Rank(Rank::Commander)),
    ("总指挥长", Label::Rank(Rank::Commander)),
    ("总指挥", Label::Rank(Rank::Commander)),
    ("第一指挥长", Label::Rank(Rank::Commander)),
    ("指挥长", Label::Rank(Rank::Commander)),
    ("现场指挥官", Label::Rank(Rank::Commander)),
    ("常务副组长", Label::Rank(Rank::ExecutiveDeputyLeader)),
    ("执行副组长", Label::Rank(Rank::ExecutiveDeputyLeader)),
    ("第一副组长", Label::Rank(Rank::ExecutiveDeputyLeader)),
    ("执行组长", Label::Rank(Rank::ExecutiveDeputyLeader)),
    ("副组长", Label::Rank(Rank::DeputyLeader)),
    ("第一组长", Label::Rank(Rank::Leader)),
    ("双组长", Label::Rank(Rank::Leader)),
    ("组长单位", Label::LeadUnits),
    ("组长", Label::Rank(Rank::Leader)),
    ("召集人", Label::Rank(Rank::Leader)),
    ("副队长", Label::Rank(Rank::DeputyLeader)),
    ("队长", Label::Rank(Rank::Leader)),
    ("队员", Label::Members),
    ("牵头领导", Label::Rank(Rank::LeadingOfficial)),
    ("包保领导", Label::Rank(Rank::LeadingOfficial)),
    ("分管领导", Label::Rank(Rank::LeadingOfficial)),
    ("责任领导", Label::Rank(Rank::LeadingOfficial)),
    ("总负责人", Label::Rank(Rank::Leader)),
    ("责任人", Label::Rank(Rank::ResponsiblePerson)),
    ("负责人", Label::Rank(Rank::Leader)),
    ("联络员", Label::Rank(Rank::Liaison)),
    ("联系人", Label::Rank(Rank::Liaison)),
    ("办公室副主任", Label::Rank(Rank::DeputyDirector)),
    ("办公室主任", Label::Rank(Rank::Director)),
    ("副主任委员", Label::Rank(Rank::DeputyDirector)),
    ("主任委员", Label::Rank(Rank::Director)),
    ("副主任", Label::Rank(Rank::DeputyDirector)),
    ("主任", Label::Rank(Rank::Director)),
    ("成员单位", Label::Members),
    ("组成单位", Label::Members),
    ("参加单位", Label::Members),
    ("参与单位", Label::Members),
    ("组成人员", Label::Members),
    ("成员部门", Label::Members),
    ("责任成员", Label::Members),
    ("成员", Label::Members),
    ("组员单位", Label::Members),
    ("组员", Label::Members),
    ("牵头单位", Label::LeadUnits),
    ("牵头部门", Label::LeadUnits),
    ("牵头责任单位", Label::LeadUnits),
    ("主责部门", Label::LeadUnits),
    ("主责单位", Label::LeadUnits),
    ("主办单位", Label::LeadUnits),
    ("配合单位", Label::SupportUnits),
    ("配合部门", Label::SupportUnits),
    ("协办单位", Label::SupportUnits),
    ("协助单位", Label::SupportUnits),
    ("责任单位", Label::ResponsibleUnits),
    ("责任部门", Label::ResponsibleUnits),
    ("负责单位", Label::ResponsibleUnits),
    ("负责部门", Label::ResponsibleUnits),
    ("落实单位", Label::ResponsibleUnits),
    ("实施单位", Label::ResponsibleUnits),
    ("完成时限", Label::Deadline),
    ("完成时间", Label::Deadline),
    ("办结时限", Label::Deadline),
    ("时间节点", Label::Deadline),
    ("时间要求", Label::Deadline),
    ("完成期限", Label::Deadline),
    ("时限要求", Label::Deadline),
    ("时限", Label::Deadline),
    ("联系电话", Label::Phone),
    ("值班电话", Label::Phone),
    ("举报电话", Label::Phone),
    ("办公电话", Label::Phone),
    ("咨询电话", Label::Phone),
    ("电话", Label::Phone),
    ("主要职责任务", Label::Duties),
    ("主要工作职责", Label::Duties),
    ("主要职责", Label::Duties),
    ("工作职责", Label::Duties),
    ("职责任务", Label::Duties),
    ("主要任务", Label::Duties),
    ("工作任务", Label::Duties),
    ("职责分工", Label::Duties),
    ("任务", Label::Duties),
    ("分工", Label::Duties),
    ("干啥", Label::Duties),
    ("职责", Label::Duties),
];

/// The label at the start of a folded text, with the word and the bytes up to and including its colon.
pub(crate) fn label_at(text: &str) -> Option<(Label, &'static str, usize)> {
    let (word, label, after) = label_word(text)?;
    let rest = &text[after..];
    let bracket =
        if rest.starts_with('(') { rest.find(')').filter(|&end| end < 60).map_or(0, |end| end + 1) } else { 0 };
    let spaces = rest[bracket..].len() - rest[bracket..].trim_start_matches(' ').len();
    rest[bracket + spaces..].starts_with([':', '|']).then(|| (label, word, after + bracket + spaces + 1))
}

/// Like [`label_at`], but a space may stand in place of the colon (`组长 张某某`).
pub(crate) fn label_or_space_at(text: &str) -> Option<(Label, &'static str, usize)> {
    label_at(text).or_else(|| {
        let (word, label, after) = label_word(text)?;
        let ranked = matches!(label, Label::Rank(_) | Label::Members);
        (ranked && text[after..].starts_with(' ')).then_some((label, word, after + 1))
    })
}

static BY_HEAD: LazyLock<Heads<Label>> = LazyLock::new(|| Heads::new(WORDS.iter().copied()));

fn label_word(text: &str) -> Option<(&'static str, Label, usize)> {
    BY_HEAD.first_of(text).map(|(word, label)| (word, label, word.len()))
}

/// Whether a line starts with a label and its colon.
pub(crate) fn is_label_start(text: &str) -> bool {
    label_at(text).is_some()
}

/// The word of a rank at the start of a text (`任组长` without its verb).
pub(crate) fn rank_at(text: &str) -> Option<(Rank, &'static str)> {
    BY_HEAD.of(text).find_map(|(word, label)| match label {
        Label::Rank(rank) => Some((rank, word)),
        _ => None,
    })
}
