//! Numbers with comparator, unit, subject and owner.

mod bounds;
mod candidate;
mod figure;
mod lost;
mod ratio;
mod subject;
mod words;

use lianfang_domain::plan::{Comparator, Number, Quantity, Rule};

use self::bounds::{bounds, carry_bound, role};
use self::candidate::candidate;
use self::figure::{counts_in_chinese, figure, inside_other_number, is_no_quantity, number_end};
use self::lost::{doubling, lost_multiple, lost_number};
use self::ratio::{colon_ratio, ratio_base};
use self::subject::{subject, whose};
use crate::read::Ctx;

/// Reads every quantity of the document, in the order of the text.
pub(crate) fn read_quantities(ctx: &Ctx<'_>) -> Vec<Quantity> {
    let mut quantities = Vec::new();
    for piece in &ctx.outline.pieces {
        if piece.contents {
            continue;
        }
        let start = piece.start + piece.marker.as_ref().map_or(0, |m| m.len);
        let text = ctx.text((start.min(piece.end), piece.end));
        let mut from = 0;
        while let Some((at, found_end)) = candidate(text, from) {
            let next = match quantity_at(ctx, text, start, at) {
                Some((mut quantity, end)) => {
                    if let Some(quantity) = &mut quantity {
                        carry_bound(ctx, quantities.last(), quantity, start + at);
                    }
                    quantities.extend(quantity);
                    end.max(found_end)
                }
                None => number_end(text, at).max(found_end),
            };
            from = next.min(text.len());
        }
    }
    quantities.shrink_to_fit();
    quantities
}

/// `…指数控制在5`: an index has no unit.
fn ends_as_index(before: &str) -> bool {
    ["指数控制在", "指数小于", "指数低于", "指数不超过", "指数大于", "指数达到", "指数"]
        .iter()
        .any(|w| before.ends_with(w))
}

/// The quantity at a byte of the piece, and where it ends. The inner `None` says that the number is none.
fn quantity_at(ctx: &Ctx<'_>, text: &str, base: usize, at: usize) -> Option<(Option<Quantity>, usize)> {
    let before = &text[..at];
    if text[at..].starts_with("的倍") {
        return Some((Some(lost_multiple(ctx, base, at)), at + "的倍".len()));
    }
    if let Some(lost) = lost_number(ctx, text, base, at) {
        return Some(lost);
    }
    if let Some(ratio) = colon_ratio(ctx, text, base, at) {
        return Some(ratio);
    }
    if let Some(doubled) = doubling(ctx, text, base, at) {
        return Some(doubled);
    }
    if inside_other_number(before) {
        return None;
    }
    let figure = figure(text, at)?;
    if before.ends_with('每') || before.ends_with("每增加") {
        return Some((None, figure.end));
    }
    if (figure.unit.is_empty() && !ends_as_index(before)) || is_no_quantity(text, before, at, &figure) {
        return Some((None, figure.end));
    }
    let ratio = ratio_base(ctx, text, at, &figure);
    let (comparator, start, end) = bounds(text, at, &figure);
    let clause = ctx.clause_around(base + start);
    let (role, plain_ok) = role(ctx.text(clause), text, start, end, &figure, comparator);
    let chinese = !text[at..].starts_with(|c: char| c.is_ascii_digit()) && !text[at..].starts_with("百分之");
    if comparator == Comparator::Exactly
        && (!plain_ok || (chinese && !counts_in_chinese(before, &figure)))
        && ratio.is_none()
    {
        return Some((None, figure.end));
    }
    let range = (base + start, base + end);
    let quantity = Quantity {
        comparator: if ratio.as_ref().is_some_and(|r| r.step) { Comparator::Increment } else { comparator },
        value: figure.value.map(Number),
        high: figure.high.map(Number),
        unit: figure.unit.to_owned(),
        per: ratio.map(|ratio| ratio.per),
        subject: subject(ctx, range, clause),
        whose: whose(ctx, range, clause),
        role,
        text: ctx.show(range),
        source: ctx.source(range, Rule::QuantityPhrase),
    };
    Some((Some(quantity), end.max(figure.end)))
}
