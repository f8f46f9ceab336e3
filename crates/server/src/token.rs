use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::App;

/// A secret of 32 random bytes that is handed out once; only its hash is kept.
pub(crate) struct Token {
    /// What is handed out.
    pub(crate) text: String,
    /// What is kept.
    pub(crate) hash: Vec<u8>,
}

impl Token {
    /// A new one.
    pub(crate) fn new() -> Result<Token, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let text = URL_SAFE_NO_PAD.encode(bytes);
        let hash = hash(&text);
        Ok(Token { text, hash })
    }
}

/// The hash under which a token is kept.
pub(crate) fn hash(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

impl App {
    /// The token that the forms of a session send back.
    pub(crate) fn form_token(&self, session: &[u8]) -> String {
        self.signature("form", &URL_SAFE_NO_PAD.encode(session))
    }

    /// A text that only this server can have made, for one purpose until an instant.
    pub(crate) fn ticket(&self, purpose: &str, content: &str, until_ms: i64) -> String {
        let body = format!("{until_ms}.{content}");
        let signature = self.signature(purpose, &body);
        format!("{body}.{signature}")
    }

    /// The content of a ticket, if this server made it for this purpose and it has not run out.
    pub(crate) fn read_ticket(&self, purpose: &str, ticket: &str, now_ms: i64) -> Option<String> {
        let (body, signature) = ticket.rsplit_once('.')?;
        let (until, content) = body.split_once('.')?;
        let genuine = same(signature, &self.signature(purpose, body));
        (genuine && until.parse::<i64>().ok()? > now_ms).then(|| content.to_owned())
    }

    fn signature(&self, purpose: &str, content: &str) -> String {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0.ticket_key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(content.as_bytes());
        URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..24])
    }
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}
