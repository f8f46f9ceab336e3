use crate::Lang;

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaFault {
    /// The column, counted in characters from 1.
    pub column: usize,
    /// What is wrong there.
    pub kind: FormulaFaultKind,
}

/// What can be wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaFaultKind {
    /// Nothing was written.
    Empty,
    /// A sign that formulas do not have.
    Sign(char),
    /// It ends where something is expected.
    Ends,
    /// A number, name or parenthesis is expected, and something else stands there.
    PartExpected(String),
    /// The formula is over, and something stands behind it.
    Behind(String),
    /// A parenthesis is not closed.
    NotClosed,
    /// A number that cannot be read.
    Number(String),
    /// A function has too few or too many parts.
    Parts {
        /// The function.
        function: &'static str,
        /// How many it has.
        n: usize,
    },
    /// There is no such function.
    NoFunction(String),
    /// A population of something that is no area.
    NoArea(String),
    /// Parentheses lie too deep, or it is too long.
    TooLong,
    /// No indicator has this code.
    NoIndicator(String),
    /// Things of different measures are added, subtracted or compared.
    Measures {
        /// What the sign or function is.
        act: &'static str,
        /// The one measure.
        left: String,
        /// The other.
        right: String,
    },
    /// The result is counted in something else than the indicator.
    Result {
        /// What the formula gives.
        gives: String,
        /// What the indicator is counted in.
        declared: String,
    },
    /// It goes round in a circle, by these codes.
    Cycle(Vec<String>),
}

impl FormulaFault {
    /// `第 5 列：……`: where, what, and what to do.
    pub fn words(&self, lang: Lang) -> String {
        let column = self.column;
        let what = self.kind.words(lang);
        if matches!(self.kind, FormulaFaultKind::Cycle(_) | FormulaFaultKind::Result { .. } | FormulaFaultKind::Empty) {
            return what;
        }
        lang.pick(format!("第 {column} 列：{what}"), format!("Column {column}: {what}"))
    }
}

impl FormulaFaultKind {
    fn words(&self, lang: Lang) -> String {
        use FormulaFaultKind as Kind;
        match self {
            Kind::Empty => lang.pick("请填写公式，如 房间在用 ÷ 房间总数。".into(), "Write a formula, such as used ÷ total.".into()),
            Kind::Sign(sign) => lang.pick(
                format!("公式中不能有“{sign}”；可用 + − × ÷ 和括号。"),
                format!("“{sign}” is no part of formulas; use + − × ÷ and parentheses."),
            ),
            Kind::Ends => lang.pick("公式没有写完，请补上数字、指标代码或括号。".into(), "The formula stops here; add a number, a code or a parenthesis.".into()),
            Kind::PartExpected(found) => lang.pick(
                format!("这里应为数字、指标代码或括号，现为“{found}”。"),
                format!("A number, a code or a parenthesis is expected here; this is “{found}”."),
            ),
            Kind::Behind(found) => lang.pick(
                format!("“{found}”前缺少运算符，请加上 + − × ÷ 之一。"),
                format!("A sign is missing before “{found}”; put one of + − × ÷ there."),
            ),
            Kind::NotClosed => lang.pick("括号没有关闭，请补上“)”。".into(), "The parenthesis is not closed; add “)”.".into()),
            Kind::Number(text) => lang.pick(format!("“{text}”不是能识别的数字。"), format!("“{text}” cannot be read as a number.")),
            Kind::Parts { function, n } => lang.pick(
                format!("{function}需要两项，用逗号隔开，现为 {n} 项。"),
                format!("{function} takes two parts with a comma between; these are {n}."),
            ),
            Kind::NoFunction(name) => lang.pick(
                format!("没有名为“{name}”的函数；可用 每万、百分比、最小、最大、人口。"),
                format!("There is no function “{name}”; use per10k, percent, min, max, population."),
            ),
            Kind::NoArea(text) => lang.pick(
                format!("“{text}”不是区划代码；写 人口 表示本辖区，或 人口(区划代码)。"),
                format!("“{text}” is no division code; write population for the same area, or population(code)."),
            ),
            Kind::TooLong => lang.pick("公式过长或括号过深，请拆成几个指标。".into(), "The formula is too long or too deep; make several indicators of it.".into()),
            Kind::NoIndicator(code) => lang.pick(
                format!("没有代码为“{code}”的指标，请核对或先建立该指标。"),
                format!("No indicator has the code “{code}”; check it, or define that indicator first."),
            ),
            Kind::Measures { act, left, right } => lang.pick(
                format!("“{act}”两边计量单位不同（{left} 与 {right}），不能直接运算，请换用同一单位的指标或先相除。"),
                format!("The two sides of “{act}” are counted in different things ({left} and {right}); use indicators of one unit, or divide first."),
            ),
            Kind::Result { gives, declared } => lang.pick(
                format!("公式结果的单位是“{gives}”，指标的单位是“{declared}”，请改成一致。"),
                format!("The formula gives “{gives}”, but the indicator is counted in “{declared}”; make them the same."),
            ),
            Kind::Cycle(codes) => lang.pick(
                format!("公式互相引用，绕成一圈：{}。请去掉其中一处引用。", codes.join(" → ")),
                format!("The formulas refer to each other in a circle: {}. Take one of the references out.", codes.join(" → ")),
            ),
        }
    }
}
