//! What a single name is: a unit, a kind of unit, a post or a person.

use std::sync::LazyLock;

use crate::words::{Heads, Tails};

/// Endings of names of units and of kinds of unit.
static UNIT_ENDINGS: LazyLock<Tails<()>> = LazyLock::new(|| {
    Tails::plain(&[
        "局",
        "委",
        "办",
        "部",
        "院",
        "所",
        "中心",
        "站",
        "队",
        "会",
        "联",
        "协",
        "行",
        "公司",
        "镇",
        "乡",
        "街道",
        "处",
        "科",
        "室",
        "署",
        "厅",
        "机构",
        "单位",
        "部门",
        "政府",
        "集团",
        "学校",
        "大学",
        "学院",
        "幼儿园",
        "社区",
        "村",
        "指挥部",
        "组",
        "海关",
        "区",
        "县",
        "市",
        "社",
        "厂",
        "企业",
        "场所",
        "段",
        "校",
        "馆",
        "台",
        "园",
        "股",
        "分局",
        "专班",
        "机关",
        "医院",
        "党校",
        "小学",
        "中学",
        "食堂",
        "酒店",
        "宾馆",
        "景区",
        "旗",
        "州",
        "盟",
        "库",
        "团",
        "办事处",
        "事业部",
        "物业",
        "诊所",
        "药店",
        "市场",
        "边检",
        "民航",
        "铁路",
        "海事",
        "公安",
        "支局",
        "营业部",
        "网格",
        "法院",
        "军分区",
    ])
});

/// Endings of posts.
static POST_ENDINGS: LazyLock<Tails<()>> = LazyLock::new(|| {
    Tails::plain(&[
        "长",
        "主任",
        "书记",
        "同志",
        "领导",
        "常委",
        "主席",
        "负责人",
        "人员",
        "专家",
        "干部",
        "委员",
        "总监",
        "经理",
        "调研员",
        "骨干",
        "指挥",
        "责任人",
        "助理",
        "主管",
        "教师",
        "医师",
        "护士",
        "研究员",
        "巡视员",
        "政委",
        "局领导",
        "校医",
        "村医",
        "医生",
        "主要负责",
        "检察官",
    ])
});

/// Whether the name ends as the name of a unit does.
pub(crate) fn is_unit_like(name: &str) -> bool {
    let base = name.split_once('(').map_or(name, |(base, _)| base);
    UNIT_ENDINGS.are_in(base) && !is_post(base)
}

/// Whether the name ends as the name of a post does.
pub(crate) fn is_post(name: &str) -> bool {
    POST_ENDINGS.are_in(name)
}

/// Words that begin with the sign of an area but are no area (`市场监督管理局`).
static NO_PREFIX: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "市场", "市容", "市级", "市直", "区域", "区级", "区直", "县域", "县级", "县直", "乡村", "乡镇", "省级", "省直",
        "省属", "州级", "镇级", "市属", "区属", "县属", "镇街", "市区", "县区", "区县", "乡级", "市县",
    ])
});

/// The area sign a name begins with (`区卫健局` → `区`, `县委宣传部` → `县`).
pub(crate) fn own_prefix(name: &str) -> Option<char> {
    let mut chars = name.chars();
    let first = chars.next().filter(|c| matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '镇' | '乡'))?;
    let second = chars.next()?;
    chars.next()?;
    if name.starts_with("市政") && !name.starts_with("市政府") && !name.starts_with("市政协") {
        return None;
    }
    let blocked = NO_PREFIX.are_in(name) || matches!(second, '、' | ',' | '和' | '及' | '与');
    (!blocked).then_some(first)
}

/// Units that report straight to the province or the state and take no local prefix.
static VERTICAL: LazyLock<Heads<()>> = LazyLock::new(|| {
    Heads::plain(&[
        "人民银行",
        "人行",
        "中国",
        "国家",
        "国网",
        "海关",
        "海事",
        "边检",
        "民航",
        "铁路",
        "武警",
        "解放军",
        "军分区",
        "驻",
        "银保监",
        "中石",
        "省",
        "铁塔",
        "派出所",
        "移动",
        "联通",
        "电信",
        "全国",
        "全市",
        "全县",
        "全区",
        "本",
        "人民武装",
        "团",
        "机场",
        "高速",
    ])
});

