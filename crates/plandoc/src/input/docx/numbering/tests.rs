use super::super::styles::{ListRef, Resolved, Styles};
use super::Numbering;

const LISTS: &str = r#"<w:numbering>
  <w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
      <w:pStyle w:val="h1"/><w:lvlText w:val="第%1章"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
      <w:pStyle w:val="h2"/><w:lvlText w:val="（%2）"/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:isLgl/><w:numFmt w:val="decimal"/>
      <w:lvlText w:val="%1.%2.%3"/></w:lvl>
  </w:abstractNum>
  <w:abstractNum w:abstractNumId="1">
    <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="1"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"#;

fn count(numbering: &mut Numbering, list: u32, level: u32) -> String {
    let own = ListRef { list: Some(list), level: Some(level) };
    numbering.count(own, &Resolved::default(), &Styles::default()).unwrap_or_default()
}

#[test]
fn deeper_levels_begin_anew_below_a_higher_one() {
    let mut lists = Numbering::parse(LISTS).unwrap();
    let labels: Vec<String> = [0, 1, 1, 2, 0, 1, 2].into_iter().map(|level| count(&mut lists, 1, level)).collect();
    let expected = ["第一章 ", "（一）", "（二）", "1.2.1 ", "第二章 ", "（一）", "2.1.1 "];
    assert_eq!(labels, expected);
}

#[test]
fn lists_of_one_pattern_count_on_unless_told_to_begin_anew() {
    let mut lists = Numbering::parse(LISTS).unwrap();
    assert_eq!(count(&mut lists, 2, 0), "3、");
    assert_eq!(count(&mut lists, 2, 0), "4、");
    assert_eq!(count(&mut lists, 3, 0), "1、");
    assert_eq!(count(&mut lists, 3, 0), "2、");
}

#[test]
fn points_have_no_number() {
    let mut lists = Numbering::parse(LISTS).unwrap();
    assert_eq!(count(&mut lists, 2, 1), "");
}

#[test]
fn a_style_finds_its_level_by_its_name() {
    let mut lists = Numbering::parse(LISTS).unwrap();
    let style = Resolved {
        list: ListRef { list: Some(1), level: None },
        list_style: Some("h2".to_owned()),
        ..Resolved::default()
    };
    let label = lists.count(ListRef::default(), &style, &Styles::default());
    assert_eq!(label.as_deref(), Some("（一）"));
}

#[test]
fn list_zero_means_no_list() {
    let mut lists = Numbering::parse(LISTS).unwrap();
    assert_eq!(count(&mut lists, 0, 0), "");
}
