use lianfang_domain::plan::{BlockKind, Clause, Plan};

/// A block of the text, cut where something that was read begins or ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its place among the blocks.
    pub(super) place: usize,
    /// A word for its looks.
    pub(super) class: &'static str,
    pub(super) segments: Vec<Segment>,
}

/// A piece of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Its first byte in the whole text.
    pub(super) at: u32,
    pub(super) text: String,
    /// The narrowest clause that was read from it.
    pub(super) clause: Option<usize>,
}

/// The whole text of a plan in its blocks. Every byte of it stands in one segment but for the ends of lines.
pub(super) fn paragraphs(plan: &Plan, clauses: &[Clause]) -> Vec<Paragraph> {
    let cut = |(place, block): (usize, &lianfang_domain::plan::Block)| {
        let over: Vec<(usize, &Clause)> =
            clauses.iter().enumerate().filter(|(_, clause)| clause.span.overlaps(block.span)).collect();
        let mut cuts = vec![block.span.start, block.span.end];
        let ends = over.iter().flat_map(|(_, clause)| [clause.span.start, clause.span.end]);
        cuts.extend(ends.filter(|at| block.span.start < *at && *at < block.span.end));
        cuts.sort_unstable();
        cuts.dedup();
        let segment = |pair: &[u32]| {
            let text = plan.text.get(pair[0] as usize..pair[1] as usize).unwrap_or_default();
            let text = text.trim_end_matches(['\n', '\r']);
            let covers = |(_, clause): &&(usize, &Clause)| clause.span.start <= pair[0] && pair[1] <= clause.span.end;
            let narrowest = over.iter().filter(covers).min_by_key(|(_, clause)| clause.span.end - clause.span.start);
            let segment = Segment { at: pair[0], text: text.to_owned(), clause: narrowest.map(|(place, _)| *place) };
            (!text.is_empty()).then_some(segment)
        };
        let class = match block.kind {
            BlockKind::Heading => "text-heading",
            BlockKind::Front => "text-front",
            BlockKind::Contents => "text-contents",
            BlockKind::Item | BlockKind::TableRow | BlockKind::Paragraph => "text-plain",
        };
        Paragraph { place, class, segments: cuts.windows(2).filter_map(segment).collect() }
    };
    plan.blocks.iter().enumerate().map(cut).filter(|paragraph| !paragraph.segments.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use lianfang_domain::Lang;
    use lianfang_plandoc::Options;

    use super::*;

    #[test]
    fn the_whole_text_stands_in_the_segments_and_each_clause_begins_one() {
        let text = "清河区应急预案\n一、组织体系\n综合组：由区卫健局牵头，区财政局、区教育局为成员单位。\n职责：每日15时前汇总情况。\n";
        let options = Options::new(jiff::civil::date(2026, 11, 22));
        let reading = lianfang_plandoc::read("a.txt", text.as_bytes(), &options).unwrap();
        let plan = &reading.plans[0];
        let clauses = plan.clauses(Lang::Zh);
        assert!(!clauses.is_empty());
        let paragraphs = paragraphs(plan, &clauses);
        let shown: Vec<&str> =
            paragraphs.iter().flat_map(|one| &one.segments).map(|segment| segment.text.as_str()).collect();
        let bare = |text: &str| text.replace(['\n', '\r'], "");
        assert_eq!(bare(&shown.concat()), bare(&plan.text));
        for clause in &clauses {
            let begins = |segment: &Segment| segment.at == clause.span.start && segment.clause.is_some();
            assert!(paragraphs.iter().flat_map(|one| &one.segments).any(begins), "{clause:?}");
        }
    }
}
