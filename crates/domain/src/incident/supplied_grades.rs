use jiff::civil::date;

use super::{Condition, Figure, GradeRule};
use crate::plan::ResponseLevel::{self, I, Ii, Iii, Iv};

use Figure::{Cases, Cities, Counties, Deaths, Provinces, Spreading, StrainLost};

/// Grade, clause, disease, what it says, conditions.
type Line = (ResponseLevel, &'static str, &'static str, &'static str, &'static [(Figure, i64)]);

const LINES: &[Line] = &[
    (I, "1.3-Ⅰ(1)", "plague", "肺鼠疫波及2个以上省份并有进一步扩散趋势", &[(Provinces, 2), (Spreading, 1)]),
    (I, "1.3-Ⅰ(2)", "sars", "发生传染性非典型肺炎病例并有扩散趋势", &[(Cases, 1), (Spreading, 1)]),
    (I, "1.3-Ⅰ(3)", "unexplained", "涉及多个省份的群体性不明原因疾病并有扩散趋势", &[(Provinces, 2), (Spreading, 1)]),
    (I, "1.3-Ⅰ(5)", "", "发生烈性病菌株、毒株、致病因子等丢失事件", &[(StrainLost, 1)]),
    (Ii, "1.3-Ⅱ", "plague", "腺鼠疫流行，1个平均潜伏期内多点连续发病20例以上", &[(Cases, 20)]),
    (Ii, "1.3-Ⅱ", "plague", "腺鼠疫流行范围波及2个以上市（地）", &[(Cities, 2)]),
    (Ii, "1.3-Ⅱ", "cholera", "霍乱在1个市（地）内流行，1周内发病30例以上", &[(Cases, 30)]),
    (Ii, "1.3-Ⅱ", "cholera", "霍乱波及2个以上市（地）并有扩散趋势", &[(Cities, 2), (Spreading, 1)]),
    (Ii, "1.3-Ⅱ", "unexplained", "群体性不明原因疾病扩散到县（市）以外的地区", &[(Counties, 2)]),
    (Iii, "1.3-Ⅲ", "plague", "1个县内1个平均潜伏期内腺鼠疫10例以上", &[(Cases, 10)]),
    (Iii, "1.3-Ⅲ", "plague", "腺鼠疫波及2个以上县（市）", &[(Counties, 2)]),
    (Iii, "1.3-Ⅲ", "cholera", "霍乱在1个县内发生，1周内发病10例以上", &[(Cases, 10)]),
    (Iii, "1.3-Ⅲ", "cholera", "霍乱波及2个以上县（市）", &[(Counties, 2)]),
    (Iii, "1.3-Ⅲ", "unexplained", "1个县内发现群体性不明原因疾病", &[(Cases, 1)]),
    (Iii, "1.3-Ⅲ", "food_poisoning", "一次食物中毒超过100人", &[(Cases, 101)]),
    (Iii, "1.3-Ⅲ", "food_poisoning", "食物中毒出现死亡病例", &[(Deaths, 1)]),
    (Ii, "1.3-Ⅱ", "food_poisoning", "一次食物中毒超过100人并出现死亡病例", &[(Cases, 101), (Deaths, 1)]),
    (Ii, "1.3-Ⅱ", "food_poisoning", "食物中毒出现10例以上死亡病例", &[(Deaths, 10)]),
    (Iv, "1.3-Ⅳ", "plague", "腺鼠疫在1个县内发生，1个平均潜伏期内10例以下", &[(Cases, 1)]),
    (Iv, "1.3-Ⅳ", "cholera", "霍乱在1个县内发生，1周内10例以下", &[(Cases, 1)]),
    (Iv, "1.3-Ⅳ", "food_poisoning", "一次食物中毒30人以上，无死亡病例", &[(Cases, 30)]),
];

/// The grading rules that a jurisdiction starts with, to be checked against its own plan and changed where that differs.
///
/// Source: 国家突发公共卫生事件应急预案（2006年）1.3.
pub fn supplied_grade_rules() -> Vec<GradeRule> {
    let rule = |&(grade, clause, disease, words, conditions): &Line| GradeRule {
        grade,
        clause: clause.to_owned(),
        disease: disease.to_owned(),
        words: words.to_owned(),
        conditions: conditions.iter().map(|&(figure, at_least)| Condition { figure, at_least }).collect(),
        from_on: date(2006, 2, 26),
        source: "国家突发公共卫生事件应急预案（2006年）".to_owned(),
    };
    LINES.iter().map(rule).collect()
}
