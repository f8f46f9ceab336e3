//! What every page has around it: title, navigation, who is signed in, language, messages.

mod icon;
mod list;
#[cfg(test)]
mod sample;
mod tree;
mod words;

pub(crate) use list::{Choice, Pager};
pub(crate) use tree::TreeItem;
pub(crate) use words::FrameWords;

use lianfang_domain::Lang;

/// The frame around a page.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Language of the page.
    pub(crate) lang: Lang,
    /// Words of the frame.
    pub(crate) f: FrameWords,
    /// Title of the page, also of its tab.
    pub(crate) title: String,
    /// Where the page lies: name and address of each step above it.
    pub(crate) trail: Vec<Link>,
    /// The main navigation, as far as the user's rights go.
    pub(crate) menu: Vec<MenuItem>,
    /// Who is signed in, if anyone.
    pub(crate) user: Option<SignedIn>,
    /// The token that forms send back, so that no other site can send them.
    pub(crate) csrf: String,
    /// The address of this page, for switching the language and coming back.
    pub(crate) here: String,
    /// How many notices the user has not read.
    pub(crate) n_unread: i64,
    /// What just happened, shown once.
    pub(crate) notice: Option<String>,
}

/// A name and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The name shown.
    pub(crate) name: String,
    /// The address.
    pub(crate) href: String,
}

/// An entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MenuItem {
    /// The name shown.
    pub(crate) name: &'static str,
    /// The address.
    pub(crate) href: &'static str,
    /// The name of its icon in `web/src/icons`.
    pub(crate) icon: &'static str,
    /// Whether the page belongs to it.
    pub(crate) here: bool,
}

/// The user as shown in the corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignedIn {
    /// The name.
    pub(crate) name: String,
    /// The roles in words.
    pub(crate) roles: String,
}

/// How many entries of the navigation lie in the bar at the bottom of a phone; the others are under 更多.
const N_ON_A_PHONE: usize = 3;

impl Frame {
    /// The address of a file of the pages, such as `app.css`.
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        crate::assets::asset(name)
    }

    /// The drawing of an icon in `web/src/icons`, as SVG.
    pub(crate) fn icon(&self, name: &str) -> &'static str {
        icon::icon(name)
    }

    /// The version of the program.
    pub(crate) fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    /// The entries of the navigation that lie under the thumb on a phone.
    pub(crate) fn menu_first(&self) -> &[MenuItem] {
        self.menu.get(..N_ON_A_PHONE).unwrap_or(&self.menu)
    }

    /// The other entries of the navigation.
    pub(crate) fn menu_rest(&self) -> &[MenuItem] {
        self.menu.get(N_ON_A_PHONE..).unwrap_or_default()
    }

    /// The number beside the bell; beyond two digits it only says that there are many.
    pub(crate) fn bell(&self) -> String {
        if self.n_unread > 99 { "99+".to_owned() } else { self.n_unread.to_string() }
    }

    /// The language tag of the page.
    pub(crate) fn lang_tag(&self) -> &'static str {
        self.lang.pick("zh-CN", "en")
    }

    /// The address that shows this page in the other language.
    pub(crate) fn other_lang_href(&self) -> String {
        let query: String = form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        format!("/language/{}?back={query}", self.lang.pick("en", "zh"))
    }

    /// A frame as a signed-in user of the fictional district sees it, for tests and the sample pages.
    #[cfg(test)]
    pub(crate) fn sample(lang: Lang, title: &str) -> Frame {
        let f = FrameWords(lang);
        let item = |name, href, icon, here| MenuItem { name, href, icon, here };
        Frame {
            lang,
            f,
            title: title.to_owned(),
            trail: vec![Link { name: f.start().to_owned(), href: "/".to_owned() }],
            menu: vec![
                item(f.start(), "/", "home", false),
                item(f.areas(), "/areas", "map", true),
                item(f.units(), "/units", "building", false),
            ],
            user: Some(SignedIn {
                name: lang.pick("值班员甲", "Duty officer A").to_owned(),
                roles: lang.pick("指挥部办公室 · 清河区", "Headquarters office · Qinghe").to_owned(),
            }),
            csrf: "sample".to_owned(),
            here: "/areas".to_owned(),
            n_unread: 3,
            notice: None,
        }
    }
}
