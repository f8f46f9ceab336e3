//! The pictures beside the words, drawn into the page so that they take its colour.

/// Puts the drawings of these names into the binary.
macro_rules! icons {
    ($($name:literal),* $(,)?) => {
        const ICONS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../web/src/icons/", $name, ".svg")))),*];
    };
}

icons![
    "alert-triangle",
    "archive",
    "arrow-down",
    "arrow-up",
    "arrows-sort",
    "bell",
    "building",
    "chart-bar",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "circle-check",
    "clipboard-list",
    "clock",
    "dots",
    "download",
    "file-text",
    "filter",
    "folder",
    "help",
    "history",
    "home",
    "info-circle",
    "key",
    "keyboard",
    "language",
    "link",
    "list",
    "lock",
    "logout",
    "map",
    "moon",
    "pencil",
    "phone",
    "plus",
    "printer",
    "refresh",
    "search",
    "settings",
    "shield-half",
    "sun",
    "trash",
    "upload",
    "user",
    "user-circle",
    "users",
    "x",
];

/// The drawing of a name as SVG; a plain circle for a name that has none.
pub(super) fn icon(name: &str) -> &'static str {
    let found = ICONS.iter().find(|(known, _)| *known == name);
    found.map_or(include_str!("../../../../web/src/icons/circle.svg"), |(_, svg)| svg)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_drawing_in_the_folder_can_be_named() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/icons");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let named: BTreeSet<String> = ICONS.iter().map(|(name, _)| format!("{name}.svg")).collect();
        assert_eq!(files.collect::<BTreeSet<String>>(), named);
    }

    #[test]
    fn a_drawing_is_hidden_from_readers_and_brings_no_style_of_its_own() {
        for (name, svg) in ICONS {
            assert!(svg.contains("aria-hidden=\"true\"") && !svg.contains("style"), "{name}");
        }
    }
}
