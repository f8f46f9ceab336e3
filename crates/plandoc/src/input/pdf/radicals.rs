//! Puts the ordinary character for one that a PDF took from the list of radicals.
//!
//! Several programs write `⼀` (the radical) for `一`, because both have the same picture in the
//! font. It is the file that errs there, not its author, and no rule about `一、` would ever match.

/// The ordinary characters for U+2F00 to U+2FD5, in order.
const KANGXI: &str = "\
    一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀\
    寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋\
    比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸\
    缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛\
    辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻\
    黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠\
";

/// The ordinary characters for those of U+2E80 to U+2EF3 that plans use.
const SUPPLEMENT: [(char, char); 18] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻩', '黄'),
    ('⻬', '齐'),
];

/// The ordinary character, if `c` is a radical.
pub(super) fn ordinary(c: char) -> char {
    match c {
        '\u{2F00}'..='\u{2FD5}' => {
            usize::try_from(u32::from(c) - 0x2F00).ok().and_then(|index| KANGXI.chars().nth(index)).unwrap_or(c)
        }
        '\u{2E80}'..='\u{2EF3}' => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, ordinary)| *ordinary)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{KANGXI, ordinary};

    #[test]
    fn radicals_become_ordinary_characters() {
        assert_eq!(KANGXI.chars().count(), 214);
        let cases = [('⼀', '一'), ('⼆', '二'), ('⼈', '人'), ('⽇', '日'), ('⿕', '龠'), ('⻓', '长')];
        for (radical, expected) in cases {
            assert_eq!(ordinary(radical), expected);
        }
        assert_eq!(ordinary('甲'), '甲');
    }
}
