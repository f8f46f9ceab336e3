use lianfang_domain::Lang;
use serde_json::{Map, Value as Json};

/// The fields of a JSON body as those of a form: numbers and truth values as text, nothing as empty. So what is typed on
/// a page and what a program sends is read and checked by the same code.
///
/// # Errors
/// What is wrong with the body, in words.
pub(crate) fn pairs_of(body: &[u8], lang: Lang) -> Result<String, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(String::new());
    }
    let fields: Map<String, Json> = serde_json::from_slice(body).map_err(|error| {
        lang.pick(format!("内容不是 JSON 对象：{error}"), format!("The body is no JSON object: {error}"))
    })?;
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        let text = match value {
            Json::Null => continue,
            Json::Bool(true) => "1".to_owned(),
            Json::Bool(false) => String::new(),
            Json::Number(number) => number.to_string(),
            Json::String(text) => text,
            Json::Array(_) | Json::Object(_) => {
                return Err(lang.pick(
                    format!("字段“{name}”应为文本、数字或真假值。"),
                    format!("The field “{name}” must be text, a number or a truth value."),
                ));
            }
        };
        form.append_pair(&name, &text);
    }
    Ok(form.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_sends_reads_like_a_form() {
        let body = r#"{"name": "石桥镇", "population": 41250, "keep": true, "short": null, "no": false}"#;
        let pairs = pairs_of(body.as_bytes(), Lang::En).unwrap();
        let fields: Vec<(String, String)> = form_urlencoded::parse(pairs.as_bytes()).into_owned().collect();
        let mut expected = vec![("keep", "1"), ("name", "石桥镇"), ("no", ""), ("population", "41250")];
        expected.sort_unstable();
        let mut found: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(pairs_of(b" ", Lang::En).unwrap(), "");
        assert!(pairs_of(b"[1]", Lang::En).is_err());
        assert!(pairs_of(br#"{"a": [1]}"#, Lang::En).unwrap_err().contains("“a”"));
    }
}
