use super::*;

fn layered(file: Option<&Path>, flags: &[(&'static str, &str)], environment: &[(&str, &str)]) -> Config {
    let flags: Vec<_> = flags.iter().map(|(name, value)| (*name, Some((*value).to_owned()))).collect();
    let variable =
        |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Config::layered(file, &flags, &variable).unwrap()
}

#[test]
fn flags_win_over_the_environment_and_the_environment_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.toml");
    std::fs::write(&file, "data = \"d\"\nlisten = \"127.0.0.1:1\"\nnode = 1\nhttps = true\n").unwrap();
    let environment = [("LIANFANG_LISTEN", "127.0.0.1:2"), ("LIANFANG_NODE", "2"), ("LIANFANG_HTTPS", "")];
    let config = layered(Some(&file), &[("node", "3")], &environment);
    let settings = config.store().unwrap();
    assert_eq!((settings.data, settings.node), (folder.path().join("d"), 3));
    assert_eq!(settings.keys, folder.path().join("d/keys"));
    assert_eq!(config.listen(), Ok("127.0.0.1:2".parse().unwrap()));
    assert_eq!(config.https(), Ok(true), "an empty variable counts as none");
    assert_eq!(config.values["https"].1, Origin::File { file, line: 4 });
}

#[test]
fn the_file_in_the_data_folder_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    assert_eq!(layered(None, &[("data", &data)], &[]).file, None);
    std::fs::write(folder.path().join(FILE), "listen = \"0.0.0.0:80\"\n").unwrap();
    let config = layered(None, &[], &[("LIANFANG_DATA", &data)]);
    assert_eq!(config.listen(), Ok("0.0.0.0:80".parse().unwrap()));
}

#[test]
fn a_value_that_cannot_be_one_is_named_with_its_place_and_without_its_password() {
    let wrong = layered(None, &[("data", "d"), ("node", "256")], &[("LIANFANG_LISTEN", "8080")]);
    let words = |fault: Option<ConfigFault>| fault.map(|fault| fault.words(Lang::En)).unwrap_or_default();
    assert_eq!(words(wrong.store().err()), "--node: “256” will not do; it takes a whole number from 0 to 255");
    assert!(words(wrong.listen().err()).starts_with("LIANFANG_LISTEN (environment): “8080” will not do"));
    assert!(words(layered(None, &[], &[]).store().err()).starts_with("Still missing: --data"));
}
