/// Declares the words of a capability, each in Chinese and English side by side, so that neither can be forgotten:
///
/// ```text
/// words! {
///     /// Words of the sign-in page.
///     SignInWords {
///         title: "登录", "Sign in";
///     }
/// }
/// ```
///
/// A template holds the words as `t` and writes `{{ t.title() }}`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($word:ident: $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $name(pub(crate) lianfang_domain::Lang);

        impl $name {
            $(
                #[doc = concat!($zh, " / ", $en)]
                pub(crate) fn $word(self) -> &'static str {
                    self.0.pick($zh, $en)
                }
            )*
        }
    };
}

pub(crate) use words;
