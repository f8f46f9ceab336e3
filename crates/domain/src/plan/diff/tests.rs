use super::{Change, ChangeKind, diff};
use crate::plan::{
    Body, BodyKind, Comparator, Confidence, Criterion, Deadline, DeadlinePlace, Leader, Level, Measure, Member,
    MemberKind, Number, PartialDate, Plan, Quantity, QuantityRole, Rank, Reference, ResponseLevel, Responsibility,
    ResponsibilityRole, Rule, Source, Span, Task, Text, TimeKind, TimeOfDay, TimeRule,
};

fn source(line: u32) -> Source {
    Source {
        span: Span { start: line * 100, end: line * 100 + 50 },
        line,
        column: 1,
        rule: Rule::Sentence,
        confidence: Confidence::Certain,
        repairs: Vec::new(),
    }
}

fn body(name: &str, units: &[&str]) -> Body {
    let member = |unit: &&str| Member {
        name: (*unit).to_owned(),
        text: (*unit).to_owned(),
        kind: MemberKind::Unit,
        aliases: Vec::new(),
        confidence: Confidence::Certain,
        source: source(8),
    };
    Body { members: units.iter().map(member).collect(), ..Body::new(name, BodyKind::WorkGroup, source(8)) }
}

fn with_groups(groups: Vec<Body>) -> Plan {
    let mut plan = Plan::default();
    plan.organisation.groups = groups;
    plan
}

fn leader(rank: Rank, post: &str) -> Leader {
    Leader { rank, rank_text: String::new(), person: None, post: Some(post.to_owned()), source: source(9) }
}

fn led_by(leaders: Vec<Leader>) -> Plan {
    with_groups(vec![Body { leaders, ..body("医疗救治组", &["县卫健局", "县医保局"]) }])
}

fn level(level: ResponseLevel, includes: Option<ResponseLevel>, criteria: &[&str], measures: &[&str]) -> Level {
    let criterion = |text: &&str| Criterion { number: None, text: (*text).to_owned(), source: source(20) };
    let measure = |text: &&str| Measure {
        number: None,
        under: None,
        text: (*text).to_owned(),
        units: Vec::new(),
        source: source(21),
    };
    Level {
        level,
        names: Vec::new(),
        criteria_mode: crate::plan::ConditionMode::Any,
        criteria: criteria.iter().map(criterion).collect(),
        includes,
        measures: measures.iter().map(measure).collect(),
        review_chain: Vec::new(),
        decided_by: Vec::new(),
        active_from: None,
        sources: vec![source(19)],
    }
}

fn with_level(includes: Option<ResponseLevel>, criteria: &[&str], measures: &[&str]) -> Plan {
    Plan { levels: vec![level(ResponseLevel::Iii, includes, criteria, measures)], ..Plan::default() }
}

fn day(month: i8, day: i8) -> PartialDate {
    PartialDate { year: Some(2027), month: Some(month), day: Some(day), year_from_document: false }
}

fn task(title: &str, due: PartialDate, role: ResponsibilityRole) -> Plan {
    let deadline = Deadline {
        date: Some(due),
        ongoing: false,
        place: DeadlinePlace::Responsibility,
        text: String::new(),
        source: source(31),
    };
    let unit = Responsibility { unit: "县卫健局".to_owned(), text: "县卫健局".to_owned(), role };
    let task = Task {
        number: None,
        title: title.to_owned(),
        path: Vec::new(),
        text: String::new(),
        responsible: vec![unit],
        shared_by_duty: false,
        units_open: false,
        deadlines: vec![deadline],
        source: source(30),
    };
    Plan { tasks: vec![task], ..Plan::default() }
}

fn quantity(subject: &str, value: f64) -> Plan {
    let quantity = Quantity {
        comparator: Comparator::AtLeast,
        value: Some(Number(value)),
        high: None,
        unit: "台".to_owned(),
        per: None,
        subject: subject.to_owned(),
        whose: None,
        role: QuantityRole::Target,
        text: String::new(),
        source: source(40),
    };
    Plan { quantities: vec![quantity], ..Plan::default() }
}

fn daily(hour: u8) -> Plan {
    let time = TimeRule {
        kind: TimeKind::DailyBy { by: TimeOfDay { hour, minute: 0 } },
        subject: "各组报告进展".to_owned(),
        text: String::new(),
        source: source(50),
    };
    Plan { times: vec![time], ..Plan::default() }
}

fn titled(title: &str) -> Plan {
    let text = Text { text: title.to_owned(), source: source(1) };
    Plan { title: Some(text), ..Plan::default() }
}

fn resting_on(laws: &[&str]) -> Plan {
    let law = |title: &&str| Reference { title: (*title).to_owned(), source: source(2) };
    Plan { legal_basis: laws.iter().map(law).collect(), ..Plan::default() }
}

fn told(old: &Plan, new: &Plan) -> Vec<String> {
    diff(old, new).into_iter().map(|change| change.zh).collect()
}

