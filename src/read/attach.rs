//! Which figures belong to which label.
//!
//! Figures stand beside their label, or between its lines, or above or below it, as text tools leave them. Both keep their order, so the
//! figures are given out as a whole: in the way in which they are nearest to their labels. What other ways give out nearly as well is
//! doubtful.

use super::assembly::Instance;
use super::header::is_header;
use super::rows::{Geometry, Row};
use super::vocabulary::Vocabulary;

/// What it costs to leave a label without figures, and figures without a label.
const BARE: u32 = 3;
const STRAY: u32 = 9;

/// What it costs to give a label more than one line of figures, and to take figures from the label beside them.
const MORE: u32 = 4;
const TAKEN: u32 = 4;

/// By how much the way that is taken must be better than the next one.
const CLEAR: u32 = 2;

/// How many rows of the page may lie between a label and its figures.
const NEAR: usize = 3;

/// More than any way costs.
const NEVER: u32 = 1_000_000;

/// On more labels and figures than that nothing is given out that does not stand beside its label.
const MOST: usize = 20_000;

/// What a step away from a label costs: to figures after it, and to figures before it.
#[derive(Debug, Clone, Copy)]
struct Side {
    after: u32,
    before: u32,
}

/// On some pages all figures stand below their labels, on some above.
const SIDES: [Side; 3] = [Side { after: 2, before: 2 }, Side { after: 1, before: 4 }, Side { after: 4, before: 1 }];

/// Finds the figures of each label.
pub(super) fn attach(labels: &mut [Instance], rows: &[Row<'_>], words: &Vocabulary) {
    let owners = owners(labels, rows);
    let owner = |at: usize| owners.get(at).copied().flatten();
    let doubted: Vec<usize> = labels.iter().flat_map(|label| label.doubtful.iter().copied()).collect();
    let doubted = |at: usize| doubted.contains(&at);
    let figures: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(at, row)| row.has_figures() && (owner(*at).is_some() || row.is_credible()) && !doubted(*at))
        .map(|(at, _)| at)
        .collect();
    let grouped = |label: usize| labels.get(label).is_some_and(|label| label.group);
    let beside = figures.iter().all(|&at| owner(at).is_some_and(|label| !grouped(label)));
    if beside || figures.len().saturating_mul(labels.len()) > MOST {
        // Nearly every grid: all figures stand beside their labels.
        for at in figures {
            if let Some(label) = owner(at).and_then(|label| labels.get_mut(label)) {
                label.figures.push(at);
            }
        }
        return;
    }
    let standing: Vec<(usize, Option<usize>)> = figures.iter().map(|&at| (at, owner(at))).collect();
    // Figures do not go beyond headings.
    let mut heads = vec![0_usize];
    for row in rows {
        let above = heads.last().copied().unwrap_or(0);
        heads.push(above.saturating_add(usize::from(is_header(row, words))));
    }
    let ways = SIDES.iter().map(|&side| Ways::price(labels, &Sheet { rows, heads: &heads }, &standing, side));
    let Some((_, mut given)) = ways.map(|ways| ways.best()).min_by_key(|(cost, _)| *cost) else { return };
    // Between two labels lines of figures go to labels, or none of them does.
    let gap = |at: usize| (owner(at).is_none()).then(|| labels.partition_point(|label| label.first() < at));
    let places: Vec<Option<usize>> = figures.iter().map(|&at| gap(at)).collect();
    let mut rest = &mut *given;
    for run in places.chunk_by(|left, right| left.is_some() && left == right) {
        let (here, after) = std::mem::take(&mut rest).split_at_mut_checked(run.len()).unwrap_or_default();
        rest = after;
        if here.len() > 1 && here.iter().any(|(label, doubtful)| label.is_none() && doubtful.is_empty()) {
            for (label, doubtful) in here {
                doubtful.extend(label.take());
                doubtful.dedup();
            }
        }
    }
    for (&at, (label, doubtful)) in figures.iter().zip(given) {
        match (label, &*doubtful) {
            (Some(label), []) => {
                if let Some(label) = labels.get_mut(label) {
                    label.figures.push(at);
                }
            }
            (None, []) => {}
            (_, several) => {
                for &label in several {
                    if let Some(label) = labels.get_mut(label) {
                        label.doubtful.push(at);
                    }
                }
            }
        }
    }
}

