use super::choose::Reason;
use super::clean::Note;
use super::detector::Detector;
use super::page::Assessment;

fn number(x: f64) -> String {
    if x.fract() == 0.0 { format!("{x:.0}") } else { format!("{x:.1}") }
}

fn chance(p: f64) -> String {
    if p < 0.0001 { "<0.0001".to_owned() } else { format!("{p:.4}") }
}

impl Reason {
    /// In Chinese.
    pub fn words_zh(&self) -> String {
        match self {
            Reason::Asked => "由用户指定".to_owned(),
            Reason::EveryCase => "此类疾病每一例都须立即处置".to_owned(),
            Reason::YearsOfWeeks { years } => format!("有{years}年以上的周数据，可区分季节、水平和趋势"),
            Reason::YearsOfDays { years } => format!("有{years}年以上的日数据，可与往年同期比较"),
            Reason::ShortAndLow { mean } => format!("历史较短且病例少（近期均值{}），用适合小数的方法", number(*mean)),
            Reason::ShortAndSteady { mean } => {
                format!("历史较短而病例较多（近期均值{}），与此前各期比较", number(*mean))
            }
        }
    }

    /// In English.
    pub fn words_en(&self) -> String {
        match self {
            Reason::Asked => "asked for".to_owned(),
            Reason::EveryCase => "every single case of this disease must be acted upon".to_owned(),
            Reason::YearsOfWeeks { years } => {
                format!("{years} years of weeks or more: season, level and trend can be told apart")
            }
            Reason::YearsOfDays { years } => {
                format!("{years} years of days or more: the same weeks of earlier years can be compared")
            }
            Reason::ShortAndLow { mean } => {
                format!("a short history with few cases (recent mean {}): a method for small numbers", number(*mean))
            }
            Reason::ShortAndSteady { mean } => {
                format!(
                    "a short history with more cases (recent mean {}): compared with the steps before",
                    number(*mean)
                )
            }
        }
    }
}

impl Note {
    /// In Chinese.
    pub fn words_zh(&self) -> String {
        match self {
            Note::Sorted => "数据未按日期排列，已排序".to_owned(),
            Note::Repeated { rows } => format!("{rows}行重复，已合并"),
            Note::Gaps { steps, first } => format!("缺{steps}个时点（最早{first}），按未知处理，不当作0"),
            Note::Fractions { steps } => format!("{steps}个时点的病例数不是整数"),
            Note::AfterAsOf { rows } => format!("{rows}行晚于数据截止日，未使用"),
        }
    }

    /// In English.
    pub fn words_en(&self) -> String {
        match self {
            Note::Sorted => "rows were sorted by date".to_owned(),
            Note::Repeated { rows } => format!("{rows} repeated rows were merged"),
            Note::Gaps { steps, first } => format!("{steps} steps are missing (first {first}); unknown, not zero"),
            Note::Fractions { steps } => format!("{steps} counts are not whole"),
            Note::AfterAsOf { rows } => format!("{rows} rows after the as-of date were left out"),
        }
    }
}

