/// An address of a database without the password in it: `postgres://lianfang:…@localhost/lianfang`. Other texts stay.
pub(super) fn hidden(value: &str) -> String {
    let shown = in_front_of_host(value).unwrap_or_else(|| value.to_owned());
    in_words(&shown)
}

/// Hides what stands between the user's name and the host.
fn in_front_of_host(value: &str) -> Option<String> {
    let (scheme, rest) = value.split_once("://")?;
    let end = rest.find('/').unwrap_or(rest.len());
    let (user, host) = rest[..end].rsplit_once('@')?;
    let (name, _) = user.split_once(':')?;
    Some(format!("{scheme}://{name}:…@{host}{}", &rest[end..]))
}

/// Hides what follows `password=`, as in `host=localhost password=…` and behind a question mark.
fn in_words(value: &str) -> String {
    let mut shown = String::new();
    let mut rest = value;
    while let Some(at) = rest.to_ascii_lowercase().find("password=") {
        let (before, after) = rest.split_at(at + "password=".len());
        shown.push_str(before);
        shown.push('…');
        let quoted = after.strip_prefix('\'').and_then(|inner| Some(&inner[inner.find('\'')? + 1..]));
        let plain = || &after[after.find([' ', '&']).unwrap_or(after.len())..];
        rest = quoted.unwrap_or_else(plain);
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_of_writing_a_password_is_shown() {
        let cases = [
            ("postgres://lianfang:s3cret@db:5432/lianfang", "postgres://lianfang:…@db:5432/lianfang"),
            ("postgres://lianfang:a@s3cret@db/l?sslmode=require", "postgres://lianfang:…@db/l?sslmode=require"),
            ("postgres://db/l?password=s3cret&user=x", "postgres://db/l?password=…&user=x"),
            ("host=db password=s3cret user=x", "host=db password=… user=x"),
            ("host=db PASSWORD='s3 cret' user=x", "host=db PASSWORD=… user=x"),
            ("postgres://lianfang@localhost/lianfang", "postgres://lianfang@localhost/lianfang"),
            ("/var/lib/lianfang", "/var/lib/lianfang"),
        ];
        for (value, shown) in cases {
            assert_eq!(hidden(value), shown);
        }
    }
}
