//! Lines of text that are rows of one table: where their columns stand.

use super::align::{Aligned, Columns};
use super::lanes::{self, Edge, Known, Lanes};
use super::rows::{Figure, Geometry, Row};
use crate::form::{Applicant, CellKind, Proceeding, Ruling};
use crate::model::{Cell, Number, read_cell};

/// Rows of a page that have the same columns.
#[derive(Debug)]
pub(super) struct Lines {
    rows: Vec<usize>,
    /// Which place of their figures tells their column.
    edge: Edge,
    /// Whether they are rows of part three and their complete ones add up.
    add_up: bool,
}

impl Lines {
    pub(super) fn new(mut rows: Vec<usize>, all: &[Row<'_>]) -> Self {
        rows.sort_unstable();
        let lines = rows.iter().filter_map(|&at| all.get(at)).filter(|row| row.geometry == Geometry::Line && !row.is_packed());
        let edge = Edge::shared(lines.clone());
        let sums = lines.filter(|row| row.figures.len() == Applicant::COUNT).filter_map(|row| sum_and_last(&row.figures));
        let (mut right, mut all) = (0_usize, 0_usize);
        for (parts, last) in sums.filter(|sum| *sum != (0, 0)) {
            all = all.saturating_add(1);
            right = right.saturating_add(usize::from(parts == last));
        }
        Self { edge, add_up: right >= SEVERAL && right.saturating_mul(5) >= all.saturating_mul(4), rows }
    }

    /// Aligns a line with its columns, and tells whether little says where these are.
    pub(super) fn align(&self, all: &[Row<'_>], at: usize, columns: &Columns) -> (Aligned, bool) {
        let Some(row) = all.get(at) else { return (Aligned::TooFew, false) };
        if columns.shuffled {
            return (Aligned::Astray, false);
        }
        let known = self.places(all, at, columns);
        let aligned = lanes::line(row, columns, &known);
        // Where the rows of a page add up, figures that are more than their total are two run together, or stand in other columns.
        let short = aligned.read().is_some_and(|found| found.contains(&None) && found.last().is_some_and(Option::is_some));
        if self.add_up && short && sum_and_last(&row.figures).is_some_and(|(parts, last)| parts > last) {
            return (Aligned::Astray, false);
        }
        (aligned, matches!(known, Known::Perhaps(_)))
    }

    /// Whether no line of part three prints a total: but for very few, none has as many figures as there are columns; most have one
    /// less, in the same places of each sheet, and in several of those the others are more than the last, which a total never is.
    pub(super) fn lack_totals(&self, all: &[Row<'_>], stray: usize) -> bool {
        let parts = Applicant::COUNT.saturating_sub(1);
        let rows: Vec<&Row<'_>> = self.rows.iter().filter_map(|&at| all.get(at)).filter(|row| row.geometry == Geometry::Line).collect();
        let fitting: Vec<&Row<'_>> = rows.iter().copied().filter(|row| row.figures.len() <= parts).collect();
        let short = || fitting.iter().filter(|row| row.figures.len() == parts && !row.is_packed());
        // Zeros tell nothing.
        let sums: Vec<(u64, u64)> = short().filter_map(|row| sum_and_last(&row.figures)).filter(|sum| *sum != (0, 0)).collect();
        let more = sums.iter().filter(|(parts, last)| parts > last).count();
        let placed = |sheet: &[&Row<'_>]| lanes::groups(sheet.iter().copied()).len() <= parts;
        more >= SEVERAL
            && more.saturating_mul(4) >= sums.len()
            && short().count().saturating_mul(2) >= rows.len()
            && rows.len().saturating_sub(fitting.len()) <= stray
            && fitting.chunk_by(|left, right| left.sheet == right.sheet).all(placed)
    }

    /// Where the columns stand beside a line: as the complete lines near it say, or all lines of its sheet together, or headings
    /// that stand far enough apart to be trusted.
    fn places(&self, all: &[Row<'_>], at: usize, columns: &Columns) -> Known {
        let Some(row) = all.get(at) else { return Known::Nothing };
        let count = columns.len();
        let row_at = |line: &usize| all.get(*line);
        let place = self.rows.partition_point(|&line| line < at);
        let (before, after) = self.rows.split_at_checked(place).unwrap_or_default();
        let after = after.iter().filter(|&&line| line != at);
        let complete = |row: &&Row<'_>| row.figures.len() == count && !row.is_packed();
        if row.figures.len() == count {
            // A complete line is taken as it stands, whatever the others say: text tools do not print all lines of a sheet on the
            // same scale. Only where a figure may be cut in two, which takes a blank beside it, the others or headings must agree.
            if !lanes::is_cut(&row.figures) || (columns.order.is_sorted() && adds_up(&row.figures)) {
                return Known::Nothing;
            }
            let own: Vec<(usize, usize)> = row.figures.iter().map(Figure::place).collect();
            let near = before.iter().rev().take(NEAREST).chain(after.take(NEAREST));
            let others: Vec<Vec<(usize, usize)>> =
                near.filter_map(row_at).filter(complete).map(|other| other.figures.iter().map(Figure::place).collect()).collect();
            return match columns.placed() {
                _ if others.len() >= NEAREST && lanes::is_spaced(&own, &others) => Known::Nothing,
                Some(headings) if others.len() < NEAREST && lanes::is_spaced(&own, &[headings.to_vec()]) => Known::Nothing,
                _ => Known::Against,
            };
        }
        let here = |other: &&Row<'_>| other.sheet == row.sheet;
        // A figure cut in two fills a column that is blank.
        let whole =
            |row: &&Row<'_>| complete(row) && ((columns.order.is_sorted() && adds_up(&row.figures)) || !lanes::is_cut(&row.figures));
        let above: Vec<&Row<'_>> =
            before.iter().rev().take(WHOLE_SHEET).filter_map(row_at).take_while(here).filter(whole).take(NEAREST).collect();
        let below: Vec<&Row<'_>> =
            after.clone().take(WHOLE_SHEET).filter_map(row_at).take_while(here).filter(whole).take(NEAREST).collect();
        let both: Vec<&Row<'_>> = above.iter().chain(&below).copied().collect();
        if !both.is_empty() {
            let lanes = |rows: &[&Row<'_>]| (!rows.is_empty()).then(|| Lanes::of_complete(rows, self.edge, count)).flatten();
            if let Some(lanes) = lanes(&both) {
                return Known::At(lanes);
            }
            // A table may go on at another place of the page: what both sides say alike is certain.
            return match (lanes(&above), lanes(&below)) {
                (Some(above), Some(below)) if above.figures(row) == below.figures(row) => Known::At(above),
                (Some(lanes), None) | (None, Some(lanes)) => Known::At(lanes),
                _ => Known::Against,
            };
        }
        let start = self.rows.partition_point(|&line| all.get(line).is_some_and(|other| other.sheet < row.sheet));
        let sheet = self.rows.get(start..).unwrap_or_default().iter().take(WHOLE_SHEET).filter_map(row_at).take_while(here);
        let groups = lanes::groups(sheet);
        let headings = columns.placed().filter(|headings| are_apart(headings));
        // As many groups of figures as columns, each nearest to its own heading.
        if groups.len() == count && headings.is_some_and(|headings| lanes::are_under(&groups, headings)) {
            return Known::At(Lanes::of_groups(&groups, self.edge));
        }
        let Some(under) = headings.and_then(|headings| Lanes::under(&groups, headings, self.edge)) else {
            return Known::Nothing;
        };
        // So few figures stand under some of many headings in any way of counting.
        if groups.len() <= FEW && under.len() > MANY { Known::Perhaps(under) } else { Known::At(under) }
    }
}

/// Whether the figures of a row of part three add up to the last, or those of part four in each block: then none of them is cut in two.
pub(super) fn adds_up(figures: &[Figure<'_>]) -> bool {
    let count = match figures.len() {
        Applicant::COUNT => Applicant::COUNT,
        PART_FOUR => Ruling::COUNT,
        _ => return false,
    };
    figures.chunks(count).all(is_total)
}

/// Whether the last of some figures is what the others are together.
pub(super) fn is_total(figures: &[Figure<'_>]) -> bool {
    sum_and_last(figures).is_some_and(|(sum, last)| sum == last)
}

/// So many figures has part four.
const PART_FOUR: usize = Proceeding::COUNT * Ruling::COUNT;

/// What all figures but the last are together, and the last; `None` if one is neither a number nor a mark.
pub(super) fn sum_and_last(figures: &[Figure<'_>]) -> Option<(u64, u64)> {
    let number = |figure: &Figure<'_>| match read_cell(&figure.text, CellKind::Count).cell {
        Cell::Value(Number::Count(count)) => Some(count),
        Cell::NotApplicable => Some(0),
        _ => None,
    };
    let (last, parts) = figures.split_last()?;
    let parts = parts.iter().map(number).try_fold(0_u64, |sum, part| Some(sum.saturating_add(part?)))?;
    Some((parts, number(last)?))
}

/// Whether headings stand far enough apart to say where their columns are. Text tools push the words of narrow columns together,
/// and then they stand over their neighbours.
fn are_apart(headings: &[(usize, usize)]) -> bool {
    headings.windows(2).all(|pair| matches!(pair, [left, right] if right.0.saturating_sub(left.0) >= APART))
}

/// How far apart headings start at least that are where their columns are.
const APART: usize = 5;

/// How many complete lines on each side of a line tell where its columns stand.
const NEAREST: usize = 3;

/// So many lines say something about all.
pub(super) const SEVERAL: usize = 3;

/// How many columns of a sheet with figures are few.
const FEW: usize = 2;

/// How many columns stand so close that a few figures do not tell them apart.
const MANY: usize = 3;

/// How many lines of a sheet tell together where its columns stand.
const WHOLE_SHEET: usize = 64;
