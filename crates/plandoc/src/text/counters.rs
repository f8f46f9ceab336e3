use super::{CleanLine, ends_closed};
use crate::outline::{Style, marker_at};

/// Finds the counters that document sites put in front of every chunk of text (`2、环管控` in the middle of a word).
///
/// They look like list numbers, but they count on through the whole document and stand where a sentence is cut.
/// Returns the indices of the lines that carry one.
pub(super) fn chunk_counters(lines: &[CleanLine]) -> Vec<usize> {
    let mut candidates = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(marker) = marker_at(&line.folded).filter(|m| m.style == Style::Arabic && m.sign == '、') else {
            continue;
        };
        let cuts = index > 0 && cuts_sentence(&lines[index - 1], line, marker.len);
        candidates.push((index, marker.value, cuts));
    }
    if candidates.iter().filter(|(_, _, cuts)| *cuts).count() < 2 {
        return candidates
            .iter()
            .filter(|(index, value, cuts)| *cuts && *value > 1 && stands_alone(&candidates, *index, *value))
            .map(|c| c.0)
            .collect();
    }
    counting_on(&candidates)
}

/// Whether the line before stops in the middle of a sentence.
fn cuts_sentence(before: &CleanLine, line: &CleanLine, marker_len: usize) -> bool {
    let long = before.folded.chars().take(25).count() >= 25;
    let content = &line.folded[marker_len..];
    long && !ends_closed(&before.folded) && !content.is_empty()
}

/// The longest run that counts on by one from its first cut, with every other counter of the same run.
fn counting_on(candidates: &[(usize, u32, bool)]) -> Vec<usize> {
    let mut run = Vec::new();
    let mut expected = None;
    for &(index, value, cuts) in candidates {
        let continues = expected.is_none_or(|e| value == e);
        if (expected.is_none() && (cuts || value == 1)) || (expected.is_some() && continues) {
            run.push((index, cuts));
            expected = Some(value + 1);
        }
    }
    let cut = run.iter().filter(|(_, cuts)| *cuts).count();
    if cut * 10 >= run.len() * 4 { run.into_iter().map(|(index, _)| index).collect() } else { Vec::new() }
}

/// A single cut counter is believed only where no list is being counted.
fn stands_alone(candidates: &[(usize, u32, bool)], index: usize, value: u32) -> bool {
    !candidates.iter().any(|&(i, v, _)| i < index && v + 1 == value && index - i < 12)
}
