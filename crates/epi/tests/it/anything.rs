//! Whatever is given, there is a judgement with defined numbers or a refusal with words.

#[path = "../../../../fuzz/assess_anything.rs"]
mod assess_anything;

use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_give_a_judgement_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..1500)) {
        assess_anything::check(&bytes);
    }
}
