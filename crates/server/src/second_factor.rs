use lianfang_store::SignInRecord;
use totp_rs::{Algorithm, Builder, Secret};

/// Characters of the alphabet of base 32 in RFC 4648.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A new secret of 160 bits, as its 32 characters in base 32.
pub(crate) fn new_secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(BASE32[usize::from(byte & 31)])).collect())
}

/// The address that an authenticator app reads from the picture. Source: the key URI format of such apps.
pub(crate) fn uri(secret: &str, login: &str) -> String {
    let login: String = form_urlencoded::byte_serialize(login.as_bytes()).collect();
    format!("otpauth://totp/Lianfang:{login}?secret={secret}&issuer=Lianfang")
}

/// The time step of a code, if it is right now or was in the step before or is in the next, and no later step was
/// used already. Source: RFC 6238.
pub(crate) fn step_of(record: &SignInRecord, code: &str, now_ms: i64) -> Option<i64> {
    let secret = Secret::try_from_base32(record.totp.as_deref()?).ok()?;
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).with_skew(1).build().ok()?;
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp.check(&code, u64::try_from(now_ms / 1000).ok()?)?;
    i64::try_from(step).ok().filter(|step| *step > record.totp_step)
}

/// A recovery code: ten characters that are easy to read aloud, in two groups.
pub(crate) fn new_recovery_code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes)?;
    let letters: String = bytes.iter().map(|byte| char::from(BASE32[usize::from(byte & 31)])).collect();
    Ok(format!("{}-{}", &letters[..5], &letters[5..]))
}

/// A recovery code as it is hashed: however it was typed.
pub(crate) fn recovery_hash(code: &str) -> Vec<u8> {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    crate::token::hash(&letters)
}
