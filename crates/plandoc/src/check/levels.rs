use lianfang_domain::plan::{FindingCode, ResponseLevel, Severity};

use super::{Checked, finding::Words};
use crate::outline::NodeId;

/// Levels without measures or criteria, missing levels, lost numerals.
pub(super) fn check(checked: &mut Checked<'_>, numeral_lost: &[NodeId]) {
    for &id in numeral_lost {
        let title = checked.ctx.node(id).title;
        checked.report_range(
            FindingCode::LevelNumeralLost,
            Severity::Question,
            title,
            Words::new(
                "响应级别的数字丢失，这一级的内容没有归入任何级别",
                "the numeral of the level is lost; what stands here belongs to no level",
            )
            .ask("这是哪一级响应？", "Which level is this?"),
        );
    }
    let levels = &checked.plan.levels;
    if levels.len() < 2 {
        return;
    }
    let plan = checked.plan;
    let with_measures = plan.levels.iter().filter(|level| !level.measures.is_empty()).count();
    let with_criteria = plan.levels.iter().filter(|level| !level.criteria.is_empty()).count();
    for level in &plan.levels {
        let Some(source) = level.sources.first() else { continue };
        let name = level.level.numeral();
        if level.measures.is_empty() {
            let severity = if with_measures >= 1 { Severity::Warning } else { Severity::Question };
            checked.report(
                FindingCode::LevelWithoutMeasures,
                severity,
                source,
                Words::new(format!("{name}级响应没有措施"), format!("level {name} has no measures"))
                    .ask("启动这一级后做什么？", "What is done at this level?"),
            );
        }
        let graded = plan.event_grades.iter().any(|grade| grade.grade == level.level);
        if level.criteria.is_empty() && !graded && with_criteria >= 1 {
            checked.report(
                FindingCode::LevelWithoutCriteria,
                Severity::Warning,
                source,
                Words::new(format!("{name}级响应没有启动条件"), format!("level {name} has no criteria"))
                    .ask("什么情况下启动这一级？", "When does this level apply?"),
            );
        }
    }
    let missing: Vec<&str> = ResponseLevel::ALL
        .into_iter()
        .filter(|level| !plan.levels.iter().any(|known| known.level == *level))
        .map(ResponseLevel::numeral)
        .collect();
    if !missing.is_empty()
        && numeral_lost.is_empty()
        && let Some(source) = plan.levels.first().and_then(|level| level.sources.first())
    {
        checked.report(
            FindingCode::LevelMissing,
            Severity::Question,
            source,
            Words::new(
                format!("没有写 {} 级响应", missing.join("、")),
                format!("the document has no level {}", missing.join(", ")),
            )
            .ask("是否由上级预案规定？", "Is it laid down in the plan above?"),
        );
    }
}