impl Detector {
    /// What it is called in Chinese.
    pub fn title_zh(&self) -> &'static str {
        match self {
            Detector::Fixed { .. } => "固定阈值法",
            Detector::Ears(_) => "EARS 法",
            Detector::Bayes { .. } => "贝叶斯法",
            Detector::MovingPercentile(_) => "移动百分位数法",
            Detector::HistoricalLimits { .. } => "历史限值法",
            Detector::Cdc { .. } => "四周历史比较法",
            Detector::Farrington(_) => "Farrington 法（1996）",
            Detector::Flexible(_) => "Farrington 灵活法",
        }
    }

    /// Its parameters in Chinese.
    pub fn settings_zh(&self) -> String {
        match self {
            Detector::Fixed { limit } => format!("{}例", number(*limit)),
            Detector::Ears(e) => format!("{:?}，显著性{}", e.method, e.alpha.get()),
            Detector::Bayes { set, alpha } => format!("此前{}期，显著性{}", set.half_window, alpha.get()),
            Detector::MovingPercentile(m) => format!("P{}，{}年", number(m.percentile.get() * 100.0), m.years),
            Detector::HistoricalLimits { years } => format!("{years}年"),
            Detector::Cdc { years, alpha } => format!("{years}年，显著性{}", alpha.get()),
            Detector::Farrington(f) => format!("{}年，显著性{}", f.years, f.alpha.get()),
            Detector::Flexible(f) => format!("{}年，显著性{}", f.years, f.alpha.get()),
        }
    }

    /// Its parameters in English.
    pub fn settings_en(&self) -> String {
        let years = |years: usize| format!("{years} {}", if years == 1 { "year" } else { "years" });
        match self {
            Detector::Fixed { limit } => format!("{} cases", number(*limit)),
            Detector::Ears(e) => format!("{:?}, level {}", e.method, e.alpha.get()),
            Detector::Bayes { set, alpha } => format!("{} steps before, level {}", set.half_window, alpha.get()),
            Detector::MovingPercentile(m) => format!("P{}, {}", number(m.percentile.get() * 100.0), years(m.years)),
            Detector::HistoricalLimits { years: n } => years(*n),
            Detector::Cdc { years: n, alpha } => format!("{}, level {}", years(*n), alpha.get()),
            Detector::Farrington(f) => format!("{}, level {}", years(f.years), f.alpha.get()),
            Detector::Flexible(f) => format!("{}, level {}", years(f.years), f.alpha.get()),
        }
    }

    /// What it is called in English.
    pub fn title_en(&self) -> &'static str {
        match self {
            Detector::Fixed { .. } => "fixed threshold",
            Detector::Ears(_) => "EARS",
            Detector::Bayes { .. } => "Bayes",
            Detector::MovingPercentile(_) => "moving percentile",
            Detector::HistoricalLimits { .. } => "historical limits",
            Detector::Cdc { .. } => "four weeks against earlier years",
            Detector::Farrington(_) => "Farrington 1996",
            Detector::Flexible(_) => "Farrington flexible",
        }
    }
}

impl Assessment {
    /// The judgement in Chinese sentences.
    pub fn words_zh(&self) -> String {
        let verdict = match self.alarm {
            Some(true) => "报警",
            Some(false) => "未见异常",
            None => "无法判断",
        };
        let mut words = format!("{}：{verdict}。观察到{}例", self.on, number(self.observed));
        words += &self.expected.map_or(String::new(), |e| format!("，预期{}例", number(e)));
        words += &self.threshold.map_or(String::new(), |t| format!("，阈值{}例", number(t)));
        words += &self.p.map_or(String::new(), |p| format!("，偶然达到或超过的概率{}", chance(p)));
        words += &format!("。方法：{}（{}）。", self.detector.title_zh(), self.reason.words_zh());
        words += &format!("比较自{}起的数据，数据截至{}。", self.window_from, self.as_of);
        for note in &self.notes {
            words += &format!("{}。", note.words_zh());
        }
        words
    }

    /// The judgement in English sentences.
    pub fn words_en(&self) -> String {
        let verdict = match self.alarm {
            Some(true) => "alarm",
            Some(false) => "nothing unusual",
            None => "cannot be judged",
        };
        let mut words = format!("{}: {verdict}. {} observed", self.on, number(self.observed));
        words += &self.expected.map_or(String::new(), |e| format!(", {} expected", number(e)));
        words += &self.threshold.map_or(String::new(), |t| format!(", threshold {}", number(t)));
        words += &self.p.map_or(String::new(), |p| format!(", chance of as many or more {}", chance(p)));
        words += &format!(". Method: {} ({}). ", self.detector.title_en(), self.reason.words_en());
        words += &format!("Compared with data since {}; data as of {}.", self.window_from, self.as_of);
        for note in &self.notes {
            words += &format!(" {}.", note.words_en());
        }
        words
    }
}