/// The rows of a page, and how many of the first ones are headings.
struct Sheet<'s> {
    rows: &'s [Row<'s>],
    heads: &'s [usize],
}

/// The label on each row; none where several are on one, of which the labels are told.
fn owners(labels: &mut [Instance], rows: &[Row<'_>]) -> Vec<Option<usize>> {
    let mut owners: Vec<Vec<usize>> = rows.iter().map(|_| Vec::new()).collect();
    for (at, label) in labels.iter().enumerate() {
        for &piece in &label.pieces {
            if let Some(owners) = owners.get_mut(piece) {
                owners.push(at);
            }
        }
    }
    let mut found = Vec::with_capacity(rows.len());
    for (at, (row, owners)) in rows.iter().zip(owners).enumerate() {
        // The label of a group gives way to the row beside it, and what the table does not know to the label right of it.
        let single = |label: &usize| labels.get(*label).is_some_and(|label| !label.group);
        let mut own: Vec<usize> = owners.iter().copied().filter(single).collect();
        if own.is_empty() {
            own = owners;
        }
        match *own {
            [] => found.push(None),
            [label] => found.push(Some(label)),
            _ if !row.has_figures() => found.push(own.last().copied()),
            ref several => {
                for &label in several {
                    if let Some(label) = labels.get_mut(label) {
                        label.doubtful.push(at);
                    }
                }
                found.push(None);
            }
        }
    }
    found
}

/// A line of figures: the label that it goes to, or the labels that it may go to.
type Given = (Option<usize>, Vec<usize>);

/// All ways to give out figures, in the order of the page.
struct Ways {
    figures: usize,
    labels: usize,
    /// What it costs to give each line of figures to each label.
    prices: Vec<u32>,
    /// What it costs to leave the first labels without figures.
    passed: Vec<u32>,
}

impl Ways {
    fn price(labels: &[Instance], sheet: &Sheet<'_>, figures: &[(usize, Option<usize>)], side: Side) -> Self {
        let mut passed = vec![0_u32];
        for label in labels {
            let bare = if label.group || !label.is_open(sheet.rows, 1) { 0 } else { BARE };
            passed.push(passed.last().copied().unwrap_or(0).saturating_add(bare));
        }
        let groups: Vec<bool> = labels.iter().map(|label| label.group).collect();
        let mut prices = Vec::with_capacity(figures.len().saturating_mul(labels.len()));
        for &(at, owner) in figures {
            let taken = |label: usize| owner.is_some_and(|owner| owner != label && groups.get(owner) == Some(&false));
            let price = |(label, found): (usize, &Instance)| {
                distance(at, found, owner == Some(label), sheet, side).saturating_add(if taken(label) { TAKEN } else { 0 })
            };
            prices.extend(labels.iter().enumerate().map(price));
        }
        Self { figures: figures.len(), labels: labels.len(), prices, passed }
    }

    fn cost(&self, figure: usize, label: usize) -> u32 {
        self.prices.get(figure.saturating_mul(self.labels).saturating_add(label)).copied().unwrap_or(NEVER)
    }

    /// What it costs to leave the labels between two places without figures.
    fn bare(&self, from: usize, to: usize) -> u32 {
        let at = |place: usize| self.passed.get(place).copied().unwrap_or(0);
        at(to).saturating_sub(at(from))
    }

    /// The cheapest way, with what it costs, and for every line of figures the labels that nearly as cheap ways give it to.
    fn best(&self) -> (u32, Vec<Given>) {
        // The state after some figures is the last label that was given any, counted from one; none is zero.
        let states = self.labels.saturating_add(1);
        let mut ahead: Vec<Vec<u32>> = Vec::with_capacity(self.figures);
        let mut given: Vec<Vec<u32>> = Vec::with_capacity(self.figures);
        let mut before: Vec<u32> = std::iter::once(0).chain(std::iter::repeat_n(NEVER, self.labels)).collect();
        for figure in 0..self.figures {
            let at = |state: usize| before.get(state).copied().unwrap_or(NEVER);
            let mut here = Vec::with_capacity(states);
            let mut costs = Vec::with_capacity(self.labels);
            here.push(at(0).saturating_add(STRAY));
            // The cheapest state before a label, with the labels that it leaves bare up to that one.
            let mut least = NEVER;
            for label in 0..self.labels {
                least = least.saturating_add(self.bare(label.saturating_sub(1), label)).min(at(label));
                let state = label.saturating_add(1);
                let cost = self.cost(figure, label).saturating_add(least.min(at(state).saturating_add(MORE)));
                costs.push(cost);
                here.push(cost.min(at(state).saturating_add(STRAY)));
            }
            given.push(costs);
            ahead.push(std::mem::replace(&mut before, here));
        }
        let rest = (0..states).map(|state| self.bare(state, self.labels));
        let mut behind: Vec<u32> = rest.collect();
        let best = before.iter().zip(&behind).map(|(before, behind)| before.saturating_add(*behind)).min().unwrap_or(NEVER);
        let mut found = Vec::with_capacity(self.figures);
        for (figure, (ahead, given)) in ahead.iter().zip(&given).enumerate().rev() {
            let after = |state: usize| behind.get(state).copied().unwrap_or(NEVER);
            let stray = ahead.iter().zip(&behind).map(|(ahead, behind)| ahead.saturating_add(STRAY).saturating_add(*behind)).min();
            let labels = given.iter().enumerate().map(|(label, cost)| (cost.saturating_add(after(label.saturating_add(1))), Some(label)));
            let mut ways: Vec<(u32, Option<usize>)> = labels.chain(stray.map(|cost| (cost, None))).collect();
            ways.sort_unstable();
            let clear = ways.first().map_or(0, |(least, _)| least.saturating_add(CLEAR));
            let close: Vec<Option<usize>> = ways.iter().take_while(|(cost, _)| *cost < clear).map(|(_, label)| *label).collect();
            found.push(match *close {
                [] => (None, Vec::new()),
                [label] => (label, Vec::new()),
                [label, ..] => (label, close.iter().copied().flatten().collect()),
            });
            let mut here = vec![NEVER; states];
            let mut least = NEVER;
            for state in (0..states).rev() {
                // To a later label, to the same one again, or to none.
                least = least.saturating_add(self.bare(state, state.saturating_add(1)));
                least = least.min(self.cost(figure, state).saturating_add(after(state.saturating_add(1))));
                let again =
                    state.checked_sub(1).map_or(NEVER, |label| self.cost(figure, label).saturating_add(MORE).saturating_add(after(state)));
                if let Some(place) = here.get_mut(state) {
                    *place = least.min(again).min(after(state).saturating_add(STRAY));
                }
            }
            behind = here;
        }
        found.reverse();
        (best, found)
    }
}

/// How far figures stand from a label.
fn distance(at: usize, label: &Instance, own: bool, sheet: &Sheet<'_>, side: Side) -> u32 {
    if own || label.pieces.contains(&at) {
        return 0;
    }
    let (first, last) = (label.first(), label.last());
    let away = if at < first { first.saturating_sub(at) } else { at.saturating_sub(last) };
    let inside = first < at && at < last;
    if !inside && away > NEAR {
        return NEVER;
    }
    let heads = |at: usize| sheet.heads.get(at);
    if heads(at) != heads(if at < first { first } else { last }) {
        return NEVER;
    }
    // A label with cells of its own in a grid has its figures, or blanks.
    let row = |at: usize| sheet.rows.get(at);
    let closed = label.pieces.iter().filter_map(|&at| row(at)).any(|row| row.geometry == Geometry::Grid && !row.figures.is_empty());
    if closed {
        return NEVER;
    }
    let step = if at < first { side.before } else { side.after };
    if inside { 0 } else { step.saturating_mul(u32::try_from(away).unwrap_or(NEVER)) }
}
