use super::{PLAN, lianfang};

#[test]
fn the_example_is_a_plan_with_its_planted_mistakes_and_the_way_on() {
    let ran = lianfang(&["plan", "example", "--as-of", "2026-11-22"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for code in ["number_gap", "sum_mismatch", "duty_without_membership"] {
        assert!(ran.out.contains(&format!("[{code}]")), "{code}\n{}", ran.out);
    }
    let last: Vec<&str> = ran.out.lines().rev().take(3).collect();
    assert!(last.iter().all(|line| line.trim_start().starts_with("lianfang plan")), "{last:?}");
}

#[test]
fn the_example_can_be_had_as_text() {
    assert_eq!(lianfang(&["plan", "example", "--text"]).out, PLAN);
}

#[test]
fn every_shell_gets_a_completion_script() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let ran = lianfang(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("lianfang") && ran.out.len() > 1000, "{shell}");
    }
}
