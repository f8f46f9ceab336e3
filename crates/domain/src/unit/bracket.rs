use super::{Alias, AliasKind, normal_name};

/// A unit's name as written, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    /// The name without its bracket.
    pub name: String,
    /// Second, short and former names from the bracket.
    pub aliases: Vec<Alias>,
    /// What stands in the bracket and is no name (`牵头`, `筹`), so that nothing is lost.
    pub remark: Option<String>,
}

/// The last characters of names of units.
const UNIT_ENDS: &str = "局委办部院所心站队会司处科室署厅府校行社厂馆台关组";

/// Words that open a bracket and tell what follows.
const OPENERS: [(&str, AliasKind); 10] = [
    ("以下简称为", AliasKind::Short),
    ("以下简称", AliasKind::Short),
    ("下称", AliasKind::Short),
    ("简称", AliasKind::Short),
    ("曾用名", AliasKind::Former),
    ("原名", AliasKind::Former),
    ("原", AliasKind::Former),
    ("加挂", AliasKind::Bracketed),
    ("挂", AliasKind::Bracketed),
    ("又称", AliasKind::Bracketed),
];

/// Takes the bracket at the end of a written name apart: `财政局（国资办）` is the unit 财政局, which also bears the name
/// 国资办. A bracket that belongs to the name of a kind (`各乡镇（街道）`) or stands in the middle (`村(居)委会`) is left.
pub fn split_written(written: &str) -> WrittenName {
    let whole = |remark| WrittenName { name: written.trim().to_owned(), aliases: Vec::new(), remark };
    let Some((name, inside)) = last_bracket(written.trim()) else {
        return whole(None);
    };
    if name.starts_with('各') || matches!(inside, "街道" | "乡镇" | "社区" | "村" | "镇" | "乡" | "市、区" | "居")
    {
        return whole(None);
    }
    let aliases: Option<Vec<Alias>> = inside.split(['、', '，', ',', '；', ';']).map(alias).collect();
    let remark = aliases.is_none().then(|| inside.to_owned());
    WrittenName { name: name.to_owned(), aliases: aliases.unwrap_or_default(), remark }
}

/// The text before the bracket at its end, and the text in the bracket.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_suffix([')', '）', '〕', '】'])?;
    let at = body.rfind(['(', '（', '〔', '【'])?;
    let inside = body[at..].trim_start_matches(['(', '（', '〔', '【']).trim();
    let name = body[..at].trim();
    (!name.is_empty() && !inside.is_empty()).then_some((name, inside))
}

/// The name that a part of a bracket gives; none if it is no name.
fn alias(part: &str) -> Option<Alias> {
    let part = part.trim();
    let opener = OPENERS.iter().find_map(|(word, kind)| Some((part.strip_prefix(word)?, *kind)));
    let (rest, kind) = opener.unwrap_or((part, AliasKind::Bracketed));
    let rest = rest.trim_start_matches([':', '：', ' ']).trim_end_matches("牌子").trim_end_matches('牌');
    let text = rest.trim_matches(['“', '”', '"', ' ', '「', '」']);
    let normal = normal_name(text);
    let is_name = normal.chars().count() >= 2 && normal.ends_with(|c| UNIT_ENDS.contains(c));
    is_name.then(|| Alias { text: text.to_owned(), kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_at_the_end_gives_second_short_and_former_names() {
        type Case<'a> = (&'a str, &'a str, &'a [(&'a str, AliasKind)]);
        let cases: &[Case<'_>] = &[
            ("区财政局(国资办)", "区财政局", &[("国资办", AliasKind::Bracketed)]),
            ("医政科（应急办）", "医政科", &[("应急办", AliasKind::Bracketed)]),
            (
                "区政府办公室（区外办、区金融办）",
                "区政府办公室",
                &[("区外办", AliasKind::Bracketed), ("区金融办", AliasKind::Bracketed)],
            ),
            ("区卫生健康局（挂区中医药管理局牌子）", "区卫生健康局", &[("区中医药管理局", AliasKind::Bracketed)]),
            ("区卫生健康局（简称“区卫健局”）", "区卫生健康局", &[("区卫健局", AliasKind::Short)]),
            ("区卫生健康局（原区卫计委）", "区卫生健康局", &[("区卫计委", AliasKind::Former)]),
        ];
        for (written, name, aliases) in cases {
            let split = split_written(written);
            let found: Vec<_> = split.aliases.iter().map(|alias| (alias.text.as_str(), alias.kind)).collect();
            assert_eq!((split.name.as_str(), found.as_slice(), split.remark), (*name, *aliases, None));
        }
    }

    #[test]
    fn what_is_no_name_is_kept_as_a_remark() {
        let split = split_written("区卫健局（牵头）");
        assert_eq!((split.name.as_str(), split.remark.as_deref()), ("区卫健局", Some("牵头")));
        assert_eq!(split.aliases, []);
    }

    #[test]
    fn brackets_that_belong_to_the_name_stay() {
        for written in ["各乡镇（街道）", "村(居)委会", "区卫健局", "（待定）", "区卫健局（）"]
        {
            let split = split_written(written);
            assert_eq!((split.name.as_str(), split.aliases.len(), split.remark), (written, 0, None));
        }
    }
}
