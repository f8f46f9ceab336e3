use crate::Lang;

/// Fewest characters of a password.
pub const SHORTEST: usize = 10;
/// Most characters, so that hashing stays cheap.
pub const LONGEST: usize = 128;

/// Passwords that everybody tries first, without digits and signs at their ends.
const COMMON: &[&str] =
    &["password", "qwerty", "qwertyuiop", "admin", "administrator", "woaini", "lianfang", "letmein", "welcome", "abc"];

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefusal {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// A common word, a row of keys or digits, or a single character again and again.
    TooCommon,
    /// It holds the login name.
    HoldsLogin,
    /// The two fields differ.
    NotTheSame,
}

impl PasswordRefusal {
    /// What is wrong and what to do.
    pub fn words(self, lang: Lang) -> String {
        match self {
            PasswordRefusal::TooShort => lang.pick(
                format!("密码至少 {SHORTEST} 个字符；可用几个不相干的词连成一句。"),
                format!("At least {SHORTEST} characters; a few unrelated words make a good one."),
            ),
            PasswordRefusal::TooLong => {
                lang.pick(format!("密码最多 {LONGEST} 个字符。"), format!("At most {LONGEST} characters."))
            }
            PasswordRefusal::TooCommon => lang.pick(
                "这个密码太常见，容易被猜到；请换一个。".to_owned(),
                "This password is too common and easily guessed; choose another.".to_owned(),
            ),
            PasswordRefusal::HoldsLogin => {
                lang.pick("密码不能包含登录名。".to_owned(), "The password must not contain the login name.".to_owned())
            }
            PasswordRefusal::NotTheSame => lang.pick(
                "两次输入的密码不一致，请重新输入。".to_owned(),
                "The two passwords differ; type them again.".to_owned(),
            ),
        }
    }
}

/// Whether a new password is good enough: length and not guessable. Composition rules and expiry are left out on
/// purpose, as they make passwords worse.
///
/// Source: NIST SP 800-63B (2017), section 5.1.1.2.
///
/// # Errors
/// A [`PasswordRefusal`] that says what is wrong.
pub fn check_password(password: &str, again: &str, login: &str) -> Result<(), PasswordRefusal> {
    let count = password.chars().count();
    let lower = password.to_lowercase();
    if count < SHORTEST {
        Err(PasswordRefusal::TooShort)
    } else if count > LONGEST {
        Err(PasswordRefusal::TooLong)
    } else if !login.is_empty() && lower.contains(&login.to_lowercase()) {
        Err(PasswordRefusal::HoldsLogin)
    } else if is_common(&lower) {
        Err(PasswordRefusal::TooCommon)
    } else if password != again {
        Err(PasswordRefusal::NotTheSame)
    } else {
        Ok(())
    }
}

fn is_common(lower: &str) -> bool {
    let core = lower.trim_matches(|c: char| !c.is_alphabetic());
    let steps_by = |step: i64| {
        let codes: Vec<i64> = lower.chars().map(|c| i64::from(u32::from(c))).collect();
        codes.windows(2).all(|pair| pair[1] - pair[0] == step)
    };
    // `0123456789`, `9876543210`, `1111111111`, `1234567890`.
    let run = [0, 1, -1].into_iter().any(steps_by) || "12345678901234567890".contains(lower);
    let repeated = (1..=3).any(|size| {
        let unit: String = lower.chars().take(size).collect();
        lower.trim_start_matches(&unit).is_empty()
    });
    run || repeated || core.is_empty() && lower.chars().count() < 14 || COMMON.contains(&core)
}

/// A login name: letters, digits, `.`, `-`, `_`, or Chinese characters; 2 to 40.
pub fn is_login(login: &str) -> bool {
    let count = login.chars().count();
    (2..=40).contains(&count)
        && login.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '\u{4E00}'..='\u{9FFF}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused_with_the_reason() {
        let cases = [
            ("short", PasswordRefusal::TooShort),
            ("0123456789", PasswordRefusal::TooCommon),
            ("1234567890", PasswordRefusal::TooCommon),
            ("aaaaaaaaaaaa", PasswordRefusal::TooCommon),
            ("abababababab", PasswordRefusal::TooCommon),
            ("Password12345", PasswordRefusal::TooCommon),
            ("2026.11.22.08", PasswordRefusal::TooCommon),
            ("chenli-2026-x", PasswordRefusal::HoldsLogin),
        ];
        for (password, refusal) in cases {
            assert_eq!(check_password(password, password, "chenli"), Err(refusal), "{password}");
        }
    }

    #[test]
    fn a_few_words_or_a_chinese_sentence_are_taken() {
        for password in ["river stone lamp", "今晚值班记得交接记录", "k7-Wm2.qQz9"] {
            assert_eq!(check_password(password, password, "chenli"), Ok(()), "{password}");
        }
        assert_eq!(check_password("river stone lamp", "river stone", ""), Err(PasswordRefusal::NotTheSame));
    }

    #[test]
    fn login_names_hold_no_spaces_or_signs_that_hide() {
        assert!(is_login("zhang.wei") && is_login("值班员1"));
        assert!(!is_login("a") && !is_login("a b") && !is_login("<b>") && !is_login(""));
    }
}
