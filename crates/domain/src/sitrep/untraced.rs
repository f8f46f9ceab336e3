use super::{Part, SitrepBlock};

/// Signs that belong to a number as it is written.
const WITHIN: [char; 4] = [',', '.', '，', '%'];

/// Numbers that were typed into the text rather than taken from an indicator: nobody can tell where they come from.
/// Dates and clauses are numbers too, so this is a hint and no fault.
pub fn untraced_numbers(blocks: &[SitrepBlock]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        let (SitrepBlock::Title(parts) | SitrepBlock::Heading { parts, .. } | SitrepBlock::Paragraph(parts)) = block
        else {
            continue;
        };
        for part in parts {
            if let Part::Text(text) = part {
                found.extend(numbers(text));
            }
        }
    }
    found
}

fn numbers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut here = String::new();
    for sign in text.chars().chain([' ']) {
        let goes_on = sign.is_ascii_digit() || !here.is_empty() && WITHIN.contains(&sign);
        if goes_on {
            here.push(sign);
        } else if !here.is_empty() {
            let number = here.trim_end_matches([',', '.', '，']).to_owned();
            // Years, months, days and hours say when, not how many.
            if !"年月日时点".contains(sign) && sign != ':' {
                found.push(number);
            }
            here.clear();
        }
    }
    found
}