/// Whether a name carries a place or system of its own, so that it inherits nothing.
pub(crate) fn has_own_place(name: &str) -> bool {
    if VERTICAL.are_in(name) {
        return true;
    }
    // `石桥镇社区卫生服务中心`, `武进海关办事处`, `市公安局东山分局`: a place name stands in front or inside.
    static PLACED: LazyLock<Heads<()>> =
        LazyLock::new(|| Heads::plain(&["海关", "支行", "分局", "分行", "分公司", "镇", "乡", "街道", "人民医院"]));
    static STATIONS: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&["机场", "客运站", "汽车站", "火车站", "高铁站", "车站", "供电", "电网", "烟草"])
    });
    let base = name.split_once('(').map_or(name, |(base, _)| base);
    if PLACED.are_inside(base)
        && !matches!(base, "人民医院" | "乡镇卫生院" | "乡村振兴局")
        && !base.starts_with("乡村")
        && !base.starts_with("乡镇")
    {
        return true;
    }
    if STATIONS.are_inside(base) {
        return true;
    }
    let mut before = '\0';
    for (index, c) in base.chars().enumerate().take(6) {
        let closes_place = matches!(c, '省' | '市' | '县' | '区' | '州')
            && index >= 2
            && !matches!(before, '社' | '地' | '园' | '学' | '城' | '辖' | '发' | '军' | '景' | '灾' | '小');
        if closes_place && base.chars().nth(index + 1).is_some() {
            return true;
        }
        before = c;
    }
    false
}

/// Party bodies stand under the committee of the area: `宣传部` → `委`.
pub(crate) fn party_prefix(name: &str) -> bool {
    static PARTY: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "组织部",
            "宣传部",
            "统战部",
            "政法委",
            "网信办",
            "编办",
            "社会工作部",
            "老干部局",
            "党校",
            "巡察办",
        ])
    });
    PARTY.hold(name)
}

/// Whether a name is that of a department which may inherit a prefix; sections inside a unit do not.
pub(crate) fn may_inherit(name: &str) -> bool {
    let base = name.split_once('(').map_or(name, |(base, _)| base);
    static ENDINGS: LazyLock<Tails<()>> = LazyLock::new(|| {
        Tails::plain(&[
            "局",
            "委",
            "办",
            "部",
            "院",
            "所",
            "中心",
            "站",
            "队",
            "会",
            "联",
            "协",
            "公司",
            "厅",
            "办公室",
            "研究室",
            "医院",
            "党校",
            "馆",
            "社",
            "政府",
            "台",
        ])
    });
    let ends = ENDINGS.are_in(base);
    ends && !has_own_place(base) && !is_post(base) && base.chars().count() >= 2
}

/// Whether a name stands for all units of a kind.
pub(crate) fn is_collective(name: &str) -> bool {
    static STARTS: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "各",
            "全区各",
            "全县各",
            "全市各",
            "相关",
            "有关",
            "其他",
            "辖区",
            "全区",
            "全县",
            "全市",
            "所有",
            "区各",
            "县各",
            "市各",
            "事发地",
            "涉事",
        ])
    });
    STARTS.are_in(name) || matches!(name, "县" | "区" | "市" | "县区" | "乡镇" | "街道")
}

/// Kinds of unit that follow a collective without repeating 各 (`各乡镇、办事处`).
pub(crate) fn is_kind_word(name: &str) -> bool {
    static KINDS: LazyLock<Heads<()>> = LazyLock::new(|| {
        Heads::plain(&[
            "乡镇",
            "镇",
            "乡",
            "街道",
            "办事处",
            "街道办事处",
            "社区",
            "村",
            "村居",
            "开发区",
            "园区",
            "学校",
            "医院",
            "医疗机构",
            "医疗卫生机构",
            "企业",
            "单位",
            "部门",
            "村委会",
            "居委会",
            "乡镇人民政府",
            "乡镇政府",
            "管委会",
            "社区卫生服务中心",
            "乡镇卫生院",
            "卫生院",
            "农场",
            "林场",
            "县",
            "区",
            "街道办",
            "村(居)委会",
            "行政村",
            "村(社区)",
            "社区居委会",
            "街办",
        ])
    });
    KINDS.hold(name)
}
