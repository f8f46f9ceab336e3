use lianfang_domain::Lang;
use lianfang_domain::plan::Reading;
use unicode_width::UnicodeWidthStr;

use super::{Colour, Detail, View, write};
use crate::sample;

fn drawn(reading: &Reading, lang: Lang, width: usize, detail: Detail) -> String {
    let mut out = Vec::new();
    write(&mut out, reading, &View { lang, width, colour: Colour::Off, detail }).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_group_hangs_under_its_headquarters_with_leaders_and_units() {
    let text = drawn(&sample::reading(), Lang::Zh, 100, Detail::Brief);
    let expected = "
组织架构（2）
└─ 县指挥部
   ├─ 总指挥  县政府分管副县长
   ├─ 县指挥部办公室  设在县卫健局
   │  ├─ 主任  县卫健局局长
   │  └─ 职责（1）
   │     └─ 值班值守
   └─ 医疗救治组
      ├─ 组长  县卫健局副局长
      ├─ 牵头单位（1）  县卫健局
      ├─ 成员单位（2）  县医保局、县人民医院等
      └─ 职责（6）
         ├─ 第1项职责
         ├─ 第2项职责
         ├─ 第3项职责
         └─ …… 另有 3 项，加 --full 显示
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_level_says_when_what_it_includes_and_who_reviews() {
    let text = drawn(&sample::reading(), Lang::Zh, 100, Detail::Brief);
    let expected = "
└─ Ⅲ级  Ⅲ级响应
   ├─ 启动条件 · 有其一
   │  └─ 1. 出现聚集性疫情
   ├─ 包含  在Ⅳ级响应措施的基础上
   ├─ 措施（1）
   │  └─ 1. =每日报告
   └─ 专家审核  县 → 市
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn an_unknown_number_is_called_unknown() {
    assert!(drawn(&sample::reading(), Lang::Zh, 100, Detail::Brief).contains("未知 间  隔离房间"));
    assert!(drawn(&sample::reading(), Lang::En, 100, Detail::Brief).contains("unknown 间  隔离房间"));
}

#[test]
fn what_to_verify_comes_gravest_first_with_place_and_quote() {
    let text = drawn(&sample::reading(), Lang::En, 100, Detail::Brief);
    let error = text.find("43:4  The parts do not add up").unwrap();
    let warning = text.find("37:4  The numbers go from 9 to 11").unwrap();
    assert!(error < warning, "{text}");
    assert!(text.contains("text  @11.县文旅局"), "{text}");
}

#[test]
fn labels_are_in_one_language_and_the_words_of_the_plan_stay() {
    let text = drawn(&sample::reading(), Lang::En, 100, Detail::Full);
    assert!(text.contains("Organisation (2)") && text.contains("commander  县政府分管副县长"), "{text}");
    assert!(!text.contains("组织架构") && !text.contains("待核实"), "{text}");
}

#[test]
fn an_empty_reading_shows_no_empty_parts() {
    let reading = Reading { plans: vec![lianfang_domain::plan::Plan::default()], ..Reading::default() };
    let text = drawn(&reading, Lang::Zh, 100, Detail::Full);
    assert_eq!(text, "\n（未读到标题）\n└─ 文种  文件\n");
}

#[test]
fn documents_of_one_file_are_told_apart() {
    let mut reading = sample::reading();
    reading.plans.push(sample::plan());
    let text = drawn(&reading, Lang::Zh, 100, Detail::Brief);
    assert!(text.contains("---- 第 2 份，共 2 份 ----") && text.contains("第 1 份 37:4"), "{text}");
}

#[test]
fn every_width_holds_every_line() {
    for width in [30, 44, 72, 120] {
        let text = drawn(&sample::reading(), Lang::Zh, width, Detail::Full);
        assert!(text.lines().all(|line| line.width() <= width), "{width}\n{text}");
    }
}

#[test]
fn bodies_that_stand_under_each_other_do_not_loop() {
    let mut reading = sample::reading();
    let organisation = &mut reading.plans[0].organisation;
    organisation.headquarters[0].parent = Some("医疗救治组".to_owned());
    let text = drawn(&reading, Lang::Zh, 100, Detail::Full);
    assert!(text.contains("县指挥部") && text.contains("医疗救治组"), "{text}");
}
