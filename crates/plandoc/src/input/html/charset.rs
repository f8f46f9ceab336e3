//! Finds the encoding that a page names for itself.

use encoding_rs::Encoding;

/// Browsers look no further into a page for its encoding either.
const HEAD: usize = 4096;

/// The encoding named in a `meta` tag or an XML declaration.
pub(super) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes).to_ascii_lowercase();
    ["charset", "encoding"].into_iter().find_map(|word| after(&head, word.as_bytes()))
}

fn after(head: &[u8], word: &[u8]) -> Option<&'static Encoding> {
    head.windows(word.len()).enumerate().filter(|(_, window)| *window == word).find_map(|(start, _)| {
        let value = head.get(start + word.len()..)?.trim_ascii_start();
        let value = value.strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").unwrap_or(value);
        let value = value.strip_prefix(b"'").unwrap_or(value);
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_:".contains(byte);
        let end = value.iter().position(|byte| !is_part(byte));
        Encoding::for_label(value.get(..end.unwrap_or(value.len()))?)
    })
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn the_ways_of_naming_an_encoding_are_understood() {
        let cases: [(&[u8], &str); 4] = [
            (b"<meta charset=gb2312>", "GBK"),
            (b"<META content='text/html; charset=\"GBK\"'>", "GBK"),
            (b"<meta charset = 'utf-8'>", "UTF-8"),
            (b"<?xml version='1.0' encoding='big5'?>", "Big5"),
        ];
        for (page, name) in cases {
            assert_eq!(declared(page).unwrap().name(), name);
        }
        assert_eq!(declared(b"<p charset>"), None);
    }
}
