//! What blanks must be: what follows from the sums and from no number being negative, each with its derivation.

use super::flow;
use super::graph::{EDGES, Graph, at};
use super::{Because, Completion, Implied};
use crate::form::{CellAddress, Proceeding, Ruling};
use crate::model::{Cell, Report};
use crate::rules::Identity;

/// What the cells without a number in part three can be, when `values` settle every sum and these edges are free.
pub(super) fn requests(report: &Report, graph: &Graph, free: &[usize], values: &[i64; EDGES]) -> Vec<Completion> {
    let derived = derive(report, graph, free);
    let mut completions = Vec::new();
    for &edge in free {
        let cell = graph.edge(edge).cell();
        if !matches!(report.cell(cell), Some(Cell::Blank | Cell::Unreadable)) {
            continue;
        }
        let (min, max) = flow::range(graph, free, values, edge);
        let range = (min, max);
        let known = derived.iter().find(|known| known.edge == edge);
        let because = match known {
            Some(known) if (known.min, known.max) == range => known.because.map_or(Because::AllSums, Because::Sum),
            _ => Because::AllSums,
        };
        // A blank that can be anything is no news.
        if min > 0 || max.is_some() {
            completions.push(Completion { cell, implied: Implied::range(min, max), because });
        }
    }
    completions.sort_by_key(|completion| completion.cell);
    completions
}

/// The blanks of part four: each block is one sum, and decides a blank that is alone.
pub(super) fn disputes(report: &Report) -> Vec<Completion> {
    let mut completions = Vec::new();
    for &block in Proceeding::ALL {
        let found = |ruling: Ruling| report.disputes().get(block, ruling);
        let blank = |ruling: Ruling| found(ruling).value().is_none();
        let known: u64 = Ruling::ALL.iter().filter(|&&ruling| ruling != Ruling::Total).filter_map(|&ruling| found(ruling).value()).sum();
        let known = i64::try_from(known).unwrap_or(i64::MAX);
        let total = found(Ruling::Total).value().and_then(|total| i64::try_from(total).ok());
        let blanks = Ruling::ALL.iter().filter(|&&ruling| ruling != Ruling::Total && blank(ruling)).count();
        let because = Because::Sum(Identity::Total(block));
        for &ruling in Ruling::ALL.iter().filter(|&&ruling| matches!(found(ruling), Cell::Blank | Cell::Unreadable)) {
            let implied = match (ruling, total) {
                (Ruling::Total, _) => Implied::range(known, (blanks == 0).then_some(known)),
                (_, Some(total)) => {
                    let rest = total.saturating_sub(known);
                    if rest < 0 {
                        continue; // violated already, blank or not
                    }
                    Implied::range(if blanks == 1 { rest } else { 0 }, Some(rest))
                }
                (_, None) => continue,
            };
            if implied != Implied::range(0, None) {
                completions.push(Completion { cell: CellAddress::Disputes(block, ruling), implied, because });
            }
        }
    }
    completions
}

/// What one sum after another says of a free edge.
struct Derived {
    edge: usize,
    min: i64,
    max: Option<i64>,
    because: Option<Identity>,
}

/// Narrows the ranges of free cells, one sum at a time, until no sum says more.
fn derive(report: &Report, graph: &Graph, free: &[usize]) -> Vec<Derived> {
    let edition = report.requests().edition();
    let mut derived: Vec<_> = free.iter().map(|&edge| Derived { edge, min: 0, max: None, because: None }).collect();
    let sides: Vec<_> = Identity::of(edition)
        .filter(|identity| !matches!(identity, Identity::Total(_)))
        .map(|identity| {
            let mut known = 0_i64;
            let mut unknown = Vec::new();
            let cells = identity.left(edition).map(|cell| (cell, 1_i64)).chain(identity.right(edition).map(|cell| (cell, -1)));
            for (cell, sign) in cells {
                let place = graph.number(cell).and_then(|edge| free.iter().position(|&free| free == edge));
                if let Some(place) = place {
                    unknown.push((place, sign));
                } else {
                    let value = report.cell(cell).and_then(Cell::value).and_then(crate::model::Number::integer).unwrap_or(0);
                    known = known.wrapping_add(sign.wrapping_mul(value));
                }
            }
            (identity, known, unknown)
        })
        .filter(|(_, _, unknown)| !unknown.is_empty())
        .collect();
    // Each round settles at least one bound for good where it says anything; the sums bound how often that can happen.
    for _ in 0..sides.len().saturating_mul(2) {
        let mut changed = false;
        for (identity, known, unknown) in &sides {
            for &(place, sign) in unknown {
                // The others at their least and at their greatest, on the side of this cell.
                let (mut least, mut greatest) = (Some(*known), Some(*known));
                for &(other, other_sign) in unknown.iter().filter(|&&(other, _)| other != place) {
                    let Some(of) = derived.get(other) else { continue };
                    let (low, high) =
                        if other_sign > 0 { (Some(of.min), of.max) } else { (of.max.map(i64::wrapping_neg), Some(of.min.wrapping_neg())) };
                    least = least.zip(low).map(|(sum, low)| sum.wrapping_add(low));
                    greatest = greatest.zip(high).map(|(sum, high)| sum.wrapping_add(high));
                }
                // sign * value + others = 0
                let (min, max) = if sign > 0 { (greatest.map(i64::wrapping_neg), least.map(i64::wrapping_neg)) } else { (least, greatest) };
                if let Some(one) = derived.get_mut(place) {
                    if let Some(min) = min.filter(|&min| min > one.min) {
                        (one.min, one.because, changed) = (min, Some(*identity), true);
                    }
                    if let Some(max) = max.filter(|&max| one.max.is_none_or(|before| max < before)) {
                        (one.max, one.because, changed) = (Some(max), Some(*identity), true);
                    }
                }
            }
        }
        if !changed {
            break;
        }
    }
    derived
}

/// The value of a free cell.
pub(super) fn value(values: &[i64; EDGES], edge: usize) -> i64 {
    at(values, edge)
}
