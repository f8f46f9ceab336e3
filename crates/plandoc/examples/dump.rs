fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let r = lianfang_plandoc::read(&path, &bytes, &lianfang_plandoc::Options::new(jiff::civil::date(2026, 11, 22))).unwrap();
    println!("{}", serde_json::to_string_pretty(&r).unwrap());
}
