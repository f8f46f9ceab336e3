//! The results of the established implementations, where they are present beside the checkout.

#[path = "../../examples/reference/compare/mod.rs"]
mod compare;

#[test]
fn every_method_equals_its_reference() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/golden");
    if !folder.exists() {
        println!("skipped: the reference results are not present beside the checkout");
        return;
    }
    let tallies = compare::run(&folder);
    compare::print(&tallies);
    assert!(tallies.len() >= 17, "only {} methods compared", tallies.len());
    let wrong: Vec<&String> = tallies.iter().filter(|(_, t)| !t.is_fine()).map(|(name, _)| name).collect();
    assert!(wrong.is_empty(), "these differ: {wrong:?}");
}