/// Pairs of versions with what is told about them.
fn cases() -> Vec<(Plan, Plan, Vec<&'static str>)> {
    use ResponsibilityRole::{Lead, Support};
    vec![
        (
            with_groups(vec![body("医疗救治组", &["县卫健局", "县医保局"])]),
            with_groups(vec![body("医疗救治组", &["县卫健局", "县财政局"])]),
            vec!["“医疗救治组”增加成员单位：县财政局", "“医疗救治组”减少成员单位：县医保局"],
        ),
        (
            with_groups(vec![body("学校防控组", &["县教育局", "县卫健局", "县公安局"])]),
            with_groups(vec![body("校园工作专班", &["县教育局", "县卫健局", "县公安局"])]),
            vec!["“学校防控组”改称“校园工作专班”"],
        ),
        (
            with_groups(vec![body("学校防控组", &["县教育局", "县卫健局"])]),
            with_groups(vec![body("物资保障组", &["县发改局", "县财政局"])]),
            vec!["增加工作组“物资保障组”", "撤销工作组“学校防控组”"],
        ),
        (
            led_by(vec![leader(Rank::Leader, "县卫健局局长")]),
            led_by(vec![leader(Rank::Leader, "分管副县长"), leader(Rank::DeputyLeader, "县卫健局局长")]),
            vec!["“医疗救治组”的县卫健局局长由组长改任副组长", "“医疗救治组”增加组长：分管副县长"],
        ),
        (
            led_by(vec![leader(Rank::Leader, "县卫健局局长")]),
            led_by(vec![leader(Rank::Leader, "县卫健局副局长")]),
            vec!["“医疗救治组”的组长由县卫健局局长改为县卫健局副局长"],
        ),
        (
            with_level(Some(ResponseLevel::Iv), &["出现1起聚集性疫情"], &["密切接触者健康监测7天"]),
            with_level(None, &["出现2起聚集性疫情"], &["密切接触者健康监测7天", "停止大型活动"]),
            vec![
                "Ⅲ级响应的所含级别由Ⅳ级改为（无）",
                "Ⅲ级启动条件改写：“出现1起聚集性疫情”改为“出现2起聚集性疫情”",
                "Ⅲ级措施增加：“停止大型活动”",
            ],
        ),
        (
            task("完善监测网络建设", day(3, 31), Lead),
            task("完善监测网络的建设", day(6, 30), Lead),
            vec![
                "任务“完善监测网络的建设”改写：“完善监测网络建设”改为“完善监测网络的建设”",
                "任务“完善监测网络的建设”的完成时限由2027年3月31日改为2027年6月30日（推后 91 天）",
            ],
        ),
        (
            task("完善监测网络", day(6, 30), Lead),
            task("完善监测网络", day(6, 1), Support),
            vec![
                "任务“完善监测网络”中县卫健局由牵头改为配合",
                "任务“完善监测网络”的完成时限由2027年6月30日改为2027年6月1日（提前 29 天）",
            ],
        ),
        (quantity("核酸检测设备", 60.0), quantity("核酸检测设备", 80.0), vec!["“核酸检测设备”由 ≥ 60 台 改为 ≥ 80 台"]),
        (
            quantity("储备60台检测设备", 60.0),
            quantity("储备80台检测设备", 80.0),
            vec!["“储备80台检测设备”由 ≥ 60 台 改为 ≥ 80 台"],
        ),
        (daily(15), daily(17), vec!["“各组报告进展”由 每天 15:00 前 改为 每天 17:00 前"]),
        (titled("应急预案（试行）"), titled("应急预案"), vec!["标题由“应急预案（试行）”改为“应急预案”"]),
        (
            resting_on(&["传染病防治法"]),
            resting_on(&["传染病防治法", "突发公共卫生事件应对法"]),
            vec!["增加编制依据：突发公共卫生事件应对法"],
        ),
    ]
}

#[test]
fn each_change_is_told_in_one_sentence() {
    for (old, new, expected) in cases() {
        assert_eq!(told(&old, &new), expected);
    }
}

#[test]
fn a_plan_does_not_differ_from_itself() {
    for (old, new, _) in cases() {
        assert_eq!(diff(&old, &old), []);
        assert_eq!(diff(&new, &new), []);
    }
}

#[test]
fn punctuation_and_white_space_are_no_change() {
    let old = with_level(None, &["出现聚集性疫情；"], &["停止 大型活动。"]);
    let new = with_level(None, &["出现聚集性疫情。"], &["停止大型活动"]);
    assert_eq!(diff(&old, &new), []);
}

fn reading(text: &str) -> Plan {
    Plan { text: text.to_owned(), ..Plan::default() }
}

#[test]
fn a_change_that_is_in_no_structure_is_still_a_change() {
    let (old, new) = (reading("一、总则\n县政府将予以表彰。\n"), reading("一、总则\n县政府将予以奖励。\n附则\n"));
    assert_eq!(
        told(&old, &new),
        ["其他文字改写：“县政府将予以表彰。”改为“县政府将予以奖励。”", "其他文字增加：“附则”"]
    );
    assert_eq!(diff(&old, &new)[0].new_line, Some(2));
    assert_eq!(diff(&reading("县政府，表彰。"), &reading("县政府表彰")), []);
}

