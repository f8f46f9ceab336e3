use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use lianfang_domain::plan::SectionKind;

use crate::pattern::any_of;

/// Words of headings, most telling first.
const WORDS: &[(SectionKind, &[&str])] = &[
    (SectionKind::Contents, &["目录"]),
    (SectionKind::Basis, &["编制依据", "主要依据", "法律依据", "制定依据", "法律法规依据", "编写依据"]),
    (SectionKind::Scope, &["适用范围", "适用对象"]),
    (SectionKind::Principles, &["工作原则", "基本原则", "处置原则", "应对原则", "防控原则"]),
    (SectionKind::Definitions, &["名词术语", "术语", "名词解释", "定义", "含义"]),
    (
        SectionKind::Termination,
        &[
            "响应终止",
            "终止响应",
            "应急终止",
            "响应结束",
            "响应的终止",
            "响应解除",
            "终止条件",
            "终止程序",
            "解除响应",
            "应急结束",
            "响应的结束",
        ],
    ),
    (
        SectionKind::Procedure,
        &[
            "启动、调整",
            "调整和终止",
            "启动程序",
            "响应程序",
            "调整程序",
            "响应的调整",
            "响应调整",
            "启动应急响应",
            "响应启动",
            "分级响应程序",
            "启动与调整",
            "级别调整",
            "启动和终止",
            "响应的启动",
        ],
    ),
    (
        SectionKind::Grading,
        &[
            "事件分级",
            "事件的分级",
            "事件级别",
            "疫情分级",
            "事故分级",
            "事故等级",
            "灾害分级",
            "灾情分级",
            "事件等级",
            "分类分级",
            "分类与分级",
            "卫生事件分级",
        ],
    ),
    (
        SectionKind::Criteria,
        &[
            "分级标准",
            "响应分级",
            "响应级别",
            "启动条件",
            "响应条件",
            "分级条件",
            "响应等级",
            "级别划分",
            "启动标准",
            "预警分级",
            "预警级别",
        ],
    ),
    (SectionKind::Experts, &["专家组", "专家委员会", "专家咨询", "专家库"]),
    (
        SectionKind::Organisation,
        &[
            "组织机构",
            "组织体系",
            "组织管理",
            "组织领导",
            "组织指挥",
            "指挥体系",
            "指挥机构",
            "领导机构",
            "组织架构",
            "领导小组",
            "指挥部",
            "工作组设置",
            "机构设置",
            "应急机构",
            "组织形式",
        ],
    ),
    (SectionKind::Mechanisms, &["工作机制", "工作制度", "机制建设", "运行机制", "工作纪律", "协作机制", "联动机制"]),
    (
        SectionKind::Reporting,
        &[
            "信息报告",
            "疫情报告",
            "信息发布",
            "信息报送",
            "报告制度",
            "报告时限",
            "信息通报",
            "事件报告",
            "信息管理",
            "信息收集",
            "信息公开",
            "报告程序",
            "报告内容",
            "报告与通报",
        ],
    ),
    (SectionKind::Surveillance, &["监测", "预警", "预防"]),
    (SectionKind::Preparedness, &["应急准备", "准备措施", "防范准备", "日常准备", "防控准备"]),
    (
        SectionKind::Safeguards,
        &["保障措施", "应急保障", "保障机制", "保障体系", "各项保障", "组织保障", "工作保障", "综合保障", "保障工作"],
    ),
    (SectionKind::Exercises, &["培训", "演练", "宣传教育", "宣教"]),
    (
        SectionKind::Recovery,
        &[
            "善后",
            "后期处置",
            "恢复重建",
            "总结评估",
            "后期评估",
            "后期工作",
            "恢复与",
            "奖励",
            "责任追究",
            "征用补偿",
            "抚恤",
        ],
    ),
    (
        SectionKind::Tasks,
        &[
            "重点任务",
            "主要任务",
            "工作任务",
            "重点工作",
            "建设任务",
            "工作内容",
            "任务分工",
            "工作措施",
            "主要措施",
            "防控措施",
            "下步打算",
            "下一步",
            "具体措施",
            "任务清单",
        ],
    ),
    (
        SectionKind::Phases,
        &["阶段安排", "实施步骤", "工作步骤", "工作阶段", "时间安排", "进度安排", "阶段划分", "推进计划", "工作安排"],
    ),
    (
        SectionKind::Response,
        &[
            "应急响应",
            "应急处置",
            "响应措施",
            "应急反应",
            "处置措施",
            "响应行动",
            "分级响应",
            "分级处置",
            "现场处置",
            "先期处置",
            "处置流程",
        ],
    ),
    (SectionKind::Duties, &["职责"]),
    (SectionKind::Goals, &["工作目标", "总体目标", "主要目标", "目标任务", "建设目标"]),
    (SectionKind::Purpose, &["编制目的", "目的", "指导思想", "总体要求", "总体思路", "工作背景", "目的意义", "背景"]),
    (SectionKind::Requirements, &["工作要求", "有关要求", "相关要求", "纪律要求", "几点要求"]),
    (
        SectionKind::Supplement,
        &[
            "附则",
            "预案管理",
            "预案解释",
            "预案实施",
            "解释部门",
            "实施时间",
            "其他事项",
            "预案的制定",
            "制定与解释",
            "制订与",
            "制定与",
        ],
    ),
    (SectionKind::Annex, &["附件", "附表", "附录"]),
    (SectionKind::General, &["总则"]),
];

/// All words at once, and for each the line of `WORDS` it stands in.
static FINDER: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let words = WORDS.iter().flat_map(|(_, words)| words.iter());
    let rows = WORDS.iter().enumerate().flat_map(|(row, (_, words))| std::iter::repeat_n(row, words.len()));
    (any_of(words), rows.collect())
});

/// What a section is about, by its folded heading.
pub(crate) fn section_kind(title: &str) -> SectionKind {
    if title.chars().count() > 32 {
        return SectionKind::Other;
    }
    match title.trim() {
        "终止" | "结束" | "解除" => return SectionKind::Termination,
        "依据" => return SectionKind::Basis,
        "原则" => return SectionKind::Principles,
        "范围" => return SectionKind::Scope,
        "目标" => return SectionKind::Goals,
        "保障" => return SectionKind::Safeguards,
        "启动" | "调整" | "启动与调整" | "启动和调整" => return SectionKind::Procedure,
        _ => {}
    }
    let (finder, rows) = &*FINDER;
    let most_telling = finder.find_overlapping_iter(title).map(|found| rows[found.pattern().as_usize()]).min();
    most_telling.map_or(SectionKind::Other, |row| WORDS[row].0)
}