#[test]
fn a_mere_change_of_order_is_a_change() {
    assert_eq!(told(&reading("甲\n乙\n"), &reading("乙\n甲\n")).len(), 1);
}

#[test]
fn a_line_whose_change_is_told_is_not_told_again() {
    let with_title = |title: &str| {
        let mut plan = titled(title);
        plan.text = format!("{}\n", title);
        if let Some(text) = &mut plan.title {
            text.source.span = Span { start: 0, end: u32::try_from(title.len()).unwrap() };
        }
        plan
    };
    assert_eq!(diff(&with_title("应急预案（试行）"), &with_title("应急预案")).len(), 1);
}

#[test]
fn a_number_that_came_with_a_new_measure_is_not_told_twice() {
    let mut new = with_level(None, &[], &["储备设备不少于60台"]);
    new.quantities = quantity("储备设备", 60.0).quantities;
    new.quantities[0].source = source(21);
    let old = with_level(None, &[], &[]);
    assert_eq!(told(&old, &new), ["Ⅲ级措施增加：“储备设备不少于60台”"]);
}

#[test]
fn a_task_moved_by_its_deadline_is_not_told_again_as_a_clock() {
    let with_clock = |month, last| {
        let mut plan = task("完善监测网络", day(month, last), ResponsibilityRole::Lead);
        let kind = TimeKind::ByDate { date: day(month, last), ongoing: false };
        plan.times = vec![TimeRule { kind, subject: String::new(), text: String::new(), source: source(31) }];
        plan
    };
    assert_eq!(diff(&with_clock(3, 31), &with_clock(6, 30)).len(), 1);
}

/// A change as it must look from the other side.
fn mirrored(change: &Change) -> (ChangeKind, Option<u32>, Option<u32>) {
    let kind = match change.kind {
        ChangeKind::Added => ChangeKind::Removed,
        ChangeKind::Removed => ChangeKind::Added,
        other => other,
    };
    (kind, change.new_line, change.old_line)
}

#[test]
fn swapping_the_versions_swaps_added_and_removed() {
    for (old, new, _) in cases() {
        let mut forth: Vec<_> = diff(&old, &new).iter().map(|one| (one.kind, one.old_line, one.new_line)).collect();
        let mut back: Vec<_> = diff(&new, &old).iter().map(mirrored).collect();
        forth.sort_unstable();
        back.sort_unstable();
        assert_eq!(forth, back);
    }
}

/// Plans whose levels, groups and numbers are drawn from a few alike words, so that pairing has ties to break.
fn drawn(seed: u64) -> Plan {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % 1009).unwrap() % n
    };
    let words = ["加强监测", "加强监测预警", "开展流行病学调查", "开展流行病学调查溯源", "做好救治", "做好医疗救治"];
    let units = ["县卫健局", "县教育局", "县公安局", "县财政局"];
    let names = ["医疗救治组", "医疗救治专家组", "物资保障组", "物资保障专班"];
    let some_words: Vec<&str> = (0..draw(7)).map(|_| words[draw(words.len())]).collect();
    let groups = (0..draw(4)).map(|_| {
        let members: Vec<&str> = (0..draw(4)).map(|_| units[draw(units.len())]).collect();
        body(names[draw(names.len())], &members)
    });
    let groups = groups.collect();
    let mut plan = with_level(ResponseLevel::from_number(u32::try_from(draw(5)).unwrap()), &[], &some_words);
    plan.organisation.groups = groups;
    plan.text = some_words.join("\n");
    plan.quantities = quantity(words[draw(words.len())], [60.0, 80.0][draw(2)]).quantities;
    plan
}

#[test]
fn swapping_holds_for_many_drawn_plans() {
    for seed in 0..600 {
        let (old, new) = (drawn(seed), drawn(seed + 10_000));
        assert_eq!(diff(&old, &old), [], "seed {seed}");
        let mut forth: Vec<_> = diff(&old, &new).iter().map(|one| (one.kind, one.old_line, one.new_line)).collect();
        let mut back: Vec<_> = diff(&new, &old).iter().map(mirrored).collect();
        forth.sort_unstable();
        back.sort_unstable();
        assert_eq!(forth, back, "seed {seed}");
    }
}

#[test]
fn long_lists_of_like_sentences_are_compared_in_good_time() {
    let many =
        |stem: &str| -> Vec<String> { (0..1000).map(|n| format!("{stem}第{n}号点位每日巡查登记")).collect() };
    let plan = |list: &[String]| {
        let list: Vec<&str> = list.iter().map(String::as_str).collect();
        with_level(None, &[], &list)
    };
    let n = diff(&plan(&many("甲")), &plan(&many("乙"))).len();
    assert!((1000..=2000).contains(&n), "every sentence is told once or twice: {n}");
}
